package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.auth.Session;
import io.journeyman.bench.chaos.HeadOffice.Announced;
import io.journeyman.bench.chaos.audit.Audit;
import io.journeyman.bench.chaos.audit.Evidence;
import io.journeyman.bench.chaos.audit.Finding;
import io.journeyman.bench.shop.Site;
import io.journeyman.launcher.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;

/**
 * A shop in which a protection can be switched off while customers go on buying. Nothing in it knows of this: the network lies, the
 * database loses a rule, or a part is started with a class of its own taken away. Parcels wait for a carrier that nobody plays.
 */
final class BrokenShop implements AutoCloseable {
    final LyingNetwork network = new LyingNetwork();
    final HeadOffice office;
    final Calendar calendar;

    private final Site site;
    private final Shop shop;
    private final Connection books;
    private final EngineView engine;
    private final List<CustomerRecord> customers = new CopyOnWriteArrayList<>();
    private final List<Outage> outages = new CopyOnWriteArrayList<>();
    private final CardsTyped cards = new CardsTyped();
    private final AtomicInteger houses = new AtomicInteger(1_000);
    private final AtomicInteger rules = new AtomicInteger();

    private BrokenShop(Site site) throws IOException, InterruptedException, SQLException {
        this.site = site;
        this.shop = Shop.open(site, 1, network, Map.of("JOURNEYMAN_CARRIER", "none"));
        this.office = new HeadOffice(shop);
        this.calendar = new Calendar(shop.address());
        this.books = connect();
        this.engine = new EngineView(shop.address().temporal());
    }

    /** One that keeps its promises until something is broken. */
    static BrokenShop open() throws Exception {
        var site = Site.create("broken");
        try {
            var shop = new BrokenShop(site);
            shop.office.setRules();
            return shop;
        } catch (Exception e) {
            site.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        engine.close();
        books.close();
        shop.close();
        site.close();
    }

    /** What the audit says once everything has come to rest. */
    List<Finding> findings() throws Exception {
        assertThat(new Settling(engine, books, Set.of()).await()).isEmpty();
        return Audit.of(new Evidence(
                books, engine.workflows(), customers, outages, site.folder(), Set.copyOf(cards.numbers())));
    }

    // ---- customers and staff ------------------------------------------------------------------------------------

    Buyer comesIn() {
        var buyer = new Buyer(shop, houses.getAndIncrement());
        customers.add(buyer.record());
        return buyer;
    }

    /** A card number that nobody has typed before. */
    String cardNumber() {
        return cards.spoken(new SplittableRandom(1));
    }

    /** Whoever looks after that buyer. */
    ShopClient staff(Buyer buyer) {
        return new ShopClient(
                shop.address(),
                shop.address().tokenOf(new Session.Staff("staff-1")),
                seen -> buyer.record().complains(5, seen));
    }

    /** Staff do it, as soon as it can be done: what it is about begins only just now. */
    void untilDone(Buyer buyer, String path, Map<String, ?> body) throws Exception {
        var deadline = Instant.now().plus(Duration.ofMinutes(1));
        for (int tries = 1; ; tries++) {
            var answer = staff(buyer).post(path, "done" + path.replace('/', '-') + tries, body);
            if (answer.ok()) {
                return;
            }
            assertThat(Instant.now()).as("%s", answer.body()).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    /** The carrier says so of the only parcel of an order, or of what went home for a return. */
    void isBrought(Buyer buyer, String id) throws Exception {
        var parcel = only("SELECT parcel_id FROM fulfillment.parcel WHERE order_id = '" + id + "'");
        var told = Map.of(
                "eventId",
                "E-1",
                "status",
                "delivered",
                "happenedAt",
                Instant.now().toString());
        untilDone(buyer, "/v1/parcels/" + parcel + "/events", told);
        buyer.awaits("delivery-" + id);
    }

    /** One rupee of store credit. @param date until when, where it says so */
    void giveCredit(Buyer buyer, Map<String, Object> date) throws Exception {
        var wish = new HashMap<>(date);
        wish.put("amount", Map.of("minor", 100, "currency", "INR"));
        wish.put("reason", "a gift");
        var given = staff(buyer)
                .post(
                        "/v1/customers/" + buyer.record().customerId() + "/credit-grants",
                        "credit-" + buyer.record().customerId(),
                        wish);
        assertThat(given.ok()).isTrue();
    }

    /** Of a colour that nobody else asks for: whoever waits for it waits for pieces of their own. */
    Announced announced(int colour) throws Exception {
        return office.announces("broken-" + colour, HeadOffice.TO_COME.get(colour))
                .orElseThrow();
    }

    // ---- what breaks it -----------------------------------------------------------------------------------------

    /** From now on the database does that by itself. */
    void onEachRow(String event, String when, String then) throws SQLException {
        var name = "broken_" + rules.incrementAndGet();
        sql(
                "CREATE FUNCTION public.%s() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$BEGIN %s; RETURN NEW; END$$"
                        .formatted(name, then));
        sql("CREATE TRIGGER %1$s %2$s FOR EACH ROW WHEN (%3$s) EXECUTE FUNCTION public.%1$s()"
                .formatted(name, event, when));
    }

    void sql(String statement) throws SQLException {
        try (var connection = connect();
                var sent = connection.createStatement()) {
            sent.execute(statement);
        }
    }

    String only(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).as(query).isTrue();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(shop.address().databaseUrl());
    }

    void terminate(String workflowId) throws Exception {
        var terminating = new ProcessBuilder(
                        Tools.temporal().toString(),
                        "workflow",
                        "terminate",
                        "--workflow-id",
                        workflowId,
                        "--address",
                        shop.address().temporal())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(terminating.waitFor()).isZero();
    }

    /** Nobody supervises it: it stays dead until it is {@link #comesBack back}. @return when it was killed */
    Instant kill(Part part) throws Exception {
        var from = Instant.now();
        shop.kill(part);
        return from;
    }

    void comesBack(Part part, Instant killed) throws Exception {
        shop.awaitUp(part);
        outages.add(new Outage(part, Outage.Kind.killed, killed, Instant.now()));
    }

    /** In the place of the one that was killed. @param settings beside, or instead of, its usual ones */
    void startInstead(Part part, Map<String, String> settings, List<String> jvm) throws Exception {
        var environment = new HashMap<>(shop.environment(part));
        environment.putAll(settings);
        site.start(environment, jvm, part.words());
    }

    /** @return a folder with the class, which stands before the shop's own in a class path that begins with it */
    Path compiled(String name, String code) throws IOException {
        var folder = Files.createDirectory(site.folder().resolve("classes"));
        var source = Files.writeString(folder.resolve(name + ".java"), code);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
        return folder;
    }
}
