package io.journeyman.activities.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderReturn;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfflineParcelsTest {
    private static final OrderId ORDER = new OrderId("JM-ABCD123456");
    private static final Instant PLACED = Instant.parse("2026-11-23T05:00:00Z");
    private static final LocalDate PROMISED = LocalDate.of(2026, 11, 27);

    private final Talk talk = new Talk().with("track_parcels");

    @ParameterizedTest
    @CsvSource({
        "created, is confirmed and being packed",
        "in_transit, is on its way and comes by",
        "out_for_delivery, is out for delivery and comes today",
        "delayed, is delayed and now comes by",
        "delivery_failed, could not be delivered; our staff look into it",
        "delivered, was delivered on",
    })
    void saysWhereTheParcelIs(ParcelStatus status, String words) {
        talk.shop.orders.add(order(OrderStatus.shipped));
        talk.shop.tracked.add(tracked(parcel(1, "T-1-L", Optional.empty(), status)));

        assertThat(talk.says("where is my order?")).contains(ORDER.value(), words);
        assertThat(talk.calls()).containsExactlyInAnyOrder("get_order_status {}", "track_parcels {}");
    }

    @Test
    void saysWhatComesInWhichParcelAndFromWhere() {
        talk.shop.orders.add(order(OrderStatus.shipped));
        talk.shop.tracked.add(tracked(
                parcel(1, "T-1-L", Optional.of("Bandra store"), ParcelStatus.in_transit),
                parcel(2, "T-2-L", Optional.of("Bengaluru warehouse"), ParcelStatus.created)));

        assertThat(talk.says("where is my order " + ORDER + "?"))
                .contains("comes in 2 parcels")
                .contains("River Cotton Kurta from our Bandra store is on its way")
                .contains("Lotus Silk Kurta from our Bengaluru warehouse is confirmed and being packed");
    }

    @Test
    void saysNothingOfAParcelWhosePiecesWereAllCancelled() {
        talk.shop.orders.add(order(OrderStatus.shipped));
        talk.shop.tracked.add(tracked(
                parcel(1, "T-1-L", Optional.empty(), ParcelStatus.in_transit),
                parcel(2, List.of(), Optional.empty(), ParcelStatus.cancelled)));

        assertThat(talk.says("where is my order " + ORDER + "?"))
                .contains("is on its way")
                .doesNotContain("parcels", "called back");
    }

    @Test
    void saysWhichParcelGoesWhereWhenTheyGoToDifferentAddresses() {
        talk.shop.orders.add(order(OrderStatus.shipped));
        talk.shop.tracked.add(tracked(
                to("Bengaluru 560001", parcel(1, "T-1-L", Optional.empty(), ParcelStatus.in_transit)),
                to("Kolkata 700016", parcel(2, "T-2-L", Optional.empty(), ParcelStatus.created))));

        assertThat(talk.says("where is my order " + ORDER + "?"))
                .contains("River Cotton Kurta to Bengaluru 560001 is on its way")
                .contains("Lotus Silk Kurta to Kolkata 700016 is confirmed and being packed");
    }

    private static Parcel to(String place, Parcel parcel) {
        return new Parcel(
                parcel.parcelId(),
                parcel.forOrder(),
                parcel.status(),
                parcel.shipsFrom(),
                parcel.shipsFromName(),
                parcel.lines(),
                parcel.promisedDate(),
                parcel.expectedDate(),
                parcel.events(),
                parcel.awaitedOn(),
                Optional.of(place),
                parcel.forReturn());
    }

    @ParameterizedTest
    @CsvSource({
        "waiting, is being set aside at the Bandra store and should be ready by",
        "ready, is ready at the Bandra store",
        "ready, your pickup code is 7KXM4P",
        "picked_up, was collected at the Bandra store on",
        "not_collected, was not collected in time",
        "cancelled, is not kept any more"
    })
    void saysWhereItWaitsToBeCollected(CollectionStatus status, String words) {
        talk.shop.orders.add(order(OrderStatus.confirmed));
        talk.shop.tracked.add(new TrackedOrder(
                ORDER,
                ShipmentStatus.created,
                Optional.of("JM1"),
                Optional.of(PROMISED),
                List.of(parcel(1, "T-1-L", Optional.of("Bandra store"), ParcelStatus.created)),
                Optional.of(new StoreCollection(
                        ORDER,
                        new LocationId("ST-1"),
                        Optional.of("Bandra store"),
                        status,
                        "7KXM4P",
                        PLACED.plus(Duration.ofDays(3))))));

        assertThat(talk.says("where is my order?")).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "where is my repair?, repaired, repaired, 'its return RT-1 is accepted and repaired, and is on its way and comes by'",
        "where is my replacement?, replaced, replaced, 'is accepted with a new piece for it, which is on its way'",
        "where is my warranty claim?, refused, refused, 'was not accepted, and what you had sent is on its way'"
    })
    void saysWhereWhatGoesBackAfterAClaimIs(String asked, ReturnStatus status, SentBackBecause because, String words) {
        var back = new ReturnId("RT-1");
        talk.shop.orders.add(order(
                OrderStatus.delivered,
                new OrderReturn(
                        back,
                        status,
                        List.of(new Line(new Sku("T-1-L"), 1)),
                        Money.inr(0),
                        Optional.empty(),
                        Optional.empty())));
        talk.shop.tracked.add(tracked(parcel(1, "T-1-L", Optional.empty(), ParcelStatus.delivered)));
        talk.shop.sentBack.add(new TrackedSendBack(
                back,
                ORDER,
                because,
                ShipmentStatus.shipped,
                Optional.of("JM2"),
                Optional.of(PROMISED),
                List.of(parcel(1, "T-1-L", Optional.empty(), ParcelStatus.in_transit))));

        assertThat(talk.says(asked)).contains(ORDER + " (River Cotton Kurta", "was delivered", words);
    }

    @Test
    void saysWhatTheOrderSaysWhenNobodyKnowsOfItsParcels() {
        talk.shop.orders.add(order(OrderStatus.confirmed));
        assertThat(talk.says("where is my order?")).contains("is confirmed and comes by");

        talk.shop.down = "track_parcels";
        assertThat(talk.says("and now, where is my order?")).contains("is confirmed and comes by");
    }

    @Test
    void saysWhatIsJustBeingPlaced() {
        talk.shop.beingPlaced.add(ORDER.value());

        assertThat(talk.says("where is my order?"))
                .endsWith("Order " + ORDER + " is just being placed; news of it follow here.")
                .doesNotContain("no orders");
    }

    @Test
    void saysOfAnOrderThatWaitsForNobodyThatItIsBeingPlacedThoughItIsNotPaidYet() {
        talk.shop.orders.add(order(OrderStatus.pending));
        assertThat(talk.says("where is my order?")).contains("waits for its payment");

        talk.shop.beingPlaced.add(ORDER.value());

        assertThat(talk.says("and now, where is my order?"))
                .contains(ORDER + " (River Cotton Kurta", "is just being placed; news of it follow here")
                .doesNotContain("waits for its payment");
    }

    private static Order order(OrderStatus status, OrderReturn... returns) {
        var lines = List.of(line("T-1-L", "River Cotton Kurta"), line("T-2-L", "Lotus Silk Kurta"));
        return new Order(
                ORDER,
                new CustomerId("cust-1"),
                status,
                lines,
                Money.inr(0),
                Money.inr(0),
                Money.inr(100),
                Money.inr(399_800),
                PROMISED,
                Optional.of("JM1"),
                PLACED,
                List.of(),
                List.of(returns),
                Optional.empty(),
                List.of());
    }

    private static PricedLine line(String sku, String name) {
        return new PricedLine(
                new Sku(sku), new ProductId(sku.substring(0, 3)), name, "L", "blue", 1, Money.inr(199_900));
    }

    private static TrackedOrder tracked(Parcel... parcels) {
        return new TrackedOrder(
                ORDER,
                ShipmentStatus.shipped,
                Optional.of("JM1"),
                Optional.of(PROMISED),
                List.of(parcels),
                Optional.empty());
    }

    private static Parcel parcel(int position, String sku, Optional<String> from, ParcelStatus status) {
        return parcel(position, List.of(new ParcelLine(new Sku(sku), 1)), from, status);
    }

    private static Parcel parcel(int position, List<ParcelLine> lines, Optional<String> from, ParcelStatus status) {
        return new Parcel(
                new ParcelId("JM1-" + position),
                Optional.of(ORDER),
                status,
                from.map(name -> new LocationId("ST-1")),
                from,
                lines,
                PROMISED,
                Optional.empty(),
                List.of(new ParcelEvent(
                        "e1", ParcelEventStatus.delivered, PLACED, Optional.empty(), Optional.empty())));
    }
}
