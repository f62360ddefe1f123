package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Money;
import io.journeyman.fulfillment.delivery.Way.Tariff;
import java.util.Optional;
import java.util.Set;

/**
 * How far it is in India from one pincode to another, and what the way costs in rupees. Fees include GST; days are working days after
 * dispatch. An India Post pincode's first two digits name the postal circle, its first three the sorting district.
 */
public enum Zone {
    local(49_00, 2, 99_00, 1),
    metro(79_00, 3, 149_00, 2),
    national(99_00, 5, 199_00, 3),
    /** No express carrier goes there, or comes from there. */
    remote(149_00, 8, 0, 0);

    /** What costs more than that is delivered for nothing. */
    private static final Money FREE_ABOVE = Money.inr(1_999_00);

    /** Where parcels leave from unless it is said: Whitefield, Bengaluru. */
    static final String WAREHOUSE = "560066";

    private static final Set<String> METROS = Set.of("560", "110", "400", "411", "500", "600", "700");
    private static final Set<String> REMOTE_DISTRICTS = Set.of("744");
    private static final Set<String> REMOTE_CIRCLES = Set.of("18", "19", "78", "79");
    private static final Set<String> NO_CIRCLE =
            Set.of("10", "29", "35", "54", "55", "65", "66", "86", "87", "88", "89");

    private final long standardFee;
    private final int standardDays;
    private final long expressFee;
    private final int expressDays;

    Zone(long standardFee, int standardDays, long expressFee, int expressDays) {
        this.standardFee = standardFee;
        this.standardDays = standardDays;
        this.expressFee = expressFee;
        this.expressDays = expressDays;
    }

    /** Empty when no postal circle has that pincode, or when it is an army post office, which our carriers do not serve. */
    static Optional<Zone> between(String from, String to) {
        if (!isServed(to)) {
            return Optional.empty();
        }
        if (district(from).equals(district(to))) {
            return Optional.of(local);
        }
        if (isRemote(from) || isRemote(to)) {
            return Optional.of(remote);
        }
        return Optional.of(METROS.contains(district(from)) && METROS.contains(district(to)) ? metro : national);
    }

    /** @param pincode six digits */
    public static boolean isServed(String pincode) {
        String circle = pincode.substring(0, 2);
        return !circle.startsWith("0") && !circle.startsWith("9") && !NO_CIRCLE.contains(circle);
    }

    private static boolean isRemote(String pincode) {
        return REMOTE_CIRCLES.contains(pincode.substring(0, 2)) || REMOTE_DISTRICTS.contains(district(pincode));
    }

    private static String district(String pincode) {
        return pincode.substring(0, 3);
    }

    /** In rupees; standard delivery is free where the goods cost more than {@link #FREE_ABOVE}. */
    Way way(Money goods) {
        boolean free = goods.minor() > FREE_ABOVE.minor();
        return new Way(
                free ? "Standard delivery, free above ₹1,999" : Way.STANDARD,
                new Tariff(Money.inr(free ? 0 : standardFee), standardDays),
                expressDays == 0 ? Optional.empty() : Optional.of(new Tariff(Money.inr(expressFee), expressDays)));
    }

    /** At one fee, whatever the way; then nothing goes by express. */
    Way at(Money fee) {
        return Way.standard(fee, standardDays);
    }
}
