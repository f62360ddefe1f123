package io.journeyman.activities.staff;

import io.journeyman.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A journey as staff see it: ids, codes and the amount; no name, no address.
 *
 * @param failure why its payment failed; empty when it did not
 */
public record StaffJourney(
        String workflowId,
        String journeyId,
        String kind,
        String status,
        String code,
        String waitingFor,
        Optional<Instant> until,
        String failure,
        String customerId,
        String conversationId,
        String quoteId,
        String channel,
        Money total,
        Instant startedAt,
        Instant updatedAt) {
    /** The workflows that carry it out: itself, and the retry of its payment. */
    public List<String> workflowIds() {
        return kind.equals("Checkout") ? List.of(workflowId, "payment-" + journeyId) : List.of(workflowId);
    }

    /** Where a page that ends with this one ended. */
    public Position position() {
        return new Position(updatedAt, workflowId);
    }

    /** @param text what the customer was told */
    public record News(String code, String text, Instant at) {}

    /** @param code what it came to */
    public record Action(String staff, String action, String reason, String code, Instant at) {}
}
