package io.journeyman.api.journey;

import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.api.conversation.GatewayMethods;
import io.journeyman.api.conversation.Redaction;
import io.journeyman.api.conversation.UpiAddresses;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PaymentToken;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the four: a token that the payment agent gave the card form, what the gateway's own form made, a UPI address, or cash on delivery. */
public record ChosenMethod(
        Optional<PaymentToken> token,
        Optional<Boolean> cashOnDelivery,
        Optional<String> vpa,
        Optional<String> gatewayMethod) {
    /** @param key of the request: the same one again has the same token */
    public PaymentMethod method(UpiAddresses addresses, GatewayMethods made, CustomerId customer, String key) {
        boolean cash = cashOnDelivery.orElse(false);
        if (Stream.of(token.isPresent(), cash, vpa.isPresent(), gatewayMethod.isPresent())
                        .filter(given -> given)
                        .count()
                != 1) {
            throw ProblemException.of(
                    400, "bad_request", "Give one of token, gatewayMethod, vpa, or cashOnDelivery: true.");
        }
        if (token.filter(value -> !Redaction.redact(value.value()).equals(value.value()))
                .isPresent()) {
            throw ProblemException.of(
                    400,
                    "bad_request",
                    "A card number is no token: send the card to the payment service, in a session of POST /v1/payment-sessions.");
        }
        if (vpa.isPresent()) {
            return new PaymentMethod(
                    MethodKind.upi,
                    Optional.of(addresses.token(customer, vpa.get().strip(), key)));
        }
        if (gatewayMethod.isPresent()) {
            return new PaymentMethod(
                    MethodKind.card,
                    Optional.of(made.token(customer, gatewayMethod.get().strip(), key)));
        }
        return new PaymentMethod(cash ? MethodKind.cash_on_delivery : MethodKind.card, token);
    }
}
