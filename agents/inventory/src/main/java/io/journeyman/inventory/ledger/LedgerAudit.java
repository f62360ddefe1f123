package io.journeyman.inventory.ledger;

import io.journeyman.contracts.Inventory.IncomingDifference;
import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.LedgerDifference;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the balances are what the ledger says. They always are: each change of a balance writes its movement in the same
 * statement. A difference means that somebody wrote to the tables past the agent, or that the database lost something.
 */
public final class LedgerAudit {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerAudit.class);
    private static final int MOST_DIFFERENCES = 100;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public LedgerAudit(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public LedgerCheck check() {
        return jdbi.withExtension(LedgerTable.class, ledger -> {
            List<LedgerDifference> differences = ledger.differences(MOST_DIFFERENCES);
            List<IncomingDifference> incoming = ledger.incoming(MOST_DIFFERENCES);
            return new LedgerCheck(
                    clock.instant(),
                    ledger.balances(),
                    differences.isEmpty() && incoming.isEmpty(),
                    differences,
                    incoming);
        });
    }

    /** Checks, and has the log say which balances differ. */
    public void watch() {
        LedgerCheck check = check();
        if (!check.addsUp()) {
            LOG.error(
                    "the ledger does not add up to the stock: {}, or to what is promised: {}",
                    check.differences(),
                    check.incoming());
        }
    }
}
