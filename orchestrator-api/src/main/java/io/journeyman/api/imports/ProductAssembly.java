package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.api.imports.FeedSink.Lines;
import io.journeyman.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts rows that follow each other and name the same product together. No more than one product is kept: rows of a product that
 * came before, or that has very many, are handed on as its further variants.
 */
final class ProductAssembly {
    private static final int MOST_VARIANTS = 100;
    private static final int MOST_IMAGES = 20;

    private final FeedSink sink;
    private final SeenIds products = new SeenIds();
    private final SeenIds variants = new SeenIds();
    private Optional<Piece> open = Optional.empty();

    private record Piece(String productId, ObjectNode product, long line, List<Long> lines) {
        void add(ObjectNode variant, long at) {
            product.withArray("variants").add(variant);
            lines.add(at);
        }
    }

    ProductAssembly(FeedSink sink) {
        this.sink = sink;
    }

    /**
     * @param head the product's own fields; those of its first row count
     * @param skuField how the file names the variant's id
     */
    void add(long line, String productId, Supplier<ObjectNode> head, ObjectNode variant, String skuField)
            throws FeedUnreadable {
        if (variants.isFull()) {
            throw new FeedUnreadable(line, "the file has more than " + SeenIds.MOST + " rows: cut it");
        }
        String sku = variant.path("sku").asText();
        if (!variants.add(sku)) {
            sink.refused(new Refusal(line, sku, skuField, "came before in this file"));
            return;
        }
        if (open.filter(piece -> piece.productId().equals(productId)).isEmpty()) {
            end();
            open = Optional.of(begun(productId, head.get(), line, !products.add(productId)));
        }
        Piece piece = open.orElseThrow();
        piece.add(variant, line);
        if (piece.lines().size() == MOST_VARIANTS) {
            end();
            open = Optional.of(begun(productId, piece.product().deepCopy(), line, true));
        }
    }

    /** A further picture of the product whose rows are being read. */
    void image(String productId, String url) {
        open.filter(piece -> piece.productId().equals(productId)).ifPresent(piece -> {
            var images = piece.product().withArray("images");
            boolean there = false;
            for (var image : images) {
                there |= image.asText().equals(url);
            }
            if (!there && images.size() < MOST_IMAGES) {
                images.add(url);
            }
        });
    }

    /** Hands the last product on. */
    void end() {
        open.filter(piece -> !piece.lines().isEmpty())
                .ifPresent(piece -> sink.product(piece.product(), new Lines(piece.line(), piece.lines())));
        open = Optional.empty();
    }

    private static Piece begun(String productId, ObjectNode product, long line, boolean continued) {
        product.put("productId", productId).put("continued", continued);
        product.putArray("variants");
        return new Piece(productId, product, line, new ArrayList<>());
    }

    /** A product with nothing but what the contract wants to be there. */
    static ObjectNode emptyProduct() {
        ObjectNode product = Json.mapper().createObjectNode().put("description", "");
        List.of("categories", "occasions", "goesWith", "tags", "images", "attributes")
                .forEach(product::putArray);
        return product;
    }

    static ObjectNode emptyVariant() {
        ObjectNode variant = Json.mapper().createObjectNode();
        List.of("images", "attributes").forEach(variant::putArray);
        return variant;
    }
}
