package io.journeyman.activities.conversation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopCurrency;
import java.util.List;

/** The cart with prices as they were when each line was added; only a quote is binding. */
public record CartView(List<PricedLine> lines, int pieces, Money goods) {
    static CartView of(List<PricedLine> lines) {
        Money goods = lines.stream()
                .map(PricedLine::amount)
                .reduce(ShopCurrency.here().zero(), Money::plus);
        return new CartView(
                List.copyOf(lines),
                lines.stream().mapToInt(PricedLine::quantity).sum(),
                goods);
    }
}
