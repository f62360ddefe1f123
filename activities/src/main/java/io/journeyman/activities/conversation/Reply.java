package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.ProposalId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The stored answer of a turn.
 *
 * @param text shaped for the turn's channel
 * @param cards what a page shows beside the text: objects with a {@code kind} (product, cart, order, proposal) and the
 *     members of the contract's record, or of {@link Proposal}
 * @param proposal the proposal that this reply shows
 * @param model who wrote it: the model's name, or {@code house} for the house's own words
 */
public record Reply(String text, List<JsonNode> cards, Optional<ProposalId> proposal, String model) {
    public Reply {
        Objects.requireNonNull(text, "text");
        cards = List.copyOf(cards);
    }
}
