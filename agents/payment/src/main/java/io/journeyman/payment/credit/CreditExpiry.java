package io.journeyman.payment.credit;

import io.journeyman.contracts.CustomerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes expired store credit off the accounts, each customer in a transaction of their own. Agents that sweep at the same moment, or
 * while an order looks at the account, take each off once.
 */
public final class CreditExpiry {
    private static final int AT_ONCE = 500;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public CreditExpiry(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public void sweep() {
        Instant now = clock.instant();
        List<CustomerId> customers;
        do {
            customers = jdbi.withExtension(CreditLedger.class, ledger -> ledger.lapsing(now, AT_ONCE));
            for (CustomerId customer : customers) {
                jdbi.useTransaction(handle -> handle.attach(CreditLedger.class).lapse(customer, now));
            }
        } while (customers.size() == AT_ONCE);
    }
}
