package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.TurnRef;
import io.journeyman.activities.payment.PaymentMethod;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Tells an order how its customer wants to pay, and hears whether that still counts; a workflow by itself could send a signal only. */
@ActivityInterface
public interface OrderToPay {
    /**
     * Once for each turn. Answers a code as {@link io.journeyman.workflows.checkout.Checkout#pay} does, or ended.
     *
     * @param workflowId of the order's checkout
     */
    @ActivityMethod(name = "journey.pay")
    String pay(TurnRef turn, String workflowId, PaymentMethod method);
}
