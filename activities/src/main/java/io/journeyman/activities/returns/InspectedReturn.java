package io.journeyman.activities.returns;

import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import java.util.List;
import java.util.Optional;

/**
 * What an inspection came to.
 *
 * @param taken the pieces that the shop takes; none when it refuses all
 * @param refund what is due for them in money, the fee taken off, and what pays for another piece that is to come
 * @param value what they cost in the end, {@code orderValue} what all pieces of the order did
 * @param exchange where the exchange stands; empty when nothing comes instead
 */
public record InspectedReturn(
        List<StockLine> taken, Money refund, Money value, Money orderValue, Optional<ExchangeState> exchange) {}
