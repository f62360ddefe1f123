package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.journeyman.bench.chaos.Breakage.Audited;
import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.audit.Finding;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Protections are switched off in a shop that runs, real customers go on buying, and the audit notices what comes of each.
 *
 * <table>
 * <caption>What is off</caption>
 * <tr><th>promise</th><th>protection</th></tr>
 * <tr><td>1</td><td>an attempt keeps its number when it is repeated, and one attempt of an order is live; the amount stays as it was
 *     sent; a capture and a void reach the gateway; store credit is spent by an order that is confirmed, and released by another; of
 *     store credit each date expires once, and before anybody spends of it</td></tr>
 * <tr><td>2</td><td>a release reaches the stock; a hold keeps its id when it is repeated; what changes stock is written down; what is
 *     announced is counted when it is promised, and written down when it comes; what failed is written off</td></tr>
 * <tr><td>3</td><td>each compensation; the points of a paid order; of what nobody collected its pieces are taken out before it is refunded,
 *     and the refund reaches the gateway; a claim ends with a piece or with its money; what goes home goes once, in a parcel that stands, and
 *     out of stock</td></tr>
 * <tr><td>4</td><td>a journey runs until its end; a wait has a deadline; the order's record is closed before its journey</td></tr>
 * <tr><td>5</td><td>a message's key is kept; a reply and its event are written together</td></tr>
 * <tr><td>6</td><td>card numbers are taken out of messages; an agent answers of the customer who is asked for</td></tr>
 * <tr><td>7</td><td>an agent that is down takes no other with it</td></tr>
 * <tr><td>8</td><td>what an agent says arrives as it was said; the model says no more than the tools did</td></tr>
 * </table>
 *
 * <p>All of it happens in one shop, most of it at the same time, and is audited once, when everything has come to rest: each looks for its
 * own order or customer among what the audit says. A customer in the midst of it, for whom nothing is broken, is not named.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenProtectionTest {
    private static final int AT_A_TIME = 8;

    private final Map<String, Callable<Proof>> played = new LinkedHashMap<>();
    private BrokenShop shop;
    private List<Finding> healthy;
    private Audited audited;

    @BeforeAll
    void customersGoOnBuying() throws Exception {
        shop = BrokenShop.open();
        buys();
        healthy = shop.findings();
        playSideBySide(Stream.of(
                        new WentHomeBreakages(shop).all(),
                        new UndoneBreakages(shop).all(),
                        new MoneyBreakages(shop).all(),
                        new StockBreakages(shop).all(),
                        new TalkBreakages(shop).all(),
                        List.of(new Breakage("keeps its promises to whom nothing is broken for", this::isSpared)))
                .flatMap(List::stream)
                .toList());
        for (var breakage : new PartBreakages(shop).all()) {
            play(breakage);
        }
        audited = new Audited(shop.findings());
    }

    @AfterAll
    void close() throws IOException, SQLException {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void keepsEveryPromiseUntilSomethingIsBroken() {
        assertThat(healthy).flatExtracting(Finding::violations).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> isNoticed() {
        return played.entrySet().stream()
                .map(breakage -> dynamicTest(
                        breakage.getKey(), () -> breakage.getValue().call().in(audited)));
    }

    private void playSideBySide(List<Breakage> breakages) throws InterruptedException {
        try (ExecutorService customers = Executors.newFixedThreadPool(AT_A_TIME)) {
            var playing = new ArrayList<Future<Proof>>();
            for (var breakage : breakages) {
                playing.add(customers.submit(breakage.play()::run));
            }
            for (int i = 0; i < playing.size(); i++) {
                var result = playing.get(i);
                played.put(breakages.get(i).name(), () -> proof(result));
            }
        }
    }

    private static Proof proof(Future<Proof> result) throws Exception {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new AssertionError("it did not come so far", e.getCause());
        }
    }

    private void play(Breakage breakage) {
        try {
            var proof = breakage.play().run();
            played.put(breakage.name(), () -> proof);
        } catch (Exception | AssertionError e) {
            played.put(breakage.name(), () -> {
                throw new AssertionError("it did not come so far", e);
            });
        }
    }

    private Proof isSpared() throws Exception {
        var order = buys();
        return audit -> audit.clears(order);
    }

    private String buys() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        buyer.pays(proposal);
        var order = Buyer.order(proposal);
        shop.isBrought(buyer, order);
        return order;
    }
}
