package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Optional;

/**
 * Starts the journey of a confirmed proposal, a workflow that outlives its conversation. It is no child of it: a child would tell its
 * parent when it has started and when it has ended, in nine events and two workflow tasks that nobody needs.
 */
@ActivityInterface
public interface JourneyStart {
    /** Once: a journey that has started before stays as it is, also when it has ended. */
    @ActivityMethod(name = "journey.start")
    void start(ConversationId conversation, Confirmation.Confirmed confirmed, Optional<PaymentMethod> method);

    /** {@link #start} with the method that its customer gave; false when it had started before, and may have another one. */
    @ActivityMethod(name = "journey.startPaid")
    boolean startPaid(ConversationId conversation, Confirmation.Confirmed confirmed, PaymentMethod method);
}
