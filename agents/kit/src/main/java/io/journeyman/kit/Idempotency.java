package io.journeyman.kit;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One effect and one answer per idempotency key. The answer is stored in the transaction of the effect: both are there or
 * neither is. The same key with the same request answers the same without a second effect, with another request 422
 * {@code key_reused}, and 409 {@code in_flight} with Retry-After while the first is still running. Problems that a repeat may
 * cure (5xx, {@link ProblemException#tryAgain}) are not stored. Answers are kept for a week; after that, and for other keys, the
 * agent's business keys stand.
 */
public final class Idempotency {
    static final Duration KEPT = Duration.ofDays(7);
    private static final int SWEEP = 5_000;

    private final Jdbi jdbi;
    private final InstantSource clock;

    Idempotency(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * For what can be tried first: a dry run answers what would come of it, under no key; else it is done as {@link #once} does, with 200.
     */
    public Response onceOrRehearsed(Call call, boolean dryRun, Function<Handle, ?> effect) {
        return dryRun ? Response.ok(Rehearsal.of(jdbi, effect)).build() : once(call, 200, effect);
    }

    /**
     * Runs {@code effect} in one transaction, once for the call's key, and answers what it returns as JSON with {@code status}.
     *
     * @throws ProblemException what the effect throws (all it did is undone), or key_reused, or in_flight
     */
    public Response once(Call call, int status, Function<Handle, ?> effect) {
        try {
            return response(firstOnly(
                    call, handle -> new Stored(call.fingerprint(), status, Json.write(effect.apply(handle)))));
        } catch (ProblemException e) {
            if (!e.isFinal()) {
                throw e;
            }
            // all that the effect did is undone by now: the problem is what came of it
            return response(firstOnly(
                    call,
                    handle -> new Stored(
                            call.fingerprint(), e.problem().status(), Problems.body(e.problem(), e.members()))));
        }
    }

    /** What is stored for the key, else what {@code first} makes, stored with it in one transaction. */
    private Stored firstOnly(Call call, Function<Handle, Stored> first) {
        return jdbi.inTransaction(handle -> {
            lock(handle, call);
            Optional<Stored> before = find(handle, call);
            return before.isPresent() ? before.get() : keep(handle, call, first.apply(handle));
        });
    }

    /**
     * The answer already stored for the call's key. For an operation that works in several transactions and ends with {@link
     * #once}.
     */
    public Optional<Response> answered(Call call) {
        return jdbi.withHandle(handle -> find(handle, call)).map(Idempotency::response);
    }

    private void lock(Handle handle, Call call) {
        boolean mine = handle.createQuery(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '/' || :key, 0))")
                .bind("key", call.key())
                .mapTo(Boolean.class)
                .one();
        if (!mine) {
            throw ProblemException.tryAgain(
                    Problem.of(409, "in_flight", "The first request with this key is still being answered. Try again."),
                    1);
        }
    }

    private static Optional<Stored> find(Handle handle, Call call) {
        Optional<Stored> stored = handle.createQuery(
                        "SELECT fingerprint, status, answer FROM idempotency WHERE key = :key")
                .bind("key", call.key())
                .map((row, context) ->
                        new Stored(row.getString("fingerprint"), row.getInt("status"), row.getString("answer")))
                .findOne();
        if (stored.isPresent() && !stored.get().fingerprint().equals(call.fingerprint())) {
            throw new ProblemException(Problem.of(
                    422,
                    "key_reused",
                    "This Idempotency-Key was used for another request. Use a new key for a new request."));
        }
        return stored;
    }

    private Stored keep(Handle handle, Call call, Stored stored) {
        handle.createUpdate("""
                        INSERT INTO idempotency (key, operation, target, fingerprint, status, answer, stored_at)
                        VALUES (:key, :operation, :target, :fingerprint, :status, :answer, :now)
                        """)
                .bind("key", call.key())
                .bind("operation", call.operation())
                .bind("target", call.target())
                .bind("fingerprint", call.fingerprint())
                .bind("status", stored.status())
                .bind("answer", stored.answer())
                .bind("now", clock.instant())
                .execute();
        return stored;
    }

    /** Forgets all answers older than a week, some thousand at a time; any number of sweeps may run at once. */
    void sweep() {
        Instant before = clock.instant().minus(KEPT);
        int forgotten;
        do {
            forgotten = jdbi.withHandle(handle -> handle.createUpdate("""
                            DELETE FROM idempotency WHERE key IN (
                                SELECT key FROM idempotency WHERE stored_at < :before ORDER BY stored_at LIMIT :most
                                FOR UPDATE SKIP LOCKED)
                            """)
                    .bind("before", before)
                    .bind("most", SWEEP)
                    .execute());
        } while (forgotten == SWEEP);
    }

    private static Response response(Stored stored) {
        return Response.status(stored.status())
                .type(stored.status() >= 400 ? Problem.MEDIA_TYPE : MediaType.APPLICATION_JSON)
                .entity(stored.answer())
                .build();
    }

    private record Stored(String fingerprint, int status, String answer) {}
}
