package io.journeyman.workflows.delivery;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.cancellation.UncollectedActivities;
import io.journeyman.activities.cancellation.UncollectedQuote;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.ParcelsStand.Kept;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cancellation.CancellationStart;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done for an order that waits in a store: remind its customer, and have it undone when its time is over. Whether it was
 * handed over before that, or kept longer, is not decided here: the cancellation that this starts is told so by the fulfillment agent, and then
 * undoes nothing.
 */
final class StoreCounter {
    /** The customer is reminded so long before the end. */
    static final Duration REMINDER = Duration.ofDays(1);

    /** What no store has made ready is undone so long after it would have been over. */
    static final Duration NEVER_READY = Duration.ofDays(7);

    private final Delivery.Request request;
    private final Story story;
    private final UncollectedActivities orders =
            Calls.quickAgent(UncollectedActivities.class, "What nobody collected, and what goes back for it");
    private final CancellationStart cancellations =
            Calls.quickAgent(CancellationStart.class, "What nobody collected is undone");
    private final FulfillmentActivities keeping =
            Calls.read(FulfillmentActivities.class, "Collection in the store, kept longer");

    /** Of what is ready: until when its customer knows that it is kept. */
    private Optional<Deadline> deadline = Optional.empty();

    private boolean longerAsked;
    private boolean reminded;
    private int tries;

    StoreCounter(Delivery.Request request, Story story) {
        this.request = request;
        this.story = story;
    }

    /** What it is time for. Each time that it is over, and still there, its undoing is tried anew. */
    void attend(Kept kept, Map<String, String> facts) {
        if (!now().isBefore(overAt(kept))) {
            haveItUndone(kept);
        } else if (isReady(kept) && !reminded && !now().isBefore(remindAt(kept))) {
            reminded = true;
            story.tell("collection_ending", facts);
        }
    }

    /** What is ready, and waits for its customer. */
    void isReadyUntil(Instant keptUntil) {
        deadline = deadline.or(() -> Optional.of(new Deadline(keptUntil)));
    }

    /** The latest that staff may put its end off to; empty while it does not wait for its customer. */
    Optional<Instant> latest() {
        return deadline.map(Deadline::latest);
    }

    /** Answers a code, as {@link Delivery#extend}. An answer that was lost is looked for in what the store keeps. */
    String extend(Instant later) {
        if (deadline.isEmpty()) {
            return "not_waiting";
        }
        var refused = deadline.get().refuses(later);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            longerAsked = true;
            return keeping.keepOrder(request.orderId(), later);
        } catch (ActivityFailure away) {
            return "agent_unavailable";
        }
    }

    /** Whether it is kept longer than its customer knows, because staff asked for it; they are reminded anew. */
    boolean isKeptLonger(Kept kept) {
        boolean longer = longerAsked
                && deadline.filter(known -> kept.keepUntil().isAfter(known.until()))
                        .isPresent();
        if (longer) {
            deadline.get().putOff(kept.keepUntil());
            reminded = false;
        }
        return longer;
    }

    /** When there is something to do next; it may have passed. */
    Instant next(Kept kept) {
        return isReady(kept) && !reminded ? remindAt(kept) : overAt(kept);
    }

    static boolean isReady(Kept kept) {
        return kept.status() == CollectionStatus.ready;
    }

    private static Instant remindAt(Kept kept) {
        return kept.keepUntil().minus(REMINDER);
    }

    private static Instant overAt(Kept kept) {
        return isReady(kept) ? kept.keepUntil() : kept.keepUntil().plus(NEVER_READY);
    }

    /** A cancellation that was refused stays refused, so that each try is another one; only one of them can have the pieces. */
    private void haveItUndone(Kept kept) {
        tries++;
        var because = isReady(kept) ? CancellationReason.not_collected : CancellationReason.never_ready;
        var order = request.orderId();
        var id = new CancellationId("CN-" + order.value().replaceFirst("^JM-", "") + "-" + tries);
        switch (orders.quoteUncollected(
                id,
                order,
                request.conversationId(),
                request.customerId(),
                request.channel(),
                because,
                Optional.of(kept.keepUntil()))) {
            case UncollectedQuote.Quoted quoted ->
                cancellations.start(new Cancellation.Request(
                        id,
                        quoted.quote(),
                        request.conversationId(),
                        request.customerId(),
                        request.channel(),
                        quoted.refund(),
                        Optional.of(new Cancellation.Uncollected(order, because))));
            case UncollectedQuote.Nothing nothing ->
                Workflow.getLogger(StoreCounter.class)
                        .info("Nothing of {} is left to be undone: {}", order, nothing.code());
        }
    }
}
