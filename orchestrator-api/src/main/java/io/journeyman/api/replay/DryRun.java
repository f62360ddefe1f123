package io.journeyman.api.replay;

import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replay would do just now; nothing was tried.
 *
 * @param orders how many were asked for
 * @param would how many would come to what: try_again, needs_customer, unresolved, price_honoured_until_passed, not_failed
 * @param totals what those to be tried would be charged, by currency: without what store credit pays
 * @param payments the first of those whose payment failed
 */
public record DryRun(
        boolean dryRun, int orders, Map<String, Integer> would, List<Money> totals, List<FailedPayment> payments) {
    private static final int SHOWN = 200;

    public static DryRun of(List<FailedPayment> failed, int asked, Optional<Instant> priceUntil, Instant now) {
        Map<String, Integer> would = new TreeMap<>();
        Map<String, Money> totals = new TreeMap<>();
        for (var payment : failed) {
            String what = would(payment, priceUntil, now);
            would.merge(what, 1, Integer::sum);
            if (what.equals("try_again")) {
                totals.merge(payment.total().currency(), payment.due(), Money::plus);
            }
        }
        if (asked > failed.size()) {
            would.put("not_failed", asked - failed.size());
        }
        return new DryRun(
                true,
                asked,
                would,
                List.copyOf(totals.values()),
                failed.stream().limit(SHOWN).toList());
    }

    private static String would(FailedPayment payment, Optional<Instant> priceUntil, Instant now) {
        if (payment.failure().equals("unresolved") && payment.live()) {
            return "unresolved";
        }
        if (!payment.isHonoured(priceUntil, now)) {
            return "price_honoured_until_passed";
        }
        return payment.failure().equals("payment_not_made") ? "needs_customer" : "try_again";
    }
}
