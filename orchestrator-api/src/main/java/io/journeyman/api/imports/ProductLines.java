package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.api.imports.FeedSink.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a product from each line: an ImportProduct of recommendation's contract, of which productId, name and variants with sku and
 * price must be there. A price may be written as {@code "1499.00 INR"}, {@code 1499.00} or {@code {"minor": 149900, "currency":
 * "INR"}}.
 */
final class ProductLines {
    /** In months: twenty years. */
    private static final int LONGEST_WARRANTY = 240;

    private final String currency;
    private final FeedSink sink;
    private final SeenIds seen = new SeenIds();

    ProductLines(String currency, FeedSink sink) {
        this.currency = currency;
        this.sink = sink;
    }

    void read(InputStream file) throws IOException, FeedUnreadable {
        JsonLines.read(file, this::take, sink::refused);
    }

    private void take(long number, ObjectNode product) throws FeedUnreadable {
        if (seen.isFull()) {
            throw new FeedUnreadable(number, "the file has more than " + SeenIds.MOST + " products: cut it");
        }
        String id = product.path("productId").asText();
        try {
            if (!id.isEmpty() && !seen.add(id)) {
                throw new BadField("productId", "came before in this file");
            }
            complete(product);
            sink.product(
                    product,
                    new Lines(
                            number, Collections.nCopies(product.path("variants").size(), number)));
        } catch (BadField e) {
            sink.refused(e.of(number, id));
        }
    }

    /** What may be left out, and prices in words. */
    private void complete(ObjectNode product) throws BadField {
        ProductAssembly.emptyProduct()
                .properties()
                .forEach(field -> product.putIfAbsent(field.getKey(), field.getValue()));
        product.put("continued", false);
        warranty(product);
        if (!product.path("variants").isArray()) {
            throw new BadField("variants", "is no list of variants");
        }
        for (JsonNode node : product.path("variants")) {
            if (node instanceof ObjectNode variant) {
                ProductAssembly.emptyVariant()
                        .properties()
                        .forEach(field -> variant.putIfAbsent(field.getKey(), field.getValue()));
                price(variant, "price");
                price(variant, "salePrice");
            }
        }
    }

    /** A column of its own here, it is an attribute in the catalogue, as in feeds. */
    private static void warranty(ObjectNode product) throws BadField {
        for (String column : List.of("warrantyMonths", "warranty_months")) {
            JsonNode months = product.remove(column);
            if (months != null && !months.isNull()) {
                if (!months.asText().matches("[0-9]{1,3}") || Integer.parseInt(months.asText()) > LONGEST_WARRANTY) {
                    throw new BadField(column, "is no number of months from 0 to " + LONGEST_WARRANTY);
                }
                if (product.path("attributes") instanceof ArrayNode attributes) {
                    attributes.addObject().put("name", "warranty months").put("value", months.asText());
                }
            }
        }
    }

    private void price(ObjectNode variant, String field) throws BadField {
        Optional<String> words = Optional.of(variant.path(field))
                .filter(price -> price.isTextual() || price.isNumber())
                .map(price -> price.isNumber() ? price.decimalValue().toPlainString() : price.asText());
        if (words.isPresent()) {
            variant.set(field, FeedPrice.of(field, words.get(), currency));
        }
    }
}
