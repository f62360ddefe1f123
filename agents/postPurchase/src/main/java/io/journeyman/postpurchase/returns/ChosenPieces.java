package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.kit.ProblemException;
import io.journeyman.postpurchase.returns.PieceTable.Bought;
import io.journeyman.postpurchase.returns.PieceTable.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The pieces of one order that a return or a cancellation speaks for, and the share that each has of what the order cost. */
public final class ChosenPieces {
    private final List<PricedLine> ordered;
    private final PieceShares shares;
    private final List<Piece> pieces;
    private final String currency;

    private ChosenPieces(List<PricedLine> ordered, Money discount, List<Piece> pieces) {
        this.ordered = ordered;
        this.shares = new PieceShares(ordered, discount);
        this.pieces = List.copyOf(pieces);
        this.currency = discount.currency();
    }

    /**
     * The first of each line that nobody has spoken for.
     *
     * @param tooFew what is said where fewer are left than were asked for: of a line, and how many
     * @throws ProblemException not_in_order, and what {@code tooFew} says
     */
    public static ChosenPieces of(
            PieceTable table, Bought bought, List<Line> asked, BiFunction<Line, Integer, Problem> tooFew) {
        List<PricedLine> ordered = table.lines(bought.orderId());
        Map<Sku, List<Piece>> free =
                table.freePieces(bought.orderId()).stream().collect(Collectors.groupingBy(Piece::sku));
        var seen = new HashSet<Sku>();
        var taken = new ArrayList<Piece>();
        for (var line : asked) {
            if (!seen.add(ordered(ordered, line.sku()).sku())) {
                throw notInOrder(line.sku());
            }
            var left = free.getOrDefault(line.sku(), List.of());
            if (left.size() < line.quantity()) {
                throw new ProblemException(tooFew.apply(line, left.size()));
            }
            taken.addAll(left.subList(0, line.quantity()));
        }
        return new ChosenPieces(ordered, bought.discount(), taken);
    }

    /** Of an order of which nothing is taken any more; its lines can still be told. */
    public static ChosenPieces none(List<PricedLine> ordered, String currency) {
        return new ChosenPieces(ordered, new Money(0, currency), List.of());
    }

    public List<Piece> pieces() {
        return pieces;
    }

    /** The order's line of that variant. @throws ProblemException not_in_order */
    public PricedLine ordered(Sku sku) {
        return ordered(ordered, sku);
    }

    /** What the chosen pieces of a line cost. */
    public Money cost(Sku sku) {
        return money(pieces.stream()
                .filter(piece -> piece.sku().equals(sku))
                .mapToLong(this::of)
                .sum());
    }

    /** What one of them cost, in minor units. */
    public long of(Piece piece) {
        return shares.of(piece.position(), piece.piece());
    }

    /** What they cost before the order's discount. */
    public Money goods() {
        return money(
                pieces.stream().mapToLong(piece -> piece.unitPrice().minor()).sum());
    }

    public Money value() {
        return money(pieces.stream().mapToLong(this::of).sum());
    }

    /** What all pieces of the order cost, in minor units. */
    public long ofAll() {
        return shares.ofAll();
    }

    private Money money(long minor) {
        return new Money(minor, currency);
    }

    private static PricedLine ordered(List<PricedLine> lines, Sku sku) {
        return lines.stream().filter(line -> line.sku().equals(sku)).findFirst().orElseThrow(() -> notInOrder(sku));
    }

    private static ProblemException notInOrder(Sku sku) {
        return new ProblemException(Problem.of(
                422,
                "not_in_order",
                "The order has no line " + sku + ", or it is named twice.",
                "Use the skus of the order, each once."));
    }
}
