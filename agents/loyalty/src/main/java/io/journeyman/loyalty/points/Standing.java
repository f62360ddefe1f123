package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.TierRule;
import java.util.Map;

/**
 * Where a customer stands now.
 *
 * @param spendable points that are not reserved, never below zero
 * @param orders confirmed orders
 * @param uses in how many orders of theirs an offer is reserved or used, by the offer's id
 */
public record Standing(TierRule tier, long spendable, int orders, Map<String, Integer> uses) {
    public Standing {
        uses = Map.copyOf(uses);
    }

    public int uses(String offerId) {
        return uses.getOrDefault(offerId, 0);
    }
}
