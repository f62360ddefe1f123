package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file has a row each of.
 *
 * @param name as it is counted, such as stock
 * @param contract of the agent that takes it, with {@code schema}, which says what a row has
 * @param ids the fields that together name a row: a file names each once
 * @param otherNames of fields, as files write them, in small letters and digits only: {@code colour} is the field color
 * @param currency of amounts that name none, where rows have amounts
 */
record RowKind(
        String name,
        Contract contract,
        String schema,
        List<String> ids,
        Map<String, String> otherNames,
        Optional<String> currency,
        Taker taker) {
    /** Takes rows that keep to the schema, and says of each what became of it. */
    interface Taker {
        /** @param key of these rows: the same again does nothing twice @throws LastingAgent.Away */
        List<ImportedRow> take(List<ObjectNode> rows, String key, boolean dryRun);
    }

    /**
     * Takes them to an agent that takes rows as they are.
     *
     * @param member of the request that has the rows
     */
    static Taker sentTo(LastingAgent agent, String operation, String path, String member) {
        return (rows, key, dryRun) -> {
            ObjectNode body = Json.mapper().createObjectNode().put("dryRun", dryRun);
            body.putArray(member).addAll(rows);
            return agent.change(operation, path, key, body, ImportedRows.class).rows();
        };
    }
}
