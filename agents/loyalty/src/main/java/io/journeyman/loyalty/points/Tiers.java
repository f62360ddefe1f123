package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.NextTier;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shop's tiers. A customer has the highest one that they reach by the points they earned or by what they paid in the last
 * 365 days, whichever brings them further; spending points costs no tier, and an order that was undone counts for nothing.
 *
 * @param rules one for each tier, the lowest first
 */
public record Tiers(List<TierRule> rules) {
    /** What is older does not count for the tier. */
    public static final Duration YEAR = Duration.ofDays(365);

    /** In whole rupees, euros, yen. */
    private static final long PAID_PER_POINT = 100;

    public Tiers {
        rules = List.copyOf(rules);
        if (!mistakes(rules).isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", mistakes(rules)));
        }
    }

    /** Why these cannot be a shop's tiers; empty when they can. */
    public static List<String> mistakes(List<TierRule> rules) {
        var mistakes = new ArrayList<String>();
        if (!rules.stream().map(TierRule::tier).toList().equals(List.of(Tier.values()))) {
            mistakes.add("Name bronze, silver and gold once each, in this order.");
        } else if (rules.getFirst().pointsFrom() != 0
                || rules.getFirst().spendFrom().minor() != 0) {
            mistakes.add("Bronze is everybody's: it asks for no points and no spend.");
        }
        if (rules.stream().anyMatch(rule -> !ShopCurrency.here().isOf(rule.spendFrom()))) {
            mistakes.add("Give what is to be spent in " + ShopCurrency.here().code() + ".");
        }
        for (int i = 1; i < rules.size(); i++) {
            var lower = rules.get(i - 1);
            var higher = rules.get(i);
            if (higher.pointsFrom() < lower.pointsFrom()
                    || higher.spendFrom().minor() < lower.spendFrom().minor()) {
                mistakes.add(higher.tier() + " must not ask for less than " + lower.tier() + ".");
            }
        }
        return mistakes;
    }

    /**
     * @param earned points of the last 365 days, less those taken back
     * @param paid in the last 365 days
     */
    public TierRule of(long earned, Money paid) {
        return rules.reversed().stream()
                .filter(rule -> earned >= rule.pointsFrom()
                        || paid.minor() >= rule.spendFrom().minor())
                .findFirst()
                .orElse(rules.getFirst());
    }

    public TierRule rule(Tier tier) {
        return rules.stream().filter(rule -> rule.tier() == tier).findFirst().orElseThrow();
    }

    /** What is missing until the tier above; empty for those who have the highest. */
    public Optional<NextTier> above(TierRule tier, long earned, Money paid) {
        return rules.stream()
                .filter(rule -> rule.tier().compareTo(tier.tier()) > 0)
                .findFirst()
                .map(next -> new NextTier(
                        next.tier(),
                        next.pointsFrom() - earned,
                        next.spendFrom().minus(paid)));
    }

    /** One point for each full 100 rupees (euros, yen) paid, times the tier's percentage, rounded down. */
    public static long pointsFor(TierRule tier, Money paid) {
        return Math.max(
                        0,
                        paid.minor() / ShopCurrency.here().whole(PAID_PER_POINT).minor())
                * tier.pointsPercent()
                / 100;
    }

    /** The id of the tier's own offer, such as TIER-SILVER. It needs no reserving. */
    public static String offerId(Tier tier) {
        return "TIER-" + tier.name().toUpperCase(java.util.Locale.ROOT);
    }
}
