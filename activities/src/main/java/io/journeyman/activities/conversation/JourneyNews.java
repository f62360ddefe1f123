package io.journeyman.activities.conversation;

import io.journeyman.contracts.ConversationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something a journey has to say. The words for the customer are chosen by {@code code} in the activity.
 *
 * @param workflowId the journey; (workflowId, seq, code) is the key, seq counts from 1
 * @param kind Checkout, Reservation…
 * @param code order_confirmed, payment_declined, payment_method_needed, reserved, reservation_ending…
 * @param status the journey's status after this
 * @param waitingFor what it waits for, empty when it does not wait; {@code until} its deadline
 * @param facts ids, codes and counts only
 */
public record JourneyNews(
        ConversationId conversation,
        String workflowId,
        int seq,
        String kind,
        String code,
        JourneyStatus status,
        String waitingFor,
        Optional<Instant> until,
        Map<String, String> facts) {}
