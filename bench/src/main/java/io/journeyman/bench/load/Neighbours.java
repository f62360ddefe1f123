package io.journeyman.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One customer sends 50 messages a second, another talks on quietly: what the quiet one notices of it. */
final class Neighbours {
    private static final int LOUD_PER_SECOND = 50;
    private static final Duration PAUSE = Duration.ofMillis(150);

    /** Then another quiet customer comes: nobody may send more than so many in a row. */
    private static final int MESSAGES_EACH = 15;

    /** @param answered of the loud one's messages; the others were refused as too many */
    record Measured(Pace alone, Pace beside, int sent, int answered) {}

    private Neighbours() {}

    static Measured measure(BenchShop shop, Duration each) throws Exception {
        var alone = turns(shop, each);
        var loud = Shopper.newcomer(shop.address());
        var sent = new AtomicInteger();
        var answered = new AtomicInteger();
        var clock = Executors.newSingleThreadScheduledExecutor();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var ticking = clock.scheduleAtFixedRate(
                    () -> senders.execute(() -> {
                        sent.incrementAndGet();
                        if (succeeds(loud)) {
                            answered.incrementAndGet();
                        }
                    }),
                    0,
                    1_000_000 / LOUD_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            var beside = turns(shop, each);
            ticking.cancel(false);
            return new Measured(alone, beside, sent.get(), answered.get());
        } finally {
            clock.shutdownNow();
        }
    }

    private static Pace turns(BenchShop shop, Duration whole) throws IOException, InterruptedException {
        var took = new ArrayList<Duration>();
        long until = System.nanoTime() + whole.toNanos();
        while (System.nanoTime() < until) {
            var quiet = Shopper.newcomer(shop.address());
            quiet.says("Hello");
            for (int i = 0; i < MESSAGES_EACH && System.nanoTime() < until; i++) {
                took.add(quiet.says(Turns.ONE_TOOL));
                Thread.sleep(PAUSE);
            }
        }
        return Pace.of(1, took, whole);
    }

    private static boolean succeeds(Shopper loud) {
        try {
            return loud.trySaying(Turns.ONE_TOOL) == 200;
        } catch (IOException lost) {
            throw new IllegalStateException("the shop did not answer its loud customer", lost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
