package io.journeyman.activities.returns;

import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * What an inspection came to.
 *
 * @param taken the pieces that the shop takes; none when it refuses all
 * @param refund what is due for them in money, the fee taken off, and what pays for another piece that is to come
 * @param value what they cost in the end, {@code orderValue} what all pieces of the order did
 * @param exchange where the exchange stands; empty when nothing comes instead
 * @param remedy of a claim; empty of other returns, and where nothing was taken
 * @param back the pieces that go back to the customer as they came, because the shop does not take them; none in histories from before
 *     there were parcels for them
 */
public record InspectedReturn(
        List<StockLine> taken,
        Money refund,
        Money value,
        Money orderValue,
        Optional<ExchangeState> exchange,
        Optional<Remedy> remedy,
        List<StockLine> back) {
    public InspectedReturn {
        remedy = remedy == null ? Optional.empty() : remedy;
        back = back == null ? List.of() : List.copyOf(back);
    }

    public Remedy remedied() {
        return remedy.orElse(Remedy.refund);
    }
}
