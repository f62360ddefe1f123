package io.journeyman.recommendation.imports;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where imported products are written. */
interface ImportTable {
    /** One import at a time; reading goes on meanwhile. */
    @SqlUpdate("LOCK TABLE product IN EXCLUSIVE MODE")
    void lock();

    @SqlQuery("SELECT product_id, content FROM product WHERE product_id = ANY(:ids)")
    List<KnownProduct> products(List<ProductId> ids);

    /** The variants of these products, and whosever variants have these skus. */
    @SqlQuery("""
            SELECT sku, product_id, size, color, position, content FROM variant
            WHERE sku = ANY(:skus) OR product_id = ANY(:ids)""")
    List<KnownVariant> variants(List<ProductId> ids, List<Sku> skus);

    @SqlQuery("SELECT coalesce(max(position), -1) + 1 FROM product")
    int nextPosition();

    @SqlBatch("INSERT INTO category (category, family, aliases) VALUES (:category, :family, '') ON CONFLICT DO NOTHING")
    void addCategories(Collection<String> category, Collection<String> family);

    @SqlBatch("INSERT INTO occasion (occasion, aliases) VALUES (:occasion, '') ON CONFLICT DO NOTHING")
    void addOccasions(Collection<String> occasion);

    /** The lowest price and what is searched are filled in by {@link #index}. */
    @SqlBatch("""
            INSERT INTO product (product_id, position, name, category, audience, description, price, currency, occasions,
                goes_with, document, kind, brand, images, categories, tags, attributes, kinds, content)
            VALUES (:productId, :position, :name, :category, :audience, :description, 1, :currency, :occasions,
                :goesWith, '', '', :brand, :images, :categories, :tags, CAST(:attributes AS jsonb), :kinds, :content)
            ON CONFLICT (product_id) DO UPDATE SET
                name = excluded.name, category = excluded.category, audience = excluded.audience,
                description = excluded.description, occasions = excluded.occasions, goes_with = excluded.goes_with,
                brand = excluded.brand, images = excluded.images, categories = excluded.categories, tags = excluded.tags,
                attributes = excluded.attributes, kinds = excluded.kinds, content = excluded.content""")
    void putProducts(@BindMethods List<ProductRow> products);

    @SqlBatch("DELETE FROM variant WHERE sku = :sku")
    void removeVariants(List<Sku> sku);

    @SqlBatch("""
            INSERT INTO variant (sku, product_id, position, size, color, price, sale_price, sale_from, sale_until, gtin,
                images, attributes, content)
            VALUES (:sku, :productId, :position, :size, :color, :price, :salePrice, :saleFrom, :saleUntil, :gtin,
                :images, CAST(:attributes AS jsonb), :content)
            ON CONFLICT (sku) DO UPDATE SET
                size = excluded.size, color = excluded.color, price = excluded.price, sale_price = excluded.sale_price,
                sale_from = excluded.sale_from, sale_until = excluded.sale_until, gtin = excluded.gtin,
                images = excluded.images, attributes = excluded.attributes, content = excluded.content""")
    void putVariants(@BindMethods List<VariantRow> variants);

