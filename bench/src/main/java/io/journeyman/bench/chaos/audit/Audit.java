package io.journeyman.bench.chaos.audit;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks all promises of a shop that has come to rest, and tells the outcome. */
public final class Audit {
    /** Of one promise; the rest is counted. */
    private static final int MOST_TOLD = 20;

    private Audit() {}

    public static List<Finding> of(Evidence evidence) throws SQLException {
        var findings = new ArrayList<Finding>();
        for (var promise : Promise.values()) {
            findings.add(of(promise, evidence));
        }
        return findings;
    }

    public static Finding of(Promise promise, Evidence evidence) throws SQLException {
        var complaints = evidence.customers().stream()
                .flatMap(customer -> customer.complaints().stream())
                .toList();
        var tally = check(promise, evidence);
        return new Finding(promise, tally.checked(), tally.violations()).with(complaints);
    }

    private static Tally check(Promise promise, Evidence evidence) throws SQLException {
        return switch (promise) {
            case charged_once -> ChargedOnce.check(evidence);
            case stock_adds_up -> StockAddsUp.check(evidence);
            case all_or_nothing -> AllOrNothing.check(evidence);
            case nothing_stuck -> NothingStuck.check(evidence);
            case answered_once -> AnsweredOnce.check(evidence);
            case kept_private -> KeptPrivate.check(evidence);
            case goes_on -> GoesOn.check(evidence);
            case told_the_truth -> ToldTheTruth.check(evidence);
        };
    }

    public static boolean kept(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.violations().isEmpty());
    }

    public static void print(List<Finding> findings, PrintWriter out) {
        out.printf("   %-60s %9s %10s%n", "promise", "checked", "violations");
        for (var finding : findings) {
            out.printf(
                    "%d  %-60s %9d %10d%n",
                    finding.promise().number(),
                    finding.promise().words(),
                    finding.checked(),
                    finding.violations().size());
        }
        for (var finding : findings) {
            finding.violations().stream()
                    .limit(MOST_TOLD)
                    .forEach(violation ->
                            out.printf("promise %d: %s%n", finding.promise().number(), violation));
            if (finding.violations().size() > MOST_TOLD) {
                out.printf(
                        "promise %d: and %d more%n",
                        finding.promise().number(), finding.violations().size() - MOST_TOLD);
            }
        }
        out.println(kept(findings) ? "Every promise was kept." : "Promises were broken.");
    }
}
