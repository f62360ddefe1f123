package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.Vpa;
import java.net.URI;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A payment gateway. A charge's key, and a refund's, name it for ever: whatever is asked again under the same key is answered from
 * what the gateway knows, and never charges, or gives back, again.
 */
public interface Gateway {
    /**
     * Keeps the card and answers the reference by which it is charged.
     *
     * @throws MethodRefused when it cannot be a card that pays
     * @throws GatewayUnreachable when there is no answer; nothing was charged
     */
    String vault(Card card);

    /**
     * Takes a card that the gateway's own form has sent it from the customer's browser.
     *
     * @param method the gateway's name of it, as the form told the page
     * @throws MethodRefused when the gateway does not know it, or it is no card
     * @throws GatewayUnreachable when there is no answer; nothing was charged
     */
    Adopted adopt(String method);

    /** @param reference by which it is charged; the others may be shown */
    record Adopted(String reference, String brand, String last4, Optional<YearMonth> expires) {}

    /** Whether a card that was vaulted once can be charged for other orders, too. */
    boolean keepsCards();

    /**
     * Keeps the UPI address and answers the reference by which its owner is asked to pay.
     *
     * @throws MethodRefused when it takes no UPI, or not this address
     * @throws GatewayUnreachable when there is no answer; nothing was charged
     */
    String vault(Vpa vpa);

    /** @throws GatewayUnreachable when there is no answer: nobody knows whether it was charged */
    Answer authorise(ChargeKey key, String reference, Money amount);

    /**
     * What became of the charge. One that the gateway does not know is closed, so that it cannot come late.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer settle(ChargeKey key);

    /**
     * Takes the money of an authorised charge.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer capture(ChargeKey key, Money amount);

    /**
     * Voids an authorisation, gives back what is left of a capture, closes what has not come yet.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer cancel(ChargeKey key);

    /**
     * Gives back part or all of what was captured. Asked again, it answers what became of it.
     *
     * @throws GatewayUnreachable when there is no answer: nobody knows whether it was given back
     */
    RefundAnswer refund(ChargeKey charge, RefundId refund, Money amount);

    /** What the gateway says of a charge. */
    sealed interface Answer {
        record Authorised() implements Answer {}

        /** @param amount that was taken, whoever asked for how much, before anything went back */
        record Captured(Money amount) implements Answer {}

        record Pending() implements Answer {}

        /**
         * The bank asks the customer.
         *
         * @param code three_d_secure, upi_collect
         * @param confirmAt where they confirm it; one without a host is at the agent itself
         */
        record NeedsCustomer(String code, Optional<URI> confirmAt) implements Answer {}

        /** @param code insufficient_funds, expired_card */
        record Declined(String code) implements Answer {}

        /** Its money went back, or never moved. */
        record Cancelled() implements Answer {}

        /** It never came, and never will. */
        record NeverCame() implements Answer {}
    }

    /** What the gateway says of a refund. */
    sealed interface RefundAnswer {
        record Refunded() implements RefundAnswer {}

        /** It is on its way, and may still fail. */
        record OnItsWay() implements RefundAnswer {}

        /** Nothing was given back, and nothing will be under this key. */
        record Failed(String code) implements RefundAnswer {}
    }

    /** The gateway does not take the card or the UPI address. */
    final class MethodRefused extends RuntimeException {
        private final String code;

        public MethodRefused(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** No answer came from the gateway. */
    final class GatewayUnreachable extends RuntimeException {
        public GatewayUnreachable() {
            super("the gateway did not answer", null, false, false);
        }
    }
}