    /** What follows from a product and its variants: its prices, what it is made in, and the words by which it is found. */
    @SqlUpdate("""
            UPDATE product p SET
                price = (SELECT min(v.price) FROM variant v WHERE v.product_id = p.product_id),
                lowest_price = (SELECT min(least(v.price, v.sale_price)) FROM variant v WHERE v.product_id = p.product_id),
                highest_price = (SELECT max(v.price) FROM variant v WHERE v.product_id = p.product_id),
                sizes = ARRAY(SELECT v.size FROM variant v WHERE v.product_id = p.product_id GROUP BY v.size
                    ORDER BY array_position(ARRAY['XS', 'S', 'M', 'L', 'XL', 'XXL'], v.size), length(v.size), v.size),
                colors = ARRAY(SELECT v.color FROM variant v WHERE v.product_id = p.product_id GROUP BY v.color
                    ORDER BY min(v.position)),
                made = ARRAY(SELECT v.size || '/' || v.color FROM variant v WHERE v.product_id = p.product_id ORDER BY v.position),
                document =
                    setweight(to_tsvector('english', plain_words(concat_ws(' ', p.name, p.brand, c.category))), 'A')
                    || setweight(to_tsvector('english', plain_words(concat_ws(' ', c.aliases, p.kinds, (
                        SELECT string_agg(v.color, ' ') FROM (
                            SELECT color FROM variant WHERE product_id = p.product_id
                            GROUP BY color ORDER BY min(position)) v)))), 'B')
                    || setweight(to_tsvector('english', plain_words(concat_ws(' ', (
                        SELECT string_agg(o.occasion || ' ' || o.aliases, ' ') FROM occasion o
                        WHERE o.occasion = ANY(p.occasions)), array_to_string(p.tags, ' ')))), 'C')
                    || setweight(to_tsvector('english', plain_words(p.description)), 'D'),
                kind = to_tsvector('english', plain_words(concat_ws(' ', c.category, c.aliases, p.kinds)))
            FROM category c WHERE c.category = p.category AND p.product_id = ANY(:ids)""")
    void index(List<ProductId> ids);

    /** The words of these products, for whoever mistypes them. */
    @SqlUpdate("""
            INSERT INTO vocabulary
            SELECT DISTINCT word, (ts_lexize('english_stem', word))[1]
            FROM (
                SELECT concat_ws(' ', p.name, p.brand, c.category, c.aliases, p.kinds)
                FROM product p JOIN category c USING (category) WHERE p.product_id = ANY(:ids)
                UNION SELECT concat_ws(' ', occasion, aliases) FROM occasion
                UNION SELECT color FROM variant WHERE product_id = ANY(:ids)) AS t (text),
                regexp_split_to_table(plain_words(text), '[^[:alnum:]]+') AS word
            WHERE length(word) >= 3 AND word !~ '^[0-9]+$' AND ts_lexize('english_stem', word) <> '{}'
            ON CONFLICT DO NOTHING""")
    void learn(List<ProductId> ids);

    /** Words that nobody had before; how many have them is counted later. */
    @SqlUpdate("""
            INSERT INTO term
            SELECT DISTINCT lexeme, 1 FROM product p, LATERAL unnest(tsvector_to_array(p.document)) AS lexeme
            WHERE p.product_id = ANY(:ids) AND lexeme !~ '^[0-9]+$'
            ON CONFLICT DO NOTHING""")
    void addTerms(List<ProductId> ids);

    /** What they mean is to be learned; what they meant before is forgotten. */
    @SqlUpdate("""
            INSERT INTO meaning (product_id, content) SELECT product_id, content FROM product WHERE product_id = ANY(:ids)
            ON CONFLICT (product_id) DO UPDATE SET content = excluded.content, vector = NULL""")
    void forgetMeaning(List<ProductId> ids);

    record KnownProduct(ProductId productId, String content) {}

    record KnownVariant(Sku sku, ProductId productId, String size, String color, int position, String content) {}

    /** @param position where it stands in the shop when it is new @param attributes as JSON */
    record ProductRow(
            ProductId productId,
            int position,
            String name,
            String category,
            String audience,
            String description,
            String currency,
            List<String> occasions,
            List<String> goesWith,
            Optional<String> brand,
            List<String> images,
            List<String> categories,
            List<String> tags,
            String attributes,
            String kinds,
            String content) {}

    /** @param attributes as JSON @param price in minor units, as is {@code salePrice} */
    record VariantRow(
            Sku sku,
            ProductId productId,
            int position,
            String size,
            String color,
            long price,
            Optional<Long> salePrice,
            Optional<Instant> saleFrom,
            Optional<Instant> saleUntil,
            Optional<String> gtin,
            List<String> images,
            String attributes,
            String content) {}
}
