package io.journeyman.fulfillment.carrier;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.ParcelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Who brings the parcels. A carrier is asked about a parcel when it said that there would be news; one that tells by itself, at
 * {@code POST /parcels/{parcelId}/events}, need never be asked.
 */
public interface Carrier {
    /** When it is to be asked first about what is sent at {@code sentAt}; empty when it tells by itself. */
    Optional<Instant> firstAsked(Instant sentAt);

    /**
     * All that has happened to the parcel until {@code now}, in any order: what was told before is known by its event id.
     *
     * @throws RuntimeException when it does not answer; it is asked again a minute later
     */
    News newsOf(Handed parcel, Instant now);

    /** A parcel that the carrier may take. @param collected whether it waits in a store instead, where it is made ready */
    record Handed(ParcelId parcelId, Address to, LocalDate promisedDate, Instant sentAt, boolean collected) {}

    /** @param askAgainAt when there will be more; empty when there will not */
    record News(List<ParcelEvent> events, Optional<Instant> askAgainAt) {}

    /** Tells by itself whatever it has to tell. */
    Carrier TELLS_BY_ITSELF = new Carrier() {
        @Override
        public Optional<Instant> firstAsked(Instant sentAt) {
            return Optional.empty();
        }

        @Override
        public News newsOf(Handed parcel, Instant now) {
            return new News(List.of(), Optional.empty());
        }
    };
}
