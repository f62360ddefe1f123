package io.journeyman.contracts;

/** A line as it was quoted: what it is, how many, and its unit price (GST included) at that moment. */
public record PricedLine(
        Sku sku, ProductId productId, String name, String size, String color, int quantity, Money unitPrice) {
    public Money amount() {
        return unitPrice.times(quantity);
    }

    public Line line() {
        return new Line(sku, quantity);
    }
}
