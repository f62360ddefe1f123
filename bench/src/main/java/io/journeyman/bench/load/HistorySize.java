package io.journeyman.bench.load;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;

/** How long and how large the history of a workflow's latest run is. */
record HistorySize(String run, long events, long bytes) {
    /** Once the worker has put away what it does, as a task or as an activity: a reply comes before that. */
    static HistorySize of(WorkflowClient client, String workflowId) throws InterruptedException {
        while (true) {
            var described = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build());
            if (!described.hasPendingWorkflowTask() && described.getPendingActivitiesCount() == 0) {
                var info = described.getWorkflowExecutionInfo();
                return new HistorySize(
                        info.getExecution().getRunId(), info.getHistoryLength(), info.getHistorySizeBytes());
            }
            Thread.sleep(10);
        }
    }
}
