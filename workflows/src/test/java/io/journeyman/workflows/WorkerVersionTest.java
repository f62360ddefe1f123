package io.journeyman.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a worker names its version, and makes it the current one, at an engine that answers by a script. */
@Timeout(120)
class WorkerVersionTest {
    private static final WorkerVersion VERSION = new WorkerVersion("v1");

    @Test
    void triesAgainWhileTheEngineHasNotSeenTheWorkerYet() throws Exception {
        var answers = new ArrayDeque<>(List.of(Status.NOT_FOUND, Status.UNAVAILABLE, Status.OK));

        makeCurrent(answers);

        assertThat(answers).isEmpty();
    }

    @Test
    void failsAtOnceWhenItMayNot() {
        var answers = new ArrayDeque<>(List.of(Status.PERMISSION_DENIED, Status.OK));

        assertThatThrownBy(() -> makeCurrent(answers)).hasMessageContaining("PERMISSION_DENIED");

        assertThat(answers).hasSize(1);
    }

    @Test
    void isNamedAlikeForTheSameCode() {
        assertThat(WorkerVersion.ofThisCode()).isEqualTo(WorkerVersion.ofThisCode());
        assertThat(WorkerVersion.ofThisCode().buildId()).matches("[0-9a-f]{12}");
    }

    private static void makeCurrent(Queue<Status> answers) throws Exception {
        String name = InProcessServerBuilder.generateName();
        var engine = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new Engine(answers))
                .build()
                .start();
        var stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(
                        InProcessChannelBuilder.forName(name).directExecutor().build())
                .build());
        try {
            VERSION.makeCurrent(WorkflowClient.newInstance(stubs), true);
        } finally {
            stubs.shutdownNow();
            engine.shutdownNow();
        }
    }

    private static final class Engine extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        private final Queue<Status> answers;

        Engine(Queue<Status> answers) {
            this.answers = answers;
        }

        /** The stubs ask for it before their first call. */
        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
            to.onNext(GetSystemInfoResponse.getDefaultInstance());
            to.onCompleted();
        }

        @Override
        public void setWorkerDeploymentCurrentVersion(
                SetWorkerDeploymentCurrentVersionRequest request,
                StreamObserver<SetWorkerDeploymentCurrentVersionResponse> to) {
            var answer = answers.remove();
            if (answer.isOk()) {
                to.onNext(SetWorkerDeploymentCurrentVersionResponse.getDefaultInstance());
                to.onCompleted();
            } else {
                to.onError(answer.asRuntimeException());
            }
        }
    }
}
