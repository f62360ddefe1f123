package io.journeyman.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.AheadLine;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.StockCard;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.inventory.booking.Bookings;
import io.journeyman.inventory.delivery.Deliveries;
import io.journeyman.inventory.hold.Holds;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The running agent on a shop of one warehouse and two stores, with a clock that tests move and stock that they put there. */
public final class TestShop implements AutoCloseable {
    public static final LocationId WAREHOUSE = new LocationId("WH");
    public static final LocationId FIRST_STORE = new LocationId("ST-1");
    public static final LocationId SECOND_STORE = new LocationId("ST-2");

    private static final AtomicInteger IDS = new AtomicInteger();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
    private final AgentService service;
    private final Database database;
    private final ContractClient client;

    public TestShop() {
        String url = TestPostgres.freshDatabase(new Owner("inventory"), "kit");
        service = AgentService.start(
                new InventoryAgent(),
                AgentConfig.local(url, ServiceTokens.SECRET).withClock(now::get));
        database = Database.open(url, new Owner("inventory"), 8);
        client = new ContractClient(service.uri(), Contract.load("inventory"));
        jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO location (id, kind, name, city, address, pick_order, latitude, longitude) VALUES
                    ('WH', 'warehouse', 'Warehouse', 'Bengaluru', 'Whitefield', 0, 12.9698, 77.7500),
                    ('ST-1', 'store', 'Indiranagar', 'Bengaluru', '100 Feet Road', 1, 12.9719, 77.6412),
                    ('ST-2', 'store', 'Bandra', 'Mumbai', 'Linking Road', 2, 19.0596, 72.8295)
                """));
    }

    public ContractClient client() {
        return client;
    }

    public Jdbi jdbi() {
        return database.jdbi();
    }

    public Instant now() {
        return now.get();
    }

    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** What the agent's sweep does every few seconds. */
    public int sweep() {
        return new Holds(now::get).expireDue(jdbi(), 1_000);
    }

    /** A new variant with so many units in the warehouse, the first and the second store. */
    public Sku variant(String product, String size, String color, int... units) {
        Sku sku = newVariant(product, size, color);
        jdbi().useHandle(handle -> handle.attach(GoodsLedger.class)
                .takeIn(
                        MovementKind.received,
                        Optional.empty(),
                        List.of(sku, sku, sku),
                        List.of(WAREHOUSE, FIRST_STORE, SECOND_STORE),
                        Arrays.stream(units).boxed().toList(),
                        now()));
        return sku;
    }

    public Sku variant(int... units) {
        return variant("P-" + IDS.incrementAndGet(), "M", "blue", units);
    }

    /** A variant that no place has ever had. */
    public Sku newVariant(String product, String size, String color) {
        Sku sku = new Sku(product + "-" + size + "-" + color + "-" + IDS.incrementAndGet());
        jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO variant (sku, product_id, size, color, position) VALUES (?, ?, ?, ?, ?)",
                sku.value(),
                product,
                size,
                color,
                IDS.get()));
        return sku;
    }

    public HoldId newHold() {
        return new HoldId("order-" + IDS.incrementAndGet());
    }

    public BookingId newBooking() {
        return new BookingId("booking-" + IDS.incrementAndGet());
    }

    /** A hold for an hour from now. */
    public PlaceHold hold(HoldId id, Line... lines) {
        return hold(id, Optional.empty(), lines);
    }

    /** A hold in one store, for an hour from now. */
    public PlaceHold hold(HoldId id, Optional<LocationId> store, Line... lines) {
        return new PlaceHold(
                id, List.of(lines), store, Optional.empty(), Optional.empty(), now().plus(Duration.ofHours(1)));
    }

    /** A hold that takes over another one's pieces, for an hour from now. */
    public PlaceHold takingOver(HoldId other, HoldId id, Line... lines) {
        return new PlaceHold(
                id,
                List.of(lines),
                Optional.empty(),
                Optional.of(other),
                Optional.empty(),
                now().plus(Duration.ofHours(1)));
    }

    /** A hold for an hour from now that takes what is announced for that day, too. */
    public PlaceHold ahead(HoldId id, LocalDate dueBy, Line... lines) {
        return new PlaceHold(
                id,
                List.of(lines),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Arrays.stream(lines)
                        .map(line -> new AheadLine(line.sku(), dueBy))
                        .toList()),
                now().plus(Duration.ofHours(1)));
    }

    /** Announces pieces of one variant for the warehouse, of which so many may be promised. */
    public Delivery announce(String id, LocalDate dueOn, Sku sku, int units, int promisable) {
        return client.put(
                        "/deliveries/" + id,
                        new AnnounceDelivery(
                                WAREHOUSE, dueOn, List.of(new AnnouncedLine(sku, units, Optional.of(promisable)))))
                .as(Delivery.class);
    }

    /** So many pieces of a delivery come. */
    public ReceiveStock receipt(String delivery, Sku sku, int units) {
        return new ReceiveStock(
                newBooking(), WAREHOUSE, Optional.of(new DeliveryId(delivery)), List.of(new StockLine(sku, units)));
    }

    /** Books a receipt in a transaction of the test's. */
    public void receive(Handle handle, ReceiveStock receipt) {
        new Bookings(now::get, new Deliveries(now::get)).receive(handle, receipt, "test");
    }

    /**
     * What is asked for in the middle of somebody else's transaction: that begins with {@code first}, waits until it is waited for,
     * and ends with {@code then}.
     */
    public Answer meanwhile(Consumer<Handle> first, Callable<Answer> asked, Consumer<Handle> then) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Handle other = jdbi().open()) {
            other.begin();
            first.accept(other);
            Future<Answer> answer = threads.submit(asked);
            while (!isAwaited(other)) {
                assertThat(answer).isNotDone();
                Thread.sleep(10);
            }
            then.accept(other);
            other.commit();
            return answer.get();
        }
    }

    private static boolean isAwaited(Handle handle) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
                        """).mapTo(Boolean.class).one();
    }

    public Stock stock(Sku sku, LocationId location) {
        return jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT on_hand, held FROM stock WHERE sku = :sku AND location = :location")
                .bind("sku", sku)
                .bind("location", location)
                .mapTo(Stock.class)
                .one());
    }

    public StockCard card(Sku sku, LocationId location) {
        return client.get("/stock/" + sku + "/" + location).as(StockCard.class);
    }

    /** What the agent itself says of its ledger. */
    public LedgerCheck ledger() {
        return client.get("/ledger/check").as(LedgerCheck.class);
    }

    /** Stock rows that the ledger does not add up to, by their own arithmetic; empty when every promise is kept. */
    public List<String> brokenRows() {
        return jdbi().withHandle(
                        handle -> handle.createQuery("""
                        SELECT s.sku || '@' || s.location
                        FROM stock s LEFT JOIN movement m ON m.sku = s.sku AND m.location = s.location
                        GROUP BY s.sku, s.location
                        HAVING s.on_hand <> coalesce(sum(m.on_hand_change), 0)
                            OR s.on_hand <> coalesce(sum(m.on_hand_change) FILTER (WHERE kind = 'received'), 0)
                                          + coalesce(sum(m.on_hand_change) FILTER (WHERE kind = 'returned'), 0)
                                          + coalesce(sum(m.on_hand_change) FILTER (WHERE kind IN ('adjusted', 'transferred')), 0)
                                          - coalesce(-sum(m.on_hand_change) FILTER (WHERE kind = 'sold'), 0)
                            OR s.held <> coalesce(sum(m.held_change), 0)
                            OR s.held <> coalesce((
                                SELECT sum(l.quantity) FROM hold_line l JOIN hold h ON h.id = l.hold_id
                                WHERE h.status = 'held' AND l.sku = s.sku AND l.location = s.location), 0)
                            OR s.held < 0 OR s.held > s.on_hand
                        UNION ALL
                        SELECT l.sku || ' of ' || l.delivery_id
                        FROM delivery_line l
                        WHERE l.promised < l.served OR l.promised > l.promisable
                            OR l.promised - l.served > greatest(l.announced - l.received, 0)
                            OR l.promised - l.served <> coalesce((
                                SELECT sum(change) FROM incoming i WHERE i.sku = l.sku AND i.delivery_id = l.delivery_id), 0)
                            OR l.served <> coalesce((
                                SELECT -sum(change) FROM incoming i
                                WHERE i.sku = l.sku AND i.delivery_id = l.delivery_id AND kind = 'arrived'), 0)
                            OR l.promised - l.served <> coalesce((
                                SELECT sum(p.quantity - p.arrived) FROM promise p JOIN hold h ON h.id = p.hold_id
                                WHERE h.status IN ('held', 'allocated') AND p.sku = l.sku AND p.delivery_id = l.delivery_id), 0)
                        """).mapTo(String.class).list());
    }

    @Override
    public void close() {
        database.close();
        service.close();
    }

    public record Stock(int onHand, int held) {}
}
