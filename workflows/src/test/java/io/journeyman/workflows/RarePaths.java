package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.replay.PaymentReplay;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths of journeys that few customers walk, for {@link HistoriesTest}: agents that stay away, wishes that cross, late ends. */
final class RarePaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private RarePaths() {}

    static {
        checkouts();
        payments();
        replays();
        reservations();
        conversations();
        deliveries();
    }

    private static void deliveries() {
        ALL.put("confirmed_and_sent", shop -> {
            shop.world.packs(1);
            run(shop);
            waitUntil(() -> shop.world.calls.contains("sendShipment"));
        });
        ALL.put("sent_later", shop -> {
            shop.world.packs(1);
            shop.world.refused.put("sendShipment", 2);
            deliver(shop, delivery -> {
                shop.temporal.sleep(Duration.ofHours(2));
                tell(shop, delivery, 1, "a", ParcelEventStatus.delivered);
            });
        });
        ALL.put("delivered", shop -> {
            shop.world.packs(1);
            deliver(shop, delivery -> {
                tell(shop, delivery, 1, "a", ParcelEventStatus.handed_over);
                tell(shop, delivery, 1, "b", ParcelEventStatus.out_for_delivery);
                tell(shop, delivery, 1, "c", ParcelEventStatus.delivered);
            });
        });
        ALL.put("awaited_moved_and_here", shop -> {
            var due = LocalDate.ofInstant(shop.now(), ZoneOffset.UTC).plusDays(3);
            shop.world.packs(1);
            shop.world.awaits(2, due);
            deliver(shop, delivery -> {
                tell(shop, delivery, 1, "a", ParcelEventStatus.delivered);
                shop.world.awaits(2, due.plusDays(2));
                delivery.parcelMoved();
                waitUntil(() -> shop.world.told().contains("awaited_moved"));
                shop.world.comes(2);
                delivery.parcelMoved();
                waitUntil(() -> shop.world.told().contains("awaited_here"));
                tell(shop, delivery, 2, "b", ParcelEventStatus.delivered);
            });
        });
        ALL.put("awaited_put_off_and_here", shop -> {
            var due = LocalDate.ofInstant(shop.now(), ZoneOffset.UTC).plusDays(3);
            shop.world.awaits(1, due);
            deliver(shop, delivery -> {
                waitUntil(() -> delivery.progress().code().equals("awaited"));
                shop.world.awaits(1, due.plusDays(2));
                delivery.parcelMoved();
                waitUntil(() -> shop.world.told().contains("awaited_moved"));
                shop.world.comes(1);
                delivery.parcelMoved();
                waitUntil(() -> shop.world.told().contains("awaited_here"));
                tell(shop, delivery, 1, "a", ParcelEventStatus.delivered);
            });
        });
        ALL.put("awaited_called_off", shop -> {
            shop.world.awaits(1, LocalDate.ofInstant(shop.now(), ZoneOffset.UTC).plusDays(3));
            deliver(shop, delivery -> {
                waitUntil(() -> delivery.progress().code().equals("awaited"));
                shop.world.callsOff(1);
                delivery.parcelMoved();
                waitUntil(() -> shop.world.told().contains("awaited_called_off"));
            });
        });
        ALL.put("delivered_in_two_parcels", shop -> {
            shop.world.packs(2);
            shop.world.refused.put("transitionOrder", 1);
            deliver(shop, delivery -> {
                tell(shop, delivery, 1, "a", ParcelEventStatus.delivered);
                shop.temporal.sleep(Duration.ofHours(3));
                tell(shop, delivery, 2, "b", ParcelEventStatus.delayed);
                tell(shop, delivery, 2, "c", ParcelEventStatus.delivered);
            });
        });
        ALL.put("delivery_failed_and_settled", shop -> {
            shop.world.packs(1);
            deliver(shop, delivery -> {
                tell(shop, delivery, 1, "a", ParcelEventStatus.delivery_failed);
                assertThat(delivery.cancel("refunded by hand")).isEqualTo("cancelling");
            });
        });
        ALL.put("never_delivered", shop -> {
            shop.world.packs(1);
            deliver(shop, delivery -> {});
        });
        ALL.put("one_parcel_is_late", shop -> {
            shop.world.packs(1);
            shop.world.awaits(2, LocalDate.ofInstant(shop.now(), ZoneOffset.UTC).plusDays(30));
            deliver(shop, delivery -> {
                waitUntil(() -> delivery.progress().code().equals("awaited"));
                shop.temporal.sleep(Duration.ofDays(6));
                waitUntil(() -> shop.world.told().contains("delivery_overdue"));
                tell(shop, delivery, 1, "a", ParcelEventStatus.handed_over);
                tell(shop, delivery, 1, "b", ParcelEventStatus.delivered);
                shop.world.comes(2);
                tell(shop, delivery, 2, "c", ParcelEventStatus.delivered);
            });
        });
        ALL.put("called_back", shop -> {
            shop.world.packs(1);
            shop.world.parcels.put("o1", "cancelled");
            deliver(shop, delivery -> {});
        });
    }

    private static void deliver(Shop shop, Consumer<Delivery> meanwhile) {
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        meanwhile.accept(delivery);
        WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
    }

    /** Until the customer has heard of it. */
    private static void tell(Shop shop, Delivery delivery, int parcel, String event, ParcelEventStatus status) {
        int before = shop.world.news.size();
        shop.world.carrierTells(parcel, new ParcelEvent(event, status, shop.now(), Optional.empty(), Optional.empty()));
        delivery.parcelMoved();
        waitUntil(() -> shop.world.news.size() > before);
    }

    private static void checkouts() {
        ALL.put("cancelled_before", shop -> {
            shop.world.orders.put("o1", OrderStatus.cancelled);
            run(shop);
        });
        ALL.put("confirmed_before", shop -> {
            shop.world.orders.put("o1", OrderStatus.confirmed);
            run(shop);
        });
        ALL.put("quote_ended", shop -> {
            var order = shop.order("o1", Optional.of(CARD));
            shop.temporal.sleep(Duration.ofHours(1));
            shop.checkout("o1").checkout(order);
        });
        ALL.put("quote_ended_after_all_steps_were_lost", shop -> {
            var order = shop.order("o1", Optional.of(CARD));
            shop.temporal.sleep(Duration.ofHours(1));
            shop.checkout("o1").checkout(order);
        });
        ALL.put("quote_ended_before_it_is_tried_again", shop -> {
            shop.world.orders.put("o1", OrderStatus.payment_failed);
            var order = shop.order("o1", Optional.of(CARD));
            shop.temporal.sleep(Duration.ofHours(1));
            shop.checkout("o1").checkout(order);
        });
        ALL.put("benefits_gone", shop -> {
            shop.world.benefitsGone = true;
            run(shop);
        });
        ALL.put("stock_gone_before_it_is_sold", shop -> {
            var checkout = startAndWaitAt(shop, "secure");
            shop.world.holds.put("o1", "released");
            shop.world.open("secure");
            end(checkout);
        });
        ALL.put("collected_meanwhile", shop -> {
            var reservation = reserve(shop);
            assertThat(reservation.collected()).isEqualTo("collected");
            end(reservation);
            shop.checkout("o1").checkout(shop.order("o1", Optional.of(CARD), "r1"));
        });
        ALL.put("reservation_over_meanwhile", shop -> {
            var reservation = reserve(shop);
            assertThat(reservation.cancel("")).isEqualTo("cancelling");
            end(reservation);
            shop.checkout("o1").checkout(shop.order("o1", Optional.of(CARD), "r1"));
        });
        for (var operation : List.of("recordOrder", "placeHold", "createShipment")) {
            ALL.put("agent_away_at_" + snake(operation), shop -> {
                shop.world.refused.put(operation, 1);
                run(shop);
            });
        }
        ALL.put("capture_refused", shop -> {
            shop.world.captureRefused = true;
            run(shop);
        });
        ALL.put("told_later", shop -> {
            shop.world.refused.put("tell", 1);
            run(shop);
        });
        ALL.put("cancelled_while_held", shop -> {
            var checkout = startAndWaitAt(shop, "placeHold");
            assertThat(checkout.cancel("")).isEqualTo("cancelling");
            shop.world.open("placeHold");
            end(checkout);
        });
        ALL.put("cancelled_while_shipped", shop -> {
            var checkout = startAndWaitAt(shop, "createShipment");
            assertThat(checkout.cancel("")).isEqualTo("cancelling");
            shop.world.open("createShipment");
            end(checkout);
        });
        ALL.put("cancelled_in_temporal", shop -> {
            var checkout = start(shop, Optional.empty());
            waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
            WorkflowStub.fromTyped(checkout).cancel();
            endCancelled(() -> end(checkout));
        });
        ALL.put("secured_after_the_deadline", shop -> {
            var checkout = start(shop, Optional.empty());
            waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
            shop.temporal.sleep(Duration.ofMinutes(29));
            shop.world.down.put("secure", 10); // answers when the quote is over
            assertThat(checkout.pay(CARD)).isEqualTo("accepted");
            end(checkout);
        });
    }

    private static void payments() {
        ALL.put("pending", shop -> {
            shop.world.gateway.add(Gateway.stays_pending);
            shop.world.inquiriesUntilTold = 2;
            run(shop);
        });
        ALL.put("request_lost", shop -> {
            shop.world.gateway.add(Gateway.loses_the_request);
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.told().contains("payment_declined"));
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
            end(checkout);
        });
        ALL.put("never_settled", shop -> {
            shop.world.gateway.add(Gateway.never_tells);
            run(shop);
        });
        ALL.put("cancelled_after_a_decline", shop -> {
            shop.world.gateway.add(Gateway.declines_expired_card);
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.told().contains("payment_declined"));
            assertThat(checkout.cancel("")).isEqualTo("cancelling");
            end(checkout);
        });
        ALL.put("never_confirmed_at_the_bank", shop -> {
            shop.world.gateway.add(Gateway.asks_the_customer);
            shop.world.inquiriesUntilTold = 10_000;
            run(shop);
        });
        ALL.put("paid_another_way_than_at_the_bank", shop -> {
            shop.world.gateway.add(Gateway.asks_the_customer);
            shop.world.inquiriesUntilTold = 10_000;
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.told().contains("payment_confirmation_needed"));
            assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
            end(checkout);
        });
        ALL.put("cancelled_at_the_bank", shop -> {
            shop.world.gateway.add(Gateway.asks_the_customer);
            shop.world.inquiriesUntilTold = 10_000;
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.told().contains("payment_confirmation_needed"));
            assertThat(checkout.cancel("")).isEqualTo("cancelling");
            end(checkout);
        });
        ALL.put("void_unanswered", shop -> {
            shop.world.gateway.add(Gateway.never_tells);
            shop.world.refused.put("void", 1);
            shop.world.close("inquire");
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.waitsAt("inquire"));
            assertThat(checkout.cancel("")).isEqualTo("cancelling");
            shop.world.open("inquire");
            waitUntil(() -> shop.world.calls.contains("void"));
            shop.world.money.get("o1").put(1, "unknown:not_charged"); // the gateway finds out what became of it
            end(checkout);
        });
        ALL.put("retry_cancelled_in_temporal", shop -> {
            shop.world.gateway.add(Gateway.never_tells);
            shop.world.close("inquire");
            var checkout = start(shop, Optional.of(CARD));
            waitUntil(() -> shop.world.waitsAt("inquire"));
            shop.temporal
                    .getWorkflowClient()
                    .newUntypedWorkflowStub("payment-o1")
                    .cancel();
            waitUntil(() -> shop.history("payment-o1", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED));
            shop.world.open("inquire");
            end(checkout);
        });
        ALL.put("paid_before", shop -> {
            shop.world.orders.put("o1", OrderStatus.payment_failed);
            shop.world.money.put("o1", new TreeMap<>(Map.of(1, "authorised")));
            shop.world.methods.put("o1", CARD);
            run(shop);
        });
        ALL.put("tried_again_under_a_mark_of_its_own", shop -> {
            shop.world.orders.put("o1", OrderStatus.payment_failed);
            shop.world.money.put("o1", new TreeMap<>(Map.of(1, "declined")));
            run(shop);
        });
        for (var stands : List.of(OrderStatus.payment_failed, OrderStatus.confirmed)) {
            ALL.put("record_away_of_an_order_that_was_" + stands, shop -> {
                shop.world.orders.put("o1", stands);
                shop.world.down.put("recordOrder", 150);
                run(shop);
            });
        }
        ALL.put("unknown_before", shop -> {
            shop.world.orders.put("o1", OrderStatus.payment_failed);
            shop.world.money.put("o1", new TreeMap<>(Map.of(1, "unknown:charged")));
            shop.world.methods.put("o1", CARD);
            run(shop);
        });
    }

    private static void replays() {
        ALL.put("replay_of_payments_out_of_reach", shop -> {
            shop.world.refused.put("replay", 1);
            var replay = replay(shop);
            WorkflowClient.start(replay::replay, new PaymentReplay.Pace("PR-1", 4, false));
            waitUntil(() -> shop.world.calls.contains("stands"));
            assertThat(replay.resume()).isEqualTo("running");
            WorkflowStub.fromTyped(replay).getResult(Void.class);
        });
        ALL.put("replay_cancelled", shop -> {
            var replay = replay(shop);
            shop.world.close("replay");
            WorkflowClient.start(replay::replay, new PaymentReplay.Pace("PR-1", 4, false));
            waitUntil(() -> shop.world.waitsAt("replay"));
            assertThat(replay.pause()).isEqualTo("paused");
            assertThat(replay.cancel()).isEqualTo("cancelled");
            shop.world.open("replay");
            WorkflowStub.fromTyped(replay).getResult(Void.class);
        });
        ALL.put("replay_paused_for_ever", shop -> replay(shop).replay(new PaymentReplay.Pace("PR-1", 4, true)));
    }

    private static void reservations() {
        ALL.put("reservation_ready", shop -> {
            var reservation = reserve(shop);
            assertThat(reservation.ready()).isEqualTo("ready");
            waitUntil(() -> shop.world.told().contains("reservation_ready"));
            WorkflowStub.fromTyped(reservation).getResult(String.class);
        });
        ALL.put("reservation_out_of_stock", shop -> {
            shop.world.available = 0;
            shop.reservation("r1").reserve(shop.request("r1"));
        });
        for (var operation : List.of("placeHold", "createCollection")) {
            ALL.put("reservation_agent_away_at_" + snake(operation), shop -> {
                shop.world.refused.put(operation, 1);
                shop.reservation("r1").reserve(shop.request("r1"));
            });
            ALL.put("reservation_cancelled_at_" + snake(operation), shop -> {
                shop.world.close(operation);
                var reservation = shop.reservation("r1");
                WorkflowClient.start(reservation::reserve, shop.request("r1"));
                waitUntil(() -> shop.world.waitsAt(operation));
                assertThat(reservation.cancel("")).isEqualTo("cancelling");
                shop.world.open(operation);
                end(reservation);
            });
        }
        ALL.put("reservation_cancelled_in_temporal", shop -> {
            var reservation = reserve(shop);
            WorkflowStub.fromTyped(reservation).cancel();
            endCancelled(() -> end(reservation));
        });
        ALL.put("reservation_undone_with_staff", shop -> {
            var reservation = reserve(shop);
            shop.world.refused.put("cancelCollection", 1);
            assertThat(reservation.cancel("")).isEqualTo("cancelling");
            end(reservation);
        });
        ALL.put("reservation_recorded_later", shop -> {
            var reservation = reserve(shop);
            shop.world.refused.put("markCollected", 1);
            assertThat(reservation.collected()).isEqualTo("collected");
            end(reservation);
        });
        ALL.put("reservation_collected_in_the_last_minute", shop -> {
            var reservation = reserve(shop);
            shop.temporal.sleep(Reservation.KEEP.minusMinutes(2));
            shop.world.refused.put("allocateHold", 2); // answers when the hold is over
            assertThat(reservation.collected()).isEqualTo("collected");
            end(reservation);
        });
    }

    private static void conversations() {
        ALL.put("paid_in_the_chat", RarePaths::payInTheChat);
        ALL.put("paid_in_the_chat_and_answered", RarePaths::payInTheChat);
        ALL.put("paid_beside_a_yes", RarePaths::payBesideAYes);
        ALL.put("agents_away_after_lost_steps", shop -> {
            shop.world.refused.putAll(Map.of("recordOrder", 1, "placeHold", 1));
            run(shop);
            shop.reservation("r1").reserve(shop.request("r1"));
        });
        ALL.put("cancelled_in_the_chat", RarePaths::cancelInTheChat);
        ALL.put("conversation_by_buttons", shop -> {
            propose(shop, "p1", "Checkout", "o1");
            propose(shop, "p2", "Reservation", "r1");
            assertThat(confirm(shop, "p1")).isInstanceOf(Confirmation.Confirmed.class);
            assertThat(confirm(shop, "p1")).isInstanceOf(Confirmation.Confirmed.class);
            assertThat(confirm(shop, "p2")).isInstanceOf(Confirmation.Confirmed.class);
            assertThat(confirm(shop, "p9")).isInstanceOf(Confirmation.Refused.class);
            assertThat(decline(shop, "p9")).isEqualTo("declined");
            end(shop.startedCheckout("o1"));
            shop.temporal
                    .getWorkflowClient()
                    .newUntypedWorkflowStub("reservation-r1")
                    .getResult(JourneyStatus.class);
        });
        ALL.put("conversation_in_trouble", shop -> {
            propose(shop, "p1", "Parade", "x1");
            shop.world.refused.put("tool", 1);
            decides(
                    shop,
                    1,
                    new Decision.CallTools(List.of(
                            new ToolCallRef("c1", "inventory.checkInventory", false),
                            new ToolCallRef("c2", "loyalty.getApplicableOffers", false))),
                    new Decision.Replied());
            decides(
                    shop,
                    2,
                    Collections.nCopies(20, new Decision.CallTools(List.of())).toArray(Decision[]::new));
            decides(shop, 3, new Decision.CancelJourney("checkout-o9"));
            decides(shop, 4, new Decision.Confirm(new ProposalId("p1")));
            decides(shop, 5, new Decision.Confirm(new ProposalId("p9")));
            for (int turn = 1; turn <= 5; turn++) {
                shop.message(turn);
            }
            shop.world.refused.putAll(Map.of("decide", 1, "answer", 1));
            shop.message(6);
            shop.message(6);
            shop.temporal.sleep(Duration.ofMinutes(11));
        });
    }

    private static String snake(String operation) {
        return operation.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static void run(Shop shop) {
        shop.checkout("o1").checkout(shop.order("o1", Optional.of(CARD)));
    }

    private static Checkout start(Shop shop, Optional<PaymentMethod> method) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", method));
        return checkout;
    }

    private static Checkout startAndWaitAt(Shop shop, String operation) {
        shop.world.close(operation);
        var checkout = start(shop, Optional.of(CARD));
        waitUntil(() -> shop.world.waitsAt(operation));
        return checkout;
    }

    private static Reservation reserve(Shop shop) {
        var reservation = shop.reservation("r1");
        WorkflowClient.start(reservation::reserve, shop.request("r1"));
        waitUntil(() -> reservation.progress().waitingFor().equals("collection"));
        return reservation;
    }

    private static void payInTheChat(Shop shop) {
        propose(shop, "p1", "Checkout", "o1");
        decides(shop, 1, new Decision.Confirm(new ProposalId("p1")));
        decides(shop, 2, new Decision.Pay("checkout-o1", Shop.UPI));
        shop.message(1);
        waitUntil(() -> shop.world.told().contains("payment_method_needed"));
        shop.message(2);
        WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(Object.class);
    }

    /** Cancelled, and once more when it has ended. */
    private static void cancelInTheChat(Shop shop) {
        propose(shop, "p1", "Checkout", "o1");
        decides(shop, 1, new Decision.Confirm(new ProposalId("p1")));
        decides(shop, 2, new Decision.CancelJourney("checkout-o1"));
        decides(shop, 3, new Decision.CancelJourney("checkout-o1"));
        shop.message(1);
        shop.message(2);
        WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(Object.class);
        shop.message(3);
    }

    /** Confirmed and paid in one message, once more in another, and once too late. */
    private static void payBesideAYes(Shop shop) {
        propose(shop, "p1", "Checkout", "o1");
        var yes = new Decision.Confirm(new ProposalId("p1"), Optional.of(Shop.CASH), Optional.empty());
        decides(shop, 1, yes);
        decides(shop, 2, yes);
        decides(shop, 3, new Decision.Pay("checkout-o1", CARD));
        shop.world.down.put("placeHold", 8);
        shop.message(1);
        shop.message(2);
        WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(Object.class);
        shop.message(3);
    }

    private static PaymentReplay replay(Shop shop) {
        shop.world.toReplay = 60;
        return shop.temporal
                .getWorkflowClient()
                .newWorkflowStub(
                        PaymentReplay.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Conversation.TASK_QUEUE)
                                .setWorkflowId(PaymentReplay.workflowId("PR-1"))
                                .build());
    }

    private static void propose(Shop shop, String proposal, String kind, String journey) {
        shop.world.proposals.put(
                proposal,
                new Confirmation.Confirmed(
                        kind,
                        journey,
                        new QuoteId("quote-" + journey),
                        new CustomerId("cust-1"),
                        "web",
                        Shop.TOTAL,
                        shop.now().plus(Duration.ofMinutes(30)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Confirmation confirm(Shop shop, String proposal) {
        var stub = shop.conversation();
        return WorkflowClient.executeUpdateWithStart(
                stub::confirm,
                new ProposalId(proposal),
                Optional.of(CARD),
                Shop.untilDone(Confirmation.class),
                new WithStartWorkflowOperation<>(stub::converse, Shop.CONVERSATION));
    }

    private static String decline(Shop shop, String proposal) {
        var stub = shop.conversation();
        return WorkflowClient.executeUpdateWithStart(
                stub::decline,
                new ProposalId(proposal),
                Shop.untilDone(String.class),
                new WithStartWorkflowOperation<>(stub::converse, Shop.CONVERSATION));
    }

    private static void decides(Shop shop, int turn, Decision... decisions) {
        shop.world.decisions.put(turn, new ArrayDeque<>(List.of(decisions)));
    }

    private static void end(Checkout checkout) {
        WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);
    }

    private static void end(Reservation reservation) {
        WorkflowStub.fromTyped(reservation).getResult(JourneyStatus.class);
    }

    /** Temporal itself says of a workflow that staff cancelled there that it was cancelled, after its orderly end. */
    private static void endCancelled(Runnable end) {
        try {
            end.run();
            throw new AssertionError("it was not cancelled");
        } catch (WorkflowFailedException cancelled) {
            assertThat(cancelled).hasCauseInstanceOf(io.temporal.failure.CanceledFailure.class);
        }
    }
}
