package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ReservationId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a store keeps for the customer of a conversation just now, as their reservation's quote says. */
record Reserved(ReservationId id, List<PricedLine> lines) {
    /** The tool's word for "the one that I have". */
    private static final String MINE = "MINE";

    private static final int MOST_NAMED = 5;

    /**
     * The reservation that a checkout's arguments name; empty when they name none, and the cart is meant.
     *
     * @throws ToolRefusal no_reservation, which_reservation
     */
    static Optional<Reserved> named(Handle handle, ConversationId conversation, ObjectNode arguments) {
        String named = arguments.path("reservationId").asText("").strip().toUpperCase(Locale.ROOT);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        List<String> kept = handle.createQuery("""
                        SELECT journey_id FROM journey
                        WHERE conversation_id = :conversation AND kind = 'Reservation' AND status = 'waiting_for_customer'
                          AND (:named = :mine OR upper(journey_id) = :named)
                        ORDER BY started_at DESC LIMIT :most""")
                .bind("conversation", conversation)
                .bind("named", named)
                .bind("mine", MINE)
                .bind("most", MOST_NAMED)
                .mapTo(String.class)
                .list();
        return switch (kept.size()) {
            case 0 ->
                throw ToolRefusal.of(
                        "no_reservation",
                        "There is no reservation of yours that a store keeps for you just now.",
                        "Offer to put the piece into the cart and order it from there.");
            case 1 -> Optional.of(of(handle, kept.getFirst()));
            default ->
                throw ToolRefusal.of(
                        "which_reservation",
                        "There is more than one: "
                                + kept.stream()
                                        .map(id -> id + " (" + words(of(handle, id)) + ")")
                                        .collect(Collectors.joining("; "))
                                + ".",
                        "Ask which one, and call initiate_checkout with its number.");
        };
    }

    private static Reserved of(Handle handle, String journeyId) {
        Quote quote = Proposals.quoteOf(handle, journeyId).orElseThrow();
        return new Reserved(new ReservationId(journeyId), quote.lines());
    }

    private static String words(Reserved reserved) {
        return reserved.lines().stream().map(PricedLine::name).collect(Collectors.joining(", "));
    }
}
