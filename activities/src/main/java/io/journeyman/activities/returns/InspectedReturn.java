package io.journeyman.activities.returns;

import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Money;
import java.util.List;

/**
 * What an inspection came to.
 *
 * @param taken the pieces that the shop takes; none when it refuses all
 * @param refund what is due for them, the fee taken off
 * @param value what they cost in the end, {@code orderValue} what all pieces of the order did
 */
public record InspectedReturn(List<StockLine> taken, Money refund, Money value, Money orderValue) {}
