package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.RefundId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The test gateway's own books, within a transaction. A charge that was locked is nobody else's until the transaction ends. */
record TestLedger(Handle handle, Instant now) {
    static final Duration PENDING = Duration.ofSeconds(4);

    /** @param behaviour of the card, empty for a charge that was closed before it came */
    public record Charge(
            String key,
            String status,
            String code,
            String behaviour,
            Money amount,
            Money captured,
            Optional<Instant> readyAt) {}

    public record Refund(String status, String code, Optional<Instant> readyAt) {}

    Optional<Charge> lock(ChargeKey key) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('gateway/' || ?, 0))", key.toString());
        return handle.createQuery("""
                        SELECT key, status, code, behaviour, amount, captured, currency, ready_at
                        FROM gateway_charge WHERE key = :key""")
                .bind("key", key.toString())
                .mapTo(Charge.class)
                .findOne();
    }

    Charge open(ChargeKey key, String status, String code, String behaviour, Money amount) {
        var charge = new Charge(
                key.toString(), status, code, behaviour, amount, none(amount), readyAt(status.equals("pending")));
        handle.createUpdate("""
                        INSERT INTO gateway_charge (key, status, code, behaviour, amount, currency, ready_at, changed_at)
                        VALUES (:key, :status, :code, :behaviour, :amount, :currency, :readyAt, :now)""")
                .bindMethods(charge)
                .bind("currency", amount.currency())
                .bind("now", now)
                .execute();
        return charge;
    }

    Charge turn(Charge charge, String status) {
        return turn(charge, status, charge.captured());
    }

    Charge turn(Charge charge, String status, Money captured) {
        handle.createUpdate("""
                        UPDATE gateway_charge SET status = :status, captured = :captured, changed_at = :now
                        WHERE key = :key""")
                .bind("key", charge.key())
                .bind("status", status)
                .bind("captured", captured)
                .bind("now", now)
                .execute();
        return new Charge(charge.key(), status, "", charge.behaviour(), charge.amount(), captured, Optional.empty());
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
        Optional<Instant> readyAt = readyAt(status.equals("pending"));
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

    private Optional<Instant> readyAt(boolean pending) {
        return pending ? Optional.of(now.plus(PENDING)) : Optional.empty();
    }

    private static Money none(Money amount) {
        return new Money(0, amount.currency());
    }
}
