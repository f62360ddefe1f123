package io.journeyman.workflows.delivery;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.cancellation.UncollectedActivities;
import io.journeyman.activities.cancellation.UncollectedQuote;
import io.journeyman.activities.fulfillment.ParcelsStand.Kept;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cancellation.CancellationStart;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done for an order that waits in a store: remind its customer, and have it undone when its time is over. Whether it was
 * handed over before that is not decided here: the cancellation that this starts is told so by the fulfillment agent, and then undoes nothing.
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

    private boolean reminded;
    private int tries;

    StoreCounter(Delivery.Request request, Story story) {
        this.request = request;
        this.story = story;
    }

    /** What it is time for. Each time that it is over, and still there, its undoing is tried anew. */
    void attend(Kept kept, Map<String, String> facts) {
        if (!now().isBefore(overAt(kept))) {
            haveItUndone(isReady(kept) ? CancellationReason.not_collected : CancellationReason.never_ready);
        } else if (isReady(kept) && !reminded && !now().isBefore(remindAt(kept))) {
            reminded = true;
            story.tell("collection_ending", facts);
        }
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
    private void haveItUndone(CancellationReason because) {
        tries++;
        var order = request.orderId();
        var id = new CancellationId("CN-" + order.value().replaceFirst("^JM-", "") + "-" + tries);
        switch (orders.quoteUncollected(
                id, order, request.conversationId(), request.customerId(), request.channel(), because)) {
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
