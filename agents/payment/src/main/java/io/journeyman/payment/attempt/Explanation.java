package io.journeyman.payment.attempt;

import io.journeyman.contracts.Payment.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a payment did not succeed, and what to do about it, in a customer's words. */
record Explanation(String detail, List<String> suggestions) {
    private static final String OTHER_CARD = "Use another card.";
    private static final String CASH = "Pay cash on delivery.";

    private static final Map<String, Explanation> BY_CODE = Map.ofEntries(
            Map.entry(
                    "insufficient_funds",
                    new Explanation(
                            "The bank declined the payment: the card has insufficient funds.",
                            List.of(OTHER_CARD, CASH, "Remove something from the order."))),
            Map.entry(
                    "expired_card",
                    new Explanation(
                            "The bank declined the payment: the card has expired.",
                            List.of(OTHER_CARD, "Check the card's expiry date.", CASH))),
            Map.entry(
                    "incorrect_cvc",
                    new Explanation(
                            "The bank declined the payment: the card's security code is wrong.",
                            List.of("Enter the card again.", OTHER_CARD, CASH))),
            Map.entry(
                    "authentication_failed",
                    new Explanation(
                            "The payment was not confirmed with the bank; nothing was charged.",
                            List.of("Try again and confirm it with your bank.", OTHER_CARD, CASH))),
            Map.entry(
                    "under_suspicion",
                    new Explanation(
                            "The payment was looked at and not accepted; nothing was charged.",
                            List.of(OTHER_CARD, CASH))),
            Map.entry(
                    "duplicate",
                    new Explanation(
                            "The bank took this for the payment that was made a moment ago; nothing was charged for this one.",
                            List.of("Try again in a minute.", OTHER_CARD, CASH))),
            Map.entry(
                    "processing_error",
                    new Explanation(
                            "The bank could not process the payment; nothing was charged.",
                            List.of("Try again in a moment.", OTHER_CARD, CASH))),
            Map.entry(
                    "network_error",
                    new Explanation(
                            "The payment did not get through because of a network error; nothing was charged.",
                            List.of("Try again in a moment.", OTHER_CARD, CASH))),
            Map.entry(
                    "amount_not_chargeable",
                    new Explanation(
                            "The payment service cannot charge this amount to its last digit; nothing was charged.",
                            List.of(CASH, "Change the order so that its total ends in 0."))),
            Map.entry(
                    "not_received",
                    new Explanation("That payment never arrived; nothing was charged.", List.of("Pay again."))),
            Map.entry(
                    "cancelled",
                    new Explanation("That payment was cancelled; nothing is charged.", List.of("Pay again."))),
            Map.entry(
                    "upi_declined",
                    new Explanation(
                            "The payment was declined in the UPI app; nothing was charged.",
                            List.of("Try again and approve it in your app.", OTHER_CARD, CASH))),
            Map.entry(
                    "upi_expired",
                    new Explanation(
                            "The request was not answered in the UPI app in time; nothing was charged.",
                            List.of("Try again and approve it in your app.", OTHER_CARD, CASH))));

    /** Whatever else a bank may say. */
    private static final Explanation DECLINED = new Explanation(
            "The bank declined the payment; nothing was charged.", List.of(OTHER_CARD, "Ask your bank.", CASH));

    /** Nobody knows yet whether it was charged, and to pay again now might charge twice. */
    private static final Explanation UNKNOWN = new Explanation(
            "The bank has not answered yet; whether this payment went through is being found out.",
            List.of("Wait a moment before you pay again."));

    private static final Explanation NEEDS_CUSTOMER = new Explanation(
            "The bank asks for this payment to be confirmed.", List.of("Confirm the payment with your bank."));

    private static final Explanation UPI_COLLECT = new Explanation(
            "The UPI app asks for this payment to be approved.", List.of("Approve the payment in your UPI app."));

    static Optional<Explanation> of(Outcome outcome, Optional<String> code) {
        return switch (outcome) {
            case unknown -> Optional.of(UNKNOWN);
            case needs_customer -> Optional.of(code.equals(Optional.of("upi_collect")) ? UPI_COLLECT : NEEDS_CUSTOMER);
            case secured, declined, pending -> code.map(known -> BY_CODE.getOrDefault(known, DECLINED));
        };
    }
}
