package io.journeyman.contracts;

/** So many pieces of one variant. */
public record Line(Sku sku, int quantity) {
    public static final int MOST_PIECES = 20;

    public Line {
        if (quantity < 1 || quantity > MOST_PIECES) {
            throw new IllegalArgumentException("quantity must be 1 to " + MOST_PIECES);
        }
    }
}
