package io.journeyman.recommendation;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The shop made for this project, put into a catalogue that is empty. */
final class SampleCatalogue {
    private final Jdbi jdbi;

    SampleCatalogue(Jdbi jdbi) {
        this.jdbi = jdbi;
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

    private static void load(Handle handle, Kinds kinds, Catalogue catalogue) {
        PreparedBatch categories = handle.prepareBatch("INSERT INTO category VALUES (:category, :family, :aliases)");
        kinds.categories().forEach(category -> categories.bindMethods(category).add());
        categories.execute();

        PreparedBatch occasions = handle.prepareBatch("INSERT INTO occasion VALUES (:occasion, :aliases)");
        kinds.occasions().forEach(occasion -> occasions.bindMethods(occasion).add());
        occasions.execute();

        PreparedBatch products = handle.prepareBatch("""
                INSERT INTO product
                SELECT :productId, :position, :name, c.category, :audience, :description, :priceMinor, :currency,
                    :occasions, :goesWith,
                    setweight(to_tsvector('english', plain_words(:name || ' ' || c.category)), 'A')
                    || setweight(to_tsvector('english', plain_words(c.aliases || ' ' || :colors)), 'B')
                    || setweight(to_tsvector('english', (
                        SELECT string_agg(o.occasion || ' ' || o.aliases, ' ') FROM occasion o
                        WHERE o.occasion = ANY(:occasions))), 'C')
                    || setweight(to_tsvector('english', plain_words(:description)), 'D'),
                    to_tsvector('english', plain_words(c.category || ' ' || c.aliases))
                FROM category c WHERE c.category = :category""");
        PreparedBatch variants = handle.prepareBatch(
                "INSERT INTO variant VALUES (:sku, :productId, :position, upper(:size), lower(:color))");
        for (int i = 0; i < catalogue.products().size(); i++) {
            Product product = catalogue.products().get(i);
            products.bindMethods(product)
                    .bind("position", i)
                    .bind("currency", catalogue.currency())
                    .bind("colors", product.colors())
                    .add();
            for (int j = 0; j < product.variants().size(); j++) {
                variants.bindMethods(product.variants().get(j))
                        .bind("productId", product.productId())
                        .bind("position", j)
                        .add();
            }
        }
        products.execute();
        variants.execute();
        handle.execute("""
                INSERT INTO vocabulary
                SELECT DISTINCT word, (ts_lexize('english_stem', word))[1]
                FROM (
                    SELECT concat_ws(' ', p.name, c.category, c.aliases) FROM product p JOIN category c USING (category)
                    UNION SELECT concat_ws(' ', occasion, aliases) FROM occasion
                    UNION SELECT color FROM variant) AS t (text),
                    regexp_split_to_table(plain_words(text), '[^[:alnum:]]+') AS word
                WHERE length(word) >= 3 AND ts_lexize('english_stem', word) <> '{}'""");
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
            String audience,
            String description,
            long priceMinor,
            List<String> occasions,
            List<String> goesWith,
            List<Variant> variants) {
        public String colors() {
            return String.join(
                    " ", variants.stream().map(Variant::color).distinct().toList());
        }
    }

    public record Variant(Sku sku, String size, String color) {}
}
