package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import java.math.BigInteger;
import java.util.List;

/**
 * What each piece of an order cost in the end. The order's discount, points included, is shared out by price over the row of all its
 * pieces: a piece costs what the row up to it costs, less what the row before it does, each in whole paise, rounded down. So all pieces
 * together cost exactly what the goods did, and each costs the same whenever it is asked.
 */
final class PieceShares {
    private final List<PricedLine> lines;
    private final long goods;
    private final long paid;

    /** @param discount of the whole order; where it is more than the goods cost (it may be off the delivery too), they cost nothing */
    PieceShares(List<PricedLine> lines, Money discount) {
        this.lines = List.copyOf(lines);
        this.goods = upTo(lines.size());
        this.paid = Math.max(0, goods - discount.minor());
    }

    /** What all pieces cost, in minor units. */
    long ofAll() {
        return paid;
    }

    /** @param position of its line, from 0 @param piece of that line, from 1 */
    long of(int position, int piece) {
        long price = lines.get(position).unitPrice().minor();
        long before = upTo(position) + (piece - 1) * price;
        return share(before + price) - share(before);
    }

    private long upTo(int position) {
        return lines.subList(0, position).stream()
                .mapToLong(line -> line.amount().minor())
                .sum();
    }

    private long share(long row) {
        return goods == 0
                ? 0
                : BigInteger.valueOf(row)
                        .multiply(BigInteger.valueOf(paid))
                        .divide(BigInteger.valueOf(goods))
                        .longValueExact();
    }
}
