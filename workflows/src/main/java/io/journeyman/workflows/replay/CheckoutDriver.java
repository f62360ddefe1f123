package io.journeyman.workflows.replay;

import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.activities.replay.ReplayOutcome;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Instant;
import java.util.Optional;

/**
 * Has the owner of an order's money, {@code checkout-<orderId>}, try a failed payment again: the one that runs, or, when it has
 * ended, whether its history is still there or not, a new run of the same order.
 */
public final class CheckoutDriver {
    private final WorkflowClient client;

    public CheckoutDriver(WorkflowClient client) {
        this.client = client;
    }

    /** @param priceUntil how long staff honour the quoted price, where that is longer than the quote itself says */
    public ReplayOutcome replay(FailedPayment payment, String replay, Optional<Instant> priceUntil) {
        var checkout = client.newWorkflowStub(
                Checkout.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Conversation.TASK_QUEUE)
                        .setWorkflowId(Checkout.workflowId(payment.orderId()))
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                        .setTypedSearchAttributes(JourneyAttributes.atStart(
                                "Checkout",
                                payment.orderId().value(),
                                payment.customerId(),
                                payment.channel(),
                                payment.total()))
                        .setStaticSummary("Checkout, its payment tried again")
                        .build());
        var order = new Checkout.Order(
                payment.orderId(),
                payment.quoteId(),
                payment.conversationId(),
                payment.customerId(),
                payment.channel(),
                payment.total(),
                payment.honouredUntil(priceUntil),
                Optional.empty(),
                payment.reservation(),
                Optional.empty(),
                payment.credit());
        try {
            return WorkflowClient.executeUpdateWithStart(
                    checkout::replayPayment,
                    replay,
                    UpdateOptions.<ReplayOutcome>newBuilder()
                            .setUpdateId("replay-" + replay)
                            .setResultClass(ReplayOutcome.class)
                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                            .build(),
                    new WithStartWorkflowOperation<>(checkout::checkout, order));
        } catch (WorkflowUpdateException ended) {
            return new ReplayOutcome(ReplayResult.skipped, "journey_failed");
        }
    }
}
