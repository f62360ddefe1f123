package io.journeyman.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Checkouts at a shop: confirmed by so many customers at a time, each done when its customer has heard that it is. */
final class Checkouts {
    private final Proposals proposals;
    private final List<String> orders = new ArrayList<>();

    Checkouts(Proposals proposals) {
        this.proposals = proposals;
    }

    /** How many are done by so many customers: enough for a figure, and within bounded time. */
    static int howMany(int customers, boolean few) {
        int full = Math.max(40, Math.min(customers * 6, 384));
        return few ? Math.max(10, Math.max(customers, full / 4)) : full;
    }

    /** A customer with an open proposal, who listens to what becomes of it. */
    record Listening(Proposals.Prepared prepared, CompletableFuture<Long> confirmed) {}

    List<Listening> prepare(int count) throws Exception {
        var listening = new ArrayList<Listening>();
        for (var prepared : proposals.copies(count)) {
            listening.add(new Listening(prepared, prepared.shopper().orderConfirmed()));
            orders.add(prepared.order());
        }
        return listening;
    }

    Pace product(int customers, List<Listening> listening) throws Exception {
        return Pace.of(
                customers,
                listening.stream()
                        .<Callable<Duration>>map(one -> () -> {
                            long began = System.nanoTime();
                            one.prepared()
                                    .shopper()
                                    .confirms(
                                            one.prepared().proposal(),
                                            one.prepared().card());
                            return Duration.ofNanos(one.confirmed().get(90, TimeUnit.SECONDS) - began);
                        })
                        .toList());
    }

    Pace bare(BareEngine engine, int customers, int count) throws Exception {
        return Pace.of(
                customers,
                IntStream.range(0, count)
                        .<Callable<Duration>>mapToObj(n -> engine::checkout)
                        .toList());
    }

    /** The latest order, to look at its history. */
    String latestOrder() {
        return orders.getLast();
    }
}
