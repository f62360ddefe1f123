package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Money;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a pincode is from the warehouse in Bengaluru, and what the way costs. Fees include GST; days are working days after
 * dispatch. An India Post pincode's first two digits name the postal circle, its first three the sorting district.
 */
public enum Zone {
    local(49_00, 2, 99_00, 1),
    metro(79_00, 3, 149_00, 2),
    national(99_00, 5, 199_00, 3),
    /** No express carrier goes there. */
    remote(149_00, 8, 0, 0);

    private static final Map<String, Zone> DISTRICTS = Map.of(
            "560", local,
            "110", metro,
            "400", metro,
            "411", metro,
            "500", metro,
            "600", metro,
            "700", metro,
            "744", remote);
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
    static Optional<Zone> of(String pincode) {
        String circle = pincode.substring(0, 2);
        if (circle.startsWith("0") || circle.startsWith("9") || NO_CIRCLE.contains(circle)) {
            return Optional.empty();
        }
        Zone byCircle = REMOTE_CIRCLES.contains(circle) ? remote : national;
        return Optional.of(DISTRICTS.getOrDefault(pincode.substring(0, 3), byCircle));
    }

    Tariff standard() {
        return new Tariff(Money.inr(standardFee), standardDays);
    }

    /** Empty where no express carrier goes. */
    Optional<Tariff> express() {
        return expressDays == 0 ? Optional.empty() : Optional.of(new Tariff(Money.inr(expressFee), expressDays));
    }

    record Tariff(Money fee, int days) {}
}
