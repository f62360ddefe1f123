package io.journeyman.workflows.checkout;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.returns.ExchangeStands;
import io.journeyman.activities.returns.ExchangedReturn;
import io.journeyman.activities.returns.RecordedReturn;
import io.journeyman.activities.returns.ReturnActivities;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.LostSteps;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Undo;
import io.journeyman.workflows.checkout.OrderPayment.KeptStock;
import io.journeyman.workflows.returns.Return;
import io.journeyman.workflows.returns.ReturnStart;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What goes back for an order that is an exchange. {@code return-<returnId>} owns it: it decides, once, whether the order's pieces are
 * sent, and writes that down; here it is waited for, while the order's stock is kept.
 */
final class SwappedPieces {
    /** The stock is kept by so much more each time, and looked after so much earlier. */
    static final Duration KEPT = Duration.ofDays(3);

    private static final Duration RENEWAL = Duration.ofDays(2);
    private static final Duration AGAIN = Duration.ofMinutes(15);

    /** The return has ended by then, in whatever way. */
    private static final Duration LONGEST = Return.LONGEST.plusDays(1);

    private final Checkout.Order order;
    private final ExchangedReturn back;
    private final Story story;
    private final Undo undo;
    private final KeptStock stock;
    private final ReturnActivities records = Calls.quickAgent(ReturnActivities.class, "Record of what goes back");
    private final ReturnStart returns = Calls.quickAgent(ReturnStart.class, "What goes back may be sent");
    private final Return journey;

    /** Whether it came to where the pieces are spoken for; see {@link LostSteps}. */
    private boolean closes;

    private boolean waits;
    private boolean arrived;
    private boolean lookNow;
    private boolean outOfSight;
    private boolean cancelled;

    /** @param stock of the order's pieces */
    SwappedPieces(Checkout.Order order, ExchangedReturn back, Story story, Undo undo, KeptStock stock) {
        this.order = order;
        this.back = back;
        this.story = story;
        this.undo = undo;
        this.stock = stock;
        this.journey = Workflow.newExternalWorkflowStub(Return.class, Return.workflowId(back.returnId()));
    }

    /** The pieces that go back are spoken for. @throws Stopped when they cannot go back */
    void speakFor() {
        closeAtTheEnd();
        if (records.recordReturn(back.returnId(), order.quoteId()) instanceof RecordedReturn.Refused refused) {
            throw Stopped.cancelled(refused.code());
        }
    }

    void closeAtTheEnd() {
        if (!closes) {
            closes = true;
            undo.with("close the return", () -> records.closeReturn(back.returnId(), Closing.cancelled));
        }
    }

    /** Until all that goes back was looked at and taken. @throws Stopped when it does not come, or is not taken as a whole */
    void awaitTaken() {
        undo.with("end the return", this::endReturn);
        returns.start(new Return.Request(
                back.returnId(),
                order.quoteId(),
                order.conversationId(),
                order.customerId(),
                order.channel(),
                back.refund(),
                Optional.of(order.orderId())));
        Instant last = now().plus(LONGEST);
        story.waitsUnheard(JourneyStatus.waiting_for_customer, "exchange_waits", "return", last, facts());
        waits = true;
        try {
            waitUntil(last);
        } finally {
            waits = false;
        }
    }

    private void waitUntil(Instant last) {
        boolean passedOn = false;
        Instant renewAt = now();
        while (now().isBefore(last)) {
            lookNow = false;
            switch (stands()) {
                case ExchangeStands.Agreed agreed -> {
                    return;
                }
                case ExchangeStands.Off off -> throw Stopped.cancelled(off.code());
                case ExchangeStands.Open open -> {}
            }
            if (cancelled && !passedOn) {
                passedOn = true;
                endReturn();
            }
            if (!now().isBefore(renewAt)) {
                renewAt = now().plus(stock.keepLonger() ? RENEWAL : AGAIN);
            }
            boolean heardOf = passedOn;
            Workflow.await(outOfSight ? AGAIN : until(renewAt), () -> lookNow || (cancelled && !heardOf));
        }
        throw Stopped.failed("return_not_inspected");
    }

    /** When nobody answers it is looked at again soon. */
    private ExchangeStands stands() {
        try {
            var standing = records.exchangeStands(back.returnId());
            outOfSight = false;
            return standing;
        } catch (ActivityFailure away) {
            outOfSight = true;
            Workflow.getLogger(SwappedPieces.class).warn("It is not known where return {} stands", back.returnId());
            return new ExchangeStands.Open();
        }
    }

    private void endReturn() {
        if (!Calls.reaches(() -> journey.cancelRequested("cancelled_by_customer"))) {
            Workflow.getLogger(SwappedPieces.class).info("Return {} had ended before", back.returnId());
        }
    }

    /** Whether the return decides now, and nothing else ends the order. */
    boolean waits() {
        return waits;
    }

    /** The return decides whether it still can be cancelled. Answers a code as {@link Checkout#cancel} does. */
    String cancel() {
        if (arrived) {
            return "too_late";
        }
        cancelled = true;
        return "cancelling";
    }

    void returnStands(Return.Standing standing) {
        switch (standing) {
            case arrived -> arrived = true;
            case decided -> lookNow = true;
        }
    }

    private Map<String, String> facts() {
        return Map.of(
                "orderId", order.orderId().value(), "returnId", back.returnId().value());
    }
}
