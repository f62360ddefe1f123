package io.journeyman.fulfillment.carrier;

import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.delayed;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.delivered;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.delivery_failed;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.handed_over;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.in_transit;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.out_for_delivery;
import static io.journeyman.contracts.Fulfillment.ParcelEventStatus.ready;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A carrier for trying things out, as the test gateway is a bank. A parcel comes on by one step in each {@code step} since it was
 * sent. What it meets is told by the address, as a test card tells what becomes of a payment: in a Late Lane it is delayed, at a
 * Nobody Home its delivery fails, and at a Second Try it fails once. Of what is collected it plays the store, which is ready after one
 * step; who hands it over are staff. It keeps nothing: the same question has the same answer, also
 * after a restart.
 */
public final class SimulatedCarrier implements Carrier {
    private static final int DAYS_OF_DELAY = 2;

    /** What happens at one step, counted from the sending. */
    private record Stage(int step, ParcelEventStatus status, Optional<String> reason) {
        Stage(int step, ParcelEventStatus status) {
            this(step, status, Optional.empty());
        }

        Stage(int step, ParcelEventStatus status, String reason) {
            this(step, status, Optional.of(reason));
        }
    }

    private static final List<Stage> SMOOTH = List.of(
            new Stage(1, handed_over),
            new Stage(2, in_transit),
            new Stage(3, out_for_delivery),
            new Stage(4, delivered));
    private static final List<Stage> LATE = List.of(
            new Stage(1, handed_over),
            new Stage(2, in_transit),
            new Stage(3, delayed, "weather"),
            new Stage(5, out_for_delivery),
            new Stage(6, delivered));
    private static final List<Stage> NOBODY_HOME = List.of(
            new Stage(1, handed_over),
            new Stage(2, in_transit),
            new Stage(3, out_for_delivery),
            new Stage(4, delivery_failed, "nobody_home"));
    private static final List<Stage> SECOND_TRY = List.of(
            new Stage(1, handed_over),
            new Stage(2, in_transit),
            new Stage(3, out_for_delivery),
            new Stage(4, delivery_failed, "nobody_home"),
            new Stage(5, out_for_delivery),
            new Stage(6, delivered));

    private static final List<Stage> COLLECTED = List.of(new Stage(1, ready));

    private final Duration step;

    public SimulatedCarrier(Duration step) {
        if (!step.isPositive()) {
            throw new IllegalArgumentException("a parcel's step must take some time");
        }
        this.step = step;
    }

    @Override
    public Optional<Instant> firstAsked(Instant sentAt) {
        return Optional.of(sentAt.plus(step));
    }

    @Override
    public News newsOf(Handed parcel, Instant now) {
        var events = new ArrayList<ParcelEvent>();
        for (Stage stage : parcel.collected() ? COLLECTED : way(parcel.to())) {
            Instant at = parcel.sentAt().plus(step.multipliedBy(stage.step()));
            if (at.isAfter(now)) {
                return new News(events, Optional.of(at));
            }
            events.add(new ParcelEvent(
                    "simulated-" + stage.step(),
                    stage.status(),
                    at,
                    stage.reason(),
                    stage.status() == delayed
                            ? Optional.of(parcel.promisedDate().plusDays(DAYS_OF_DELAY))
                            : Optional.empty()));
        }
        return new News(events, Optional.empty());
    }

    private static List<Stage> way(Address to) {
        String line = to.line1().toLowerCase(Locale.ROOT);
        if (line.contains("late lane")) {
            return LATE;
        }
        if (line.contains("nobody home")) {
            return NOBODY_HOME;
        }
        return line.contains("second try") ? SECOND_TRY : SMOOTH;
    }
}
