package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Catalogue;
import io.journeyman.contracts.Recommendation.Facet;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The catalogue as it is asked: words understood, products found, what stands in for what and what goes with what. */
interface Shelf {
    /** What a card shows of product p. */
    String CARD = """
            p.product_id, p.name, p.category, p.description,
            (SELECT min(price_at(v, :now)) FROM variant v WHERE v.product_id = p.product_id) AS price, p.currency, p.sizes, p.colors
            """;

    /** Who product p is for (everybody's things are for every adult), what it is, and what it is not; and it may cost what it should. */
    String SUITS = """
            (cardinality(CAST(:audiences AS text[])) = 0 OR p.audience = ANY(CAST(:audiences AS text[]))
                OR p.audience = 'unisex' AND CAST(:audiences AS text[]) && ARRAY['women', 'men'])
            AND (CAST(:kind AS text) IS NULL OR p.kind @@ CAST(:kind AS tsquery))
            AND (CAST(:brand AS text) IS NULL OR lower(p.brand) = lower(CAST(:brand AS text)))
            AND (CAST(:minPriceMinor AS bigint) IS NULL OR p.highest_price >= CAST(:minPriceMinor AS bigint))
            AND (CAST(:maxPriceMinor AS bigint) IS NULL OR p.lowest_price <= CAST(:maxPriceMinor AS bigint))
            AND (CAST(:unwantedWithin AS text) IS NULL OR NOT p.document @@ CAST(:unwantedWithin AS tsquery))
            """;

    /** What variant v costs, and the colours it must not have. */
    String COSTS = """
            (CAST(:minPriceMinor AS bigint) IS NULL OR price_at(v, :now) >= CAST(:minPriceMinor AS bigint))
            AND (CAST(:maxPriceMinor AS bigint) IS NULL OR price_at(v, :now) <= CAST(:maxPriceMinor AS bigint))
            AND v.color <> ALL(CAST(:unwantedWords AS text[]))
            """;

    /**
     * Size, colour and price meet in one variant of product p. Its own row says whether they do, except where its variants' prices
     * differ, or where a size or colour is wanted and other colours are not.
     */
    String FITS = """
            (NOT :narrow OR
                (CAST(:size AS text) IS NULL OR upper(CAST(:size AS text)) = ANY (p.sizes))
                AND (CAST(:color AS text) IS NULL OR lower(CAST(:color AS text)) = ANY (p.colors))
                AND (CAST(:size AS text) IS NULL OR CAST(:color AS text) IS NULL
                    OR upper(CAST(:size AS text)) || '/' || lower(CAST(:color AS text)) = ANY (p.made))
                AND NOT p.colors <@ CAST(:unwantedWords AS text[])
                AND (NOT :closely AND (NOT :priced OR p.lowest_price = p.highest_price)
                    OR EXISTS (SELECT FROM variant v WHERE v.product_id = p.product_id AND""" + " " + COSTS + """
                        AND (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)))
                        AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text))))))
            """;

    /** As FITS, but an M of a kurta says nothing of what comes in shoe sizes, or in one size. */
    String FITS_BESIDE =
            "(NOT :narrow OR EXISTS (SELECT FROM variant v WHERE v.product_id = p.product_id AND " + COSTS + """
                AND (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)) OR v.size = 'ONE'
                    OR (v.size ~ '^[0-9]') <> (CAST(:size AS text) ~ '^[0-9]'))
                AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text)))))
            """;

    /** Product p is made for the same people as the liked product l. */
    String SAME_PEOPLE = """
            (p.audience = l.audience
                OR p.audience = 'unisex' AND l.audience <> 'kids'
                OR l.audience = 'unisex' AND p.audience <> 'kids')
            """;

    String MATCH = "ts_rank('{0.1, 0.3, 0.6, 1.0}', p.document, CAST(:query AS tsquery))";
    String SHARED = "ARRAY(SELECT o FROM unnest(p.occasions) o WHERE o = ANY(l.occasions))";

