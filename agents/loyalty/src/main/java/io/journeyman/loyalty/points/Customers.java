package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.PointsStatement;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.points.PointsLedger.Account;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Where customers stand. Somebody who never bought anything is bronze without points. */
public final class Customers {
    private static final int MOST_EXPIRIES = 24;

    private final PointsLedger ledger;
    private final Tiers tiers;

    public Customers(Handle handle) {
        this.ledger = handle.attach(PointsLedger.class);
        this.tiers = new Tiers(handle.attach(TierTable.class).all());
    }

    public Standing standing(CustomerId customer, Instant now) {
        Account account = account(customer, now);
        return new Standing(tier(customer, now), account.spendable(), account.orders(), ledger.uses(customer));
    }

    public TierRule tier(CustomerId customer, Instant now) {
        Instant since = now.minus(Tiers.YEAR);
        return tiers.of(ledger.earnedSince(customer, since), Money.inr(ledger.paidSince(customer, since)));
    }

    public PointsStatement statement(CustomerId customer, Instant now) {
        Instant since = now.minus(Tiers.YEAR);
        Account account = account(customer, now);
        long earned = ledger.earnedSince(customer, since);
        Money paid = Money.inr(ledger.paidSince(customer, since));
        TierRule tier = tiers.of(earned, paid);
        return new PointsStatement(
                customer,
                tier,
                account.spendable(),
                account.reserved(),
                earned,
                paid,
                tiers.above(tier, earned, paid),
                ledger.expiring(customer, now, MOST_EXPIRIES));
    }

    private Account account(CustomerId customer, Instant now) {
        return ledger.find(customer, now).orElse(new Account(0, 0, 0));
    }
}
