package io.journeyman.workflows.checkout;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.PostPurchase.OrderStatus;

/** The checkout goes no further: what it ends as, and why. */
final class Stopped extends RuntimeException {
    private static final String UNANSWERED = "agent_unavailable";

    private final JourneyStatus status;
    private final OrderStatus order;
    private final String code;

    private Stopped(JourneyStatus status, OrderStatus order, String code) {
        super(code, null, false, false);
        this.status = status;
        this.order = order;
        this.code = code;
    }

    static Stopped cancelled(String code) {
        return new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, code);
    }

    /** Staff may replay the payment later. */
    static Stopped unpaid(String code) {
        return new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, code);
    }

    /** A part of the shop stayed away: that was not the customer's wish. */
    static Stopped failed(String code) {
        return new Stopped(JourneyStatus.failed, OrderStatus.cancelled, code);
    }

    /** An agent did not answer: which steps were done before it was asked, and which after that, nobody may know. */
    static Stopped unanswered() {
        return failed(UNANSWERED);
    }

    boolean isUnanswered() {
        return code.equals(UNANSWERED);
    }

    JourneyStatus status() {
        return status;
    }

    OrderStatus order() {
        return order;
    }

    String code() {
        return code;
    }

    boolean isUnpaid() {
        return order == OrderStatus.payment_failed;
    }
}