    /**
     * The words of a text that say something, synonyms in the catalogue's words too, each with what it was taken for: a word of the
     * catalogue, the likest such word when it was mistyped, an audience, or ({@code known} is false) nothing that the shop has
     * heard of.
     */
    @SqlQuery("""
            WITH typed AS (
                SELECT word, (ts_lexize('english_stem', word))[1] AS lexeme, position
                FROM regexp_split_to_table(plain_words(:text), '[^[:alnum:]]+') WITH ORDINALITY AS s (word, position)
                WHERE length(word) > 1 AND word !~ '^[0-9]+$'
                LIMIT 40),
            meant AS (
                SELECT t.word, t.position FROM typed t
                WHERE NOT EXISTS (SELECT FROM synonym s WHERE s.said = t.word)
                    OR EXISTS (SELECT FROM term WHERE term.lexeme = t.lexeme)
                UNION ALL
                SELECT m.word, t.position
                FROM typed t JOIN synonym s ON s.said = t.word, regexp_split_to_table(s.meant, ' ') AS m (word)),
            said AS (
                SELECT word, (ts_lexize('english_stem', word))[1] AS lexeme, min(position) AS position
                FROM meant WHERE ts_lexize('english_stem', word) <> '{}'
                GROUP BY word
                ORDER BY position
                LIMIT 30)
            SELECT coalesce(near.word, said.word) AS word, coalesce(near.lexeme, said.lexeme) AS lexeme, a.audience,
                t.lexeme IS NOT NULL OR near.word IS NOT NULL OR a.audience IS NOT NULL AS known,
                coalesce(t.products, near.products, 1) AS products
            FROM said
            LEFT JOIN audience_word a USING (lexeme)
            LEFT JOIN term t USING (lexeme)
            LEFT JOIN LATERAL (
                SELECT v.word, v.lexeme, n.products FROM vocabulary v LEFT JOIN term n USING (lexeme)
                WHERE t.lexeme IS NULL AND a.audience IS NULL AND length(said.word) >= 4
                    AND v.word OPERATOR(public.%) said.word
                ORDER BY public.similarity(v.word, said.word) DESC, v.word
                LIMIT 1) near ON true
            WHERE NOT EXISTS (SELECT FROM filler_word f WHERE f.lexeme = said.lexeme)
            ORDER BY said.position""")
    List<Word> understand(String text);

    /**
     * What suits and fits, found by its words and by its meaning. Each way puts its own in order, and a product's places in both
     * decide (reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009), the words' more than the meaning's: who names a
     * thing wants that thing. What matches the words less than half as well as the best is left out.
     */
    String FOUND = """
            WITH by_words AS MATERIALIZED (
                SELECT DISTINCT f.product_id, f.position, f.score
                FROM (
                    SELECT c.product_id, c.position, c.score
                    FROM unnest(CAST(:queries AS text[])) AS q (words)
                    CROSS JOIN LATERAL (
                        SELECT p.product_id, p.position,""" + " " + MATCH + """
                             AS score
                        FROM product p WHERE p.document @@ CAST(q.words AS tsquery) AND""" + " " + SUITS + " AND " + FITS + """
                        LIMIT 300) c
                    LIMIT 600) f),
            by_meaning AS (
                SELECT a.product_id, p.position, a.place
                FROM unnest(CAST(:alike AS text[])) WITH ORDINALITY AS a (product_id, place)
                JOIN product p USING (product_id)
                WHERE""" + " " + SUITS + " AND " + FITS + """
                ),
            placed AS (
                SELECT product_id, position, rank() OVER (ORDER BY score DESC) AS place, 1.0 AS weight FROM by_words
                WHERE score >= 0.5 * (SELECT max(score) FROM by_words)
                UNION ALL
                SELECT product_id, position, rank() OVER (ORDER BY place), 0.3 FROM by_meaning
                UNION ALL
                (SELECT p.product_id, p.position, p.position, 1.0 FROM product p
                 WHERE :wordless AND"""
            + " " + SUITS + " AND " + FITS + """
                 ORDER BY p.position LIMIT :most)),
            taste AS (
                SELECT t.product_id, t.place FROM unnest(CAST(:taste AS text[])) WITH ORDINALITY AS t (product_id, place)),
            found AS (
                SELECT p.product_id, p.position, sum(p.weight / (60 + p.place)) + coalesce(0.2 / (60 + min(t.place)), 0) AS score,
                    count(t.product_id) > 0 AS to_the_taste
                FROM placed p LEFT JOIN taste t USING (product_id)
                GROUP BY p.product_id, p.position)
            """;

