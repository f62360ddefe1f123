package io.journeyman.bench.load;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;

/** How long and how large the history of a workflow's latest run is. */
record HistorySize(String run, long events, long bytes) {
    static HistorySize of(WorkflowClient client, String workflowId) {
        var info = client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build())
                .getWorkflowExecutionInfo();
        return new HistorySize(info.getExecution().getRunId(), info.getHistoryLength(), info.getHistorySizeBytes());
    }
}
