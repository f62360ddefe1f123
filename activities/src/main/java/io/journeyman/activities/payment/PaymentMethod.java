package io.journeyman.activities.payment;

import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PaymentToken;
import java.util.Optional;

/** How the customer wants to pay: a token of the payment agent, or cash on delivery. Never a card number or a UPI address. */
public record PaymentMethod(MethodKind kind, Optional<PaymentToken> token) {
    public PaymentMethod {
        if (kind != MethodKind.cash_on_delivery && token.isEmpty()) {
            throw new IllegalArgumentException("a card or UPI payment needs the token that stands for it");
        }
    }
}
