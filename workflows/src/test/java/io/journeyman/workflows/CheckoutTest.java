package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.checkout.Checkout.OrderResult;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class CheckoutTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void confirmsAnOrderWithOneChargeInAtMost38Events() {
        var result = run("o1", Optional.of(CARD));

        assertThat(result.status()).isEqualTo(JourneyStatus.completed);
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("order_confirmed");
        assertThat(shop.temporal.getWorkflowClient().fetchHistory("checkout-o1").getEvents())
                .hasSizeLessThanOrEqualTo(38);
    }

    @Test
    void waitsForAMethodWhenNoneWasGiven() {
        var checkout = start("o1", Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        assertThat(checkout.pay(CARD)).isEqualTo("accepted");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("payment_method_needed", "order_confirmed");
    }

    @Test
    void endsAsPaymentFailedWithEverythingUndoneWhenNobodyPays() {
        var result = run("o1", Optional.empty());

        assertThat(result.code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
    }

    @Test
    void takesAnotherCardAfterADecline() {
        for (var decline : List.of(Gateway.declines_insufficient_funds, Gateway.declines_expired_card)) {
            String order = "o-" + decline.name();
            world.gateway.add(decline);
            var checkout = start(order, Optional.of(CARD));
            waitUntil(() -> world.news.stream()
                    .anyMatch(piece -> piece.workflowId().equals("checkout-" + order)
                            && piece.code().equals("payment_declined")));
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");

            assertThat(result(checkout).code()).isEqualTo("confirmed");
            assertThat(world.payment(order, 2)).isEqualTo("captured");
        }
        assertThat(world.charges).isEqualTo(2);
    }

    @Test
    void endsAsPaymentFailedWhenNoOtherCardComesBeforeTheDeadline() {
        world.gateway.add(Gateway.declines_expired_card);

        var result = run("o1", Optional.of(CARD));

        assertThat(result.code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
        assertThat(world.told()).containsExactly("payment_declined", "payment_failed");
    }

    @Test
    void chargesOnceWhenTheAnswerWasLostAfterCharging() {
        world.gateway.add(Gateway.loses_the_answer_after_charging);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
    }

    @Test
    void waitsForAPendingPayment() {
        world.gateway.add(Gateway.stays_pending);
        world.inquiriesUntilTold = 4;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
    }

    @Test
    void asksForAnotherMethodWhenTheRequestNeverReachedTheGateway() {
        world.gateway.add(Gateway.loses_the_request);
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 2);
    }

    @Test
    void keepsTheStockAndTellsStaffWhenThePaymentIsAnsweredDaysLater() {
        world.gateway.add(Gateway.loses_the_answer_after_charging);
        world.inquiriesUntilTold = 22;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("waiting_for_the_bank", "payment_unresolved", "order_confirmed");
    }

    @Test
    void voidsByItsKeyAnAttemptThatNobodyEverSettles() {
        world.gateway.add(Gateway.never_tells);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void refusesACancellationOnceTheOrderIsDone() {
        world.close("capture");
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.waitsAt("capture"));

        assertThat(checkout.cancel("")).isEqualTo("too_late");
        world.open("capture");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
    }

    @Test
    void chargesNothingWhenTheStockIsGone() {
        world.available = 0;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("out_of_stock");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.money).isEmpty();
        assertThat(world.available).isZero();
    }

    @Test
    void releasesTheStockWhenTheBenefitsAreGone() {
        world.benefitsGone = true;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("benefits_gone");
        assertUndone("o1", OrderStatus.cancelled);
    }

    @Test
    void voidsThePaymentWhenTheParcelIsRefused() {
        world.parcelRefused = true;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("option_gone");
        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void undoesEverythingWhenTheCaptureIsRefused() {
        world.captureRefused = true;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
    }

    @Test
    void goesOnByItselfWhenAnAgentIsBack() {
        for (var operation :
                List.of("recordOrder", "placeHold", "secure", "createShipment", "capture", "commitBenefits")) {
            world.down.put(operation, 3);
        }

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
    }

    @Test
    void holdsNothingForAHoldThatArrivesAfterItsRelease() {
        world.releaseHold(new HoldId("o1"));

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("out_of_stock");
        assertUndone("o1", OrderStatus.cancelled);
    }

    @Test
    void startsAgainAfterItsPaymentFailedAndChargesOnce() {
        world.gateway.add(Gateway.declines_expired_card);
        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");

        assertThat(run("o1", Optional.of(OTHER_CARD)).code()).isEqualTo("confirmed");

        assertThat(world.charges).isEqualTo(1);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
        assertThat(world.payment("o1", 2)).isEqualTo("captured");
        assertThat(world.available).isEqualTo(9);
        assertThat(world.told()).containsExactly("payment_declined", "payment_failed", "order_confirmed");
    }

    @Test
    void refusesAMethodThatNobodyWaitsFor() {
        world.close("capture");
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.waitsAt("capture"));

        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("not_waiting");
        world.open("capture");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.charges).isEqualTo(1);
    }

    /** Where a journey can be when somebody wants it to stop; each names an operation that is being done just then. */
    enum Stage {
        before_the_hold("recordOrder"),
        while_holding("placeHold"),
        while_securing("secure"),
        while_an_attempt_is_unknown("inquire", Gateway.loses_the_answer_after_charging),
        while_pending("inquire", Gateway.stays_pending),
        while_the_customer_is_at_the_bank("inquire", Gateway.asks_the_customer),
        while_securing_another_card("secure"),
        while_allocating("createShipment");

        private final String operation;
        private final Gateway gateway;

        Stage(String operation) {
            this(operation, Gateway.authorises);
        }

        Stage(String operation, Gateway gateway) {
            this.operation = operation;
            this.gateway = gateway;
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsInEveryStageWithEverythingUndone(Stage stage) {
        var checkout = startUntil(stage);
        assertThat(checkout.cancel("")).isEqualTo("cancelling");
        world.open(stage.operation);

        assertThat(result(checkout).code()).isEqualTo("cancelled_by_customer");
        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.told().getLast()).isEqualTo("order_cancelled");
    }

    /** Its local activities were done, its workflow task never ended, and what the customer said came before all was done again. */
    @ParameterizedTest
    @EnumSource(names = {"before_the_hold", "while_securing"})
    void undoesWhatAWorkerThatDiedHadDoneWhenItIsCancelledMeanwhile(Stage stage) {
        var checkout = startUntil(stage);
        if (stage == Stage.before_the_hold) {
            world.holds.put("o1", "held");
            world.available--;
            world.benefits.put("o1", "reserved");
        } else {
            world.parcels.put("o1", "created");
        }
        checkout.cancel("");
        world.open(stage.operation);

        assertThat(result(checkout).code()).isEqualTo("cancelled_by_customer");
        assertUndone("o1", OrderStatus.cancelled);
    }

    /** As above, but the agent that was asked first stayed away the second time. */
    @Test
    void undoesWhatAWorkerThatDiedHadDoneWhenAnAgentStaysAwayMeanwhile() {
        world.holds.put("o1", "held");
        world.available--;
        world.benefits.put("o1", "reserved");
        world.refused.put("recordOrder", 1);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("agent_unavailable");
        assertUndone("o1", OrderStatus.cancelled);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "before_the_hold") // as the customer's, and slow
    void endsInOrderWhenStaffCancelTheWorkflowInAnyStage(Stage stage) {
        var checkout = startUntil(stage);
        WorkflowStub.fromTyped(checkout).cancel();
        waitUntil(() -> shop.history("checkout-o1", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED));
        world.open(stage.operation);

        assertThatThrownBy(() -> result(checkout)).hasCauseInstanceOf(CanceledFailure.class);
        assertUndone("o1", OrderStatus.cancelled);
    }

    private Checkout startUntil(Stage stage) {
        if (stage == Stage.while_securing_another_card) {
            world.gateway.add(Gateway.declines_expired_card);
            var checkout = start("o1", Optional.of(CARD));
            waitUntil(() -> world.told().contains("payment_declined"));
            world.close(stage.operation);
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
            waitUntil(() -> world.waitsAt(stage.operation));
            return checkout;
        }
        world.gateway.add(stage.gateway);
        world.close(stage.operation);
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.waitsAt(stage.operation));
        return checkout;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelsWhileItWaitsForAMethod(boolean afterADecline) {
        if (afterADecline) {
            world.gateway.add(Gateway.declines_expired_card);
        }
        var checkout = start("o1", afterADecline ? Optional.of(CARD) : Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        assertThat(checkout.cancel("")).isEqualTo("cancelling");
        result(checkout);

        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.told().getLast()).isEqualTo("order_cancelled");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysThatItWaitsForTheGatewayUntilThatKnowsWhatBecameOfThePayment(boolean afterADecline) {
        if (afterADecline) {
            world.gateway.add(Gateway.declines_expired_card);
        }
        world.gateway.add(Gateway.stays_pending);
        world.inquiriesUntilTold = Integer.MAX_VALUE;
        var checkout = start("o1", Optional.of(CARD));
        if (afterADecline) {
            waitUntil(() -> world.told().contains("payment_declined"));
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        }

        waitUntil(() -> world.told().contains("waiting_for_the_bank"));

        assertThat(checkout.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        assertThat(checkout.progress().waitingFor()).isEqualTo("payment_gateway");
        assertThat(world.news.getLast().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("payment_unresolved");
        world.inquiriesUntilTold = 0;
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.told().stream().filter("waiting_for_the_bank"::equals)).hasSize(1);
        assertThat(world.told().getLast()).isEqualTo("order_confirmed");
    }

    @Test
    void voidsAnUnresolvedPaymentWhenStaffCancelItDaysLater() {
        world.gateway.add(Gateway.never_tells);
        var checkout = start("o1", Optional.of(CARD));
        shop.temporal.sleep(Duration.ofDays(2));
        waitUntil(() -> checkout.progress().status() == JourneyStatus.needs_staff);
        assertThat(checkout.progress().code()).isEqualTo("payment_unresolved");
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("not_waiting");

        assertThat(checkout.cancel("cancelled_by_staff")).isEqualTo("cancelling");

        waitUntil(() -> world.orders.get("o1") == OrderStatus.cancelled);
        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void endsInOrderWhenStaffCancelThePaymentRetry() {
        world.gateway.add(Gateway.never_tells);
        world.close("inquire");
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.waitsAt("inquire"));
        shop.temporal.getWorkflowClient().newUntypedWorkflowStub("payment-o1").cancel();
        waitUntil(() -> shop.history("payment-o1", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED));
        world.open("inquire");

        assertThat(result(checkout).code()).isEqualTo("cancelled_on_request");
        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.told()).containsExactly("order_cancelled");
    }

    @Test
    void makesNoOtherAttemptWhileOneIsUnknown() {
        world.gateway.add(Gateway.loses_the_request);
        world.close("inquire");
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.waitsAt("inquire"));

        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("payment_unresolved");
        world.open("inquire");

        waitUntil(() -> world.told().contains("payment_declined"));
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void takesOneMethodForEachDecline() {
        world.gateway.add(Gateway.declines_expired_card);
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));
        world.close("secure");

        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        assertThat(checkout.pay(CARD)).isEqualTo("payment_unresolved");
        world.open("secure");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 2);
    }

    @Test
    void saysWhatItWaitsForWhileTheCustomerIsAskedForAnotherCard() {
        world.gateway.add(Gateway.declines_expired_card);
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));

        assertThat(checkout.progress().status()).isEqualTo(JourneyStatus.waiting_for_customer);
        assertThat(checkout.progress().waitingFor()).isEqualTo("payment_method");
        assertThat(checkout.progress().until()).isPresent();
    }

    @Test
    void waitsUntilTheCustomerHasConfirmedAtTheBank() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 3;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("payment_confirmation_needed", "order_confirmed");
    }

    @Test
    void paysAnotherWayInsteadOfConfirmingAtTheBank() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 10_000;
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_confirmation_needed"));

        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 2);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.told()).containsExactly("payment_confirmation_needed", "order_confirmed");
    }

    @Test
    void isPaidAsTheCustomerConfirmedAtTheBankWhenTheirOtherWayComesTooLateForIt() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 10_000;
        world.down.put("void", 1_000);
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_confirmation_needed"));
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        waitUntil(() -> world.calls.contains("void"));
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("payment_unresolved");

        world.inquiriesUntilTold = 0;

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("payment_confirmation_needed", "order_confirmed");
    }

    @Test
    void voidsAnAttemptThatTheCustomerNeverConfirmsAtTheBank() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 10_000;

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void asksEverMoreSlowlyAboutACustomerWhoIsAtTheBankForDays() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 100_000;
        var checkout = start("o1", Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_confirmation_needed"));

        assertThat(checkout.extend(checkout.staffMay().extendTo().orElseThrow()))
                .isEqualTo("extended");

        assertThat(result(checkout).code()).isEqualTo("payment_failed");
        assertThat(world.calls.stream().filter("inquire"::equals))
                .as("else a deadline of weeks would end with the engine's limit of events")
                .hasSizeLessThan(600);
    }

    @Test
    void voidsOnceTheGatewayIsBackWhatItCouldNotVoidForLong() {
        world.gateway.add(Gateway.never_tells);
        world.down.put("void", 150);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.told())
                .containsExactly("waiting_for_the_bank", "payment_unresolved", "compensation_stuck", "payment_failed");
    }

    @ParameterizedTest
    @CsvSource({
        "recordOrder, ''",
        "placeHold, ''",
        "reserveBenefits, ''",
        "createShipment, cancelShipment void releaseBenefits releaseHold",
        "allocateHold, cancelShipment void releaseBenefits releaseHold",
    })
    void undoesInTurnWhatWasDoneWhenAnAgentStaysAway(String operation, String undone) {
        world.down.put(operation, 1_000);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("agent_unavailable");
        assertUndone("o1", OrderStatus.cancelled);
        if (!undone.isEmpty()) {
            assertThat(world.calls).containsSubsequence(undone.split(" "));
        }
        assertThat(world.calls.getLast()).isEqualTo("tell");
        assertThat(world.told()).containsExactly("order_cancelled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelShipment", "void", "releaseBenefits", "releaseHold", "transitionOrder"})
    void tellsStaffOfAnUndoThatCannotSucceedAndTriesOn(String operation) {
        world.parcelRefused = true;
        world.refused.put(operation, 3);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("option_gone");
        assertUndone("o1", OrderStatus.cancelled);
        assertThat(world.told()).containsExactly("compensation_stuck", "order_cancelled");
    }

    @Test
    void refusesACancellationWhileStaffFinishTheUndoing() {
        world.parcelRefused = true;
        world.down.put("void", 1_000);
        var checkout = start("o1", Optional.of(CARD));
        shop.temporal.sleep(Duration.ofHours(2));
        waitUntil(() -> checkout.progress().status() == JourneyStatus.needs_staff);

        assertThat(checkout.cancel("")).isEqualTo("too_late");
        assertThat(checkout.pay(CARD)).isEqualTo("not_waiting");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transitionOrder", "commitBenefits", "tell"})
    void undoesNothingOfAPaidOrderWhenAnAgentStaysAwayAtItsEnd(String operation) {
        world.refused.put(operation, 3);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).contains("order_confirmed");
    }

    @Test
    void capturesWhenTheGatewayIsBackAfterHours() {
        world.down.put("capture", 200);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.told()).containsExactly("capture_unanswered", "order_confirmed");
    }

    @Test
    void givesTheMoneyBackWhenTheGatewayNeverAnswersTheCapture() {
        world.refused.put("capture", 1_000);

        assertThat(run("o1", Optional.of(CARD)).code()).isEqualTo("payment_failed");
        assertUndone("o1", OrderStatus.payment_failed);
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void keepsTheStockWhenSecuringThePaymentOutlastsTheHold() {
        var order = shop.order("o1", Optional.empty());
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, order);
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        shop.temporal.sleep(Duration.ofMinutes(29));
        world.down.put("secure", 60); // answers after twenty-eight minutes, when the hold has expired
        assertThat(checkout.pay(CARD)).isEqualTo("accepted");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertConfirmed("o1", 1);
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void chargesNothingAfterTheQuoteEnded() {
        var order = shop.order("o1", Optional.of(CARD));
        shop.temporal.sleep(Duration.ofHours(1));
        var checkout = shop.checkout("o1");

        assertThat(checkout.checkout(order).code()).isEqualTo("quote_expired");
        assertThat(world.money).isEmpty();
    }

    private OrderResult run(String id, Optional<PaymentMethod> method) {
        return shop.checkout(id).checkout(shop.order(id, method));
    }

    private Checkout start(String id, Optional<PaymentMethod> method) {
        var checkout = shop.checkout(id);
        WorkflowClient.start(checkout::checkout, shop.order(id, method));
        return checkout;
    }

    private static OrderResult result(Checkout checkout) {
        return WorkflowStub.fromTyped(checkout).getResult(OrderResult.class);
    }

    private void assertConfirmed(String order, int attempt) {
        assertThat(world.orders).containsEntry(order, OrderStatus.confirmed);
        assertThat(world.holds).containsEntry(order, "allocated");
        assertThat(world.parcels).containsEntry(order, "created");
        assertThat(world.benefits).containsEntry(order, "committed");
        assertThat(world.payment(order, attempt)).isEqualTo("captured");
        assertThat(world.charges).isEqualTo(1);
    }

    private void assertUndone(String order, OrderStatus status) {
        assertThat(world.orders).containsEntry(order, status);
        assertThat(world.available).isEqualTo(10);
        assertThat(world.parcels.getOrDefault(order, "cancelled")).isEqualTo("cancelled");
        assertThat(world.benefits.getOrDefault(order, "released")).isEqualTo("released");
        assertThat(world.charges).isZero();
    }
}
