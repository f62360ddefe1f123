package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.RefundId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The test gateway's own books, within a transaction. A charge that was locked is nobody else's until the transaction ends. */
record TestLedger(Handle handle, Instant now) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The customer is asked by their bank: on a page, or in their UPI app. */
    static final Set<String> ASKED = Set.of("challenged", "collecting");

    static final Duration PENDING = Duration.ofSeconds(4);
    static final Duration REVIEW = Duration.ofSeconds(10);

    /** How long a customer may take to answer in their UPI app. */
    static final Duration COLLECT = Duration.ofMinutes(5);

    /** @param behaviour of the card, empty for a charge that was closed before it came */
    public record Charge(
            String key,
            String status,
            String code,
            String behaviour,
            Money amount,
            Money captured,
            Optional<String> challenge,
            Optional<Instant> readyAt) {}

    public record Refund(String status, String code, Optional<Instant> readyAt) {}

    Optional<Charge> lock(ChargeKey key) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('gateway/' || ?, 0))", key.toString());
        return handle.createQuery("""
                        SELECT key, status, code, behaviour, amount, captured, currency, challenge, ready_at
                        FROM gateway_charge WHERE key = :key""")
                .bind("key", key.toString())
                .mapTo(Charge.class)
                .findOne();
    }

    /** @param reference of the card; empty for a charge that is closed before it came */
    Charge open(ChargeKey key, Optional<String> reference, String status, String code, Money amount) {
        var charge = new Charge(
                key.toString(),
                status,
                code,
                reference.map(this::behaviour).orElse(""),
                amount,
                none(amount),
                ASKED.contains(status) ? Optional.of(challenge()) : Optional.empty(),
                readyAt(status));
        handle.createUpdate("""
                        INSERT INTO gateway_charge (key, reference, status, code, behaviour, amount, currency, challenge,
                                                    ready_at, opened_at, changed_at)
                        VALUES (:key, :reference, :status, :code, :behaviour, :amount, :currency, :challenge,
                                :readyAt, :now, :now)""")
                .bindMethods(charge)
                .bind("reference", reference)
                .bind("currency", amount.currency())
                .bind("now", now)
                .execute();
        return charge;
    }

    Charge turn(Charge charge, String status) {
        return turn(charge, status, "", charge.captured());
    }

    Charge decline(Charge charge, String code) {
        return turn(charge, "declined", code, charge.captured());
    }

    Charge capture(Charge charge, Money captured) {
        return turn(charge, "captured", "", captured);
    }

    private Charge turn(Charge charge, String status, String code, Money captured) {
        handle.createUpdate("""
                        UPDATE gateway_charge SET status = :status, code = :code, captured = :captured, changed_at = :now
                        WHERE key = :key""")
                .bind("key", charge.key())
                .bind("status", status)
                .bind("code", code)
                .bind("captured", captured)
                .bind("now", now)
                .execute();
        return new Charge(
                charge.key(),
                status,
                code,
                charge.behaviour(),
                charge.amount(),
                captured,
                charge.challenge(),
                Optional.empty());
    }

    /** Whether the card has paid that very amount a moment ago. */
    boolean wasJustCharged(String reference, Money amount) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM gateway_charge
                        WHERE reference = :reference AND status IN ('authorised', 'captured')
                            AND amount = :amount AND currency = :currency AND opened_at > :since)""")
                .bind("reference", reference)
                .bind("amount", amount)
                .bind("currency", amount.currency())
                .bind("since", now.minus(Duration.ofMinutes(1)))
                .mapTo(Boolean.class)
                .one();
    }

    Optional<Challenged> challenged(String challenge) {
        return handle.createQuery("""
                        SELECT split_part(key, '/', 1) AS order_id, split_part(key, '/', 2)::int AS attempt, amount, currency
                        FROM gateway_charge WHERE challenge = :challenge""")
                .bind("challenge", challenge)
                .mapTo(Challenged.class)
                .findOne();
    }

    /** What the customer is asked by their bank. */
    public record Challenged(OrderId orderId, int attempt, Money amount) {
        ChargeKey key() {
            return new ChargeKey(orderId, attempt);
        }
    }

    /** What is still the shop's of a capture. */
    Money left(Charge charge) {
        long givenBack = handle.createQuery("""
                        SELECT coalesce(sum(amount), 0) FROM gateway_refund
                        WHERE charge_key = :key AND status <> 'failed'""")
                .bind("key", charge.key())
                .mapTo(Long.class)
                .one();
        return charge.captured().minus(new Money(givenBack, charge.captured().currency()));
    }

    Optional<Refund> find(RefundId refund) {
        return handle.createQuery("SELECT status, code, ready_at FROM gateway_refund WHERE key = :key")
                .bind("key", refund.value())
                .mapTo(Refund.class)
                .findOne();
    }

    Refund open(Charge charge, RefundId refund, String status, String code, Money amount) {
        Optional<Instant> readyAt = readyAt(status);
        addRefund(charge, refund.value(), status, amount)
                .bind("code", code)
                .bind("readyAt", readyAt)
                .execute();
        return new Refund(status, code, readyAt);
    }

    Refund turn(RefundId refund, String status) {
        handle.createUpdate("UPDATE gateway_refund SET status = :status, changed_at = :now WHERE key = :key")
                .bind("key", refund.value())
                .bind("status", status)
                .bind("now", now)
                .execute();
        return new Refund(status, "", Optional.empty());
    }

    /** The capture is undone as a whole: what is left of it goes back. */
    void giveBackTheRest(Charge charge) {
        Money rest = left(charge);
        if (rest.minor() > 0) {
            addRefund(charge, charge.key() + "/void", "refunded", rest)
                    .bind("code", "")
                    .bind("readyAt", Optional.empty())
                    .execute();
        }
    }

    /** Its next charge is paid. */
    void topUp(String reference) {
        handle.createUpdate("UPDATE gateway_card SET behaviour = '4242' WHERE reference = :reference")
                .bind("reference", reference)
                .execute();
    }

    String behaviour(String reference) {
        return handle.createQuery("SELECT behaviour FROM gateway_card WHERE reference = :reference")
                .bind("reference", reference)
                .mapTo(String.class)
                .one();
    }

    void asked(String operation, String key, String answer) {
        handle.createUpdate("""
                        INSERT INTO gateway_request (at, operation, key, answer)
                        VALUES (:now, :operation, :key, :answer)""")
                .bind("now", now)
                .bind("operation", operation)
                .bind("key", key)
                .bind("answer", answer)
                .execute();
    }

    private Update addRefund(Charge charge, String key, String status, Money amount) {
        return handle.createUpdate("""
                        INSERT INTO gateway_refund (key, charge_key, status, code, amount, currency, ready_at, changed_at)
                        VALUES (:key, :charge, :status, :code, :amount, :currency, :readyAt, :now)""")
                .bind("key", key)
                .bind("charge", charge.key())
                .bind("status", status)
                .bind("amount", amount)
                .bind("currency", amount.currency())
                .bind("now", now);
    }

    boolean isReady(Optional<Instant> readyAt) {
        return readyAt.filter(ready -> !ready.isAfter(now)).isPresent();
    }

    private Optional<Instant> readyAt(String status) {
        return switch (status) {
            case "pending" -> Optional.of(now.plus(PENDING));
            case "under_review" -> Optional.of(now.plus(REVIEW));
            case "collecting" -> Optional.of(now.plus(COLLECT));
            default -> Optional.empty();
        };
    }

    private static String challenge() {
        var random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Money none(Money amount) {
        return new Money(0, amount.currency());
    }
}
