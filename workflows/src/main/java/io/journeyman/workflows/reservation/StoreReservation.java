package io.journeyman.workflows.reservation;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.contracts.HoldId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.Journey.Progress;
import io.journeyman.workflows.LostSteps;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.Undo;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Hold the store's stock, let the store know, wait: collected, ordered, cancelled, or over. */
public final class StoreReservation implements Reservation {
    /** The customer is reminded so long before the end. */
    static final Duration REMINDER = Duration.ofHours(4);

    /** The hold outlasts the journey's deadline, so that a collection in the last minute still finds its stock. */
    static final Duration MARGIN = Duration.ofHours(1);

    private final Request request;
    private final HoldId hold;
    private final Story story;
    private final Deadline deadline;
    private final Pauses pauses = new Pauses();
    private final Undo undo = new Undo(pauses);

    private final boolean quickFirst = Workflow.getVersion("quick-first", Workflow.DEFAULT_VERSION, 1) >= 1;

    private final InventoryActivities stock = quickFirst
            ? Calls.quickAgent(InventoryActivities.class, "Stock of the reservation")
            : Calls.agent(InventoryActivities.class, "Stock of the reservation");
    private final FulfillmentActivities store = quickFirst
            ? Calls.quickAgent(FulfillmentActivities.class, "Collection in the store")
            : Calls.agent(FulfillmentActivities.class, "Collection in the store");
    private final InventoryActivities renewal =
            Calls.read(InventoryActivities.class, "Stock of the reservation, kept longer");
    private final FulfillmentActivities keeping =
            Calls.read(FulfillmentActivities.class, "Collection in the store, kept longer");
    /** The one that the customer has heard of. */
    private Instant toldDeadline;

    /** Whether it came to where the store is asked to keep it; see {@link LostSteps}. */
    private boolean keeps;

    private boolean ready;
    private boolean toldReady;
    private boolean reminded;
    private boolean waiting;
    private boolean collected;
    private boolean ordered;
    private boolean ending;
    private String cancelled = "";

    @WorkflowInit
    public StoreReservation(Request request) {
        this.request = request;
        this.hold = new HoldId(request.reservationId().value());
        this.deadline = new Deadline(now().plus(request.keep()));
        this.toldDeadline = deadline.until();
        this.story = new Story(
                request.conversationId(), Reservation.workflowId(request.reservationId()), "Reservation", pauses);
    }

