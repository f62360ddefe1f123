package io.journeyman.fulfillment.parcel;

import io.journeyman.contracts.Problem;
import io.journeyman.fulfillment.carrier.Carrier;
import io.journeyman.fulfillment.parcel.ParcelTable.DueParcel;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the carrier about each parcel when news of it are to be expected. Any number of rounds may be made at once. */
public final class CarrierRounds {
    private static final Logger log = LoggerFactory.getLogger(CarrierRounds.class);
    private static final int PARCELS_A_ROUND = 200;

    /** A parcel about which the carrier could not be asked is asked about again after this, and so is one whose asker was lost. */
    static final Duration AGAIN = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Carrier carrier;
    private final Parcels parcels;
    private final InstantSource clock;

    public CarrierRounds(Jdbi jdbi, Carrier carrier, Parcels parcels, InstantSource clock) {
        this.jdbi = jdbi;
        this.carrier = carrier;
        this.parcels = parcels;
        this.clock = clock;
    }

    /** @throws RuntimeException the first of those that parcels met, after all the others have been asked about */
    public void go() {
        Instant now = clock.instant();
        List<DueParcel> due =
                jdbi.withExtension(ParcelTable.class, table -> table.takeDue(now, now.plus(AGAIN), PARCELS_A_ROUND));
        List<RuntimeException> troubles = new ArrayList<>();
        for (DueParcel parcel : due) {
            try {
                ask(parcel, now);
            } catch (RuntimeException trouble) {
                // it must not keep the carrier's other news from coming in
                troubles.add(trouble);
                jdbi.useExtension(
                        ParcelTable.class, table -> table.askNext(parcel.parcelId(), Optional.of(now.plus(AGAIN))));
            }
        }
        if (!troubles.isEmpty()) {
            throw troubles.getFirst();
        }
    }

    /**
     * Writes down what the carrier has taken of that shipment, before anything is decided about it.
     *
     * @throws ProblemException carrier_unreachable
     */
    public void askAbout(String trackingId) {
        Instant now = clock.instant();
        for (DueParcel parcel : jdbi.withExtension(ParcelTable.class, table -> table.notTaken(trackingId))) {
            try {
                ask(parcel, now);
            } catch (RuntimeException trouble) {
                log.warn("the carrier does not say whether it has parcel {}", parcel.parcelId(), trouble);
                throw ProblemException.tryAgain(
                        Problem.of(
                                503,
                                "carrier_unreachable",
                                "The carrier does not say whether it has these parcels. Send the same request again."),
                        2);
            }
        }
    }

    private void ask(DueParcel parcel, Instant now) {
        Carrier.News news = carrier.newsOf(
                new Carrier.Handed(
                        parcel.parcelId(),
                        parcel.address(),
                        parcel.promisedDate(),
                        parcel.sentAt(),
                        parcel.collected()),
                now);
        jdbi.useTransaction(handle -> {
            news.events().forEach(event -> parcels.record(handle, parcel.parcelId(), event));
            handle.attach(ParcelTable.class).askNext(parcel.parcelId(), news.askAgainAt());
        });
    }
}
