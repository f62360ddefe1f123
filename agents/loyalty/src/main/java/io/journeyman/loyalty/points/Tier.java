package io.journeyman.loyalty.points;

import io.journeyman.contracts.Money;
import java.time.Duration;

/**
 * How loyal a customer is: by the points earned in the last 365 days (spending them costs no tier). bronze: everybody.
 * silver: from 300 points, 5 % off, points count 1.25 times. gold: from 1,500 points, 10 % off, points count 1.5 times.
 */
public enum Tier {
    bronze(0, 0, 100),
    silver(300, 5, 125),
    gold(1_500, 10, 150);

    /** Points earned before this long ago do not count for the tier. */
    public static final Duration YEAR = Duration.ofDays(365);

    private static final long RUPEES_PER_POINT = 100;

    private final long earnedPoints;
    private final int percentOff;
    private final int factorPercent;

    Tier(long earnedPoints, int percentOff, int factorPercent) {
        this.earnedPoints = earnedPoints;
        this.percentOff = percentOff;
        this.factorPercent = factorPercent;
    }

    public static Tier of(long earnedInTheLastYear) {
        Tier tier = bronze;
        for (Tier candidate : values()) {
            if (earnedInTheLastYear >= candidate.earnedPoints) {
                tier = candidate;
            }
        }
        return tier;
    }

    public int percentOff() {
        return percentOff;
    }

    /** One point for each full 100 INR paid, times the tier's factor, rounded down. */
    public long pointsFor(Money paid) {
        long hundreds = paid.minor() / (RUPEES_PER_POINT * 100);
        return Math.max(0, hundreds) * factorPercent / 100;
    }

    /** The id of the tier's own offer, such as TIER-SILVER. It needs no reserving. */
    public String offerId() {
        return "TIER-" + name().toUpperCase(java.util.Locale.ROOT);
    }
}
