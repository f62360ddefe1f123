package io.journeyman.bench.chaos;

import com.google.protobuf.ByteString;
import io.journeyman.bench.chaos.audit.Workflow;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What Temporal says of the workflows: which are still open, what they wait for, and whether anything of them is stuck. */
final class EngineView implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final int PAGE = 500;

    private final WorkflowServiceStubs stubs;

    EngineView(String address) {
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).validateAndBuildWithDefaults());
    }

    /** The latest run of each workflow. */
    List<Workflow> workflows() {
        var found = new ArrayList<Workflow>();
        var page = ByteString.EMPTY;
        do {
            var answer = stubs.blockingStub()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(NAMESPACE)
                            .setPageSize(PAGE)
                            .setNextPageToken(page)
                            .build());
            for (var info : answer.getExecutionsList()) {
                if (info.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW) {
                    found.add(workflow(info));
                }
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return found;
    }

    private Workflow workflow(WorkflowExecutionInfo info) {
        boolean open = info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        return new Workflow(
                info.getExecution().getWorkflowId(),
                info.getType().getName(),
                info.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
                waitingFor(info),
                open ? pending(info) : List.of());
    }

    private static String waitingFor(WorkflowExecutionInfo info) {
        var payload = info.getSearchAttributes().getIndexedFieldsOrDefault("WaitingFor", Payload.getDefaultInstance());
        return payload.getData().isEmpty()
                ? ""
                : DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
    }

    private List<String> pending(WorkflowExecutionInfo info) {
        var described = stubs.blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(NAMESPACE)
                        .setExecution(info.getExecution())
                        .build());
        var pending = new ArrayList<String>();
        described
                .getPendingActivitiesList()
                .forEach(activity -> pending.add(
                        "%s, try %d".formatted(activity.getActivityType().getName(), activity.getAttempt())));
        if (described.hasPendingWorkflowTask()) {
            pending.add(
                    "workflow task, try " + described.getPendingWorkflowTask().getAttempt());
        }
        return pending;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        stubs.awaitTermination(5, TimeUnit.SECONDS);
    }
}
