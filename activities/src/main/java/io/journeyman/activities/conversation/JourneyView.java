package io.journeyman.activities.conversation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A journey as its customer sees it.
 *
 * @param journeyId the order's or the reservation's id
 * @param code what happened last: started, order_confirmed, payment_declined…
 * @param waitingFor payment_method, pickup…; empty when it does not wait
 */
public record JourneyView(
        String workflowId,
        String journeyId,
        String kind,
        JourneyStatus status,
        String code,
        String waitingFor,
        Optional<Instant> until,
        Map<String, String> facts,
        Instant startedAt,
        Instant updatedAt) {}
