package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.checkout.Checkout.OrderResult;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ConversationTest {
    private static final ConversationId ID = Shop.CONVERSATION;

    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void runsReadsThenAsksTheModelAgain() {
        world.decisions.put(
                1,
                new ArrayDeque<>(List.of(
                        new Decision.CallTools(List.of(
                                new ToolCallRef("c1", "inventory.checkInventory", false),
                                new ToolCallRef("c2", "conversation.addToCart", false),
                                new ToolCallRef("c3", "postPurchase.recordOrder", true))),
                        new Decision.Replied())));

        shop.message(1);

        assertThat(world.asked)
                .containsExactlyInAnyOrder(
                        "1.0", "inventory.checkInventory c1", "conversation.addToCart c2", "propose c3", "1.1");
        assertThat(world.answered).containsExactly(1);
    }

    @Test
    void answersATurnThatIsSentTwiceWithoutAskingAgain() {
        shop.message(1);
        shop.message(1);
        shop.message(2);

        assertThat(world.answered).containsExactly(1, 2);
        assertThat(world.endedWith).isEmpty();
    }

    @Test
    void waitsForAModelThatTakesItsTime() {
        world.modelIsSlow = true;

        shop.message(1);

        assertThat(world.asked).containsExactly("1.0");
        assertThat(activities()).containsExactly("model.decide");
    }

    @Test
    void asksAModelThatFailedOnceMoreAsAnActivity() {
        world.down.put("decide", 1);

        shop.message(1);

        assertThat(world.answered).containsExactly(1);
        assertThat(activities()).containsExactly("model.decide");
    }

    @Test
    void doesNotAskAModelAgainThatRefusedForGood() {
        world.refused.put("decide", 1);

        shop.message(1);

        assertThat(world.endedWith).containsKey(1);
        assertThat(activities()).isEmpty();
    }

    @Test
    void endsATurnHonestlyWhenTheModelStaysAway() {
        world.down.put("decide", 50);

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "agent_unavailable");
    }

    @Test
    void endsATurnThatNeverComesToAReply() {
        var rounds = new ArrayDeque<Decision>();
        for (int i = 0; i < 20; i++) {
            rounds.add(new Decision.CallTools(List.of()));
        }
        world.decisions.put(1, rounds);

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "too_many_rounds");
    }

    @Test
    void startsOneCheckoutForAProposalConfirmedTwice() {
        propose("p1", "o1");

        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);

        var result = WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(OrderResult.class);
        assertThat(result.code()).isEqualTo("confirmed");
        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(world.charges).isEqualTo(1);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
    }

    /** Temporal has dropped it by now, and would take it for a new one. */
    @Test
    void startsNoJourneyAgainThatHasBegunLongAgo() {
        propose("p1", "o1", true);
        world.decisions.put(
                1,
                new ArrayDeque<>(
                        List.of(new Decision.Confirm(new ProposalId("p1"), Optional.of(Shop.CASH), Optional.empty()))));

        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);
        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paid_too_late");
        assertThat(shop.exists("checkout-o1")).isFalse();
    }

    @Test
    void startsTheCheckoutOnATypedYes() {
        propose("p1", "o1");
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "order_started");
        assertThat(shop.startedCheckout("o1").pay(Shop.CARD)).isEqualTo("accepted");
        assertThat(WorkflowStub.fromTyped(shop.startedCheckout("o1"))
                        .getResult(OrderResult.class)
                        .code())
                .isEqualTo("confirmed");
    }

    @Test
    void refusesAnUnknownConfirmationAndChatsOn() {
        assertThat(confirm("p9")).isEqualTo(new Confirmation.Refused("proposal_unknown"));

        shop.message(1);

        assertThat(world.answered).containsExactly(1);
    }

    @Test
    void cancelsAJourneyThatTheCustomerGaveUp() {
        propose("p1", "o1");
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));
        world.decisions.put(2, new ArrayDeque<>(List.of(new Decision.CancelJourney("checkout-o1"))));

        shop.message(1);
        shop.message(2);

        assertThat(world.endedWith).containsEntry(2, "cancelling");
        assertThat(WorkflowStub.fromTyped(shop.startedCheckout("o1"))
                        .getResult(OrderResult.class)
                        .code())
                .isEqualTo("cancelled_by_customer");
        assertThat(world.available).isEqualTo(10);
    }

    /** Its money is just being taken: what cannot be stopped is not said to be. */
    @Test
    void saysThatAJourneyCannotBeStoppedAnyMore() {
        propose("p1", "o1");
        world.close("capture");
        confirm("p1");
        waitUntil(() -> world.waitsAt("capture"));
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.CancelJourney("checkout-o1"))));

        shop.message(1);
        world.open("capture");

        assertThat(world.endedWith).containsEntry(1, "goes_on");
        assertThat(ended("o1")).isEqualTo("confirmed");
    }

    /** It is confirmed by its button, and not started yet, while its customer's word is heard already. */
    @Test
    void stopsAJourneyThatIsJustBeingStarted() throws Exception {
        propose("p1", "o1");
        world.down.put("confirm", 8);
        world.close("secure");
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.CancelJourney("checkout-o1"))));
        var confirming = CompletableFuture.runAsync(() -> confirm("p1"), Thread::startVirtualThread);
        waitUntil(() -> world.calls.stream().filter("confirm"::equals).count() > 3);

        var turn = send(1);
        confirming.get(60, TimeUnit.SECONDS);
        turn.getResult();
        world.open("secure");

        assertThat(world.endedWith).containsEntry(1, "cancelling");
        assertThat(ended("o1")).isEqualTo("cancelled_by_customer");
    }

    @Test
    void paysAnOrderThatWaitsAsTheCustomerSays() {
        propose("p1", "o1");
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));
        world.decisions.put(2, new ArrayDeque<>(List.of(new Decision.Pay("checkout-o1", Shop.UPI))));
        shop.message(1);
        waitUntil(() -> world.told().contains("payment_method_needed"));

        shop.message(2);

        assertThat(world.endedWith).containsEntry(2, "paying_by_upi");
        assertThat(WorkflowStub.fromTyped(shop.startedCheckout("o1"))
                        .getResult(OrderResult.class)
                        .code())
                .isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.UPI);
    }

    @Test
    void saysThatAnOrderTakesNoPaymentAnyMore() {
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Pay("checkout-o9", Shop.UPI))));

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paid_too_late");
    }

    /** While its stock is not held yet, an order has not come to its payment. */
    @Test
    void keepsHowAnOrderIsPaidUntilItComesToItsPayment() {
        propose("p1", "o1");
        world.down.put("placeHold", 8);
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));
        paysInCash(2);
        paysInCash(3);
        shop.message(1);

        shop.message(2);
        shop.message(3);

        assertThat(world.endedWith).containsEntry(2, "paying_in_cash").containsEntry(3, "paying_in_cash");
        assertThat(ended("o1")).isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.CASH);
        assertThat(world.told()).containsExactly("order_confirmed");
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void paysAsTheCustomerSaidLastBeforeTheOrderComesToItsPayment() {
        propose("p1", "o1");
        world.down.put("placeHold", 8);
        world.down.put("pay", 1);
        paysInCash(1);
        confirm("p1");

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paying_in_cash");
        assertThat(ended("o1")).isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.CASH);
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void saysHowAnOrderWasPaidBeforeTheCustomerSaidHow() {
        propose("p1", "o1");
        confirm("p1");
        assertThat(ended("o1")).isEqualTo("confirmed");
        paysInCash(1);

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paid_by_card");
        assertThat(world.methods).containsEntry("o1", Shop.CARD);
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void saysThatAnOrderIsBeingPaidJustNow() {
        propose("p1", "o1");
        world.close("secure");
        paysInCash(1);
        confirm("p1");
        waitUntil(() -> world.waitsAt("secure"));

        shop.message(1);
        world.open("secure");

        assertThat(world.endedWith).containsEntry(1, "payment_under_way");
        assertThat(ended("o1")).isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.CARD);
    }

    @Test
    void confirmsAnOrderAndPaysItAsOneMessageSays() {
        propose("p1", "o1");
        confirmsAndPaysInCash(1);

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paying_in_cash");
        assertThat(ended("o1")).isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.CASH);
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void keepsThePaymentOfAYesThatTheButtonHadForestalled() {
        propose("p1", "o1");
        world.down.put("placeHold", 8);
        confirmsAndPaysInCash(1);
        confirm("p1");

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "paying_in_cash");
        assertThat(ended("o1")).isEqualTo("confirmed");
        assertThat(world.methods).containsEntry("o1", Shop.CASH);
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void confirmsAnOrderAndSaysWhatIsMissingForItsPayment() {
        propose("p1", "o1");
        world.decisions.put(
                1,
                new ArrayDeque<>(List.of(new Decision.Confirm(
                        new ProposalId("p1"), Optional.empty(), Optional.of("upi_address_needed")))));

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "upi_address_needed");
        assertThat(shop.startedCheckout("o1").pay(Shop.UPI)).isEqualTo("accepted");
        assertThat(ended("o1")).isEqualTo("confirmed");
    }

    private void paysInCash(int turn) {
        world.decisions.put(turn, new ArrayDeque<>(List.of(new Decision.Pay("checkout-o1", Shop.CASH))));
    }

    private void confirmsAndPaysInCash(int turn) {
        world.decisions.put(
                turn,
                new ArrayDeque<>(
                        List.of(new Decision.Confirm(new ProposalId("p1"), Optional.of(Shop.CASH), Optional.empty()))));
    }

    private String ended(String order) {
        return WorkflowStub.fromTyped(shop.startedCheckout(order))
                .getResult(OrderResult.class)
                .code();
    }

    @Test
    void endsWhenIdleAndIsStartedByTheNextMessage() {
        shop.message(1);
        shop.temporal.sleep(Duration.ofMinutes(11));
        waitUntil(() -> shop.temporal
                        .getWorkflowClient()
                        .newUntypedWorkflowStub(Conversation.workflowId(ID))
                        .describe()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);

        shop.message(2);

        assertThat(world.answered).containsExactly(1, 2);
    }

    @Test
    void runsTurnsInTheOrderOfTheirNumbers() {
        world.close("decide");
        var first = send(1);
        waitUntil(() -> world.waitsAt("decide"));
        var third = send(3);
        var second = send(2);
        var again = send(3);
        world.open("decide");

        for (var handle : List.of(first, second, third, again)) {
            handle.getResult();
        }
        assertThat(world.asked).containsExactly("1.0", "2.0", "3.0");
    }

    @Test
    void endsATurnHonestlyWhenItsProposalIsOfAKindNobodyKnows() {
        world.proposals.put(
                "p1",
                new Confirmation.Confirmed(
                        "Parade",
                        "x1",
                        new QuoteId("q"),
                        new CustomerId("cust-1"),
                        "web",
                        Shop.TOTAL,
                        shop.now(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));

        shop.message(1);
        shop.message(2);

        assertThat(world.endedWith).containsEntry(1, "unknown_journey");
        assertThat(world.answered).containsExactly(1, 2);
    }

    @Test
    void chatsOnWhenNotEvenAnExcuseCouldBeStored() {
        world.refused.put("decide", 1_000);
        world.refused.put("answer", 1_000);
        shop.message(1);
        assertThat(world.answered).isEmpty();
        world.refused.clear();

        shop.message(2);
        shop.message(1);

        assertThat(world.answered).containsExactly(1, 2);
    }

    @Test
    void cancelsNothingButSaysSoWhenTheJourneyIsGone() {
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.CancelJourney("checkout-o9"))));

        shop.message(1);

        assertThat(world.endedWith).containsEntry(1, "too_late");
    }

    /** Those that are more than a quick step, by type. */
    private List<String> activities() {
        return shop.temporal.getWorkflowClient().fetchHistory(Conversation.workflowId(ID)).getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }

    private WorkflowUpdateHandle<Void> send(int turn) {
        var stub = shop.conversation();
        return WorkflowClient.startUpdateWithStart(
                stub::message,
                turn,
                UpdateOptions.newBuilder(Void.class)
                        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                        .build(),
                new WithStartWorkflowOperation<>(stub::converse, ID));
    }

    private void propose(String proposal, String order) {
        propose(proposal, order, false);
    }

    private void propose(String proposal, String order, boolean begun) {
        world.proposals.put(
                proposal,
                new Confirmation.Confirmed(
                        "Checkout",
                        order,
                        new QuoteId("quote-" + order),
                        new CustomerId("cust-1"),
                        "web",
                        Shop.TOTAL,
                        shop.now().plus(Duration.ofMinutes(30)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(begun)));
    }

    private Confirmation confirm(String proposal) {
        var stub = shop.conversation();
        return WorkflowClient.executeUpdateWithStart(
                stub::confirm,
                new ProposalId(proposal),
                Optional.of(Shop.CARD),
                Shop.untilDone(Confirmation.class),
                new WithStartWorkflowOperation<>(stub::converse, ID));
    }
}
