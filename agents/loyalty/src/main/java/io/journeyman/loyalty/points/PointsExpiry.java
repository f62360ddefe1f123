package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes expired points off the accounts, each customer in a transaction of their own. Whoever is not reached because the agent
 * stops is found by the next sweep; agents that sweep at the same moment take each point off once.
 */
public final class PointsExpiry {
    private static final int AT_ONCE = 500;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public PointsExpiry(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public void sweep() {
        Instant now = clock.instant();
        List<CustomerId> customers;
        do {
            customers = jdbi.withExtension(PointsLedger.class, ledger -> ledger.lapsing(now, AT_ONCE));
            for (CustomerId customer : customers) {
                jdbi.useTransaction(handle -> handle.attach(PointsLedger.class).lapse(customer, now));
            }
        } while (customers.size() == AT_ONCE);
    }
}
