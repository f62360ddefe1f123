package io.journeyman.fulfillment.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.CollectAt;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.HandOver;
import io.journeyman.contracts.Fulfillment.KeepCollection;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.PutOrigin;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.fulfillment.FulfillmentAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrderCollectionsTest {
    private static final LocationId STORE = new LocationId("ST-BLR-1");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    /** Half past ten in the shop, which is open from ten to nine in the evening. */
    private static final Instant MORNING = Instant.parse("2026-11-24T05:00:00Z");

    /** What is ready today is kept until the store closes three days later. */
    private static final Instant KEPT = Instant.parse("2026-11-27T15:30:00Z");

    private static final Duration DAY = Duration.ofDays(1);

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(MORNING);

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(NOW::get));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void morning() {
        NOW.set(MORNING);
    }

    @Test
    void offersCollectionInStoresThatHandOrdersOver() {
        var options = options(STORE, new LocationId("WH-BLR"), new LocationId("ST-MUM-1"));

        assertThat(options)
                .extracting(option -> option.collect().map(CollectionPoint::name))
                .containsExactly(Optional.of("Indiranagar store"), Optional.of("Bandra store"));
        assertThat(options.getFirst().fee()).isEqualTo(Money.inr(0));
        assertThat(options.getFirst().promisedDate()).isEqualTo(TODAY);
        assertThat(options.getFirst().collect().orElseThrow().keepUntil()).isEqualTo(KEPT);
    }

    @Test
    void promisesTheNextDayShortlyBeforeItCloses() {
        NOW.set(Instant.parse("2026-11-24T13:31:00Z"));

        var option = options(STORE).getFirst();

        assertThat(option.promisedDate()).isEqualTo(TODAY.plusDays(1));
        assertThat(option.collect().orElseThrow().keepUntil()).isEqualTo(KEPT.plus(Duration.ofDays(1)));
    }

    @Test
    void keepsOneParcelInItsStoreHoweverOftenItIsAskedFor() {
        var order = order();

        var first = create(order, STORE).as(Shipment.class);
        var again = create(order, STORE).as(Shipment.class);

        assertThat(again).isEqualTo(first);
        assertThat(first.parcels()).singleElement().satisfies(parcel -> {
            assertThat(parcel.shipsFrom()).contains(STORE);
            assertThat(parcel.status()).isEqualTo(ParcelStatus.created);
        });
        var kept = first.collection().orElseThrow();
        assertThat(kept.status()).isEqualTo(CollectionStatus.waiting);
        assertThat(kept.keepUntil()).isEqualTo(KEPT);
        assertThat(kept.pickupCode()).hasSize(6);
        assertThat(create(order, new LocationId("ST-MUM-1")).problem().code()).isEqualTo("shipment_differs");
    }

    @Test
    void keepsItLongerWhereItsTimeHadPassedBeforeItCame() {
        NOW.set(MORNING.plus(Duration.ofDays(5)));

        var kept = create(order(), STORE).as(Shipment.class).collection().orElseThrow();

        assertThat(kept.keepUntil()).isEqualTo(KEPT.plus(Duration.ofDays(5)));
    }

    @Test
    void refusesPlacesThatHandNothingOver() {
        assertThat(create(order(), new LocationId("WH-BLR")).problem().code()).isEqualTo("option_gone");
        assertThat(create(order(), new LocationId("ST-NOWHERE")).problem().code())
                .isEqualTo("option_gone");
    }

    @Test
    void neverComesWhenItWasCancelledFirst() {
        var order = order();
        client.withKey(key()).post("/shipments/" + order + "/cancel");

        assertThat(create(order, STORE).problem().code()).isEqualTo("cancelled");
        assertThat(ready(order).problem().code()).isEqualTo("unknown_collection");
    }

    @Test
    void isNotHandedOverBeforeItsOrderIsConfirmed() {
        var order = order();
        var code = create(order, STORE)
                .as(Shipment.class)
                .collection()
                .orElseThrow()
                .pickupCode();

        assertThat(ready(order).problem().code()).isEqualTo("unknown_collection");
        assertThat(handOver(order, code).problem().code()).isEqualTo("unknown_collection");
    }

    @Test
    void isReadyOnceAndStillTheShops() {
        var order = confirmed();

        var first = ready(order).as(StoreCollection.class);
        var again = ready(order).as(StoreCollection.class);

        assertThat(first.status()).isEqualTo(CollectionStatus.ready);
        assertThat(again).isEqualTo(first);
        var shipment = shipment(order);
        assertThat(shipment.status()).isEqualTo(ShipmentStatus.created);
        assertThat(shipment.parcels().getFirst().events())
                .extracting(ParcelEvent::status)
                .containsExactly(ParcelEventStatus.ready);
    }

    @Test
    void isKeptThreeDaysFromWhenItWasReady() {
        var order = confirmed();
        NOW.set(MORNING.plus(Duration.ofDays(2)));

        assertThat(ready(order).as(StoreCollection.class).keepUntil()).isEqualTo(KEPT.plus(Duration.ofDays(2)));
    }

    @Test
    void isHandedOverOnceForItsCode() {
        var order = confirmed();
        var code = ready(order).as(StoreCollection.class).pickupCode();

        assertThat(handOver(order, "000000").problem().code()).isEqualTo("wrong_code");
        var handed = handOver(order, " " + code.toLowerCase(Locale.ROOT) + " ");

        assertThat(handed.as(StoreCollection.class).status()).isEqualTo(CollectionStatus.picked_up);
        assertThat(handOver(order, code).as(StoreCollection.class)).isEqualTo(handed.as(StoreCollection.class));
        assertThat(ready(order).as(StoreCollection.class).status()).isEqualTo(CollectionStatus.picked_up);
        assertThat(shipment(order).status()).isEqualTo(ShipmentStatus.delivered);
        assertThat(shipment(order).parcels().getFirst().events()).hasSize(2);
        assertThat(withdraw(order).problem().code()).isEqualTo("already_shipped");
    }

    @Test
    void saysWhetherItWasCancelledOrNotCollected() {
        var early = confirmed();
        ready(early);
        withdraw(early);
        var late = confirmed();
        var code = ready(late).as(StoreCollection.class).pickupCode();
        NOW.set(KEPT);
        withdraw(late);

        assertThat(find(early).status()).isEqualTo(CollectionStatus.cancelled);
        assertThat(find(late).status()).isEqualTo(CollectionStatus.not_collected);
        assertThat(handOver(late, code).problem().code()).isEqualTo("not_collected");
        assertThat(ready(early).problem().code()).isEqualTo("cancelled");
    }

    @Test
    void goesToTheCustomerOrBackOnTheShelfHoweverManyWantItAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var order = confirmed();
            var code = ready(order).as(StoreCollection.class).pickupCode();
            List<Integer> handed;
            List<Integer> withdrawn;
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var handing = IntStream.range(0, 4)
                        .mapToObj(i -> pool.submit(() -> handOver(order, code).status()))
                        .toList();
                var withdrawing = IntStream.range(0, 4)
                        .mapToObj(i -> pool.submit(() -> withdraw(order).status()))
                        .toList();
                handed = statuses(handing);
                withdrawn = statuses(withdrawing);
            }
            boolean customer = handed.contains(200);
            assertThat(handed).containsOnly(customer ? 200 : 409);
            assertThat(withdrawn.stream().filter(status -> status == 201)).hasSize(customer ? 0 : 1);
            assertThat(find(order).status())
                    .isEqualTo(customer ? CollectionStatus.picked_up : CollectionStatus.cancelled);
        }
    }

    @Test
    void isKeptLongerByThreeDaysAtMostAndNeverShorter() {
        var order = confirmed();
        ready(order);

        assertThat(keep(order, KEPT.plus(DAY)).as(StoreCollection.class).keepUntil())
                .isEqualTo(KEPT.plus(DAY));
        assertThat(keep(order, KEPT.plus(Duration.ofHours(1)))
                        .as(StoreCollection.class)
                        .keepUntil())
                .isEqualTo(KEPT.plus(DAY));
        assertThat(keep(order, KEPT.plus(DAY.multipliedBy(3)))
                        .as(StoreCollection.class)
                        .keepUntil())
                .isEqualTo(KEPT.plus(DAY.multipliedBy(3)));
        assertThat(keep(order, KEPT.plus(DAY.multipliedBy(3)).plusMillis(1))
                        .problem()
                        .code())
                .isEqualTo("too_far");
        assertThat(shipment(order).collection().orElseThrow().keepUntil()).isEqualTo(KEPT.plus(DAY.multipliedBy(3)));
    }

    @Test
    void isNotKeptLongerOnceItIsCollectedOrUndone() {
        var collected = confirmed();
        var code = ready(collected).as(StoreCollection.class).pickupCode();
        handOver(collected, code);
        var cancelled = confirmed();
        withdraw(cancelled);
        var over = confirmed();
        ready(over);
        NOW.set(KEPT);
        withdraw(over, Optional.of(KEPT));

        assertThat(keep(collected, KEPT.plus(DAY)).as(StoreCollection.class))
                .returns(CollectionStatus.picked_up, StoreCollection::status)
                .returns(KEPT, StoreCollection::keepUntil);
        assertThat(keep(cancelled, KEPT.plus(DAY)).problem().code()).isEqualTo("cancelled");
        assertThat(keep(over, KEPT.plus(DAY)).problem().code()).isEqualTo("not_collected");
        assertThat(keep(order(), KEPT.plus(DAY)).problem().code()).isEqualTo("unknown_collection");
    }

    @Test
    void isKeptLongerOrUndoneHoweverManyWantItAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            NOW.set(MORNING);
            var order = confirmed();
            ready(order);
            NOW.set(KEPT);
            List<Integer> kept;
            List<Integer> withdrawn;
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var keeping = IntStream.range(0, 4)
                        .mapToObj(i ->
                                pool.submit(() -> keep(order, KEPT.plus(DAY)).status()))
                        .toList();
                var withdrawing = IntStream.range(0, 4)
                        .mapToObj(i -> pool.submit(
                                () -> withdraw(order, Optional.of(KEPT)).status()))
                        .toList();
                kept = statuses(keeping);
                withdrawn = statuses(withdrawing);
            }
            boolean longer = kept.contains(200);
            assertThat(kept).containsOnly(longer ? 200 : 409);
            assertThat(withdrawn.stream().filter(status -> status == 201)).hasSize(longer ? 0 : 1);
            assertThat(find(order).status())
                    .isEqualTo(longer ? CollectionStatus.ready : CollectionStatus.not_collected);
        }
    }

    @Test
    void isCancelledByItsCustomerAlsoWhereItIsKeptLonger() {
        var order = confirmed();
        ready(order);
        keep(order, KEPT.plus(DAY));

        assertThat(withdraw(order, Optional.of(KEPT)).problem().code()).isEqualTo("kept_longer");
        assertThat(withdraw(order).status()).isEqualTo(201);
        assertThat(find(order).status()).isEqualTo(CollectionStatus.cancelled);
    }

    @Test
    void takesFromCarriersOnlyThatItIsReady() {
        var order = confirmed();
        var parcel = shipment(order).parcels().getFirst().parcelId().value();

        assertThat(tell(parcel, ParcelEventStatus.delivered).problem().code()).isEqualTo("collected_in_store");
        assertThat(tell(parcel, ParcelEventStatus.ready).status()).isEqualTo(200);
        assertThat(find(order).status()).isEqualTo(CollectionStatus.ready);
    }

    @Test
    void tellsItsCustomerWhereItWaits() {
        var order = confirmed();
        ready(order);

        var tracked = client.post("/parcel-tracking", new TrackParcels(Optional.of(order), new CustomerId("cust-1")))
                .as(TrackedOrders.class)
                .orders();

        assertThat(tracked)
                .singleElement()
                .extracting(TrackedOrder::collection)
                .satisfies(kept -> assertThat(kept)
                        .hasValueSatisfying(
                                store -> assertThat(store.storeName()).contains("Indiranagar store")));
    }

    @Test
    void wantsBothOpeningAndClosingInTheirOrder() {
        assertThat(putOrigin(Optional.of("10:00"), Optional.empty())).isEqualTo("hours_wrong");
        assertThat(putOrigin(Optional.of("21:00"), Optional.of("10:00"))).isEqualTo("hours_wrong");
    }

    private static List<Integer> statuses(List<Future<Integer>> asked) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (var one : asked) {
            statuses.add(one.get());
        }
        return statuses;
    }

    private static String putOrigin(Optional<String> opens, Optional<String> closes) {
        return client.withKey(key())
                .put("/origins/ST-PNQ-1", new PutOrigin("Pune store", "411001", opens, closes))
                .problem()
                .code();
    }

    private static List<DeliveryOption> options(LocationId... stores) {
        return client.post(
                        "/delivery-options",
                        new AskDeliveryOptions(Optional.empty(), Money.inr(99_900), Optional.of(List.of(stores))))
                .as(DeliveryOptions.class)
                .options();
    }

    private static OrderId confirmed() {
        var order = order();
        create(order, STORE);
        client.withKey(key()).post("/shipments/" + order + "/send", new SendShipment(order, new CustomerId("cust-1")));
        return order;
    }

    private static Answer create(OrderId order, LocationId store) {
        return client.withKey(key())
                .post(
                        "/shipments",
                        new CreateShipment(
                                order,
                                "collect",
                                new Address("Indiranagar store", "100 Feet Road", "Bengaluru", "560038"),
                                List.of(new ShippedLine(new Sku("A"), 1, Optional.of(store))),
                                TODAY,
                                Optional.of(new CollectAt(store, KEPT))));
    }

    private static Answer ready(OrderId order) {
        return client.withKey(key()).post("/order-collections/" + order + "/ready");
    }

    private static Answer handOver(OrderId order, String code) {
        return client.withKey(key()).post("/order-collections/" + order + "/hand-over", new HandOver(code));
    }

    private static Answer keep(OrderId order, Instant until) {
        return client.withKey(key()).post("/order-collections/" + order + "/keep", new KeepCollection(until));
    }

    /** By its customer. */
    private static Answer withdraw(OrderId order) {
        return withdraw(order, Optional.empty());
    }

    private static Answer withdraw(OrderId order, Optional<Instant> keptUntil) {
        return client.withKey(key())
                .post(
                        "/withdrawals",
                        new WithdrawPieces(
                                new CancellationId("CN-" + UUID.randomUUID()),
                                shipment(order).trackingId().orElseThrow(),
                                List.of(new Line(new Sku("A"), 1)),
                                keptUntil));
    }

    private static Answer tell(String parcel, ParcelEventStatus status) {
        return client.withKey(key())
                .post(
                        "/parcels/" + parcel + "/events",
                        new ParcelEvent(status.name(), status, NOW.get(), Optional.empty(), Optional.empty()));
    }

    private static StoreCollection find(OrderId order) {
        return client.get("/order-collections/" + order).as(StoreCollection.class);
    }

    private static Shipment shipment(OrderId order) {
        return client.get("/shipments/" + order).as(Shipment.class);
    }

    private static OrderId order() {
        return new OrderId("JM-" + UUID.randomUUID());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
