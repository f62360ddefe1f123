package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.bench.chaos.audit.Finding;
import io.journeyman.bench.chaos.audit.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of what {@code ./journeyman chaos} does at length. */
@Timeout(900)
class ChaosTest {
    /** Every errand has its turn in so short a run, too. What of it is under attack just then is not always done. */
    private static final List<Step> LONG_WAYS = List.of(
            Step.ordered_ahead,
            Step.collected,
            Step.not_collected,
            Step.cancelled_unpaid,
            Step.exchanged_with_credit,
            Step.came_home,
            Step.claim_refunded,
            Step.claim_replaced,
            Step.claim_repaired,
            Step.reviewed,
            Step.card_forgotten,
            Step.credit_expired,
            Step.two_tenders);

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void everyPromiseIsKeptThoughPartsAreKilledAndTheNetworkLosesMessages() throws Exception {
        var before = folders();
        var said = new StringWriter();

        var outcome = new Chaos(22, 6, 7, 8, false, new PrintWriter(said, true)).run();
        var findings = outcome.findings();

        assertThat(findings.stream().flatMap(finding -> finding.violations().stream()))
                .as(said.toString())
                .isEmpty();
        assertThat(findings).extracting(Finding::promise).containsExactly(Promise.values());
        assertThat(said.toString()).contains("6 kills", "Every promise was kept.");
        assertThat(Stream.of(Step.values()).map(Step::words)).allMatch(said.toString()::contains);
        assertThat(LONG_WAYS)
                .as(said.toString())
                .filteredOn(step -> outcome.steps().taken(step) > 0)
                .hasSizeGreaterThan(LONG_WAYS.size() / 2);
        assertThat(before).as("folders that were there before").containsAll(folders());
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("processes that stay")
                .isEmpty();
    }

    @Test
    void thePlanOfAttacksIsTheSeeds() {
        assertThat(Attack.plan(40, 5)).isEqualTo(Attack.plan(40, 5)).isNotEqualTo(Attack.plan(40, 6));
        assertThat(Attack.plan(40, 5))
                .filteredOn(attack -> attack.kind() == Outage.Kind.killed)
                .hasSize(40)
                .extracting(Attack::part)
                .contains(Part.values());
    }

    @Test
    void everyErrandHasItsTurnBeforeOneIsDrawnAgain() {
        assertThat(Errand.plan(40, 5)).isEqualTo(Errand.plan(40, 5)).isNotEqualTo(Errand.plan(40, 6));
        assertThat(Errand.plan(Errand.values().length, 5)).containsExactlyInAnyOrder(Errand.values());
    }

    private static Set<Path> folders() throws IOException {
        try (var files = Files.list(TEMPORARY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journeyman-chaos-"))
                    .collect(Collectors.toSet());
        }
    }
}
