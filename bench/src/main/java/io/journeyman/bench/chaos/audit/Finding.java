package io.journeyman.bench.chaos.audit;

import io.journeyman.bench.chaos.CustomerRecord.Complaint;
import java.util.ArrayList;
import java.util.List;

/** What became of one promise: how many things were looked at, and those that break it, each as a sentence with its ids. */
public record Finding(Promise promise, long checked, List<String> violations) {
    public Finding {
        violations = List.copyOf(violations);
    }

    /** Adds what customers saw with their own eyes. */
    Finding with(List<Complaint> complaints) {
        var all = new ArrayList<>(violations);
        complaints.stream()
                .filter(complaint -> complaint.promise() == promise.number())
                .map(Complaint::what)
                .forEach(all::add);
        return new Finding(promise, checked, all);
    }
}
