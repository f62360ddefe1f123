package io.journeyman.activities.replay;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.journeyman.contracts.OrderId;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through a replay's orders, some at a time, and leaves every charge to the order's own journey. */
public final class StoredReplays implements ReplayActivities {
    private static final Logger log = LoggerFactory.getLogger(StoredReplays.class);
    private static final int AT_ONCE = 8;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Longer than a batch lasts at its pace, so that a try that reaches some orders does not break it. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private static final Set<Status.Code> TEMPORAL_IS_AWAY = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.RESOURCE_EXHAUSTED);
    private static final int DEEPEST_CAUSE = 16;

    private final Replays replays;
    private final FailedPayments payments;
    private final InstantSource clock;
    private final Owner owner;

    /** Whoever owns the order's money. */
    public interface Owner {
        ReplayOutcome replay(FailedPayment payment, String replay, Optional<Instant> priceUntil);
    }

    public StoredReplays(Jdbi jdbi, InstantSource clock, Owner owner) {
        this.replays = new Replays(jdbi, clock);
        this.payments = new FailedPayments(jdbi);
        this.clock = clock;
        this.owner = owner;
    }

    @Override
    public Step next(String replayId, int batch) {
        return next(replayId, batch, () -> Activity.getExecutionContext().heartbeat(null));
    }

    /** @param goesOn told after each order, and now and then while one takes its time */
    Step next(String replayId, int batch, Runnable goesOn) {
        Replay replay = replays.find(replayId).orElseThrow();
        List<Replay.Line> lines = replays.left(replayId, batch);
        var atOnce = new Semaphore(AT_ONCE);
        List<Throwable> failures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tries = new ArrayList<>();
            for (Replay.Line line : lines) {
                tries.add(threads.submit(() -> {
                    atOnce.acquireUninterruptibly();
                    try {
                        replays.cameTo(replayId, line.position(), tryAgain(replay, new OrderId(line.orderId())));
                    } finally {
                        atOnce.release();
                    }
                }));
            }
            for (Future<?> one : tries) {
                await(one, goesOn).ifPresent(failures::add);
            }
        }
        if (!failures.isEmpty()) {
            throw ApplicationFailure.newBuilder()
                    .setMessage("%d of %d orders of replay %s have no result yet"
                            .formatted(failures.size(), lines.size(), replayId))
                    .setType("orders_not_reached")
                    .setCause(failures.getFirst())
                    .setNextRetryDelay(AGAIN_AFTER)
                    .build();
        }
        return new Step(lines.size(), !replays.left(replayId, 1).isEmpty());
    }

    @Override
    public void stands(String replayId, Replay.Status status) {
        replays.stands(replayId, status);
    }

    private ReplayOutcome tryAgain(Replay replay, OrderId order) {
        Optional<FailedPayment> failed = payments.of(order);
        if (failed.isEmpty()) {
            return payments.code(order)
                    .map(code -> code.equals("order_confirmed")
                            ? new ReplayOutcome(ReplayResult.already_paid, "")
                            : new ReplayOutcome(ReplayResult.skipped, code.isEmpty() ? "not_failed" : code))
                    .orElse(new ReplayOutcome(ReplayResult.skipped, "order_unknown"));
        }
        if (!failed.get().isHonoured(replay.priceUntil(), clock.instant())) {
            return new ReplayOutcome(ReplayResult.price_honoured_until_passed, "quote_expired");
        }
        try {
            return owner.replay(failed.get(), replay.replayId(), replay.priceUntil());
        } catch (RuntimeException unreached) {
            if (mayPass(unreached)) {
                throw unreached;
            }
            log.warn("order {} of replay {} was not reached: {}", order, replay.replayId(), unreached.toString());
            return new ReplayOutcome(ReplayResult.skipped, "not_reached");
        }
    }

    /** Temporal is away, or this worker stops: the order has no result then, and is tried again. */
    private static boolean mayPass(Throwable unreached) {
        Throwable cause = unreached;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof WorkflowUpdateTimeoutOrCancelledException
                    || (cause instanceof StatusRuntimeException answer
                            && TEMPORAL_IS_AWAY.contains(answer.getStatus().getCode()))) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    /** Waits, and says that this goes on. @return why there is no result */
    private static Optional<Throwable> await(Future<?> one, Runnable goesOn) {
        while (true) {
            try {
                one.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                goesOn.run();
                return Optional.empty();
            } catch (TimeoutException slow) {
                goesOn.run();
            } catch (ExecutionException failed) {
                return Optional.of(failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }
}
