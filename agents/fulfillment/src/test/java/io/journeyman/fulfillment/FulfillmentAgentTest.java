package io.journeyman.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.Collection;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.CreateCollection;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.CustomerAddress;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.ImportAddresses;
import io.journeyman.contracts.Fulfillment.KeepCollection;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SaveAddress;
import io.journeyman.contracts.Fulfillment.SavedAddress;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FulfillmentAgentTest {
    private static final Address HOME = new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001");
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

    private static volatile Instant now = NOW;
    private static String database;
    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        database = TestPostgres.freshDatabase(new Owner("fulfillment"), "kit");
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(database, ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(() -> now));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void offersDeliveriesWithFeeAndDate() {
        var options = client.post(
                        "/delivery-options",
                        new AskDeliveryOptions(Optional.of(HOME), Money.inr(99_900), Optional.empty()))
                .as(DeliveryOptions.class)
                .options();

        assertThat(options).extracting(DeliveryOption::optionId).containsExactly("standard", "express");
        assertThat(options)
                .allSatisfy(option -> assertThat(option.promisedDate()).isAfterOrEqualTo(LocalDate.of(2026, 11, 24)));
    }

    @Test
    void promisesWhatIsToComeForWorkingDaysAfterItIsHere() {
        var friday = LocalDate.of(2026, 12, 11);

        var options = client.post(
                        "/delivery-options",
                        new AskDeliveryOptions(
                                Optional.of(HOME), Money.inr(99_900), Optional.empty(), Optional.of(friday)))
                .as(DeliveryOptions.class)
                .options();

        assertThat(options)
                .extracting(DeliveryOption::promisedDate)
                .containsExactly(LocalDate.of(2026, 12, 14), LocalDate.of(2026, 12, 12));
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        var answer = client.post(
                "/delivery-options",
                new AskDeliveryOptions(
                        Optional.of(new Address("Asha", "12 MG Road", "Bengaluru", "5600")),
                        Money.inr(1),
                        Optional.empty()));

        assertThat(answer.problem().detail()).contains("pincode");
        assertThat(answer.body()).doesNotContain("MG Road");
    }

    @Test
    void keepsAnAddressAndKnowsTheDemoCustomers() {
        assertThat(client.get("/customers/cust-demo/address")
                        .as(SavedAddress.class)
                        .address())
                .isPresent();
        assertThat(client.get("/customers/cust-new/address")
                        .as(SavedAddress.class)
                        .address())
                .isEmpty();

        client.put("/customers/cust-new/address", new SaveAddress(HOME));

        assertThat(client.get("/customers/cust-new/address")
                        .as(SavedAddress.class)
                        .address())
                .contains(HOME);
    }

    @Test
    void keepsTheLaterOfTheAddressesThatACustomerGaveHereAndElsewhere() {
        var elsewhere = new Address("Asha Rao", "4 Park Street", "Kolkata", "700016");
        assertThat(imported(elsewhere, Optional.empty())).isEqualTo(Result.created);
        client.put("/customers/cust-moved/address", new SaveAddress(HOME));

        assertThat(imported(elsewhere, Optional.empty())).isEqualTo(Result.unchanged);
        assertThat(imported(elsewhere, Optional.of(NOW.minusSeconds(60)))).isEqualTo(Result.unchanged);
        assertThat(addressOfTheMoved()).contains(HOME);

        now = NOW.plus(Duration.ofDays(2));
        assertThat(imported(elsewhere, Optional.of(NOW.plus(Duration.ofDays(1)))))
                .isEqualTo(Result.changed);
        assertThat(addressOfTheMoved()).contains(elsewhere);
        assertThat(imported(HOME, Optional.of(NOW.plus(Duration.ofDays(3))))).isEqualTo(Result.refused);
        now = NOW;
    }

    private static Result imported(Address address, Optional<Instant> givenAt) {
        var row = new CustomerAddress(
                new CustomerId("cust-moved"),
                address.name(),
                address.line1(),
                address.city(),
                address.pincode(),
                givenAt);
        return client.post("/addresses/import", new ImportAddresses(false, List.of(row)))
                .as(ImportedRows.class)
                .rows()
                .getFirst()
                .result();
    }

    private static Optional<Address> addressOfTheMoved() {
        return client.get("/customers/cust-moved/address")
                .as(SavedAddress.class)
                .address();
    }

    @Test
    void createsOneParcelHoweverOftenItIsAskedFor() {
        var order = new OrderId("ord-" + UUID.randomUUID());

        var first = ship(order, 1);
        var again = ship(order, 1);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.as(Shipment.class)).isEqualTo(first.as(Shipment.class));
        assertThat(first.as(Shipment.class).trackingId()).isPresent();
        assertThat(ship(order, 2).problem().code()).isEqualTo("shipment_differs");
    }

    @Test
    void undoesAParcelBeforeAndAfterItCame() {
        var early = new OrderId("ord-" + UUID.randomUUID());
        assertThat(cancel("/shipments/", early).as(Shipment.class).status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(ship(early, 1).problem().code()).isEqualTo("cancelled");

        var late = new OrderId("ord-" + UUID.randomUUID());
        ship(late, 1);
        assertThat(cancel("/shipments/", late).as(Shipment.class).status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(ship(late, 1).problem().code()).isEqualTo("cancelled");
        assertThat(client.get("/shipments/" + late).as(Shipment.class).status()).isEqualTo(ShipmentStatus.cancelled);
    }

    @Test
    void keepsACollectionUntilItIsPickedUp() {
        var reservation = new ReservationId("res-" + UUID.randomUUID());
        var created = collect(reservation).as(Collection.class);

        assertThat(created.status()).isEqualTo(CollectionStatus.waiting);
        assertThat(created.pickupCode().orElseThrow()).matches("[2-9A-Z]{6}");
        assertThat(collect(reservation).as(Collection.class)).isEqualTo(created);
        assertThat(keyed("/collections/" + reservation + "/picked-up")
                        .as(Collection.class)
                        .status())
                .isEqualTo(CollectionStatus.picked_up);
        assertThat(cancel("/collections/", reservation).problem().code()).isEqualTo("picked_up");
    }

    @Test
    void saysWhenACollectionIsReadyAndThatNobodyCame() {
        var reservation = new ReservationId("res-" + UUID.randomUUID());
        collect(reservation);
        assertThat(keyed("/collections/" + reservation + "/ready")
                        .as(Collection.class)
                        .status())
                .isEqualTo(CollectionStatus.ready);
        assertThat(keep(reservation, Instant.parse("2026-11-28T05:00:00Z"))
                        .as(Collection.class)
                        .status())
                .isEqualTo(CollectionStatus.ready);

        assertThat(cancel("/collections/", reservation).as(Collection.class).status())
                .isEqualTo(CollectionStatus.cancelled);
        assertThat(keyed("/collections/" + reservation + "/ready").problem().code())
                .isEqualTo("cancelled");

        var forgotten = new ReservationId("res-" + UUID.randomUUID());
        collect(forgotten, NOW.plusSeconds(30));
        assertThat(cancel("/collections/", forgotten).as(Collection.class).status())
                .isEqualTo(CollectionStatus.not_collected);
        assertThat(keyed("/collections/" + forgotten + "/picked-up").problem().code())
                .isEqualTo("cancelled");
    }

    @Test
    void keepsACollectionLongerAndNeverShorter() {
        var reservation = new ReservationId("res-" + UUID.randomUUID());
        collect(reservation);
        var later = Instant.parse("2026-11-28T05:00:00Z");

        assertThat(keep(reservation, later).as(Collection.class).keepUntil()).contains(later);
        assertThat(keep(reservation, later.minusSeconds(3_600))
                        .as(Collection.class)
                        .keepUntil())
                .contains(later);

        cancel("/collections/", reservation);
        assertThat(keep(reservation, later).problem().code()).isEqualTo("cancelled");
        assertThat(keep(new ReservationId("res-nobody"), later).problem().code())
                .isEqualTo("unknown_collection");
    }

    @Test
    void undoesACollectionBeforeItCame() {
        var reservation = new ReservationId("res-" + UUID.randomUUID());

        assertThat(cancel("/collections/", reservation).as(Collection.class).status())
                .isEqualTo(CollectionStatus.cancelled);
        assertThat(collect(reservation).problem().code()).isEqualTo("cancelled");
    }

    /** Whoever saw the parcel under way and nothing more to expect would not look again for long. */
    @Test
    void tellsAShipmentAsItStandsAtOneMomentAlsoWhileItsCarrierTells() throws Exception {
        var order = new OrderId("JM-MOMENT");
        var parcel = ship(order, 1).as(Shipment.class).parcels().getFirst().parcelId();
        try (var carrier = DriverManager.getConnection(database);
                var telling = carrier.createStatement()) {
            telling.execute("UPDATE fulfillment.parcel SET ask_at = now() WHERE parcel_id = '" + parcel + "'");
            carrier.setAutoCommit(false);
            telling.execute("LOCK TABLE fulfillment.parcel_event IN ACCESS EXCLUSIVE MODE");
            var looking = CompletableFuture.supplyAsync(
                    () -> client.get("/shipments/" + order).as(Shipment.class), Thread::startVirtualThread);
            while (!isLockAwaited(telling)) {
                assertThat(looking).isNotDone();
                Thread.sleep(10);
            }
            telling.execute("UPDATE fulfillment.parcel SET status = 'delivered', ask_at = NULL WHERE parcel_id = '"
                    + parcel + "'");
            telling.execute(
                    "INSERT INTO fulfillment.parcel_event (parcel_id, event_id, status, happened_at, received_at) VALUES ('"
                            + parcel + "', 'e1', 'delivered', now(), now())");
            carrier.commit();

            var seen = looking.get(1, TimeUnit.MINUTES);

            assertThat(seen.parcels().getFirst().status()).isEqualTo(ParcelStatus.created);
            assertThat(seen.parcels().getFirst().events()).isEmpty();
            assertThat(seen.newsExpectedAt()).isPresent();
        }
    }

    private static boolean isLockAwaited(Statement asking) throws SQLException {
        try (var rows = asking.executeQuery(
                "SELECT FROM pg_locks WHERE NOT granted AND relation = 'fulfillment.parcel_event'::regclass")) {
            return rows.next();
        }
    }

    private static Answer ship(OrderId order, int quantity) {
        return client.withKey(UUID.randomUUID().toString())
                .post(
                        "/shipments",
                        new CreateShipment(
                                order,
                                "standard",
                                HOME,
                                List.of(new ShippedLine(new Sku("P-1001-S-BLUE"), quantity, Optional.empty())),
                                LocalDate.of(2026, 12, 1),
                                Optional.empty()));
    }

    private static Answer collect(ReservationId reservation) {
        return collect(reservation, Instant.parse("2026-11-26T05:00:00Z"));
    }

    private static Answer collect(ReservationId reservation, Instant keepUntil) {
        return client.withKey(UUID.randomUUID().toString())
                .post(
                        "/collections",
                        new CreateCollection(
                                reservation,
                                new LocationId("ST-MUM-1"),
                                List.of(new Line(new Sku("P-1001-S-BLUE"), 1)),
                                keepUntil));
    }

    private static Answer keep(ReservationId reservation, Instant until) {
        return client.withKey(UUID.randomUUID().toString())
                .post("/collections/" + reservation + "/keep", new KeepCollection(until));
    }

    private static Answer cancel(String what, Object id) {
        return keyed(what + id + "/cancel");
    }

    private static Answer keyed(String path) {
        return client.withKey(UUID.randomUUID().toString()).post(path);
    }
}
