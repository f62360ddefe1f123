package io.journeyman.workflows.cards;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.KeptCardActivities;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.checkout.Checkout.Progress;
import io.journeyman.workflows.returns.Forward;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step, which goes on until the payment agent has done it: a customer who was told that a card is forgotten can rely on it. */
public final class LastingCardRemoval implements CardRemoval {
    private final Request request;
    private final CardRemovalId id;
    private final Pauses pauses = new Pauses();
    private final Story story;
    private final Map<String, String> facts = new HashMap<>();
    private final Forward forward;
    private final KeptCardActivities cards = Calls.quickAgent(KeptCardActivities.class, "Kept cards of the customer");

    @WorkflowInit
    public LastingCardRemoval(Request request) {
        this.request = request;
        this.id = request.removalId();
        this.story = new Story(request.conversationId(), CardRemoval.workflowId(id), "CardRemoval", pauses);
        this.forward = new Forward(story, pauses, facts, "card_removal_stuck");
        facts.put("removalId", id.value());
    }

    /** Who cancels the workflow in Temporal's UI is not heard: it is over within moments. */
    @Override
    public JourneyStatus forget(Request same) {
        var ended = new JourneyStatus[1];
        Workflow.newDetachedCancellationScope(() -> {
                    ended[0] = run();
                    Workflow.await(Workflow::isEveryHandlerFinished);
                })
                .run();
        return ended[0];
    }

    private JourneyStatus run() {
        var forgotten = forward.atLast(() -> cards.forgetCards(id, request.quoteId()));
        facts.put("cards", String.valueOf(forgotten.cards()));
        facts.put(
                "payingFor", forgotten.payingFor().stream().map(OrderId::value).collect(Collectors.joining(", ")));
        story.ends(JourneyStatus.completed, "cards_forgotten", Map.copyOf(facts));
        return JourneyStatus.completed;
    }

    @Override
    public String cancel(String reason) {
        return "too_late";
    }

    @Override
    public void cancelRequested(String reason) {
        Workflow.getLogger(LastingCardRemoval.class).info("Removal {} cannot be cancelled", id);
    }

    @Override
    public String retryNow() {
        return pauses.end() ? "retrying" : "nothing_to_retry";
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
