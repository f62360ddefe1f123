package io.journeyman.recommendation;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Audience;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Sku;
import io.journeyman.recommendation.imports.CatalogueImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The shop made for this project, put into a catalogue that is empty. */
final class SampleCatalogue {
    private final Jdbi jdbi;
    private final CatalogueImport imports;

    SampleCatalogue(Jdbi jdbi, CatalogueImport imports) {
        this.jdbi = jdbi;
        this.imports = imports;
    }

    /** Loads everything, or nothing when there is a product already. Several processes may try at once. */
    void loadIfEmpty() {
        jdbi.useTransaction(handle -> {
            handle.execute("LOCK TABLE product IN EXCLUSIVE MODE");
            boolean empty = handle.createQuery("SELECT NOT EXISTS (SELECT FROM product)")
                    .mapTo(Boolean.class)
                    .one();
            if (empty) {
                load(
                        handle,
                        read("db/sample/recommendation/categories.json", Kinds.class),
                        read("db/sample/catalogue.json", Catalogue.class));
            }
        });
    }

    private void load(Handle handle, Kinds kinds, Catalogue catalogue) {
        PreparedBatch categories = handle.prepareBatch("INSERT INTO category VALUES (:category, :family, :aliases)");
        kinds.categories().forEach(category -> categories.bindMethods(category).add());
        categories.execute();

        PreparedBatch occasions = handle.prepareBatch("INSERT INTO occasion VALUES (:occasion, :aliases)");
        kinds.occasions().forEach(occasion -> occasions.bindMethods(occasion).add());
        occasions.execute();

        imports.take(
                handle,
                catalogue.products().stream()
                        .map(product -> product.in(catalogue.currency()))
                        .toList());
    }

    private static <T> T read(String resource, Class<T> type) {
        try (InputStream file = SampleCatalogue.class.getClassLoader().getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("not on the classpath: " + resource);
            }
            return Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** db/sample/recommendation/categories.json */
    public record Kinds(List<Category> categories, List<Occasion> occasions) {}

    public record Category(String category, String family, String aliases) {}

    public record Occasion(String occasion, String aliases) {}

    /** db/sample/catalogue.json */
    public record Catalogue(String currency, List<Product> products) {}

    public record Product(
            ProductId productId,
            String name,
            String category,
            Audience audience,
            String description,
            long priceMinor,
            List<String> occasions,
            List<String> goesWith,
            List<Variant> variants) {
        ImportProduct in(String currency) {
            return new ImportProduct(
                    productId,
                    name,
                    description,
                    Optional.empty(),
                    List.of(category),
                    Optional.of(audience),
                    occasions,
                    goesWith,
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    variants.stream()
                            .map(variant -> variant.at(new Money(priceMinor, currency)))
                            .toList());
        }
    }

    public record Variant(Sku sku, String size, String color) {
        ImportVariant at(Money price) {
            return new ImportVariant(
                    sku,
                    Optional.of(size),
                    Optional.of(color),
                    price,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of());
        }
    }
}
