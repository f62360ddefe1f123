package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.payment.token.CardNumber;

/**
 * A payment gateway. {@code key} names one charge for ever: whatever is asked again under the same key is answered from what the
 * gateway knows, and never charges again.
 */
public interface Gateway {
    /** Keeps the card and answers the reference by which it is charged. */
    String vault(CardNumber card);

    /** @throws GatewayUnreachable when there is no answer: nobody knows whether it was charged */
    Answer authorise(String key, String reference, Money amount);

    /**
     * What became of the charge. One that the gateway does not know is closed, so that it cannot come late.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer settle(String key);

    /**
     * Takes the money of an authorised charge.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer capture(String key, Money amount);

    /**
     * Voids an authorisation, refunds a capture, closes what has not come yet.
     *
     * @throws GatewayUnreachable when there is no answer; it may be asked again
     */
    Answer cancel(String key);

    /** What the gateway says of a charge. */
    sealed interface Answer {
        record Authorised() implements Answer {}

        record Captured() implements Answer {}

        record Pending() implements Answer {}

        /** @param code insufficient_funds, expired_card */
        record Declined(String code) implements Answer {}

        /** Its money went back, or never moved. */
        record Cancelled() implements Answer {}

        /** It never came, and never will. */
        record NeverCame() implements Answer {}
    }

    /** No answer came from the gateway. */
    final class GatewayUnreachable extends RuntimeException {
        public GatewayUnreachable() {
            super("the gateway did not answer", null, false, false);
        }
    }
}
