package io.journeyman.bench.chaos;

import io.journeyman.bench.chaos.audit.Audit;
import io.journeyman.bench.chaos.audit.Evidence;
import io.journeyman.bench.chaos.audit.Finding;
import io.journeyman.bench.shop.Site;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run: a shop is opened, visited and attacked; then all of it comes to rest, and its promises are checked.
 *
 * @param atATime most customers at a time
 * @param keep whether the run's folder stays in any case
 * @param out the outcome
 */
public record Chaos(int visits, int kills, long seed, int atATime, boolean keep, PrintWriter out) {

    /** How many times the customers at a time fit into the visits at least, so that the attacks find them in every stage. */
    private static final int ROUNDS = 3;

    /** However few come in all. */
    private static final int FEWEST_AT_A_TIME = 4;

    /** A journey may look by its own timer just while it is audited: what is found has to be there a while later, too. */
    private static final Duration ONCE_MORE_AFTER = Duration.ofSeconds(15);

    /** What became of each promise, and what customers did meanwhile. */
    public record Outcome(List<Finding> findings, Steps steps) {}

    /** Leaves no process, and no folder unless it was asked for or a promise is broken; also when it is interrupted. */
    public Outcome run() throws IOException, InterruptedException, SQLException {
        var site = Site.create("chaos");
        site.keepFolder(keep);
        boolean keepFolder = true;
        try {
            var outcome = run(site);
            keepFolder = keep || !Audit.kept(outcome.findings());
            return outcome;
        } finally {
            site.keepFolder(keepFolder);
            site.close();
            if (Files.exists(site.folder())) {
                out.println("The run's folder is " + site.folder()
                        + ": logs, data, and what was attacked when (attacks.log).");
            }
        }
    }

    private Outcome run(Site site) throws IOException, InterruptedException, SQLException {
        var began = Instant.now();
        try (var shop = Shop.open(site, seed);
                var log = new PrintWriter(Files.newBufferedWriter(site.folder().resolve("attacks.log")))) {
            out.printf("The shop is open after %d s; seed %d.%n", seconds(began), seed);
            var attacks = new Attacks(shop, Attack.plan(kills, seed), log);
            var together = Math.clamp(visits / ROUNDS, Math.min(FEWEST_AT_A_TIME, atATime), atATime);
            var season = new Season(shop, attacks, Errand.plan(visits, seed), seed, together);
            shop.faulty(kills > 0);
            var progress = Thread.startVirtualThread(() -> showProgress(season, attacks, began));
            season.takePlace();
            progress.interrupt();
            shop.faulty(false);
            out.printf(
                    "%d visits and %d attacks are over after %d s; now it settles.%n",
                    season.visited(), attacks.done(), seconds(began));
            try (var books = DriverManager.getConnection(shop.address().databaseUrl())) {
                var evidence = season.settle(books, site.folder());
                var findings = Audit.of(evidence);
                if (!Audit.kept(findings)) {
                    Thread.sleep(ONCE_MORE_AFTER);
                    evidence = season.atRest(books, site.folder());
                    findings = Audit.of(evidence);
                }
                report(evidence, season, seconds(began));
                Audit.print(findings, out);
                return new Outcome(findings, season.steps());
            }
        }
    }

    private void showProgress(Season season, Attacks attacks, Instant began) {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        try {
            while (true) {
                Thread.sleep(terminal.isPresent() ? Duration.ofSeconds(1) : Duration.ofSeconds(20));
                var line = "%d of %d visits, %d attacks, %d s"
                        .formatted(season.visited(), visits, attacks.done(), seconds(began));
                System.err.print(terminal.isPresent() ? "\r" + line + " " : line + "\n");
            }
        } catch (InterruptedException over) {
            terminal.ifPresent(any -> System.err.print("\r"));
        }
    }

    private void report(Evidence evidence, Season season, long seconds) {
        out.printf(
                "%n%d visits of %d customers, %d journeys confirmed; %d kills, %d pauses, %d messages lost between parts; %d s.%n%n",
                season.visited(),
                evidence.customers().size(),
                evidence.customers().stream()
                        .mapToLong(customer -> customer.promised().size())
                        .sum(),
                count(evidence, Outage.Kind.killed),
                count(evidence, Outage.Kind.paused),
                count(evidence, Outage.Kind.lost),
                seconds);
        season.steps().print(out);
        season.unsettled().forEach(what -> out.println("did not settle: " + what));
    }

    private static long count(Evidence evidence, Outage.Kind kind) {
        return evidence.outages().stream()
                .filter(outage -> outage.kind() == kind)
                .count();
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }
}
