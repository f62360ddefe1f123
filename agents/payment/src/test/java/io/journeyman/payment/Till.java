package io.journeyman.payment;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.CapturePayment;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Payment.TokenisationSession;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.RefundId;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** A running payment agent with a Postgres and a clock of its own, and Asha, who pays there. */
public final class Till implements AutoCloseable {
    public static final CustomerId ASHA = new CustomerId("cust-demo");
    public static final Money TOTAL = Money.inr(259_900);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
    private final AgentService service;
    private final Database database;
    private final ContractClient client;

    public Till() {
        this(config -> config);
    }

    public Till(UnaryOperator<AgentConfig> settings) {
        String url = TestPostgres.freshDatabase(new Owner("payment"), "kit");
        service = AgentService.start(
                new PaymentAgent(),
                settings.apply(AgentConfig.local(url, ServiceTokens.SECRET).withClock(now::get)));
        database = Database.open(url, new Owner("payment"), 2);
        client = new ContractClient(service.uri(), Contract.load("payment"));
    }

    public ContractClient client() {
        return client;
    }

    public Jdbi books() {
        return database.jdbi();
    }

    public Instant now() {
        return now.get();
    }

    public void later(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    public static OrderId order() {
        return new OrderId("ord-" + UUID.randomUUID());
    }

    public static RefundId refundId() {
        return new RefundId("ref-" + UUID.randomUUID());
    }

    public PaymentToken token(String number) {
        var session = client.post("/tokenisation-sessions", new OpenTokenisation(ASHA))
                .as(TokenisationSession.class);
        return client.with("Authorization", "")
                .post(
                        "/tokens",
                        new Tokenise(
                                session.sessionId(),
                                session.secret(),
                                number,
                                Optional.of("12/30"),
                                Optional.of("123"),
                                Optional.empty()))
                .as(Tokenised.class)
                .token();
    }

    public Attempt secure(OrderId order, String card) {
        return secure(order, token(card));
    }

    public Attempt secure(OrderId order, PaymentToken token) {
        return client.post("/attempts", new SecurePayment(order, 1, ASHA, MethodKind.card, Optional.of(token), TOTAL))
                .as(Attempt.class);
    }

    /** As they stand here, without asking the gateway. */
    public List<Attempt> attempts(OrderId order) {
        return client.get("/orders/" + order + "/attempts").as(Attempts.class).attempts();
    }

    public Attempt inquire(OrderId order) {
        return client.post("/attempts/" + order + "/1/inquire").as(Attempt.class);
    }

    public Answer capture(OrderId order, Money amount) {
        return client.post("/attempts/" + order + "/1/capture", new CapturePayment(amount));
    }

    /** An order that is paid by the card. */
    public OrderId paid(String card) {
        var order = order();
        secure(order, card);
        inquire(order);
        capture(order, TOTAL).as(Attempt.class);
        return order;
    }

    public Attempt cancel(OrderId order) {
        return client.post("/attempts/" + order + "/1/void").as(Attempt.class);
    }

    public Answer refund(OrderId order, RefundId refund, Money amount) {
        return client.post("/attempts/" + order + "/1/refunds", new RefundPayment(refund, amount));
    }

    public Refund inquire(RefundId refund) {
        return client.post("/refunds/" + refund + "/inquire").as(Refund.class);
    }

    /** What of the order's money the gateway's own ledger says the shop has. */
    public long taken(OrderId order) {
        return books().withHandle(handle -> handle.createQuery("""
                                SELECT coalesce(sum(captured - coalesce((
                                    SELECT sum(amount) FROM gateway_refund WHERE charge_key = c.key AND status = 'refunded'), 0)), 0)
                                FROM gateway_charge c WHERE key LIKE :order || '/%'""")
                .bind("order", order.value())
                .mapTo(Long.class)
                .one());
    }

    /** How the gateway answered, one by one, what it was asked under the key. */
    public List<String> asked(String operation, String key) {
        return books().withHandle(handle -> handle.createQuery(
                        "SELECT answer FROM gateway_request WHERE operation = :operation AND key = :key ORDER BY id")
                .bind("operation", operation)
                .bind("key", key)
                .mapTo(String.class)
                .list());
    }

    @Override
    public void close() {
        database.close();
        service.close();
    }
}
