package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import io.journeyman.fulfillment.address.AddressCheck;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery costs and when it comes. In India the way is paid for, and standard delivery is free when the goods cost more than
 * 1,999 INR; a shop may have one fee for all instead, and one that counts in another currency always has. A parcel
 * ordered before its option's cut-off (Indian time) leaves the same working day, later ones the next; express is never later
 * than standard.
 */
public final class DeliveryDesk {
    public static final Money FREE_ABOVE = Money.inr(1_999_00);
    static final LocalTime STANDARD_CUT_OFF = LocalTime.of(18, 0);
    static final LocalTime EXPRESS_CUT_OFF = LocalTime.of(14, 0);

    public static final String STANDARD = "standard";

    /** The option of what is collected in a store. */
    public static final String COLLECT = "collect";

    /** What is ordered so long before a store closes is ready the same day. */
    static final Duration TO_SET_ASIDE = Duration.ofHours(2);

    /** A store keeps what is ready until it closes on the day that is so many days later. */
    static final int DAYS_KEPT = 3;

    private final InstantSource clock;
    private final Optional<Money> oneFee;

    /** @param oneFee what every delivery costs; the ways' tariffs are in rupees, and for shops that count in them alone */
    public DeliveryDesk(InstantSource clock, Optional<Money> oneFee) {
        this.clock = clock;
        this.oneFee = oneFee.or(() -> ShopCurrency.here().isRupee()
                ? Optional.empty()
                : Optional.of(ShopCurrency.here().zero()));
    }

    /** @throws ProblemException address_invalid */
    public List<DeliveryOption> options(Address address, Money goods) {
        Zone zone = zone(Zone.WAREHOUSE, AddressCheck.checked(address));
        var options = new ArrayList<DeliveryOption>();
        options.add(standard(zone.standard(), goods));
        express(zone).ifPresent(tariff -> options.add(express(tariff)));
        return List.copyOf(options);
    }

    /** Collection in a store, for nothing; empty where no orders are handed over. */
    public Optional<DeliveryOption> collection(Origin store) {
        return store.closes().map(LocalTime::parse).map(closes -> {
            ZonedDateTime now = clock.instant().atZone(ShopTime.ZONE);
            LocalDate ready = now.toLocalTime().isAfter(closes.minus(TO_SET_ASIDE))
                    ? now.toLocalDate().plusDays(1)
                    : now.toLocalDate();
            return new DeliveryOption(
                    COLLECT,
                    "Collect at " + store.name(),
                    ShopCurrency.here().zero(),
                    ready,
                    Optional.of(new CollectionPoint(
                            store.locationId(), store.name(), store.pincode(), keptUntil(ready, closes))));
        });
    }

    /** Until when a store keeps at least what was ready then. */
    public static Instant keptUntil(Instant readyAt, LocalTime closes) {
        return keptUntil(readyAt.atZone(ShopTime.ZONE).toLocalDate(), closes);
    }

    private static Instant keptUntil(LocalDate ready, LocalTime closes) {
        return ready.plusDays(DAYS_KEPT).atTime(closes).atZone(ShopTime.ZONE).toInstant();
    }

    /**
     * Whether what was quoted can be done. The address was checked then, and is not refused now for what its quote let pass.
     *
     * @throws ProblemException address_invalid
     */
    public boolean offers(String optionId, Address address) {
        Zone zone = zone(Zone.WAREHOUSE, address);
        return optionId.equals(STANDARD)
                || (optionId.equals("express") && express(zone).isPresent());
    }

    /**
     * The earliest day on which a parcel that leaves from another place can come.
     *
     * @param from that place's pincode; empty for the warehouse
     * @throws ProblemException address_invalid
     */
    public LocalDate earliest(String optionId, Address address, Optional<String> from) {
        return earliest(optionId, address, from, LocalDate.MIN);
    }

    /** {@link #earliest} for a parcel that cannot leave before {@code here}. */
    public LocalDate earliest(String optionId, Address address, Optional<String> from, LocalDate here) {
        Zone zone = zone(from.orElse(Zone.WAREHOUSE), address);
        return optionId.equals("express") && express(zone).isPresent()
                ? promise(express(zone).get(), EXPRESS_CUT_OFF, here)
                : promise(zone.standard(), STANDARD_CUT_OFF, here);
    }

    private static Zone zone(String from, Address to) {
        return Zone.between(from, AddressCheck.wellFormed(to).pincode()).orElseThrow(AddressCheck::notServed);
    }

    private Optional<Zone.Tariff> express(Zone zone) {
        return oneFee.isPresent() ? Optional.empty() : zone.express();
    }

    private DeliveryOption standard(Zone.Tariff tariff, Money goods) {
        if (oneFee.isPresent()) {
            return new DeliveryOption(
                    STANDARD, "Standard delivery", oneFee.get(), promise(tariff, STANDARD_CUT_OFF), Optional.empty());
        }
        boolean free = goods.minor() > FREE_ABOVE.minor();
        return new DeliveryOption(
                STANDARD,
                free ? "Standard delivery, free above ₹1,999" : "Standard delivery",
                free ? Money.inr(0) : tariff.fee(),
                promise(tariff, STANDARD_CUT_OFF),
                Optional.empty());
    }

    private DeliveryOption express(Zone.Tariff tariff) {
        return new DeliveryOption(
                "express", "Express delivery", tariff.fee(), promise(tariff, EXPRESS_CUT_OFF), Optional.empty());
    }

    private LocalDate promise(Zone.Tariff tariff, LocalTime cutOff) {
        return promise(tariff, cutOff, LocalDate.MIN);
    }

    private LocalDate promise(Zone.Tariff tariff, LocalTime cutOff, LocalDate here) {
        ZonedDateTime now = clock.instant().atZone(ShopTime.ZONE);
        LocalDate ready = now.toLocalTime().isBefore(cutOff)
                ? now.toLocalDate()
                : now.toLocalDate().plusDays(1);
        return WorkingDays.after(WorkingDays.atOrAfter(ready.isBefore(here) ? here : ready), tariff.days());
    }
}
