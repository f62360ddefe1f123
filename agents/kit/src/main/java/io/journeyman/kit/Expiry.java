package io.journeyman.kit;

import io.journeyman.contracts.CustomerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes what has expired off the accounts of a ledger, each customer in a transaction of their own. Whoever is not reached because the
 * agent stops is found by the next sweep; agents that sweep at the same moment, or while an order looks at the account, take each off once.
 */
public final class Expiry {
    private static final int AT_ONCE = 500;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Class<? extends ExpiringLedger> ledger;

    public Expiry(Jdbi jdbi, InstantSource clock, Class<? extends ExpiringLedger> ledger) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.ledger = ledger;
    }

    public void sweep() {
        Instant now = clock.instant();
        List<CustomerId> customers;
        do {
            customers = jdbi.withExtension(ledger, accounts -> accounts.lapsing(now, AT_ONCE));
            for (CustomerId customer : customers) {
                jdbi.useTransaction(handle -> handle.attach(ledger).lapse(customer, now));
            }
        } while (customers.size() == AT_ONCE);
    }
}
