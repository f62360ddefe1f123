package io.journeyman.workflows.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;

/**
 * {@code payment-<orderId>}, child of the checkout, started only when the first attempt is not secured. An unknown attempt
 * blocks any new attempt and any cancellation until it is settled or voided by its key. Where it stands it tells its checkout,
 * which alone speaks to the customer and carries the order's search attributes.
 */
@WorkflowInterface
public interface PaymentRetry {
    static String workflowId(OrderId order) {
        return "payment-" + order.value();
    }

    @WorkflowMethod(name = "PaymentRetry")
    Ended secure(Open open);

    /** The method that it waits for, or another one than is to be confirmed at the bank; the checkout passes one on only then. */
    @SignalMethod(name = "method")
    void method(PaymentMethod method);

    /** The customer has more time. */
    @SignalMethod(name = "extend")
    void extend(Instant deadline);

    /** Asks the gateway at once, where it pauses before it asks again. */
    @SignalMethod(name = "retryNow")
    void retryNow();

    @SignalMethod(name = "giveUp")
    void giveUp(String reason);

    /** @param attempt the one that was made, and what came of it */
    record Open(OrderId orderId, QuoteId quoteId, int attempt, SecureOutcome outcome, Instant deadline) {}

    /** What it waits for now. @param reason insufficient_funds, expired_card, network_error, unresolved… */
    record Standing(WaitsFor waitsFor, int attempt, String reason) {}

    enum WaitsFor {
        /** The attempt was declined: nothing is charged, and another one may be made. */
        another_method,
        /** The customer has to do something at their bank. */
        the_customer,
        /** It is not known yet what became of the attempt: the gateway is asked again and again. */
        an_answer,
        /** Past the deadline nobody knows what became of the attempt: staff are needed. */
        the_gateway
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Ended.Paid.class, name = "paid"),
        @JsonSubTypes.Type(value = Ended.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = Ended.Cancelled.class, name = "cancelled")
    })
    sealed interface Ended {
        record Paid(int attempt, SecureOutcome.As as) implements Ended {}

        /** @param code the last failure: insufficient_funds, expired_card, network_error */
        record Failed(String code) implements Ended {}

        record Cancelled(String reason) implements Ended {}
    }
}
