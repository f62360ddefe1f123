package io.journeyman.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * How fast something was done by so many at a time.
 *
 * @param perSecond over the whole time, the last ones included, when fewer were left than could work at a time
 * @param p50 and the others in milliseconds, of what each one took
 */
public record Pace(int atATime, int count, double perSecond, double p50, double p95, double p99) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Each of {@code atATime} does one thing after the other, until all are done; one that fails ends the run. */
    static Pace of(int atATime, List<Callable<Duration>> things) throws InterruptedException {
        var left = new ConcurrentLinkedQueue<>(things);
        var took = new ConcurrentLinkedQueue<Duration>();
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> one = () -> {
                for (var next = left.poll(); next != null; next = left.poll()) {
                    took.add(next.call());
                }
                return true;
            };
            var ended = IntStream.range(0, atATime)
                    .mapToObj(n -> threads.submit(one))
                    .toList();
            for (Future<?> each : ended) {
                each.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("what is measured did not work: " + e.getCause(), e);
        }
        return of(atATime, List.copyOf(took), Duration.ofNanos(System.nanoTime() - began));
    }

    static Pace of(int atATime, List<Duration> took, Duration whole) {
        var millis =
                took.stream().mapToDouble(one -> one.toNanos() / 1e6).sorted().toArray();
        return new Pace(
                atATime,
                millis.length,
                millis.length / (whole.toNanos() / 1e9),
                percentile(millis, 50),
                percentile(millis, 95),
                percentile(millis, 99));
    }

    /** The nearest-rank one: a value that was measured. */
    private static double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
