package io.journeyman.fulfillment;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The running agent of the sample shop on a Tuesday morning, and whoever ships an order, sends it and brings its parcels. */
public final class TestShop implements AutoCloseable {
    /** In India, where it is half past ten. */
    public static final Instant MORNING = Instant.parse("2026-11-24T05:00:00Z");

    /** When what goes {@link #HOME} from the warehouse is promised for. */
    public static final LocalDate QUOTED = LocalDate.of(2026, 11, 26);

    public static final Address HOME = new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001");
    public static final CustomerId CUSTOMER = new CustomerId("cust-1");

    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final AgentService service;
    private final ContractClient client;

    private TestShop(AgentConfig config) {
        service = AgentService.start(
                new FulfillmentAgent(), config.withSampleShop(true).withClock(now::get));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    /** Without a carrier: parcels do what tests tell of them. */
    public static TestShop open() {
        return new TestShop(config());
    }

    /** With the simulated carrier, whose parcels take an hour from one event to the next. */
    public static TestShop withACarrier() {
        return new TestShop(config()
                .withSetting("JOURNEYMAN_CARRIER", "simulated")
                .withSetting("JOURNEYMAN_CARRIER_STEP", "3600"));
    }

    private static AgentConfig config() {
        return AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET);
    }

    public static OrderId newOrder() {
        return new OrderId("JM-" + UUID.randomUUID());
    }

    public static ShippedLine line(String sku, int quantity, String from) {
        return new ShippedLine(new Sku(sku), quantity, Optional.of(new LocationId(from)));
    }

    /** For what changes nothing. */
    public ContractClient client() {
        return client;
    }

    /** For one change, under a key of its own. */
    public ContractClient once() {
        return client.withKey(UUID.randomUUID().toString());
    }

    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Asks for an order's pieces to be brought {@link #HOME}. */
    public Answer ship(OrderId order, ShippedLine... lines) {
        return ship(order, "standard", lines);
    }

    public Answer ship(OrderId order, String option, ShippedLine... lines) {
        return once().post(
                        "/shipments",
                        new CreateShipment(order, option, HOME, List.of(lines), QUOTED, Optional.empty()));
    }

    /** The order is confirmed: its parcels may leave. */
    public Answer send(OrderId order) {
        return send(order, order, CUSTOMER);
    }

    /** @param forOrder as its customer knows it */
    public Answer send(OrderId shipment, OrderId forOrder, CustomerId customer) {
        return once().post("/shipments/" + shipment + "/send", new SendShipment(forOrder, customer));
    }

    public Answer cancel(OrderId order) {
        return once().post("/shipments/" + order + "/cancel");
    }

    /** What a carrier tells of a parcel. */
    public Answer tell(ParcelId parcel, ParcelEventStatus status) {
        return once().post(
                        "/parcels/" + parcel + "/events",
                        new ParcelEvent(status.name(), status, now.get(), Optional.empty(), Optional.empty()));
    }

    public Shipment shipment(OrderId order) {
        return client.get("/shipments/" + order).as(Shipment.class);
    }

    public TrackedOrders track(CustomerId customer, Optional<OrderId> order) {
        return client.post("/parcel-tracking", new TrackParcels(order, customer))
                .as(TrackedOrders.class);
    }

    @Override
    public void close() {
        service.close();
    }
}
