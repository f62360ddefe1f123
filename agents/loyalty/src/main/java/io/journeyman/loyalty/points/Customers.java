package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.PointsStatement;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
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
        return tier(
                customer,
                ledger.earnedSince(customer, since),
                ShopCurrency.here().minor(ledger.paidSince(customer, since)),
                now);
    }

    /** What they reach, or what they were granted where that is higher. */
    private TierRule tier(CustomerId customer, long earned, Money paid, Instant now) {
        TierRule reached = tiers.of(earned, paid);
        return ledger.granted(customer, now)
                .filter(granted -> granted.compareTo(reached.tier()) > 0)
                .map(tiers::rule)
                .orElse(reached);
    }

    public PointsStatement statement(CustomerId customer, Instant now) {
        Instant since = now.minus(Tiers.YEAR);
        Account account = account(customer, now);
        long earned = ledger.earnedSince(customer, since);
        Money paid = ShopCurrency.here().minor(ledger.paidSince(customer, since));
        TierRule tier = tier(customer, earned, paid, now);
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