    /**
     * The best of what is found.
     *
     * @param alike what means nearly the same, the nearest first
     * @param taste what is like that which the customer chose before, likewise: it decides where little else does
     */
    @SqlQuery(FOUND + """
            , best AS (
                SELECT product_id, score, to_the_taste FROM found ORDER BY score DESC, position LIMIT :most)
            SELECT""" + " " + CARD + """
                , p.occasions,
                ARRAY(SELECT w.word FROM unnest(CAST(:words AS text[]), CAST(:lexemes AS text[])) AS w (word, lexeme)
                      WHERE p.document @@ CAST(quote_literal(w.lexeme) AS tsquery)) AS matched,
                b.to_the_taste
            FROM best b JOIN product p USING (product_id)
            ORDER BY b.score DESC, p.position""")
    List<Candidate> search(@BindMethods Wish wish, List<ProductId> alike, List<ProductId> taste, int most);

    /** The products that have these numbers, or whose variants have them. */
    @SqlQuery("SELECT " + CARD + """
                , p.occasions, CAST('{}' AS text[]) AS matched, false AS to_the_taste
            FROM product p
            WHERE p.product_id IN (
                SELECT unnest(:numbers) UNION SELECT v.product_id FROM variant v WHERE v.sku = ANY (:numbers))
            ORDER BY p.position""")
    List<Candidate> numbered(List<String> numbers, Instant now);

    /** Those of the names (lower case, words with one space between) that products have, the longest first. */
    @SqlQuery("SELECT bare_name(name) FROM product WHERE bare_name(name) = ANY (:names) GROUP BY bare_name(name)"
            + " ORDER BY length(bare_name(name)) DESC")
    List<String> called(List<String> names);

    /** What suits and fits of the products with these names; the longest name first. */
    @SqlQuery("SELECT " + CARD + """
                , p.occasions, CAST('{}' AS text[]) AS matched, false AS to_the_taste
            FROM product p
            WHERE bare_name(p.name) = ANY (:names) AND""" + " " + SUITS + " AND " + FITS + """

            ORDER BY length(p.name) DESC, p.position
            LIMIT :limit""")
    List<Candidate> named(List<String> names, @BindMethods Wish wish);

    /** What all that is found is, by category, brand, colour and size: the twelve most frequent of each, with how many products. */
    @SqlQuery(FOUND + """
            , said (facet, value, product_id) AS (
                SELECT 'category', p.category, p.product_id FROM found JOIN product p USING (product_id)
                UNION SELECT 'brand', p.brand, p.product_id FROM found JOIN product p USING (product_id) WHERE p.brand IS NOT NULL
                UNION SELECT 'color', unnest(p.colors), p.product_id FROM found JOIN product p USING (product_id)
                UNION SELECT 'size', unnest(p.sizes), p.product_id FROM found JOIN product p USING (product_id)),
            counted AS (
                SELECT facet, value, count(*) AS products,
                    row_number() OVER (PARTITION BY facet ORDER BY count(*) DESC, value) AS place
                FROM said GROUP BY facet, value)
            SELECT facet, value, products FROM counted WHERE place <= 12 ORDER BY facet, place""")
    List<Facet> facets(@BindMethods Wish wish, List<ProductId> alike, List<ProductId> taste, int most);