    @Override
    public JourneyStatus reserve(Request same) {
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelled = "cancelled_on_request");
        return Uncancelled.run(this::run);
    }

    private JourneyStatus run() {
        try {
            undo.with("release stock", () -> stock.releaseHold(hold));
            switch (stock.placeHold(hold, request.quoteId(), deadline.until().plus(MARGIN))) {
                case HoldOutcome.Held held -> {}
                case HoldOutcome.OutOfStock gone -> {
                    return end(JourneyStatus.failed, "reservation_out_of_stock");
                }
                case HoldOutcome.Gone gone -> {
                    return end(JourneyStatus.failed, "reservation_out_of_stock");
                }
            }
            if (decided()) {
                if (LostSteps.mayHaveBeenDone()) {
                    cancelCollectionAtTheEnd();
                }
                return end(JourneyStatus.cancelled, "reservation_cancelled");
            }
            cancelCollectionAtTheEnd();
            switch (store.createCollection(request.reservationId(), request.quoteId(), deadline.until())) {
                case FulfillmentOutcome.Created created
                when decided() -> {
                    return end(JourneyStatus.cancelled, "reservation_cancelled");
                }
                case FulfillmentOutcome.Created created ->
                    story.waits(
                            JourneyStatus.waiting_for_customer,
                            "reserved",
                            "collection",
                            deadline.until(),
                            Map.of(
                                    "reservationId", request.reservationId().value(),
                                    "pickupCode", created.reference(),
                                    "keepUntil", deadline.until().toString()));
                case FulfillmentOutcome.Refused refused -> {
                    return end(JourneyStatus.failed, refused.code());
                }
            }
        } catch (ActivityFailure failure) {
            if (!keeps && LostSteps.mayHaveBeenDone()) {
                cancelCollectionAtTheEnd();
            }
            return end(JourneyStatus.failed, "agent_unavailable");
        }
        return waitForTheCustomer();
    }

    private void cancelCollectionAtTheEnd() {
        keeps = true;
        undo.with("cancel collection", () -> store.cancelCollection(request.reservationId()));
    }

    private JourneyStatus waitForTheCustomer() {
        waiting = true;
        while (!decided() && !deadline.isOver()) {
            if (!Workflow.await(until(deadline.until().minus(REMINDER)), this::hasSomethingToDo)) {
                if (!reminded) {
                    story.tell("reservation_ending", facts());
                    reminded = true;
                }
                Workflow.await(deadline.left(), this::hasSomethingToDo);
            }
            if (ready && !toldReady && !decided()) {
                toldReady = true;
                story.waits(
                        JourneyStatus.waiting_for_customer,
                        "reservation_ready",
                        "collection",
                        deadline.until(),
                        facts());
            }
            if (isPutOff() && !decided()) {
                toldDeadline = deadline.until();
                reminded = false;
                story.waitsUntil(
                        toldDeadline,
                        Map.of(
                                "reservationId", request.reservationId().value(),
                                "keepUntil", toldDeadline.toString()));
            }
        }
        waiting = false;
        if (collected) {
            return recordCollection();
        }
        if (ordered) {
            return end(JourneyStatus.completed, "reservation_ordered");
        }
        return cancelled.isEmpty()
                ? end(JourneyStatus.cancelled, "reservation_expired")
                : end(JourneyStatus.cancelled, "reservation_cancelled");
    }

    /** The customer has it: whatever stays away, the stock is sold and nothing comes back. */
    private JourneyStatus recordCollection() {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            if (recorded()) {
                story.ends(JourneyStatus.completed, "reservation_collected", facts());
                return JourneyStatus.completed;
            }
            if (round == 0) {
                story.waits(
                        JourneyStatus.needs_staff,
                        "collection_unrecorded",
                        "staff",
                        now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                        facts());
            }
            pauses.pause(Duration.ofHours(1));
        }
        throw ApplicationFailure.newNonRetryableFailure(
                "the collection of " + request.reservationId() + " could not be recorded", "collection_unrecorded");
    }

    private boolean recorded() {
        try {
            if (!sold()) {
                return false;
            }
            store.markCollected(request.reservationId());
            return true;
        } catch (ActivityFailure unanswered) {
            return false;
        }
    }

    /** A hold that ended meanwhile is placed again first. */
    private boolean sold() {
        if (stock.allocateHold(hold) instanceof HoldOutcome.Held) {
            return true;
        }
        return stock.renewHold(hold, request.quoteId(), now().plus(MARGIN)) instanceof HoldOutcome.Held
                && stock.allocateHold(hold) instanceof HoldOutcome.Held;
    }

    private boolean hasSomethingToDo() {
        return decided() || isPutOff() || (ready && !toldReady);
    }

    private boolean isPutOff() {
        return deadline.until().isAfter(toldDeadline);
    }

    private boolean isKept() {
        return waiting && !decided() && !deadline.isOver();
    }

    private boolean decided() {
        return collected || ordered || !cancelled.isEmpty();
    }

    private JourneyStatus end(JourneyStatus status, String code) {
        ending = true;
        boolean undone = undo.all(step -> story.waits(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("reservationId", request.reservationId().value(), "step", step)));
        if (!undone) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "reservation " + request.reservationId() + " could not be undone", "compensation_failed");
        }
        story.ends(status, code, facts());
        return status;
    }

    private Map<String, String> facts() {
        return Map.of("reservationId", request.reservationId().value());
    }

    @Override
    public String ready() {
        if (!isKept()) {
            return "not_waiting";
        }
        try {
            keeping.markReady(request.reservationId());
        } catch (ActivityFailure away) {
            return "agent_unavailable";
        }
        ready = true;
        return "ready";
    }

    @Override
    public String collected() {
        if (collected) {
            return "collected";
        }
        if (!waiting || decided()) {
            return "not_waiting";
        }
        collected = true;
        return "collected";
    }

    @Override
    public String cancel(String reason) {
        if (collected || ordered || ending) {
            return "too_late";
        }
        cancelled = reason.isBlank() ? "cancelled_by_customer" : reason;
        return "cancelling";
    }

    @Override
    public void cancelRequested(String reason) {
        cancel(reason);
    }

    @Override
    public void ordered() {
        ordered = true;
    }

    @Override
    public String retryNow() {
        return pauses.end() ? "retrying" : "nothing_to_retry";
    }

    @Override
    public String extend(Instant until) {
        if (!isKept()) {
            return ending || decided() ? "too_late" : "not_waiting";
        }
        var refused = deadline.refuses(until);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            if (!(renewal.renewHold(hold, request.quoteId(), until.plus(MARGIN)) instanceof HoldOutcome.Held)) {
                return isKept() ? "stock_gone" : "too_late";
            }
            keeping.keepCollection(request.reservationId(), until);
        } catch (ActivityFailure away) {
            return "agent_unavailable";
        }
        if (!isKept()) {
            return "too_late";
        }
        deadline.putOff(until);
        return "extended";
    }

    @Override
    public StaffMay staffMay() {
        return new StaffMay(pauses.isPausing(), isKept() ? Optional.of(deadline.latest()) : Optional.empty());
    }

    @Override
    public Progress progress() {
        return story.progress();
    }
}
