package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.testing.TemporalServer;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of two versions on a real server: which of them takes a journey's next step. */
@Timeout(180)
class VersionsTest {
    private final World world = new World(Instant::now);
    private Optional<TemporalServer> server = Optional.empty();
    private WorkflowServiceStubs stubs;
    private WorkflowClient client;

    @BeforeEach
    void startServer() {
        server = TemporalServer.startWhereInstalled(RealServerTest.searchAttributes());
        assumeTrue(server.isPresent(), "no Temporal CLI here");
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.get().address())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(stubs);
    }

    @AfterEach
    void stopServer() {
        if (stubs != null) {
            stubs.shutdownNow();
        }
        server.ifPresent(TemporalServer::close);
    }

    @Test
    void goOnUnderChangedCodeInTheMiddleOfAReservationAndOfAWaitingPayment() throws Exception {
        world.gateway.add(Gateway.declines_expired_card);
        var yesterday = JourneymanWorker.start(client, world.activities(), WorkerVersion.ofThisCode(), true);
        var checkout = checkout("o1");
        WorkflowClient.start(checkout::checkout, order("o1", Optional.of(CARD)));
        var reservation = reservation("r1");
        WorkflowClient.start(reservation::reserve, request("r1"));
        waitUntil(() -> checkout.progress().code().equals("payment_declined"));
        waitUntil(() -> reservation.progress().waitingFor().equals("collection"));
        assertThat(versionOf("checkout-o1"))
                .isEqualTo(WorkerVersion.ofThisCode().buildId());
        yesterday.close();

        try (var changed = ChangedCode.asContributingSays();
                var _ = changed.start(client, world.activities())) {
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
            assertThat(reservation.collected()).isEqualTo("collected");

            assertThat(result(checkout).code()).isEqualTo("confirmed");
            assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
            for (var id : List.of("checkout-o1", "payment-o1", "reservation-r1")) {
                assertThat(versionOf(id)).as(id).isEqualTo(changed.buildId());
            }
            assertThat(world.charges).isEqualTo(1);
            assertThat(world.told()).doesNotContain(ChangedCode.NEWS);

            checkout("o2").checkout(order("o2", Optional.of(CARD)));
            var next = reservation("r2");
            WorkflowClient.start(next::reserve, request("r2"));
            waitUntil(() -> next.progress().waitingFor().equals("collection"));
            assertThat(world.news)
                    .filteredOn(news -> news.code().equals(ChangedCode.NEWS))
                    .extracting(JourneyNews::workflowId)
                    .containsExactly("checkout-o2", "reservation-r2");
        }
    }

    @Test
    void goOnFromBeforeWorkersHadVersions() {
        var plain = JourneymanWorker.start(client, world.activities());
        var checkout = checkout("o1");
        WorkflowClient.start(checkout::checkout, order("o1", Optional.empty()));
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        plain.close();

        var today = start("today", false);
        try {
            assertThat(checkout.pay(CARD)).isEqualTo("accepted");
            assertThat(result(checkout).code()).isEqualTo("confirmed");
        } finally {
            today.close();
        }
    }

    @Test
    void stayWithTheCurrentVersionWhileAnotherWorksBesideIt() {
        var current = start("current", true);
        var beside = start("beside", false);
        try {
            checkout("o1").checkout(order("o1", Optional.of(CARD)));

            assertThat(versionOf("checkout-o1")).isEqualTo("current");
        } finally {
            beside.close();
            current.close();
        }
    }

    private JourneymanWorker start(String version, boolean current) {
        return JourneymanWorker.start(client, world.activities(), new WorkerVersion(version), current);
    }

    private Checkout checkout(String id) {
        return client.newWorkflowStub(Checkout.class, named(Checkout.workflowId(new OrderId(id))));
    }

    private Reservation reservation(String id) {
        return client.newWorkflowStub(Reservation.class, named(Reservation.workflowId(new ReservationId(id))));
    }

    private static WorkflowOptions named(String workflowId) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(Conversation.TASK_QUEUE)
                .setWorkflowId(workflowId)
                .build();
    }

    private static Checkout.Order order(String id, Optional<PaymentMethod> method) {
        return new Checkout.Order(
                new OrderId(id),
                new QuoteId("quote-" + id),
                new ConversationId("conv-1"),
                new CustomerId("cust-1"),
                "web",
                Shop.TOTAL,
                Instant.now().plus(Duration.ofMinutes(30)),
                method,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Reservation.Request request(String id) {
        return new Reservation.Request(
                new ReservationId(id),
                new QuoteId("quote-" + id),
                new ConversationId("conv-1"),
                new CustomerId("cust-1"),
                "web",
                Shop.TOTAL,
                Reservation.KEEP);
    }

    private static Checkout.OrderResult result(Checkout checkout) {
        return WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);
    }

    private static JourneyStatus result(Reservation reservation) {
        return WorkflowStub.fromTyped(reservation).getResult(JourneyStatus.class);
    }

    /** Under which version a workflow's last step was taken. */
    private String versionOf(String workflowId) {
        return stubs.blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build())
                .getWorkflowExecutionInfo()
                .getVersioningInfo()
                .getDeploymentVersion()
                .getBuildId();
    }
}
