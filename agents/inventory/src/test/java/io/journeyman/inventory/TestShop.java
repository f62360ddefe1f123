package io.journeyman.inventory;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.StockCard;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.inventory.hold.Holds;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        String url = TestPostgres.freshDatabase();
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
        return new PlaceHold(id, List.of(lines), store, Optional.empty(), now().plus(Duration.ofHours(1)));
    }

    /** A hold that takes over another one's pieces, for an hour from now. */
    public PlaceHold takingOver(HoldId other, HoldId id, Line... lines) {
        return new PlaceHold(id, List.of(lines), Optional.empty(), Optional.of(other), now().plus(Duration.ofHours(1)));
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
                        """).mapTo(String.class).list());
    }

    @Override
    public void close() {
        database.close();
        service.close();
    }

    public record Stock(int onHand, int held) {}
}