    /**
     * Stand-ins for a liked product: its own category before its family, then by occasions, likeness of name, and price. In a
     * large shop a hundred of each are looked at, and those that mean nearly the same.
     */
    @SqlQuery("""
            WITH l AS MATERIALIZED (
                SELECT p.*, c.family FROM product p JOIN category c USING (category) WHERE p.product_id = :liked),
            candidate AS (
                SELECT unnest(CAST(:alike AS text[])) AS product_id
                UNION
                (SELECT p.product_id FROM l JOIN product p ON p.category = l.category
                 WHERE""" + " " + SAME_PEOPLE + " AND " + SUITS + " AND " + FITS + """
                 LIMIT 100)
                UNION
                (SELECT p.product_id FROM l JOIN category c ON c.family = l.family AND c.category <> l.category
                 JOIN product p ON p.category = c.category
                 WHERE""" + " " + SAME_PEOPLE + " AND " + SUITS
            + " AND " + FITS + """
                 LIMIT 100))
            SELECT""" + " " + CARD + ", " + SHARED
            + " AS occasions, CAST('{}' AS text[]) AS matched, false AS to_the_taste" + """

            FROM l
            JOIN category c ON c.family = l.family
            JOIN product p ON p.category = c.category AND p.product_id <> l.product_id
            JOIN candidate ON candidate.product_id = p.product_id
            WHERE""" + " " + SAME_PEOPLE
            + " AND " + SUITS + " AND " + FITS + """
            ORDER BY p.category = l.category DESC,
                public.similarity(p.name, l.name)
                + CAST(cardinality(""" + SHARED + ") AS real) / greatest(1, cardinality(l.occasions))"
            + """

                + CAST(least(p.price, l.price) AS real) / greatest(p.price, l.price)
                +""" + " " + MATCH + " DESC, p.position LIMIT :limit")
    List<Candidate> alternatives(ProductId liked, @BindMethods Wish wish, List<ProductId> alike);

    /** What goes with a liked product: one of each category that complements it, then a second of each. */
    @SqlQuery("""
            WITH going AS (
                SELECT g.category, g.place, c.*
                FROM product l
                CROSS JOIN LATERAL unnest(l.goes_with) WITH ORDINALITY AS g (category, place)
                CROSS JOIN LATERAL (
                    SELECT p.product_id, p.position,""" + " " + SHARED + " AS shared, " + MATCH + """
                         AS score
                    FROM product p
                    WHERE p.category = g.category AND p.product_id <> l.product_id
                        AND""" + " " + SAME_PEOPLE + " AND " + SUITS + " AND "
            + FITS_BESIDE + """
                    LIMIT 100) c
                WHERE l.product_id = :liked AND g.place = array_position(l.goes_with, g.category)),
            in_turn AS (
                SELECT g.*, row_number() OVER (
                    PARTITION BY g.category ORDER BY g.score DESC, cardinality(g.shared) DESC, g.position) AS turn
                FROM going g),
            best AS (
                SELECT * FROM in_turn ORDER BY score > 0 DESC, turn, place, position LIMIT :limit)
            SELECT""" + " " + CARD + """
                , b.shared AS occasions, CAST('{}' AS text[]) AS matched, false AS to_the_taste
            FROM best b JOIN product p USING (product_id)
            ORDER BY b.score > 0 DESC, b.turn, b.place, p.position""")
    List<Candidate> complements(ProductId liked, @BindMethods Wish wish);

    @SqlQuery("""
            SELECT p.product_id, p.name, p.category, p.description,
                (SELECT min(price_at(v, :now)) FROM variant v WHERE v.product_id = p.product_id) AS price, p.currency,
                p.brand, p.images, p.categories, p.attributes
            FROM product p WHERE p.product_id = :productId""")
    Optional<Item> item(ProductId productId, Instant now);

    @SqlQuery("""
            SELECT v.sku, v.size, v.color, price_at(v, :now) AS price, v.price AS regular, p.currency, on_sale(v, :now) AS on_sale,
                v.sale_until, v.gtin, v.images, v.attributes
            FROM variant v JOIN product p USING (product_id)
            WHERE p.product_id = :productId
            ORDER BY v.position""")
    List<Made> variants(ProductId productId, Instant now);

    /** The known ones, in the order asked. */
    @SqlQuery("""
            SELECT v.sku, p.product_id, p.name, v.size, v.color, price_at(v, :now) AS price, p.currency,
                nullif(warranty_months(p.attributes, p.category), 0) AS warranty_months
            FROM variant v JOIN product p USING (product_id)
            WHERE v.sku = ANY(:skus)
            ORDER BY array_position(:skus, v.sku)""")
    List<PricedVariant> prices(List<Sku> skus, Instant now);

    @SqlQuery(
            "SELECT :currency AS currency, (SELECT count(*) FROM product) AS products, (SELECT count(*) FROM variant) AS variants")
    Catalogue size(String currency);
}
