package io.journeyman.workflows.cards;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.KeptCardActivities;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.PromptJourney;
import io.journeyman.workflows.Uncancelled;
import io.temporal.workflow.WorkflowInit;
import java.util.Map;
import java.util.stream.Collectors;

/** One step, which goes on until the payment agent has done it: a customer who was told that a card is forgotten can rely on it. */
public final class LastingCardRemoval extends PromptJourney implements CardRemoval {
    private final Request request;
    private final CardRemovalId id;
    private final KeptCardActivities cards = Calls.quickAgent(KeptCardActivities.class, "Kept cards of the customer");

    @WorkflowInit
    public LastingCardRemoval(Request request) {
        super(
                request.conversationId(),
                CardRemoval.workflowId(request.removalId()),
                "CardRemoval",
                "card_removal_stuck");
        this.request = request;
        this.id = request.removalId();
        facts.put("removalId", id.value());
    }

    /** Who cancels the workflow in Temporal's UI is not heard: it is over within moments. */
    @Override
    public JourneyStatus forget(Request same) {
        return Uncancelled.run(this::run);
    }

    private JourneyStatus run() {
        var forgotten = forward.atLast(() -> cards.forgetCards(id, request.quoteId()));
        facts.put("cards", String.valueOf(forgotten.cards()));
        facts.put(
                "payingFor", forgotten.payingFor().stream().map(OrderId::value).collect(Collectors.joining(", ")));
        story.ends(JourneyStatus.completed, "cards_forgotten", Map.copyOf(facts));
        return JourneyStatus.completed;
    }
}
