package io.journeyman.payment.token;

import io.journeyman.contracts.ShopTime;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/** A card as it was typed, on its way to the gateway. */
public record Card(CardNumber number, Optional<YearMonth> expiry, Optional<String> cvc) {
    /** Whether one that is good until the end of that month is over, by the shop's days. */
    static boolean isOver(YearMonth last, Instant now) {
        return last.isBefore(YearMonth.from(ShopTime.dayOf(now)));
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "Card[…]";
    }
}
