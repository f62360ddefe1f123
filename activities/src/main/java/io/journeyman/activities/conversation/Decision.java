package io.journeyman.activities.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ProposalId;
import java.util.List;
import java.util.Optional;

/** What a round of a turn decided; the texts and arguments stay in Postgres. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Decision.Replied.class, name = "replied"),
    @JsonSubTypes.Type(value = Decision.CallTools.class, name = "callTools"),
    @JsonSubTypes.Type(value = Decision.Confirm.class, name = "confirm"),
    @JsonSubTypes.Type(value = Decision.CancelJourney.class, name = "cancelJourney"),
    @JsonSubTypes.Type(value = Decision.Pay.class, name = "pay")
})
public sealed interface Decision {
    /** The reply is stored; the turn is done. */
    record Replied() implements Decision {}

    /** Calls whose results must be stored before the model is asked again. */
    record CallTools(List<ToolCallRef> calls) implements Decision {}

    /**
     * The customer confirmed this proposal by a whole-message yes.
     *
     * @param method how they pay what it orders, where they said so beside their yes
     * @param lacks a code of the house's words where they said so, and something is missing for it
     */
    record Confirm(ProposalId proposal, Optional<PaymentMethod> method, Optional<String> lacks) implements Decision {
        public Confirm(ProposalId proposal) {
            this(proposal, Optional.empty(), Optional.empty());
        }
    }

    /** The customer asked to stop a running journey, and confirmed it. */
    record CancelJourney(String workflowId) implements Decision {}

    /** How the customer wants to pay an order that waits for it, is being placed, or was confirmed a moment ago. */
    record Pay(String workflowId, PaymentMethod method) implements Decision {}

    /** What was decided in the time that was given; empty when the model still thinks. */
    record Soon(Optional<Decision> decision) {}

    /**
     * @param callId derived from (turn, round, position)
     * @param operation the activity type: {@code inventory.checkInventory}, {@code conversation.addToCart}…
     * @param proposes whether it is a write or money tool, which becomes a proposal
     */
    record ToolCallRef(String callId, String operation, boolean proposes) {}
}
