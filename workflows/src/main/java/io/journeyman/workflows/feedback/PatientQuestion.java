package io.journeyman.workflows.feedback;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.review.ReviewActivities;
import io.journeyman.contracts.Sku;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Journey.Progress;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.Undo;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Wait as long as the shop's rule says, then have the request recorded, which finds out about what to ask, and ask. */
public final class PatientQuestion implements Feedback {
    /** Of an order with more of them only so many are named. */
    static final int MOST_LINES = 10;

    private final Request request;
    private final Pauses pauses = new Pauses();
    private final Story story;
    private final ReviewActivities reviews = Calls.quickAgent(ReviewActivities.class, "Reviews of the order");
    private boolean cancelled;
    private boolean over;

    @WorkflowInit
    public PatientQuestion(Request request) {
        this.request = request;
        this.story = new Story(request.conversationId(), Feedback.workflowId(request.orderId()), "Feedback", pauses);
    }

    @Override
    public JourneyStatus ask(Request same) {
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelled = true);
        return Uncancelled.run(this::run);
    }

    private JourneyStatus run() {
        var rule = patiently(reviews::reviewRule);
        if (rule.isEmpty()) {
            return ends(JourneyStatus.failed, "reviews_not_asked");
        }
        if (!rule.get().asks()) {
            return ends(JourneyStatus.completed, "reviews_not_asked");
        }
        Workflow.await(Duration.ofSeconds(rule.get().askAfterSeconds()), () -> cancelled);
        if (cancelled) {
            return ends(JourneyStatus.cancelled, "reviews_not_asked");
        }
        var lines = patiently(() -> reviews.requestReviews(request.orderId(), request.customerId()));
        if (lines.isEmpty() || lines.get().isEmpty()) {
            return ends(lines.isEmpty() ? JourneyStatus.failed : JourneyStatus.completed, "reviews_not_asked");
        }
        over = true;
        story.ends(JourneyStatus.completed, "reviews_wanted", facts(lines.get()));
        return JourneyStatus.completed;
    }

    /** Tried each hour for two weeks: what is asked later than that is asked in vain. Nobody need see to it. */
    private <T> Optional<T> patiently(Supplier<T> step) {
        for (int round = 0; round < Undo.MOST_ROUNDS && !cancelled; round++) {
            try {
                return Optional.of(step.get());
            } catch (ActivityFailure later) {
                Workflow.getLogger(PatientQuestion.class)
                        .warn("The customer of {} cannot be asked yet", request.orderId());
            }
            pauses.pause(Duration.ofHours(1), () -> cancelled);
        }
        return Optional.empty();
    }

    /** The customer hears nothing of it. */
    private JourneyStatus ends(JourneyStatus status, String code) {
        over = true;
        var so = cancelled ? JourneyStatus.cancelled : status;
        story.stands(so, code);
        return so;
    }

    private Map<String, String> facts(List<Sku> lines) {
        return Map.of(
                "orderId",
                request.orderId().value(),
                "skus",
                lines.stream().limit(MOST_LINES).map(Sku::value).collect(Collectors.joining(" ")));
    }

    @Override
    public String retryNow() {
        return pauses.end() ? "retrying" : "nothing_to_retry";
    }

    @Override
    public String cancel(String reason) {
        if (over) {
            return "too_late";
        }
        cancelled = true;
        return "cancelling";
    }

    @Override
    public String extend(Instant until) {
        return "not_waiting";
    }

    @Override
    public StaffMay staffMay() {
        return new StaffMay(pauses.isPausing(), Optional.empty());
    }

    @Override
    public Progress progress() {
        return story.progress();
    }
}
