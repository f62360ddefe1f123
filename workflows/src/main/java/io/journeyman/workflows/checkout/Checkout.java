package io.journeyman.workflows.checkout;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.replay.ReplayOutcome;
import io.journeyman.activities.returns.ExchangedReturn;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.workflows.ProposedJourney;
import io.journeyman.workflows.payment.PaymentRetry;
import io.journeyman.workflows.returns.Return;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code checkout-<orderId>}: the one owner of all money actions on that order. One that is an exchange waits, with its stock held and
 * its difference in price paid, until {@code return-<returnId>} has taken what goes back.
 *
 * <p>Cancelled, an attempt whose outcome is unknown is first settled or voided by its key; the wish is kept until then. Extended, the
 * customer, who is waited for, may pay until then, and stock and price are kept as long: it may answer stock_gone too, or agent_unavailable,
 * when the inventory does not answer and nothing has changed.
 */
@WorkflowInterface
public interface Checkout extends ProposedJourney {
    static String workflowId(OrderId order) {
        return "checkout-" + order.value();
    }

    /** The order of a checkout. */
    static OrderId order(String workflowId) {
        return new OrderId(workflowId.substring(workflowId.indexOf('-') + 1));
    }

    @WorkflowMethod(name = "Checkout")
    OrderResult checkout(Order order);

    /**
     * Gives the method that the journey waits for; until it comes to its first attempt, it is kept for that, in place of one given before.
     * Answers a code: accepted (it will be tried), not_waiting, or payment_unresolved: an attempt is being made, or nobody knows yet what
     * became of it, and no other one is made until that is settled.
     */
    @UpdateMethod(name = "pay")
    String pay(PaymentMethod method);

    /** {@link #pay} for conversations that began before they could hear the answer: what comes when nothing waits for it is dropped. */
    @SignalMethod(name = "payRequest")
    void payRequested(PaymentMethod method);

    /**
     * Staff have a failed payment tried again, by the method that was given last; answers once it is known what became of it. However
     * many ask at once, and whoever pays meanwhile: it is one order with one charge.
     *
     * @param replay whose wish it is
     */
    @UpdateMethod(name = "replayPayment")
    ReplayOutcome replayPayment(String replay);

    /** Where the return of an exchange stands; what became of it stands in its record. */
    @SignalMethod(name = "returnStands")
    void returnStands(Return.Standing standing);

    /** Where the payment retry, our child, stands. */
    @SignalMethod(name = "paymentStands")
    void paymentStands(PaymentRetry.Standing standing);

    /**
     * What a checkout starts from: ids and the confirmed total. Lines and address stay in the stored quote.
     *
     * @param reservation the reservation whose pieces the order takes over, as its quote says
     * @param exchange what goes back for it, as its quote says; {@code total} is the rest of its price
     * @param credit the store credit that pays the total, or a part of it, as its quote says
     */
    record Order(
            OrderId orderId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total,
            Instant quoteValidUntil,
            Optional<PaymentMethod> method,
            Optional<ReservationId> reservation,
            Optional<ExchangedReturn> exchange,
            Optional<Money> credit) {
        /** What is left to be paid, by card or in cash. */
        Money due() {
            return credit.map(total::minus).orElse(total);
        }

        /** Whether store credit pays all of it. */
        boolean owesNothing() {
            return credit.equals(Optional.of(total));
        }

        /** What news of the order carry along. */
        Map<String, String> facts() {
            return Map.of("orderId", orderId.value(), "amountMinor", String.valueOf(total.minor()));
        }
    }

    /** @param code confirmed, cancelled, payment_failed, payment_unresolved, out_of_stock… */
    record OrderResult(OrderId orderId, JourneyStatus status, String code) {}
}
