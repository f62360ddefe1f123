package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.conversation.ChannelAlias;
import io.journeyman.activities.conversation.ChannelAliases;
import io.journeyman.activities.conversation.ChannelAliases.Said;
import io.journeyman.api.http.OpenApiResource;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** By what customers are known on other channels. No agent takes them: conversations are the orchestrator's own. */
final class AliasRows {
    private static final Contract CONTRACT = Contract.parse("the API", OpenApiResource.text());

    private AliasRows() {}

    static RowKind takenBy(ChannelAliases aliases) {
        return new RowKind(
                "aliases",
                CONTRACT,
                "CustomerAlias",
                List.of("channel", "alias"),
                Map.of("id", "customerId", "customer", "customerId", "value", "alias", "address", "alias"),
                Optional.empty(),
                (rows, key, dryRun) ->
                        aliases.take(rows.stream().map(AliasRows::said).toList(), dryRun));
    }

    private static Said said(ObjectNode row) {
        return new Said(
                new CustomerId(row.path("customerId").asText()),
                new ChannelAlias(row.path("channel").asText(), row.path("alias").asText()));
    }
}
