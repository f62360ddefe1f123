package io.journeyman.fulfillment;

import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All pieces of one variant in a parcel or a collection, however many lines named it. */
public record Piece(Sku sku, int quantity) {
    /** One piece per variant, sorted, so that two lists of the same contents are equal. */
    public static List<Piece> of(List<Line> lines) {
        return together(lines.stream().map(line -> new Piece(line.sku(), line.quantity())));
    }

    /** {@link #of} for the lines of a shipment. */
    public static List<Piece> shipped(List<ShippedLine> lines) {
        return together(lines.stream().map(line -> new Piece(line.sku(), line.quantity())));
    }

    private static List<Piece> together(Stream<Piece> all) {
        var pieces = new TreeMap<Sku, Integer>(Comparator.comparing(Sku::value));
        all.forEach(piece -> pieces.merge(piece.sku(), piece.quantity(), Math::addExact));
        return pieces.entrySet().stream()
                .map(piece -> new Piece(piece.getKey(), piece.getValue()))
                .toList();
    }
}
