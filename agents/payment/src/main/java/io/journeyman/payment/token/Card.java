package io.journeyman.payment.token;

import java.time.YearMonth;
import java.util.Optional;

/** A card as it was typed, on its way to the gateway. */
public record Card(CardNumber number, Optional<YearMonth> expiry, Optional<String> cvc) {
    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "Card[…]";
    }
}
