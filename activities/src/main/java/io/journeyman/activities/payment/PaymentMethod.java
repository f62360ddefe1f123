package io.journeyman.activities.payment;

import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PaymentToken;
import java.util.Optional;

/** How the customer wants to pay: a token of the payment agent, or cash on delivery. Never a card number. */
public record PaymentMethod(MethodKind kind, Optional<PaymentToken> token) {
    public PaymentMethod {
        if (kind == MethodKind.card && token.isEmpty()) {
            throw new IllegalArgumentException("a card payment needs the token that the card form returned");
        }
    }
}
