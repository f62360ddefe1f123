package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.workflows.delivery.Delivery;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths of orders that wait in a store, for {@link HistoriesTest}. */
final class CollectionPaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private CollectionPaths() {}

    static {
        ALL.put("collected", shop -> {
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            shop.temporal.sleep(Duration.ofHours(2));
            happens(shop, delivery, ParcelEventStatus.delivered);
            end(delivery);
        });
        ALL.put("collected_after_a_reminder", shop -> {
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            shop.temporal.sleep(Duration.ofDays(2).plusHours(12));
            happens(shop, delivery, ParcelEventStatus.delivered);
            end(delivery);
        });
        ALL.put("collected_after_more_time", shop -> {
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            var later = shop.world.keptUntilThen.orElseThrow().plus(Duration.ofDays(1));
            delivery.extend(later);
            waitUntil(() -> shop.world.told().contains("deadline_extended"));
            shop.temporal.sleep(Duration.ofDays(3).plusHours(12));
            happens(shop, delivery, ParcelEventStatus.delivered);
            end(delivery);
        });
        ALL.put("not_collected", shop -> {
            shop.world.cancelsAll = true;
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            end(delivery);
        });
        ALL.put("not_collected_and_undone_later", shop -> {
            shop.world.cancelsAll = true;
            shop.world.cancellationRefused = "nothing_to_cancel";
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            shop.temporal.sleep(Duration.ofDays(3).plusMinutes(5));
            shop.world.cancellationRefused = "";
            end(delivery);
        });
        ALL.put("not_collected_and_nothing_answers", shop -> {
            shop.world.cancelsAll = true;
            shop.world.refused.put("quoteUncollected", 2);
            var delivery = keep(shop);
            happens(shop, delivery, ParcelEventStatus.ready);
            end(delivery);
        });
        ALL.put("never_ready", shop -> {
            shop.world.cancelsAll = true;
            end(keep(shop));
        });
    }

    private static Delivery keep(Shop shop) {
        shop.isPaid();
        shop.world.keeps(shop.now().plus(Duration.ofDays(3)));
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        waitUntil(() -> shop.world.calls.contains("sendShipment"));
        return delivery;
    }

    private static void happens(Shop shop, Delivery delivery, ParcelEventStatus status) {
        shop.world.hasLeft = status == ParcelEventStatus.delivered;
        shop.world.carrierTells(
                1, new ParcelEvent(status.name(), status, shop.now(), Optional.empty(), Optional.empty()));
        delivery.parcelMoved();
        waitUntil(() -> shop.world
                .told()
                .contains(status == ParcelEventStatus.ready ? "collection_ready" : "collection_picked_up"));
    }

    private static void end(Delivery delivery) {
        WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
    }
}
