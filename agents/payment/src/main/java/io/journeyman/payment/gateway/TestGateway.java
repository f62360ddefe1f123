package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.payment.token.CardNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The gateway that behaves as its card says: the seed's 4242 is good, 1111 has no funds, 2222 has expired, 3333 is not
 * reachable; 4444 is charged and its answer lost, 5555 is answered some seconds later, 6666 has no funds at first and is good from
 * then on. It keeps its own ledger of what it was
 * asked and what it charged, so that tests and staff can compare ours with it.
 */
public final class TestGateway implements Gateway {
    static final Duration PENDING = Duration.ofSeconds(4);

    private final Jdbi jdbi;
    private final InstantSource clock;

    public TestGateway(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public String vault(CardNumber card) {
        String reference = "card-" + UUID.randomUUID();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO gateway_card (reference, behaviour, created_at)
                        VALUES (:reference, :behaviour, :now)""")
                .bind("reference", reference)
                .bind("behaviour", card.mock())
                .bind("now", clock.instant())
                .execute());
        return reference;
    }

    @Override
    public Answer authorise(String key, String reference, Money amount) {
        String behaviour = jdbi.withHandle(
                handle -> handle.createQuery("SELECT behaviour FROM gateway_card WHERE reference = :reference")
                        .bind("reference", reference)
                        .mapTo(String.class)
                        .one());
        if (behaviour.equals("3333")) {
            throw new GatewayUnreachable();
        }
        boolean[] fresh = new boolean[1];
        Answer answer = inLedger("authorise", key, ledger -> {
            Optional<Charge> known = ledger.lock();
            if (known.isPresent()) {
                return ledger.answer(known.get());
            }
            fresh[0] = true;
            return switch (behaviour) {
                case "1111" -> ledger.open("declined", "insufficient_funds", amount);
                case "2222" -> ledger.open("declined", "expired_card", amount);
                case "5555" -> ledger.open("pending", "", amount);
                case "6666" -> {
                    ledger.topUp(reference);
                    yield ledger.open("declined", "insufficient_funds", amount);
                }
                default -> ledger.open("authorised", "", amount);
            };
        });
        if (behaviour.equals("4444") && fresh[0]) {
            throw new GatewayUnreachable();
        }
        return answer;
    }

    @Override
    public Answer settle(String key) {
        return inLedger("settle", key, ledger -> {
            Optional<Charge> known = ledger.lock();
            return known.isPresent() ? ledger.answer(known.get()) : ledger.open("closed", "", Money.inr(0));
        });
    }

    @Override
    public Answer capture(String key, Money amount) {
        return inLedger("capture", key, ledger -> {
            Optional<Charge> known = ledger.lock();
            if (known.isEmpty()) {
                return new Answer.NeverCame();
            }
            return known.get().status().equals("authorised")
                    ? ledger.turn("captured", amount)
                    : ledger.answer(known.get());
        });
    }

    @Override
    public Answer cancel(String key) {
        return inLedger("cancel", key, ledger -> {
            Optional<Charge> known = ledger.lock();
            if (known.isEmpty()) {
                return ledger.open("closed", "", Money.inr(0));
            }
            Charge charge = known.get();
            return switch (charge.status()) {
                case "pending", "authorised" -> ledger.turn("voided", charge.amount());
                case "captured" -> ledger.turn("refunded", charge.amount());
                default -> ledger.answer(charge);
            };
        });
    }

    /** One request in one transaction: what was asked and answered is written down with what it changed. */
    private Answer inLedger(String operation, String key, Function<Ledger, Answer> work) {
        return jdbi.inTransaction(handle -> {
            Answer answer = work.apply(new Ledger(handle, key, clock.instant()));
            handle.createUpdate("""
                            INSERT INTO gateway_request (at, operation, key, answer)
                            VALUES (:now, :operation, :key, :answer)""")
                    .bind("now", clock.instant())
                    .bind("operation", operation)
                    .bind("key", key)
                    .bind("answer", answer.getClass().getSimpleName())
                    .execute();
            return answer;
        });
    }

    private record Charge(String status, String code, Money amount, Optional<Instant> readyAt) {}

    /** One charge within a transaction that nobody else works on. */
    private record Ledger(Handle handle, String key, Instant now) {
        Optional<Charge> lock() {
            handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('gateway/' || ?, 0))", key);
            return handle.createQuery(
                            "SELECT status, code, amount, currency, ready_at FROM gateway_charge WHERE key = :key")
                    .bind("key", key)
                    .map((row, context) -> new Charge(
                            row.getString("status"),
                            row.getString("code"),
                            new Money(row.getLong("amount"), row.getString("currency")),
                            Optional.ofNullable(row.getTimestamp("ready_at")).map(java.sql.Timestamp::toInstant)))
                    .findOne();
        }

        Answer open(String status, String code, Money amount) {
            handle.createUpdate("""
                            INSERT INTO gateway_charge (key, status, code, amount, currency, ready_at, changed_at)
                            VALUES (:key, :status, :code, :minor, :currency, :readyAt, :now)""")
                    .bind("key", key)
                    .bind("status", status)
                    .bind("code", code)
                    .bind("minor", amount.minor())
                    .bind("currency", amount.currency())
                    .bind("readyAt", status.equals("pending") ? Optional.of(now.plus(PENDING)) : Optional.empty())
                    .bind("now", now)
                    .execute();
            return answer(new Charge(status, code, amount, Optional.of(now.plus(PENDING))));
        }

        /** Its next charge is paid. */
        void topUp(String reference) {
            handle.createUpdate("UPDATE gateway_card SET behaviour = '4242' WHERE reference = :reference")
                    .bind("reference", reference)
                    .execute();
        }

        Answer turn(String status, Money amount) {
            handle.createUpdate("UPDATE gateway_charge SET status = :status, changed_at = :now WHERE key = :key")
                    .bind("key", key)
                    .bind("status", status)
                    .bind("now", now)
                    .execute();
            return answer(new Charge(status, "", amount, Optional.empty()));
        }

        Answer answer(Charge charge) {
            return switch (charge.status()) {
                case "pending" ->
                    charge.readyAt().filter(ready -> !ready.isAfter(now)).isPresent()
                            ? turn("authorised", charge.amount())
                            : new Answer.Pending();
                case "authorised" -> new Answer.Authorised();
                case "captured" -> new Answer.Captured();
                case "declined" -> new Answer.Declined(charge.code());
                case "closed" -> new Answer.NeverCame();
                default -> new Answer.Cancelled();
            };
        }
    }
}
