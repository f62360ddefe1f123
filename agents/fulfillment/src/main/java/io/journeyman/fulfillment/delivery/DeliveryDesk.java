package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import io.journeyman.fulfillment.address.AddressCheck;
import io.journeyman.fulfillment.delivery.Way.Tariff;
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
 * What a delivery costs, by the shop's {@link Tariffs}, and when it comes. A parcel ordered before its option's cut-off (the shop's time)
 * leaves the same working day, later ones the next; express is never later than standard.
 */
public final class DeliveryDesk {
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
    private final Tariffs tariffs;
    private final WorkingDays calendar;

    public DeliveryDesk(InstantSource clock, Tariffs tariffs) {
        this.clock = clock;
        this.tariffs = tariffs;
        this.calendar = WorkingDays.in(tariffs.place());
    }

    /** @throws ProblemException address_invalid */
    public List<DeliveryOption> options(Address address, Money goods) {
        return options(address, goods, LocalDate.MIN);
    }

    /** {@link #options} for what cannot leave before {@code here}. */
    List<DeliveryOption> options(Address address, Money goods, LocalDate here) {
        Way way = way(Optional.empty(), AddressCheck.checked(address, tariffs.place()), goods);
        var options = new ArrayList<DeliveryOption>();
        options.add(option(STANDARD, way.label(), way.standard(), STANDARD_CUT_OFF, here));
        way.express()
                .ifPresent(
                        express -> options.add(option("express", "Express delivery", express, EXPRESS_CUT_OFF, here)));
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
        return keptUntil(ShopTime.dayOf(readyAt), closes);
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
        Way way = wayTo(address, Optional.empty());
        return optionId.equals(STANDARD)
                || (optionId.equals("express") && way.express().isPresent());
    }

    /**
     * The earliest day on which a parcel that leaves from another place can come.
     *
     * @param from that place's postal code; empty for the warehouse
     * @throws ProblemException address_invalid
     */
    public LocalDate earliest(String optionId, Address address, Optional<String> from) {
        return earliest(optionId, address, from, LocalDate.MIN);
    }

    /** {@link #earliest} for a parcel that cannot leave before {@code here}. */
    public LocalDate earliest(String optionId, Address address, Optional<String> from, LocalDate here) {
        Way way = wayTo(address, from);
        return way.express()
                .filter(express -> optionId.equals("express"))
                .map(express -> promise(express, EXPRESS_CUT_OFF, here))
                .orElseGet(() -> promise(way.standard(), STANDARD_CUT_OFF, here));
    }

    /** Whatever it costs. */
    private Way wayTo(Address address, Optional<String> from) {
        return way(
                from,
                AddressCheck.wellFormed(address, tariffs.place()),
                ShopCurrency.here().zero());
    }

    private Way way(Optional<String> from, Address to, Money goods) {
        return tariffs.way(from, to.pincode(), goods).orElseThrow(AddressCheck::notServed);
    }

    private DeliveryOption option(String id, String label, Tariff tariff, LocalTime cutOff, LocalDate here) {
        return new DeliveryOption(id, label, tariff.fee(), promise(tariff, cutOff, here), Optional.empty());
    }

    private LocalDate promise(Tariff tariff, LocalTime cutOff, LocalDate here) {
        ZonedDateTime now = clock.instant().atZone(tariffs.place().zone());
        LocalDate ready = now.toLocalTime().isBefore(cutOff)
                ? now.toLocalDate()
                : now.toLocalDate().plusDays(1);
        return calendar.after(calendar.atOrAfter(ready.isBefore(here) ? here : ready), tariff.days());
    }
}
