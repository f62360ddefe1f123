package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.TierRule;
import java.util.Set;

/**
 * Where a customer stands now.
 *
 * @param spendable points that are not reserved, never below zero
 * @param orders confirmed orders
 * @param usedOffers once-for-each-customer offers that an order of theirs has reserved or used
 */
public record Standing(TierRule tier, long spendable, int orders, Set<String> usedOffers) {
    public Standing {
        usedOffers = Set.copyOf(usedOffers);
    }
}
