package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.replay.PaymentReplay;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journeys that began under yesterday's code go on under today's: the recorded history of every path is replayed. CONTRIBUTING
 * says how to change a workflow in flight, and when to record anew.
 */
@Timeout(120)
class HistoriesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("journeyman.root")).resolve("workflows/src/test/resources/histories");

    /** Where today's code is recorded. When the steps of most paths change, they are all recorded anew in a folder of that change's name. */
    private static final Path TODAY = FOLDER.resolve("quick_first");

    /** How each path is walked; every workflow that took part is recorded as {@code <path>.<workflow id>.json}. */
    private static final Map<String, Consumer<Shop>> PATHS = new TreeMap<>(Map.ofEntries(
            Map.entry("confirmed", shop -> checkOut(shop, Optional.of(CARD))),
            Map.entry("method_given_later", shop -> {
                var checkout = start(shop, Optional.empty());
                waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
                assertThat(checkout.pay(CARD)).isEqualTo("accepted");
                end(checkout);
            }),
            Map.entry("nobody_pays", shop -> checkOut(shop, Optional.empty())),
            Map.entry("declined_then_another_card", shop -> {
                end(payAnotherWay(shop));
            }),
            Map.entry("declined_for_good", shop -> {
                shop.world.gateway.add(Gateway.declines_insufficient_funds);
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("answer_lost", shop -> {
                shop.world.gateway.add(Gateway.loses_the_answer_after_charging);
                shop.world.inquiriesUntilTold = 2;
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("unresolved_for_days", shop -> {
                shop.world.gateway.add(Gateway.loses_the_answer_after_charging);
                shop.world.inquiriesUntilTold = 14;
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("confirmed_at_the_bank", shop -> {
                shop.world.gateway.add(Gateway.asks_the_customer);
                shop.world.inquiriesUntilTold = 2;
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("cancelled_while_waiting", shop -> {
                var checkout = start(shop, Optional.empty());
                waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
                assertThat(checkout.cancel("")).isEqualTo("cancelling");
                end(checkout);
            }),
            Map.entry("cancelled_while_unknown", shop -> {
                shop.world.gateway.add(Gateway.never_tells);
                shop.world.close("inquire");
                var checkout = start(shop, Optional.of(CARD));
                waitUntil(() -> shop.world.waitsAt("inquire"));
                assertThat(checkout.cancel("")).isEqualTo("cancelling");
                shop.world.open("inquire");
                end(checkout);
            }),
            Map.entry("out_of_stock", shop -> {
                shop.world.available = 0;
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("undone_with_staff", shop -> {
                shop.world.parcelRefused = true;
                shop.world.refused.put("void", 1_000);
                var checkout = start(shop, Optional.of(CARD));
                shop.temporal.sleep(Duration.ofMinutes(90));
                shop.world.refused.clear();
                end(checkout);
            }),
            Map.entry("captured_later", shop -> {
                shop.world.refused.put("capture", 1_000);
                var checkout = start(shop, Optional.of(CARD));
                shop.temporal.sleep(Duration.ofMinutes(90));
                shop.world.refused.clear();
                end(checkout);
            }),
            Map.entry("completed_later", shop -> {
                shop.world.refused.putAll(Map.of("transitionOrder", 1_000, "commitBenefits", 1_000));
                var checkout = start(shop, Optional.of(CARD));
                shop.temporal.sleep(Duration.ofMinutes(90));
                shop.world.refused.clear();
                end(checkout);
            }),
            Map.entry("parcels_sent_later", shop -> {
                shop.world.refused.put("startDelivery", 2);
                checkOut(shop, Optional.of(CARD));
            }),
            Map.entry("retried_now", shop -> {
                shop.world.refused.put("capture", 1_000);
                var checkout = start(shop, Optional.of(CARD));
                waitUntil(() -> checkout.staffMay().retry());
                shop.world.refused.clear();
                assertThat(checkout.retryNow()).isEqualTo("retrying");
                end(checkout);
            }),
            Map.entry("asked_now", shop -> {
                shop.world.gateway.add(Gateway.loses_the_answer_after_charging);
                shop.world.inquiriesUntilTold = 1_000;
                var checkout = start(shop, Optional.of(CARD));
                shop.temporal.sleep(Duration.ofHours(9));
                waitUntil(() -> shop.world.told().contains("payment_unresolved"));
                shop.world.inquiriesUntilTold = 0;
                assertThat(checkout.retryNow()).isEqualTo("retrying");
                end(checkout);
            }),
            Map.entry("more_time_for_a_method", shop -> {
                var checkout = start(shop, Optional.empty());
                waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
                assertThat(checkout.extend(shop.now().plus(Duration.ofHours(2))))
                        .isEqualTo("extended");
                shop.temporal.sleep(Duration.ofMinutes(90));
                assertThat(checkout.pay(CARD)).isEqualTo("accepted");
                end(checkout);
            }),
            Map.entry("more_time_after_a_decline", shop -> {
                shop.world.gateway.add(Gateway.declines_expired_card);
                var checkout = start(shop, Optional.of(CARD));
                waitUntil(() -> shop.world.told().contains("payment_declined"));
                assertThat(checkout.extend(shop.now().plus(Duration.ofHours(2))))
                        .isEqualTo("extended");
                shop.temporal.sleep(Duration.ofMinutes(90));
                assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
                end(checkout);
            }),
            Map.entry("reservation_kept_longer", shop -> {
                var reservation = reserve(shop);
                assertThat(reservation.extend(shop.now().plus(Duration.ofDays(3))))
                        .isEqualTo("extended");
                WorkflowStub.fromTyped(reservation).getResult(String.class);
            }),
            Map.entry("tried_again", shop -> {
                shop.world.gateway.add(Gateway.declines_expired_card);
                checkOut(shop, Optional.of(CARD));
                checkOut(shop, Optional.of(OTHER_CARD));
            }),
            Map.entry("replayed_while_waiting", shop -> {
                shop.world.gateway.add(Gateway.declines_insufficient_funds);
                var checkout = start(shop, Optional.of(CARD));
                waitUntil(() -> shop.world.told().contains("payment_declined"));
                assertThat(checkout.replayPayment("PR-1").result()).isEqualTo(ReplayResult.replayed_paid);
                end(checkout);
            }),
            Map.entry("replay_of_payments", shop -> {
                shop.world.toReplay = 60;
                var replay = shop.temporal
                        .getWorkflowClient()
                        .newWorkflowStub(
                                PaymentReplay.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(Conversation.TASK_QUEUE)
                                        .setWorkflowId("replay-PR-1")
                                        .build());
                WorkflowClient.start(replay::replay, new PaymentReplay.Pace("PR-1", 4, true));
                assertThat(replay.resume()).isEqualTo("running");
                WorkflowStub.fromTyped(replay).getResult(Void.class);
            }),
            Map.entry("reservation_collected", shop -> {
                var reservation = reserve(shop);
                assertThat(reservation.collected()).isEqualTo("collected");
                WorkflowStub.fromTyped(reservation).getResult(String.class);
            }),
            Map.entry("reservation_cancelled", shop -> {
                var reservation = reserve(shop);
                assertThat(reservation.cancel("")).isEqualTo("cancelling");
                WorkflowStub.fromTyped(reservation).getResult(String.class);
            }),
            Map.entry("reservation_ordered", shop -> {
                var reservation = reserve(shop);
                shop.checkout("o1").checkout(shop.order("o1", Optional.of(CARD), "r1"));
                WorkflowStub.fromTyped(reservation).getResult(String.class);
            }),
            Map.entry("reservation_expired", shop -> shop.reservation("r1").reserve(shop.request("r1"))),
            Map.entry("reservation_refused", shop -> {
                shop.world.parcelRefused = true;
                shop.reservation("r1").reserve(shop.request("r1"));
            }),
            Map.entry("conversation", HistoriesTest::talk),
            Map.entry("conversation_with_a_slow_model", shop -> {
                shop.world.modelIsSlow = true;
                talk(shop);
            })));

    static {
        PATHS.putAll(RarePaths.ALL);
        PATHS.putAll(ReturnPaths.ALL);
        PATHS.putAll(ExchangePaths.ALL);
        PATHS.putAll(CreditPaths.ALL);
        PATHS.putAll(CancellationPaths.ALL);
        PATHS.putAll(FeedbackPaths.ALL);
        PATHS.putAll(CollectionPaths.ALL);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void goesOnUnderTodaysCode(Path history) {
        assertThatCode(() -> replay(Files.readString(history))).doesNotThrowAnyException();
    }

    @Test
    void hasEveryPathRecorded() throws IOException {
        assertThat(recordedToday().map(HistoriesTest::path).distinct())
                .containsExactlyInAnyOrderElementsOf(PATHS.keySet());
    }

    @Test
    void noticesAWorkflowThatWouldNowDoSomethingElse() throws IOException {
        var history = Files.readString(FOLDER.resolve("confirmed.checkout-o1.json"));
        var otherOrder = history.replace("\"payment.secure\"", "\"x\"")
                .replace("\"fulfillment.createShipment\"", "\"payment.secure\"")
                .replace("\"x\"", "\"fulfillment.createShipment\"");

        assertThatThrownBy(() -> replay(otherOrder)).hasStackTraceContaining("NonDeterministicException");
    }

    @Test
    void goOnUnderCodeThatWasChangedAsContributingSays() throws Exception {
        try (var changed = ChangedCode.asContributingSays()) {
            for (var history : recorded().toList()) {
                assertThatCode(() -> replay(Files.readString(history), changed.workflows()))
                        .as("%s", history.getFileName())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void noticesTheSameChangeWithoutItsVersion() throws Exception {
        try (var changed = ChangedCode.withoutItsVersion()) {
            for (var id : List.of("declined_then_another_card.checkout-o1", "reservation_collected.reservation-r1")) {
                var history = Files.readString(FOLDER.resolve(id + ".json"));
                assertThatThrownBy(() -> replay(history, changed.workflows()))
                        .as(id)
                        .hasStackTraceContaining("NonDeterministicException");
            }
        }
    }

    /**
     * Records the paths that have no history yet: {@code mvn test -pl workflows -am -Dtest=HistoriesTest -Djourneyman.record=true …}
     */
    @BeforeAll
    static void recordAnewWhenAskedTo() throws IOException {
        if (!Boolean.getBoolean("journeyman.record")) {
            return;
        }
        Files.createDirectories(TODAY);
        var known = recordedToday().map(HistoriesTest::path).toList();
        for (var path : PATHS.keySet()) {
            if (!known.contains(path)) {
                record(path);
            }
        }
    }

    private static void record(String path) throws IOException {
        try (var shop = new Shop()) {
            PATHS.get(path).accept(shop);
            var client = shop.temporal.getWorkflowClient();
            for (var id : List.of(
                    "checkout-o1",
                    "payment-o1",
                    "delivery-o1",
                    "delivery-b1",
                    "feedback-o1",
                    "reservation-r1",
                    "return-b1",
                    "cancellation-c1",
                    "addresschange-a1",
                    "cardremoval-f1",
                    "conversation-conv-1",
                    "replay-PR-1",
                    "reminders")) {
                if (shop.exists(id)) {
                    Files.writeString(
                            TODAY.resolve(path + "." + id + ".json"),
                            client.fetchHistory(id).toJson(false) + "\n");
                }
            }
        }
    }

    private static void replay(String history) throws Exception {
        replay(history, JourneymanWorker.workflows());
    }

    private static void replay(String history, Class<?>... workflows) throws Exception {
        // a whole history may take a busy machine longer than the second after which the SDK suspects a deadlock
        var patient = WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
                .build();
        try (var temporal = TestWorkflowEnvironment.newInstance()) {
            var worker = temporal.newWorker("replay", patient);
            worker.registerWorkflowImplementationTypes(workflows);
            WorkflowReplayer.replayWorkflowExecution(
                    io.temporal.common.WorkflowExecutionHistory.fromJson(history), worker);
        }
    }

    private static Stream<Path> recorded() throws IOException {
        return recordedIn(FOLDER, 2);
    }

    private static Stream<Path> recordedToday() throws IOException {
        return recordedIn(TODAY, 1);
    }

    private static Stream<Path> recordedIn(Path folder, int depth) throws IOException {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    private static String path(Path file) {
        return file.getFileName().toString().replaceFirst("\\..*", "");
    }

    private static void checkOut(Shop shop, Optional<PaymentMethod> method) {
        shop.checkout("o1").checkout(shop.order("o1", method));
    }

    private static void talk(Shop shop) {
        shop.world.proposals.put(
                "p1",
                new Confirmation.Confirmed(
                        "Checkout",
                        "o1",
                        new QuoteId("quote-o1"),
                        new CustomerId("cust-1"),
                        "web",
                        Shop.TOTAL,
                        shop.now().plus(Duration.ofMinutes(30)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        shop.world.decisions.put(
                1,
                new ArrayDeque<>(List.of(
                        new Decision.CallTools(List.of(
                                new ToolCallRef("c1", "inventory.checkInventory", false),
                                new ToolCallRef("c2", "conversation.addToCart", false),
                                new ToolCallRef("c3", "postPurchase.recordOrder", true))),
                        new Decision.Replied())));
        shop.world.decisions.put(2, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));
        shop.world.decisions.put(3, new ArrayDeque<>(List.of(new Decision.CancelJourney("checkout-o1"))));
        for (int turn = 1; turn <= 3; turn++) {
            shop.message(turn);
        }
        shop.world.refused.put("decide", 1_000);
        shop.message(4);
        end(shop.startedCheckout("o1"));
        shop.temporal.sleep(Duration.ofMinutes(11));
    }

    private static Checkout start(Shop shop, Optional<PaymentMethod> method) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", method));
        return checkout;
    }

    private static Checkout payAnotherWay(Shop shop) {
        shop.world.gateway.add(Gateway.declines_expired_card);
        var checkout = start(shop, Optional.of(CARD));
        waitUntil(() -> shop.world.told().contains("payment_declined"));
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        return checkout;
    }

    private static void end(Checkout checkout) {
        WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);
    }

    private static Reservation reserve(Shop shop) {
        var reservation = shop.reservation("r1");
        WorkflowClient.start(reservation::reserve, shop.request("r1"));
        waitUntil(() -> reservation.progress().waitingFor().equals("collection"));
        return reservation;
    }
}
