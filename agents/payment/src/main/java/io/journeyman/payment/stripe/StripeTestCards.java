package io.journeyman.payment.stripe;

import io.journeyman.payment.token.CardNumber;
import java.util.Map;
import java.util.Optional;

/**
 * Which of Stripe's own test payment methods (docs.stripe.com/testing) does what a test card of the house does. A lost answer
 * (3333, 4444) cannot be had there.
 */
final class StripeTestCards {
    private static final Map<String, String> METHODS = Map.of(
            "4242", "pm_card_visa",
            "1111", "pm_card_visa_chargeDeclinedInsufficientFunds",
            "2222", "pm_card_chargeDeclinedExpiredCard",
            "3333", "pm_card_chargeDeclinedProcessingError",
            "7777", "pm_card_authenticationRequired",
            "8888", "pm_card_riskLevelElevated",
            "2020", "pm_card_pendingRefund",
            "3030", "pm_card_refundFail");

    private StripeTestCards() {}

    static Optional<String> of(CardNumber card) {
        return card.isMock() ? Optional.of(METHODS.getOrDefault(card.mock(), "pm_card_visa")) : Optional.empty();
    }
}
