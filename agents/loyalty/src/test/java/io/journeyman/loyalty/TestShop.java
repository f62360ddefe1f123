package io.journeyman.loyalty;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.CommitBenefits;
import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.ReserveBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.JourneymanPlugin;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.kit.Expiry;
import io.journeyman.loyalty.points.PointsLedger;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The running agent, with a clock that tests move and customers that they bring. */
public final class TestShop implements AutoCloseable {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
    private final String url = TestPostgres.freshDatabase(new Owner("loyalty"), "kit");
    private final AgentService service;
    private final Database database;
    private final ContractClient client;

    private TestShop(boolean sample) {
        service = AgentService.start(
                new LoyaltyAgent(),
                AgentConfig.local(url, ServiceTokens.SECRET)
                        .withSampleShop(sample)
                        .withClock(now::get));
        database = Database.open(url, new Owner("loyalty"), 8);
        client = new ContractClient(service.uri(), Contract.load("loyalty"));
    }

    /** Nobody has points, and there are no offers. */
    public static TestShop empty() {
        return new TestShop(false);
    }

    /** With the sample shop's offers and its demo customer. */
    public static TestShop sample() {
        return new TestShop(true);
    }

    public ContractClient client() {
        return client;
    }

    public Jdbi jdbi() {
        return database.jdbi();
    }

    /** A connection outside of any pool, as another process of the agent has it. */
    public Handle connection() {
        return Jdbi.create(url + "&options=-c%20role=journeyman_loyalty%20-c%20search_path=loyalty")
                .installPlugin(new JourneymanPlugin())
                .open();
    }

    public Instant now() {
        return now.get();
    }

    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** What the agent's sweep does every hour. */
    public void sweep() {
        new Expiry(jdbi(), now::get, PointsLedger.class).sweep();
    }

    /** Somebody with one order, whose points came in now. */
    public CustomerId customer(long points) {
        var customer = new CustomerId("cust-" + UUID.randomUUID());
        jdbi().useExtension(PointsLedger.class, ledger -> ledger.open(customer, points, 1, now()));
        return customer;
    }

    public static OrderId order() {
        return new OrderId("ord-" + UUID.randomUUID());
    }

    public Answer reserve(OrderId order, CustomerId customer, long points, List<String> offers) {
        return repeated(() -> client.post("/benefits", new ReserveBenefits(order, customer, points, offers)));
    }

    public Answer commit(OrderId order, long paid) {
        return repeated(() -> client.post("/benefits/" + order + "/commit", new CommitBenefits(Money.inr(paid))));
    }

    public Answer release(OrderId order) {
        return repeated(() -> client.post("/benefits/" + order + "/release"));
    }

    /** Sent again, as the worker does, while a crowd is before it and the agent asks to try again. */
    private static Answer repeated(Supplier<Answer> call) {
        Answer answer = call.get();
        for (int i = 0; i < 50 && answer.status() == 503; i++) {
            answer = call.get();
        }
        return answer;
    }

    /** An order that was confirmed and paid now, with so many points. */
    public OrderId bought(CustomerId customer, long points, long paid) {
        var order = order();
        reserve(order, customer, points, List.of()).as(Benefits.class);
        commit(order, paid).as(Benefits.class);
        return order;
    }

    public Offers offers(CustomerId customer, long goods, Optional<String> coupon) {
        return client.post(
                        "/offers/applicable",
                        new GetApplicableOffers(customer, List.of(line("P-1001", 1, goods)), coupon, Optional.empty()))
                .as(Offers.class);
    }

    public long spendable(CustomerId customer) {
        return offers(customer, 100, Optional.empty()).points();
    }

    public static PricedLine line(String product, int quantity, long unitPrice) {
        return new PricedLine(
                new Sku(product + "-S-BLUE"),
                new ProductId(product),
                "Kurta",
                "S",
                "blue",
                quantity,
                Money.inr(unitPrice));
    }

    /** Accounts that their entries do not add up to, and entries that do not balance; empty when every promise is kept. */
    public List<String> brokenAccounts() {
        return jdbi().withHandle(
                        handle -> handle.createQuery("""
                        WITH leg AS (
                            SELECT customer_id, from_account AS account, -points AS points FROM ledger_entry
                            UNION ALL SELECT customer_id, to_account, points FROM ledger_entry)
                        SELECT 'account of ' || a.customer_id
                        FROM account a LEFT JOIN leg ON leg.customer_id = a.customer_id
                        GROUP BY a.customer_id, a.points, a.reserved
                        HAVING a.points <> coalesce(sum(leg.points) FILTER (WHERE account IN ('customer', 'reserved')), 0)
                            OR a.reserved <> coalesce(sum(leg.points) FILTER (WHERE account = 'reserved'), 0)
                            OR coalesce(sum(leg.points), 0) <> 0
                            OR a.reserved <> coalesce((
                                SELECT sum(b.points) FROM benefits b
                                WHERE b.customer_id = a.customer_id AND b.status = 'reserved'), 0)
                            OR a.reserved < 0
                        """).mapTo(String.class).list());
    }

    /** The points of a kind that the ledger has of a customer. */
    public long entries(CustomerId customer, String kind) {
        return jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(sum(points), 0) FROM ledger_entry WHERE customer_id = :customer AND kind = :kind")
                .bind("customer", customer)
                .bind("kind", kind)
                .mapTo(Long.class)
                .one());
    }

    /** What each call answers, all of them under way at the same time. */
    public static <T> List<T> atOnce(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        List<T> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(Math.min(calls.size(), 200))) {
            for (var answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Override
    public void close() {
        database.close();
        service.close();
    }
}
