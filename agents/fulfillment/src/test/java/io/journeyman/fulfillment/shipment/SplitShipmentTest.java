package io.journeyman.fulfillment.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.ImportOrigins;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Fulfillment.Origins;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.PutOrigin;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.FulfillmentAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SplitShipmentTest {
    /** Tuesday morning in India. */
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

    private static final LocalDate QUOTED = LocalDate.of(2026, 11, 26);
    private static final CustomerId CUSTOMER = new CustomerId("cust-1");

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(() -> NOW));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void packsWhatLiesInDifferentPlacesByItself() {
        var shipment = ship(order(), line("A", 1, "WH-BLR"), line("B", 2, "ST-MUM-1"), line("C", 3, "WH-BLR"));

        assertThat(shipment.parcels())
                .extracting(Parcel::parcelId)
                .containsExactly(parcel(shipment, 1), parcel(shipment, 2));
        assertThat(shipment.parcels())
                .extracting(parcel -> parcel.shipsFromName().orElseThrow())
                .containsExactly("Bandra store", "Bengaluru warehouse");
        assertThat(shipment.parcels())
                .extracting(Parcel::lines)
                .containsExactly(
                        List.of(new ParcelLine(new Sku("B"), 2)),
                        List.of(new ParcelLine(new Sku("A"), 1), new ParcelLine(new Sku("C"), 3)));
    }

    @Test
    void promisesEachParcelByTheWayItHas() {
        var shipment = ship(order(), line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        // two working days within Bengaluru as quoted, three from Mumbai
        assertThat(shipment.parcels())
                .extracting(Parcel::promisedDate)
                .containsExactly(LocalDate.of(2026, 11, 27), QUOTED);
        assertThat(shipment.promisedDate()).contains(LocalDate.of(2026, 11, 27));
    }

    @Test
    void answersWhatStandsAlsoWhenThePiecesLieElsewhereByNow() {
        var order = order();
        var first = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        assertThat(ship(order, line("A", 1, "ST-DEL-1"), line("B", 1, "ST-DEL-1")))
                .isEqualTo(first);
        assertThat(asked(order, line("A", 2, "WH-BLR"), line("B", 1, "ST-MUM-1"))
                        .problem()
                        .code())
                .isEqualTo("shipment_differs");
    }

    @Test
    void cancelsAllOfThem() {
        var order = order();
        ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        var cancelled = keyed("/shipments/" + order + "/cancel").as(Shipment.class);

        assertThat(cancelled.status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(cancelled.parcels()).extracting(Parcel::status).containsOnly(ParcelStatus.cancelled);
    }

    @Test
    void isShippedWithTheFirstAndDeliveredWithTheLast() {
        var order = order();
        var shipment = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        delivers(parcel(shipment, 1));
        assertThat(find(order).status()).isEqualTo(ShipmentStatus.shipped);
        assertThat(keyed("/shipments/" + order + "/cancel").problem().code()).isEqualTo("already_shipped");

        delivers(parcel(shipment, 2));
        assertThat(find(order).status()).isEqualTo(ShipmentStatus.delivered);
    }

    @Test
    void isTrackedByItsOwnCustomerOnly() {
        var order = order();
        var shipment = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));
        assertThat(track(CUSTOMER, Optional.of(order)).orders()).isEmpty(); // not confirmed yet

        client.withKey(key()).post("/shipments/" + order + "/send", new SendShipment(order, CUSTOMER));

        assertThat(track(CUSTOMER, Optional.of(order)).orders())
                .singleElement()
                .returns(order, TrackedOrder::orderId)
                .returns(shipment.trackingId(), TrackedOrder::trackingId)
                .returns(find(order).parcels(), TrackedOrder::parcels);
        assertThat(track(CUSTOMER, Optional.empty()).orders())
                .extracting(TrackedOrder::orderId)
                .contains(order);
        assertThat(track(new CustomerId("cust-2"), Optional.of(order)).orders()).isEmpty();
        assertThat(track(new CustomerId("cust-2"), Optional.empty()).orders()).isEmpty();
    }

    @Test
    void isTrackedUnderTheOrdersOwnIdWhenItWasShippedInALaterRun() {
        var order = order();
        var later = new OrderId(order + ".run2");
        ship(later, line("A", 1, "WH-BLR"));
        client.withKey(key()).post("/shipments/" + later + "/send", new SendShipment(order, CUSTOMER));

        assertThat(track(CUSTOMER, Optional.of(order)).orders())
                .extracting(TrackedOrder::orderId)
                .containsExactly(order);
    }

    @Test
    void leavesFromPlacesThatStaffDescribe() {
        var shop = client.withKey(key());
        assertThat(shop.put(
                                "/origins/ST-GUW-1",
                                new PutOrigin("Guwahati store", "781001", Optional.empty(), Optional.empty()))
                        .as(Origin.class)
                        .name())
                .isEqualTo("Guwahati store");
        assertThat(client.withKey(key())
                        .put(
                                "/origins/ST-NOWHERE",
                                new PutOrigin("Nowhere", "900001", Optional.empty(), Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("pincode_unknown");

        assertThat(client.get("/origins").as(Origins.class).origins())
                .extracting(Origin::locationId)
                .contains(new LocationId("WH-BLR"), new LocationId("ST-GUW-1"));
        assertThat(ship(order(), line("A", 1, "ST-GUW-1")).promisedDate()).contains(LocalDate.of(2026, 12, 3));
    }

    @Test
    void leavesFromPlacesThatComeInFromAFile() {
        var rows = List.of(
                place("ST-AGX-1", "682552", Optional.of("10:00"), Optional.of("21:00")),
                place("ST-NOWHERE", "900001", Optional.empty(), Optional.empty()),
                place("ST-HALF", "781001", Optional.of("10:00"), Optional.empty()));

        assertThat(imported(true, rows)).containsExactly("created", "refused pincode", "refused opens");
        assertThat(imported(false, rows)).containsExactly("created", "refused pincode", "refused opens");
        assertThat(imported(false, rows.subList(0, 1))).containsExactly("unchanged");
        assertThat(imported(false, List.of(place("ST-AGX-1", "682552", Optional.of("11:00"), Optional.of("21:00")))))
                .containsExactly("changed");
        assertThat(client.get("/origins").as(Origins.class).origins())
                .filteredOn(origin -> origin.locationId().value().equals("ST-AGX-1"))
                .extracting(Origin::opens)
                .containsExactly(Optional.of("11:00"));
    }

    private static Origin place(String id, String pincode, Optional<String> opens, Optional<String> closes) {
        return new Origin(new LocationId(id), "A store", pincode, opens, closes);
    }

    /** What became of each row. */
    private static List<String> imported(boolean dryRun, List<Origin> rows) {
        return client
                .withKey(key())
                .post("/origins/import", new ImportOrigins(dryRun, rows))
                .as(ImportedRows.class)
                .rows()
                .stream()
                .map(row -> row.result() + row.field().map(field -> " " + field).orElse(""))
                .toList();
    }

    private static OrderId order() {
        return new OrderId("JM-" + UUID.randomUUID());
    }

    private static ShippedLine line(String sku, int quantity, String from) {
        return new ShippedLine(new Sku(sku), quantity, Optional.of(new LocationId(from)));
    }

    private static Shipment ship(OrderId order, ShippedLine... lines) {
        return asked(order, lines).as(Shipment.class);
    }

    private static Answer asked(OrderId order, ShippedLine... lines) {
        return client.withKey(key())
                .post(
                        "/shipments",
                        new CreateShipment(
                                order,
                                "standard",
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                List.of(lines),
                                QUOTED,
                                Optional.empty()));
    }

    private static ParcelId parcel(Shipment shipment, int position) {
        return new ParcelId(shipment.trackingId().orElseThrow() + "-" + position);
    }

    private static void delivers(ParcelId parcel) {
        var event = new ParcelEvent("e1", ParcelEventStatus.delivered, NOW, Optional.empty(), Optional.empty());
        assertThat(client.withKey(key())
                        .post("/parcels/" + parcel + "/events", event)
                        .status())
                .isEqualTo(200);
    }

    private static TrackedOrders track(CustomerId customer, Optional<OrderId> order) {
        return client.post("/parcel-tracking", new TrackParcels(order, customer))
                .as(TrackedOrders.class);
    }

    private static Shipment find(OrderId order) {
        return client.get("/shipments/" + order).as(Shipment.class);
    }

    private static Answer keyed(String path) {
        return client.withKey(key()).post(path);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
