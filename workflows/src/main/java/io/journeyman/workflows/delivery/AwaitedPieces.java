package io.journeyman.workflows.delivery;

import io.journeyman.activities.fulfillment.ParcelsStand.Standing;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parcels that wait for pieces which were sold before they were in the shop, and what their customer has heard of it: each change of the day
 * once, that they are here, or that they do not come.
 */
final class AwaitedPieces {
    /** From the day on which pieces are due, they may be here any time. */
    private static final Duration SOON = Duration.ofHours(1);

    /** What was told last of each parcel that waits. */
    private final Map<ParcelId, Told> told = new HashMap<>();

    private record Told(LocalDate expected, boolean calledOff) {}

    /**
     * @param code awaited, which the customer knows already, awaited_moved, awaited_sooner, awaited_called_off or awaited_here
     * @param expected the day on which its pieces are due in the shop, as long as they are awaited
     */
    record Change(String code, Standing parcel, Optional<LocalDate> expected) {}

    boolean any() {
        return !told.isEmpty();
    }

    /** What is new of them, in the parcels' order. */
    List<Change> changes(List<Standing> parcels) {
        var changes = new ArrayList<Change>();
        told.keySet()
                .removeIf(id ->
                        parcels.stream().noneMatch(parcel -> parcel.parcelId().equals(id)));
        for (var parcel : parcels) {
            var before = Optional.ofNullable(told.get(parcel.parcelId()));
            var expected = parcel.awaitedOn();
            if (expected.isPresent()) {
                told.put(parcel.parcelId(), new Told(expected.get(), parcel.calledOff()));
                code(before, expected.get(), parcel.calledOff())
                        .ifPresent(code -> changes.add(new Change(code, parcel, expected)));
            } else if (before.isPresent()) {
                told.remove(parcel.parcelId());
                if (parcel.status() == ParcelStatus.created) {
                    changes.add(new Change("awaited_here", parcel, expected));
                }
            }
        }
        return changes;
    }

    private static Optional<String> code(Optional<Told> before, LocalDate expected, boolean calledOff) {
        if (calledOff) {
            return before.filter(Told::calledOff).isPresent() ? Optional.empty() : Optional.of("awaited_called_off");
        }
        if (before.isEmpty()) {
            return Optional.of("awaited");
        }
        var known = before.get();
        if (expected.equals(known.expected()) && !known.calledOff()) {
            return Optional.empty();
        }
        return Optional.of(expected.isBefore(known.expected()) ? "awaited_sooner" : "awaited_moved");
    }

    /** How long nobody looks, where it would be so long otherwise. */
    Duration atMost(Duration pause, Instant now) {
        boolean due = told.values().stream()
                .anyMatch(one -> !now.isBefore(
                        one.expected().atStartOfDay(ZoneOffset.UTC).toInstant()));
        return due && SOON.compareTo(pause) < 0 ? SOON : pause;
    }
}
