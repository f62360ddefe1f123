package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.checkout.Checkout.OrderResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths of exchanges, for {@link HistoriesTest}: of the order and of its return. */
final class ExchangePaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private static final Money NOTHING = Money.inr(0);
    private static final Money DIFFERENCE = Money.inr(50_000);
    private static final Money CREDIT = Money.inr(20_000);

    private ExchangePaths() {}

    static {
        ALL.put("exchange_sent", shop -> {
            startAndWait(shop, NOTHING);
            assertThat(shop.startedReturn("b1").arrived()).isEqualTo("arrived");
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_waits_in_a_task_of_its_own", shop -> {
            startAndWait(shop, NOTHING);
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_record_away_after_lost_steps", shop -> {
            shop.world.returns.put("b1", "requested");
            shop.world.refused.put("recordOrder", 1);
            shop.checkout("o1").checkout(shop.exchange(NOTHING, Optional.empty()));
        });
        ALL.put("exchange_sent_after_ten_days", shop -> {
            startAndWait(shop, NOTHING);
            shop.temporal.sleep(Duration.ofDays(10));
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_with_difference", shop -> {
            startAndWait(shop, DIFFERENCE);
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_worth_less", shop -> {
            shop.world.credit = Money.inr(100_000);
            startAndWait(shop, NOTHING);
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_not_received", shop -> {
            startAndWait(shop, DIFFERENCE);
            end(shop);
        });
        ALL.put("exchange_cancelled", shop -> {
            assertThat(startAndWait(shop, DIFFERENCE).cancel("")).isEqualTo("cancelling");
            end(shop);
        });
        ALL.put("exchange_taken_in_part", shop -> {
            startAndWait(shop, DIFFERENCE);
            inspectAndEnd(shop, 1);
        });
        ALL.put("exchange_refused", shop -> {
            startAndWait(shop, NOTHING);
            inspectAndEnd(shop, 0);
        });
        ALL.put("exchange_for_a_piece_that_is_gone", shop -> {
            startAndWait(shop, NOTHING);
            shop.world.holds.put("o1", "expired");
            shop.world.available = 0;
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_stuck_at_each_step", shop -> {
            startAndWait(shop, NOTHING);
            for (var step : new String[] {"allocateHold", "settleExchange", "createShipment", "transitionOrder"}) {
                shop.world.refused.put(step, 2);
            }
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_unpaid", shop -> {
            shop.world.gateway.add(Gateway.declines_insufficient_funds);
            WorkflowClient.start(shop.checkout("o1")::checkout, shop.exchange(DIFFERENCE, Optional.of(CARD)));
            WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(OrderResult.class);
        });
        ALL.put("exchange_with_credit", shop -> {
            startAndWait(shop, shop.exchange(DIFFERENCE, Optional.of(CARD), CREDIT));
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_credit_pays_all", shop -> {
            startAndWait(shop, shop.exchange(DIFFERENCE, Optional.empty(), DIFFERENCE));
            inspectAndEnd(shop, 2);
        });
        ALL.put("exchange_credit_given_back", shop -> {
            startAndWait(shop, shop.exchange(DIFFERENCE, Optional.of(CARD), CREDIT));
            inspectAndEnd(shop, 0);
        });
        ALL.put("return_of_an_exchange_with_credit", shop -> {
            shop.world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
            shop.world.paidByCredit("o1", CREDIT);
            shop.world.leftOf.put("o1", DIFFERENCE.minor());
            shop.world.captured.put("o1", DIFFERENCE.minus(CREDIT));
            shop.world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
            var back = shop.back("b1");
            WorkflowClient.start(back::sendBack, returning("b1"));
            waitUntil(() -> back.progress().waitingFor().equals("parcel"));
            back.inspect(inspection(2));
            WorkflowStub.fromTyped(back).getResult(JourneyStatus.class);
        });
        ALL.put("return_of_an_exchange_from_both_payments", shop -> {
            shop.world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
            shop.world.captured.put("o1", DIFFERENCE);
            shop.world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
            var back = shop.back("b1");
            WorkflowClient.start(back::sendBack, returning("b1"));
            waitUntil(() -> back.progress().waitingFor().equals("parcel"));
            back.inspect(inspection(2));
            WorkflowStub.fromTyped(back).getResult(JourneyStatus.class);
        });
        ALL.put("exchange_window_over", shop -> {
            shop.world.returnRefused = "window_over";
            shop.checkout("o1").checkout(shop.exchange(NOTHING, Optional.empty()));
        });
    }

    private static Checkout startAndWait(Shop shop, Money difference) {
        return startAndWait(shop, shop.exchange(difference, Optional.of(CARD)));
    }

    private static Checkout startAndWait(Shop shop, Checkout.Order order) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, order);
        waitUntil(() -> checkout.progress().waitingFor().equals("return"));
        waitUntil(() -> shop.world.told().contains("exchange_label"));
        return checkout;
    }

    private static void inspectAndEnd(Shop shop, int taken) {
        assertThat(shop.startedReturn("b1").inspect(inspection(taken))).isEqualTo("inspected");
        end(shop);
    }

    private static void end(Shop shop) {
        WorkflowStub.fromTyped(shop.startedCheckout("o1")).getResult(OrderResult.class);
        WorkflowStub.fromTyped(shop.startedReturn("b1")).getResult(JourneyStatus.class);
    }
}
