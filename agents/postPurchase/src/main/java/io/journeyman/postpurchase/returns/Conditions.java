package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether lines may come back, until when, and for which fee. What the shop is at fault for comes back without fee, also in a final sale. */
final class Conditions {
    private final Map<String, ReturnRule> rules;

    Conditions(List<ReturnRule> rules) {
        this.rules = rules.stream().collect(Collectors.toMap(ReturnRule::category, Function.identity()));
    }

    /**
     * The last moment for all of these lines.
     *
     * @param since from when the days count
     * @throws ProblemException final_sale, window_over
     */
    Instant returnBy(List<ReturnLine> lines, ReturnReason reason, Instant since, Instant now) {
        boolean finalSale = lines.stream().anyMatch(line -> of(line).finalSale());
        if (finalSale && !isShopsFault(reason)) {
            throw new ProblemException(Problem.of(
                    409,
                    "final_sale",
                    "A piece of it was sold for good: it comes back only when it is damaged, or not what was ordered.",
                    "Say so; offer to return the other pieces."));
        }
        Instant last = last(lines, since);
        if (now.isAfter(last)) {
            throw new ProblemException(
                    Problem.of(
                            409,
                            "window_over",
                            "It could be returned within "
                                    + Duration.between(since, last).toDays() + " days, and they are over.",
                            "Say so honestly; offer to let staff have a look when it is damaged."),
                    Map.of("returnBy", last));
        }
        return last;
    }

    private Instant last(List<ReturnLine> lines, Instant since) {
        return since.plus(Duration.ofDays(
                lines.stream().mapToInt(line -> of(line).days()).min().orElseThrow()));
    }

    /**
     * Who can still send all of these lines back loses nothing by it, and need not claim a warranty.
     *
     * @throws ProblemException returnable
     */
    void checkOver(List<ReturnLine> lines, Instant since, Instant now) {
        Instant last = last(lines, since);
        if (!now.isAfter(last)) {
            throw new ProblemException(
                    Problem.of(
                            409,
                            "returnable",
                            "It can still be returned, which is quicker, and free when it is damaged.",
                            "Offer to return it with return_items, as damaged."),
                    Map.of("returnBy", last));
        }
    }

    /** In minor units; once for the whole return. */
    long fee(List<ReturnLine> lines, ReturnReason reason, boolean exchange) {
        return isShopsFault(reason)
                ? 0
                : lines.stream()
                        .map(this::of)
                        .mapToLong(rule ->
                                exchange ? exchangeFee(rule) : rule.fee().minor())
                        .max()
                        .orElse(0L);
    }

    private static long exchangeFee(ReturnRule rule) {
        return rule.exchangeFee().map(Money::minor).orElse(0L);
    }

    private ReturnRule of(ReturnLine line) {
        return line.category()
                .map(category -> rules.get(category.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> rules.get(RuleTable.OTHERS));
    }

    private static boolean isShopsFault(ReturnReason reason) {
        return switch (reason) {
            case damaged, wrong_item, not_as_described, warranty -> true;
            case changed_mind, does_not_fit -> false;
        };
    }
}
