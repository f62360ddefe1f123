package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.moving;
import static io.journeyman.workflows.Shop.stopping;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.World.Refunding;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths of cancellations and changes of address, for {@link HistoriesTest}. */
final class CancellationPaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private CancellationPaths() {}

    static {
        ALL.put("cancelled_whole", shop -> {
            shop.world.cancelsAll = true;
            cancel(shop);
        });
        ALL.put("cancelled_part", CancellationPaths::cancel);
        ALL.put("cancelled_whole_while_delivered", shop -> {
            shop.world.cancelsAll = true;
            shop.world.packs(1);
            var delivery = shop.delivery("o1");
            WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
            waitUntil(() -> shop.world.calls.contains("sendShipment"));
            cancel(shop);
            WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
        });
        ALL.put("cancelled_too_late", shop -> {
            shop.world.hasLeft = true;
            cancel(shop);
        });
        ALL.put("cancellation_refused", shop -> {
            shop.world.cancellationRefused = "nothing_to_cancel";
            cancel(shop);
        });
        ALL.put("cancellation_agent_away_at_record", shop -> {
            shop.world.down.put("recordCancellation", 1_000);
            cancel(shop);
        });
        ALL.put("cancellation_recorded_at_last", shop -> {
            shop.world.refused.put("recordCancellation", 1);
            cancel(shop);
        });
        ALL.put("cancelled_part_in_cash", shop -> {
            var stop = shop.stop("c1");
            shop.world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
            stop.cancelPieces(stopping("c1"));
        });
        ALL.put("cancelled_last_part_in_cash", shop -> {
            var stop = shop.stop("c1");
            shop.world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
            shop.world.orders.put("o1", OrderStatus.cancelled);
            stop.cancelPieces(stopping("c1"));
        });
        ALL.put("cancelled_whole_in_cash", shop -> {
            shop.world.cancelsAll = true;
            var stop = shop.stop("c1");
            shop.world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
            stop.cancelPieces(stopping("c1"));
        });
        ALL.put("cancellation_refund_pending", shop -> {
            shop.world.refunding.add(Refunding.takes_its_time);
            shop.world.inquiriesUntilTold = 3;
            cancel(shop);
        });
        ALL.put("cancellation_paid_out", shop -> {
            shop.world.refunding.add(Refunding.fails);
            var stop = shop.stop("c1");
            WorkflowClient.start(stop::cancelPieces, stopping("c1"));
            waitUntil(() -> stop.progress().waitingFor().equals("payout"));
            assertThat(stop.paidOut("UPI 9")).isEqualTo("paid_out");
            WorkflowStub.fromTyped(stop).getResult(JourneyStatus.class);
        });
        ALL.put("address_changed", shop -> shop.move("a1").move(moving("a1")));
        ALL.put("address_change_too_late", shop -> {
            shop.world.hasLeft = true;
            shop.move("a1").move(moving("a1"));
        });
        ALL.put("address_change_stuck", shop -> {
            shop.world.refused.put("changeAddress", 1);
            shop.world.refused.put("recordAddress", 1);
            shop.move("a1").move(moving("a1"));
        });
        ALL.put("cancellation_given_back_by_its_hold", CancellationPaths::cancel);
        ALL.put("cancellation_stuck_at_each_step", shop -> {
            for (var step : new String[] {
                "withdrawPieces",
                "acceptCancellation",
                "giveBackPieces",
                "attempts",
                "refund",
                "returnBenefits",
                "settleCancellation"
            }) {
                shop.world.refused.put(step, 1);
            }
            cancel(shop);
        });
    }

    private static void cancel(Shop shop) {
        shop.stop("c1").cancelPieces(stopping("c1"));
    }
}
