package io.journeyman.fulfillment;

import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** All pieces of one variant in a parcel or a collection, however many lines named it. */
public record Piece(Sku sku, int quantity) {
    /** One piece per variant, sorted, so that two lists of the same contents are equal. */
    public static List<Piece> of(List<Line> lines) {
        var pieces = new TreeMap<Sku, Integer>(Comparator.comparing(Sku::value));
        lines.forEach(line -> pieces.merge(line.sku(), line.quantity(), Math::addExact));
        return pieces.entrySet().stream()
                .map(piece -> new Piece(piece.getKey(), piece.getValue()))
                .toList();
    }
}
