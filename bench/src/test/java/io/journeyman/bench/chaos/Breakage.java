package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.bench.chaos.audit.Finding;
import io.journeyman.bench.chaos.audit.Promise;
import java.util.List;

/**
 * A protection that is switched off, and what comes of it.
 *
 * @param name what the shop does without it
 */
record Breakage(String name, Play play) {
    /** Customers go on buying. */
    interface Play {
        /** @return what the audit has to say, once everything has come to rest */
        Proof run() throws Exception;
    }

    interface Proof {
        void in(Audited audited);
    }

    /** What the audit said of a shop. */
    record Audited(List<Finding> findings) {
        List<String> of(Promise promise) {
            return findings.stream()
                    .filter(finding -> finding.promise() == promise)
                    .flatMap(finding -> finding.violations().stream())
                    .toList();
        }

        void names(Promise promise, String words) {
            assertThat(of(promise))
                    .anySatisfy(violation -> assertThat(violation).contains(words));
        }

        /** Whatever happened to others. */
        void clears(String order) {
            assertThat(findings).flatExtracting(Finding::violations).noneMatch(violation -> violation.contains(order));
        }
    }
}
