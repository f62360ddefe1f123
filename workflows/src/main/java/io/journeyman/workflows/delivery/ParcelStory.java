package io.journeyman.workflows.delivery;

import io.journeyman.activities.fulfillment.ParcelsStand.Standing;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the customer has heard of one parcel: each thing once, in the order in which it happened. What comes in late, when the customer
 * knows already what happened after it, is not told any more.
 */
final class ParcelStory {
    /** A carrier that reports without end is not passed on without end; the delivery itself always is. */
    static final int MOST_NEWS = 20;

    private final Set<String> told = new HashSet<>();
    private Instant toldUntil = Instant.MIN;
    private boolean onItsWay;
    private boolean ready;
    private int news;

    /** The events that are news, of which the customer has heard after this. */
    List<ParcelEvent> news(Standing parcel) {
        var fresh = new ArrayList<ParcelEvent>();
        for (var event : parcel.told()) {
            if (event.happenedAt().isBefore(toldUntil) || !told.add(event.eventId())) {
                continue;
            }
            toldUntil = event.happenedAt();
            boolean repeats = isReady(event) ? ready : isOnItsWay(event) && onItsWay;
            ready |= isReady(event);
            onItsWay = true;
            boolean last = event.status() == ParcelEventStatus.delivered;
            if (!repeats && (news < MOST_NEWS || last)) {
                news++;
                fresh.add(event);
            }
            if (last) {
                toldUntil = Instant.MAX;
            }
        }
        return fresh;
    }

    /** In the store where it is collected, whoever says so first. */
    private static boolean isReady(ParcelEvent event) {
        return event.status() == ParcelEventStatus.ready;
    }

    /** Taken over by the carrier, or seen on the way: for the customer the same. */
    private static boolean isOnItsWay(ParcelEvent event) {
        return event.status() == ParcelEventStatus.handed_over || event.status() == ParcelEventStatus.in_transit;
    }

    /** The code under which the customer hears of it. */
    static String code(ParcelEvent event) {
        return switch (event.status()) {
            case ready -> "collection_ready";
            case handed_over, in_transit -> "shipped";
            case out_for_delivery -> "out_for_delivery";
            case delivered -> "delivered";
            case delayed -> "parcel_delayed";
            case delivery_failed -> "delivery_failed";
        };
    }
}
