package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.kit.AgentConfig;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The carriers' prices, in the shop's currency. In India the way is paid for ({@link Zone}), and says how long it takes; a shop may have one
 * fee for all instead, and one that counts in another currency than rupees always has. Elsewhere every way costs and takes the same.
 *
 * @param place where the shop is
 * @param oneFee what every delivery costs; empty where the way is paid for
 * @param days how many working days a delivery takes outside India
 */
public record Tariffs(ShopPlace place, Optional<Money> oneFee, int days) {
    static final String FEE = "JOURNEYMAN_DELIVERY_FEE";
    static final String DAYS = "JOURNEYMAN_DELIVERY_DAYS";
    private static final int USUAL_DAYS = 3;
    private static final int MOST_DAYS = 60;

    public Tariffs {
        if (oneFee.isEmpty() && !(place.isIndia() && ShopCurrency.here().isRupee())) {
            oneFee = Optional.of(ShopCurrency.here().zero());
        }
    }

    /** This process's shop's. @param oneFee what every delivery costs, where the shop says so */
    public static Tariffs here(Optional<Money> oneFee) {
        return new Tariffs(ShopPlace.here(), oneFee, USUAL_DAYS);
    }

    /** @throws IllegalArgumentException when JOURNEYMAN_DELIVERY_FEE is no amount of the shop's currency, or JOURNEYMAN_DELIVERY_DAYS no number of days */
    public static Tariffs from(AgentConfig config) {
        return new Tariffs(
                ShopPlace.here(),
                config.setting(FEE).map(Tariffs::fee),
                config.setting(DAYS).map(Tariffs::days).orElse(USUAL_DAYS));
    }

    /** @param from where it leaves; empty: the warehouse @return empty where nobody delivers */
    Optional<Way> way(Optional<String> from, String to, Money goods) {
        if (!place.isIndia()) {
            return Optional.of(Way.standard(oneFee.orElseThrow(), days));
        }
        return Zone.between(from.orElse(Zone.WAREHOUSE), to)
                .map(zone -> oneFee.map(zone::at).orElseGet(() -> zone.way(goods)));
    }

    private static Money fee(String fee) {
        try {
            Money amount = ShopCurrency.here().decimal(new BigDecimal(fee));
            if (amount.minor() >= 0) {
                return amount;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw noFee(e);
        }
        throw noFee(null);
    }

    private static IllegalArgumentException noFee(RuntimeException cause) {
        return new IllegalArgumentException(
                FEE + " must be an amount in " + ShopCurrency.here().code() + " such as 49", cause);
    }

    private static int days(String days) {
        if (!days.matches("[1-9][0-9]?") || Integer.parseInt(days) > MOST_DAYS) {
            throw new IllegalArgumentException(DAYS + " must be a number of days from 1 to " + MOST_DAYS);
        }
        return Integer.parseInt(days);
    }
}
