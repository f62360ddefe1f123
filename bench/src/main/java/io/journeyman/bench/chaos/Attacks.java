package io.journeyman.bench.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries out a plan of attacks as the visits go by, some at a time, one at a time on each part, and writes down when what was away. */
final class Attacks {
    private static final int AT_A_TIME = 3;

    /** Below the engine's own limit, past which it gives a server up. */
    private static final int SERVER_KILLS = 4;

    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Shop shop;
    private final List<Attack> plan;
    private final PrintWriter log;
    private final Semaphore hands = new Semaphore(AT_A_TIME);
    private final Map<Part, Semaphore> turns = new EnumMap<>(Part.class);
    private final Map<Part, Deque<Instant>> serverKills = new EnumMap<>(Part.class);
    private final Collection<Outage> outages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private volatile Optional<RuntimeException> broken = Optional.empty();

    Attacks(Shop shop, List<Attack> plan, PrintWriter log) {
        this.shop = shop;
        this.plan = plan;
        this.log = log;
        for (var part : Part.values()) {
            turns.put(part, new Semaphore(1));
            serverKills.put(part, new ArrayDeque<>());
        }
    }

    /** Returns when all of the plan is done, which is spread evenly over the visits. */
    void carryOut(int visits, AtomicInteger visited) throws InterruptedException {
        for (int i = 0; i < plan.size(); i++) {
            while (broken.isEmpty() && visited.get() < due(i, visits)) {
                Thread.sleep(100);
            }
            hands.acquire();
            var attack = plan.get(i);
            Thread.startVirtualThread(() -> {
                try {
                    strike(attack);
                } finally {
                    done.incrementAndGet();
                    hands.release();
                }
            });
        }
        hands.acquire(AT_A_TIME);
        hands.release(AT_A_TIME);
    }

    private long due(int attack, int visits) {
        return (long) attack * visits / plan.size();
    }

    /** So many visits may have begun: whoever comes later waits until the attacks have caught up. */
    boolean admits(int visit, int visits) {
        return done.get() >= plan.size() || broken.isPresent() || visit <= due(done.get() + 2 * AT_A_TIME, visits);
    }

    int done() {
        return done.get();
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** A part that did not come back: the run is worth nothing then. */
    void requireShopIsUp() {
        broken.ifPresent(fault -> {
            throw fault;
        });
    }

    private void strike(Attack planned) {
        try {
            var part = allowed(planned);
            turns.get(part).acquire();
            try {
                strike(planned, part);
            } finally {
                turns.get(part).release();
            }
        } catch (RuntimeException fault) {
            broken = Optional.of(fault);
        } catch (IOException e) {
            broken = Optional.of(new UncheckedIOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strike(Attack attack, Part part) throws IOException, InterruptedException {
        var from = Instant.now();
        switch (attack.kind()) {
            case killed -> {
                shop.kill(part);
                Thread.sleep(attack.down());
                shop.awaitUp(part);
            }
            case paused -> shop.pause(part, attack.down());
            case lost, slow -> throw new IllegalArgumentException("that is the network's");
        }
        var outage = new Outage(part, attack.kind(), from, Instant.now());
        outages.add(outage);
        log.printf(
                "%s  %-14s %-7s %6d ms%n",
                from, part, attack.kind(), Duration.between(from, outage.to()).toMillis());
        log.flush();
    }

    /** The payment agent in a server's place, where the engine would give that up. */
    private synchronized Part allowed(Attack attack) {
        if (!attack.part().isServer() || attack.kind() != Outage.Kind.killed) {
            return attack.part();
        }
        var kills = serverKills.get(attack.part());
        var now = Instant.now();
        kills.removeIf(kill -> kill.isBefore(now.minus(WITHIN)));
        if (kills.size() >= SERVER_KILLS) {
            return Part.payment;
        }
        kills.add(now);
        return attack.part();
    }
}
