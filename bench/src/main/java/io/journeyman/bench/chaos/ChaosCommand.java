package io.journeyman.bench.chaos;

import io.journeyman.bench.chaos.audit.Audit;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./journeyman chaos}. Exits with 0 when every promise was kept, 1 when one was broken or the shop did not come up. */
@Command(
        name = "chaos",
        description = {
            "A shop of its own under attack: customers chat, buy, reserve, pay with bad cards, cancel, repeat themselves and come back,"
                    + " while its parts are killed and paused and the network to the agents loses, delays and doubles messages."
                    + " Then every promise is checked from the tables and the payment gateway's own ledger.",
            "",
            "The seed decides what customers do and what is attacked in which order; when things meet is up to the machine."
        },
        sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
    private static final int MOST_JOURNEYS = 20_000;
    private static final int MOST_KILLS = 2_000;

    @Option(
            names = "--journeys",
            paramLabel = "N",
            description = "visits of customers; most become an order or a reservation (default ${DEFAULT-VALUE})")
    private int journeys = 100;

    @Option(
            names = "--kills",
            paramLabel = "K",
            description =
                    "kills (SIGKILL) spread over the visits, and a quarter as many pauses (default ${DEFAULT-VALUE})")
    private int kills = 10;

    @Option(names = "--seed", paramLabel = "S", description = "what chance is drawn from (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--customers",
            paramLabel = "C",
            description = "most customers at a time (default ${DEFAULT-VALUE})")
    private int customers = 100;

    @Option(names = "--keep", description = "keeps the run's folder: data, logs, what was attacked when")
    private boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this page")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        require("--journeys", journeys, 1, MOST_JOURNEYS);
        require("--kills", kills, 0, MOST_KILLS);
        require("--customers", customers, 1, 500);
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var outcome = new Chaos(journeys, kills, seed, customers, keep, out).run();
        return Audit.kept(outcome.findings()) ? 0 : 1;
    }

    private void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "%s must lie between %d and %d.".formatted(option, least, most));
        }
    }
}
