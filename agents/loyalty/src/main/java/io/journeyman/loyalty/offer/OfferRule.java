package io.journeyman.loyalty.offer;

import java.time.Instant;
import java.util.Optional;

/**
 * One offer of the shop, as its row says.
 *
 * @param coupon the code to type, in capitals; only coupons have one
 * @param percent of what earlier offers left; this or {@code amountMinor} is there
 * @param mostMinor the most that a percentage takes off
 * @param thresholdMinor the goods must cost so much before any discount
 * @param onceEach a customer may use it in one order only
 * @param useLimit over all customers
 */
public record OfferRule(
        String offerId,
        Kind kind,
        String title,
        String terms,
        Optional<String> coupon,
        Optional<Integer> percent,
        Optional<Long> amountMinor,
        Optional<Long> mostMinor,
        long thresholdMinor,
        boolean onceEach,
        Optional<Integer> useLimit,
        int used,
        Instant validFrom,
        Instant validUntil) {

    /** amount_off and first_order apply by themselves, a coupon when the customer gives its code. */
    public enum Kind {
        amount_off,
        first_order,
        coupon
    }

    boolean validAt(Instant now) {
        return !now.isBefore(validFrom) && now.isBefore(validUntil);
    }

    boolean usedUp() {
        return useLimit.isPresent() && used >= useLimit.get();
    }

    /** What it takes off {@code left}, rounded down to a paisa and never more than {@code left}. */
    long takesOff(long left) {
        long wanted =
                percent.map(p -> Math.multiplyExact(left, (long) p) / 100).orElseGet(() -> amountMinor.orElse(0L));
        return Math.min(left, mostMinor.map(most -> Math.min(most, wanted)).orElse(wanted));
    }
}
