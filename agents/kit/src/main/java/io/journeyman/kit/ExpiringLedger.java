package io.journeyman.kit;

import io.journeyman.contracts.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts of customers from which something expires. The SQL is each ledger's own. */
public interface ExpiringLedger {
    /** Some of the customers with something that may have expired, the longest waiting first. */
    List<CustomerId> lapsing(Instant now, int most);

    /** Some of the customers with something that expires until then, and of which they have not heard, or not of so much. */
    List<CustomerId> unreminded(Instant now, Instant until, int most);

    /** Keeps the account as it is until the transaction ends; empty where nothing of it may have expired. */
    Optional<CustomerId> lockLapsing(CustomerId customer, Instant now);

    /** Takes off what has expired. The account is locked. */
    void expire(CustomerId customer, Instant now);

    /**
     * Takes off what has expired, once, whoever else does the same: the account is locked first, and what has expired is
     * counted only then.
     */
    default void lapse(CustomerId customer, Instant now) {
        if (lockLapsing(customer, now).isPresent()) {
            expire(customer, now);
        }
    }
}
