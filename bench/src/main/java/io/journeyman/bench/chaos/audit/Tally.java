package io.journeyman.bench.chaos.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Counts what is looked at while a promise is checked, and keeps what breaks it. */
final class Tally {
    private final List<String> violations = new ArrayList<>();
    private long checked;

    void checked(long many) {
        checked += many;
    }

    void broken(Collection<String> found) {
        violations.addAll(found);
    }

    /** One thing is looked at. */
    void expect(boolean kept, String otherwise) {
        checked++;
        if (!kept) {
            violations.add(otherwise);
        }
    }

    long checked() {
        return checked;
    }

    List<String> violations() {
        return violations;
    }
}
