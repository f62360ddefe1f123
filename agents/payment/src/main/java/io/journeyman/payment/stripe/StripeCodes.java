package io.journeyman.payment.stripe;

import com.stripe.exception.CardException;
import com.stripe.model.StripeError;
import java.util.Optional;

/**
 * Stripe's reasons in the house's words. A card that is reported as lost, stolen or fraudulent is only said to be declined, as
 * Stripe asks (docs.stripe.com/declines/codes).
 */
final class StripeCodes {
    private StripeCodes() {}

    static String of(CardException declined) {
        return of(declined.getCode(), declined.getDeclineCode());
    }

    static String of(StripeError declined) {
        return of(declined.getCode(), declined.getDeclineCode());
    }

    /** A card's brand as customers write it. */
    static String brand(String brand) {
        return switch (Optional.ofNullable(brand).orElse("")) {
            case "visa" -> "Visa";
            case "mastercard" -> "Mastercard";
            case "amex" -> "American Express";
            case "rupay" -> "RuPay";
            default -> "Card";
        };
    }

    private static String of(String code, String declineCode) {
        return switch (Optional.ofNullable(declineCode).orElse(String.valueOf(code))) {
            case "insufficient_funds", "withdrawal_count_limit_exceeded", "card_velocity_exceeded" ->
                "insufficient_funds";
            case "expired_card" -> "expired_card";
            case "incorrect_cvc", "invalid_cvc" -> "incorrect_cvc";
            case "incorrect_number", "invalid_number", "invalid_expiry_month", "invalid_expiry_year" ->
                "card_number_invalid";
            case "authentication_required", "payment_intent_authentication_failure" -> "authentication_failed";
            case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction" ->
                "processing_error";
            default -> "card_declined";
        };
    }
}
