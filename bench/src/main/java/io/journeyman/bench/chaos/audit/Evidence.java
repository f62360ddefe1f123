package io.journeyman.bench.chaos.audit;

import io.journeyman.bench.chaos.CustomerRecord;
import io.journeyman.bench.chaos.Outage;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that the promises are checked against, once everything has settled.
 *
 * @param database every schema of the shop, with the gateway's ledger
 * @param workflows what the engine says: only which of them are open, and what they wait for
 * @param customers what customers noted down themselves
 * @param outages what was away, and when
 * @param folder the shop's files: data, logs
 * @param cardNumbers every one that a customer typed, digits only
 */
public record Evidence(
        Connection database,
        List<Workflow> workflows,
        List<CustomerRecord> customers,
        List<Outage> outages,
        Path folder,
        Set<String> cardNumbers) {

    Books books() {
        return new Books(database);
    }

    Set<String> open() {
        return idsOf(Workflow::isOpen);
    }

    Set<String> idsOf(Predicate<Workflow> wanted) {
        return workflows.stream().filter(wanted).map(Workflow::id).collect(Collectors.toSet());
    }
}
