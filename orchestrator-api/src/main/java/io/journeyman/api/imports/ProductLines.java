package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.api.imports.FeedSink.Lines;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collections;
import java.util.Optional;

/**
 * Reads a product from each line: an ImportProduct of recommendation's contract, of which productId, name and variants with sku and
 * price must be there. A price may be written as {@code "1499.00 INR"}, {@code 1499.00} or {@code {"minor": 149900, "currency":
 * "INR"}}.
 */
final class ProductLines {
    private static final int LONGEST_LINE = 1 << 20;

    private final String currency;
    private final FeedSink sink;
    private final SeenIds seen = new SeenIds();

    ProductLines(String currency, FeedSink sink) {
        this.currency = currency;
        this.sink = sink;
    }

    void read(InputStream file) throws IOException, FeedUnreadable {
        Reader text = Table.text(file);
        var line = new StringBuilder();
        long number = 1;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n') {
                take(number++, line);
                line.setLength(0);
            } else if (line.length() <= LONGEST_LINE) {
                line.append((char) c);
            }
        }
        take(number, line);
    }

    private void take(long number, CharSequence line) throws FeedUnreadable {
        if (seen.isFull()) {
            throw new FeedUnreadable(number, "the file has more than " + SeenIds.MOST + " products: cut it");
        }
        if (line.toString().isBlank()) {
            return;
        }
        String id = "";
        try {
            ObjectNode product = product(line);
            id = product.path("productId").asText();
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

    private static ObjectNode product(CharSequence line) throws BadField {
        if (line.length() > LONGEST_LINE) {
            throw new BadField("row", "has more than " + LONGEST_LINE + " characters");
        }
        if (line.toString().indexOf('\uFFFD') >= 0) {
            throw new BadField("row", "is not UTF-8");
        }
        try {
            if (Json.tree(line.toString()) instanceof ObjectNode product) {
                return product;
            }
        } catch (IllegalArgumentException e) {
            throw new BadField("row", "is not JSON");
        }
        throw new BadField("row", "is not a JSON object");
    }

    /** What may be left out, and prices in words. */
    private void complete(ObjectNode product) throws BadField {
        ProductAssembly.emptyProduct()
                .properties()
                .forEach(field -> product.putIfAbsent(field.getKey(), field.getValue()));
        product.put("continued", false);
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

    private void price(ObjectNode variant, String field) throws BadField {
        Optional<String> words = Optional.of(variant.path(field))
                .filter(price -> price.isTextual() || price.isNumber())
                .map(price -> price.isNumber() ? price.decimalValue().toPlainString() : price.asText());
        if (words.isPresent()) {
            variant.set(field, FeedPrice.of(field, words.get(), currency));
        }
    }
}
