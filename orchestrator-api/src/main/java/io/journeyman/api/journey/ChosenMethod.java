package io.journeyman.api.journey;

import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.api.conversation.Redaction;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PaymentToken;
import java.util.Optional;

/** One of the two: a token that the payment agent gave the card form, or cash on delivery. */
public record ChosenMethod(Optional<PaymentToken> token, Optional<Boolean> cashOnDelivery) {
    public PaymentMethod method() {
        boolean cash = cashOnDelivery.orElse(false);
        if (token.isPresent() == cash) {
            throw ProblemException.of(400, "bad_request", "Give either token or cashOnDelivery: true.");
        }
        if (token.filter(value -> !Redaction.redact(value.value()).equals(value.value()))
                .isPresent()) {
            throw ProblemException.of(
                    400,
                    "bad_request",
                    "A card number is no token: send the card to the payment service, in a session of POST /v1/payment-sessions.");
        }
        return new PaymentMethod(cash ? MethodKind.cash_on_delivery : MethodKind.card, token);
    }
}
