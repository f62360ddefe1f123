package io.journeyman.bench.load;

import io.journeyman.contracts.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./journeyman bench}: starts shops of its own, measures them, prints a table and writes the same as JSON. */
@Command(
        name = "bench",
        description = {
            "How fast the shop is, beside a bare engine with the same transitions and a plain Flask flow.",
            "It starts shops of its own on free ports and removes them again. Compare the ratios of one run, on a machine that does nothing else."
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    /** What can be measured alone. */
    enum Part {
        start,
        turns,
        neighbours,
        checkouts,
        defaults,
        engines
    }

    private static final List<Integer> SHARDS = List.of(1, 4, 16);

    @Option(
            names = "--quick",
            description = "fewer of everything, and no other engines unless named: two minutes instead of ten")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only these parts: ${COMPLETION-CANDIDATES}")
    private List<Part> only = List.of();

    @Option(
            names = "--customers",
            split = ",",
            paramLabel = "N",
            description = "how many customers confirm at a time (default: 1,8,32,128; quick: 1,8,32)")
    private List<Integer> customers = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "where the figures go (default: bench.json here)")
    private Path json = Path.of("bench.json");

    @Spec
    private CommandSpec spec;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        var parts = only.isEmpty() ? Set.of(Part.values()) : Set.copyOf(only);
        if (parts.contains(Part.start)) {
            start();
        }
        if (parts.contains(Part.turns) || parts.contains(Part.neighbours) || parts.contains(Part.checkouts)) {
            try (var shop = BenchShop.up()) {
                if (parts.contains(Part.turns)) {
                    turns(shop);
                }
                if (parts.contains(Part.neighbours)) {
                    neighbours(shop);
                }
                if (parts.contains(Part.checkouts)) {
                    checkouts(shop);
                }
            }
        }
        boolean others = !quick || !only.isEmpty();
        if (others && parts.contains(Part.defaults)) {
            defaults();
        }
        if (others && parts.contains(Part.engines)) {
            engines();
        }
        figures.put("seconds", Math.round((System.nanoTime() - began) / 1e9));
        Files.writeString(json, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
        say("The same as JSON: %s (%s s)".formatted(json.toAbsolutePath(), figures.get("seconds")));
        return 0;
    }

    private void start() throws Exception {
        var home = Optional.ofNullable(System.getenv("JOURNEYMAN_HOME")).map(Path::of);
        if (home.isEmpty()) {
            say("up: not measured, since this was not started by ./journeyman bench");
            return;
        }
        var measured = Start.measure(home.get(), quick ? 40 : 100);
        figures.put("start", measured);
        say("second up until the first reply: %.1f s, %s MiB"
                .formatted(
                        measured.seconds(),
                        measured.mebibytes().isPresent() ? measured.mebibytes().getAsLong() : "unknown"));
        say("turn of the offline model, one tool: p50 %.0f ms, p95 %.0f ms"
                .formatted(
                        measured.offlineTurns().p50(), measured.offlineTurns().p95()));
    }

    private void turns(BenchShop shop) throws Exception {
        var measured = Turns.begin(shop).measure(quick ? 120 : 1_000, quick ? 50 : 200);
        figures.put("turns", measured);
        say("turn of a model that takes no time, one tool: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms"
                .formatted(
                        measured.pace().p50(),
                        measured.pace().p95(),
                        measured.pace().p99()));
        say("processor ms per turn: %s".formatted(measured.cpuMillis()));
        say("turn of a model that thinks for 3 s twice: p50 %.0f ms beside its thinking; %d events, %d bytes of history"
                .formatted(
                        measured.slowModel().p50(),
                        measured.slow().events(),
                        measured.slow().bytes()));
        say("history per turn: %d events, %d bytes in turn 10; %d events, %d bytes in turn %d (%.2f, %.2f)"
                .formatted(
                        measured.early().events(),
                        measured.early().bytes(),
                        measured.late().events(),
                        measured.late().bytes(),
                        measured.lateTurn(),
                        (double) measured.late().events() / measured.early().events(),
                        (double) measured.late().bytes() / measured.early().bytes()));
    }

    private void neighbours(BenchShop shop) throws Exception {
        var measured = Neighbours.measure(shop, Duration.ofSeconds(quick ? 8 : 30));
        figures.put("neighbours", measured);
        say(
                "beside a customer who sends 50 messages a second (%d sent, %d answered): p95 turn %.1f ms, alone %.1f ms (%+.0f %%)"
                        .formatted(
                                measured.sent(),
                                measured.answered(),
                                measured.beside().p95(),
                                measured.alone().p95(),
                                100
                                        * (measured.beside().p95()
                                                        / measured.alone().p95()
                                                - 1)));
    }

    private void checkouts(BenchShop shop) throws Exception {
        var checkouts = new Checkouts(Proposals.prepare(shop));
        var rows = compared(shop, checkouts, atATime(), quick);
        var order = HistorySize.of(shop.client(), "checkout-" + checkouts.latestOrder());
        figures.put("order", order);
        say("history of a confirmed order: %d events, %d bytes".formatted(order.events(), order.bytes()));
        var all = withFlask(rows);
        figures.put("checkouts", all);
        print(all);
    }

    private List<Integer> atATime() {
        var usual = quick ? List.of(1, 8, 32) : List.of(1, 8, 32, 128);
        return customers.isEmpty() ? usual : customers;
    }

    private List<Comparison> compared(BenchShop shop, Checkouts checkouts, List<Integer> customers, boolean few)
            throws Exception {
        var rows = new ArrayList<Comparison>();
        try (var bare = BareEngine.start(shop.client())) {
            int warm = few ? 40 : 200;
            checkouts.bare(bare, 16, warm);
            checkouts.product(16, checkouts.prepare(warm));
            for (int n : customers) {
                int count = Checkouts.howMany(n, few);
                var before = shop.cpuTime();
                var alone = checkouts.bare(bare, n, count);
                var bareCpu = shop.cpuTime().each(before, count);
                var prepared = checkouts.prepare(count);
                before = shop.cpuTime();
                var product = checkouts.product(n, prepared);
                rows.add(Comparison.of(alone, bareCpu, product, shop.cpuTime().each(before, count)));
            }
        }
        return rows;
    }

    private List<Comparison> withFlask(List<Comparison> rows) throws Exception {
        try (var flask = FlaskFlow.start()) {
            flask.checkouts(8, 40);
            var all = new ArrayList<Comparison>();
            for (var row : rows) {
                all.add(row.with(
                        flask.checkouts(row.product().atATime(), row.product().count())));
            }
            return all;
        } catch (FlaskFlow.Missing missing) {
            say("no Flask figures: %s".formatted(missing.getMessage()));
            return rows;
        }
    }

    private void print(List<Comparison> rows) {
        say(Comparison.HEAD);
        rows.forEach(row -> say(row.line()));
        rows.forEach(row -> say("processor ms per checkout at %d: shop %s, bare %s"
                .formatted(row.product().atATime(), row.productCpu(), row.bareCpu())));
    }

    private void defaults() throws Exception {
        try (var engine = DefaultEngine.start();
                var shop = BenchShop.up(Map.of("TEMPORAL_ADDRESS", engine.address()), List.of(engine.handle()))) {
            say("the dev server with its default settings:");
            elsewhere("defaults", shop);
        }
    }

    private void engines() throws Exception {
        try {
            engine(4, "its defaults", "{}");
            for (int shards : SHARDS) {
                engine(shards, "the settings of docker-compose", PostgresEngine.settingsOfCompose());
            }
        } catch (PostgresEngine.Missing missing) {
            say("Temporal on Postgres: not measured, %s".formatted(missing.getMessage()));
        }
    }

    private void engine(int shards, String told, String settings) throws Exception {
        try (var engine = PostgresEngine.start(shards, settings);
                var shop = BenchShop.up(engine.environment(), engine.handles())) {
            say("Temporal on Postgres, %d shards, %s:".formatted(shards, told));
            elsewhere("Postgres, %d shards, %s".formatted(shards, told), shop);
        }
    }

    /** On another engine: fewer of it, to be compared with the same lines above. */
    private void elsewhere(String name, BenchShop shop) throws Exception {
        var turns = Turns.begin(shop).measure(60, 40);
        var rows = compared(shop, new Checkouts(Proposals.prepare(shop)), List.of(1, 32), true);
        figures.put(name, Map.of("turns", turns, "checkouts", rows));
        say("turn p50 %.1f ms, processor ms %s".formatted(turns.pace().p50(), turns.cpuMillis()));
        print(rows);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
