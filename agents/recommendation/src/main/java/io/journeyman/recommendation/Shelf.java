package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Catalogue;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The catalogue as it is asked: words understood, products found, what stands in for what and what goes with what. */
interface Shelf {
    /** What a card shows of product p, sizes in the order people expect. */
    String CARD = """
            p.product_id, p.name, p.category, p.description,
            (SELECT min(price_at(v, :now)) FROM variant v WHERE v.product_id = p.product_id) AS price, p.currency,
            ARRAY(SELECT v.size FROM variant v WHERE v.product_id = p.product_id GROUP BY v.size
                  ORDER BY array_position(ARRAY['XS', 'S', 'M', 'L', 'XL', 'XXL'], v.size), length(v.size), v.size) AS sizes,
            ARRAY(SELECT v.color FROM variant v WHERE v.product_id = p.product_id GROUP BY v.color
                  ORDER BY min(v.position)) AS colors
            """;

    /** Who product p is for (everybody's things are for every adult), and what it is. */
    String SUITS = """
            (cardinality(CAST(:audiences AS text[])) = 0 OR p.audience = ANY(CAST(:audiences AS text[]))
                OR p.audience = 'unisex' AND CAST(:audiences AS text[]) && ARRAY['women', 'men'])
            AND (CAST(:kind AS text) IS NULL OR p.kind @@ CAST(:kind AS tsquery))
            """;

    /** Size, colour and price meet in one variant v. */
    String FITS = """
            EXISTS (SELECT FROM variant v WHERE v.product_id = p.product_id
                AND (CAST(:maxPriceMinor AS bigint) IS NULL OR price_at(v, :now) <= CAST(:maxPriceMinor AS bigint))
                AND (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)))
                AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text))))
            """;

    /** As FITS, but an M of a kurta says nothing of what comes in shoe sizes, or in one size. */
    String FITS_BESIDE = """
            EXISTS (SELECT FROM variant v WHERE v.product_id = p.product_id
                AND (CAST(:maxPriceMinor AS bigint) IS NULL OR price_at(v, :now) <= CAST(:maxPriceMinor AS bigint))
                AND (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)) OR v.size = 'ONE'
                    OR (v.size ~ '^[0-9]') <> (CAST(:size AS text) ~ '^[0-9]'))
                AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text))))
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
     * The words of a text that say something, each with what it was taken for: a word of the catalogue, the nearest such
     * word when it was mistyped, an audience, or ({@code known} is false) nothing that the shop has heard of.
     */
    @SqlQuery("""
            WITH said AS (
                SELECT word, (ts_lexize('english_stem', word))[1] AS lexeme, min(position) AS position
                FROM regexp_split_to_table(plain_words(:text), '[^[:alnum:]]+') WITH ORDINALITY AS s (word, position)
                WHERE length(word) > 1 AND word !~ '^[0-9]+$' AND ts_lexize('english_stem', word) <> '{}'
                GROUP BY word
                ORDER BY position
                LIMIT 30)
            SELECT coalesce(near.word, said.word) AS word, coalesce(near.lexeme, said.lexeme) AS lexeme, a.audience,
                exact.known OR near.word IS NOT NULL OR a.audience IS NOT NULL AS known
            FROM said
            LEFT JOIN audience_word a USING (lexeme)
            CROSS JOIN LATERAL (
                SELECT EXISTS (SELECT FROM product WHERE document @@ CAST(quote_literal(said.lexeme) AS tsquery)) AS known
            ) exact
            LEFT JOIN LATERAL (
                SELECT v.word, v.lexeme FROM vocabulary v
                WHERE NOT exact.known AND a.audience IS NULL AND length(said.word) >= 4
                    AND public.similarity(v.word, said.word) >= 0.3
                ORDER BY public.similarity(v.word, said.word) DESC, v.word
                LIMIT 1) near ON true
            WHERE NOT EXISTS (SELECT FROM filler_word f WHERE f.lexeme = said.lexeme)
            ORDER BY said.position""")
    List<Word> understand(String text);

    /** Whatever suits and fits, best match of the words first; what matches less than half as well as the best is left out. */
    @SqlQuery("WITH found AS (SELECT p.*, " + MATCH + " AS score FROM product p WHERE " + SUITS + " AND " + FITS + """
                AND (:query = '' OR p.document @@ CAST(:query AS tsquery)))
            SELECT"""
            + " " + CARD + """
                , p.occasions,
                ARRAY(SELECT w.word FROM unnest(CAST(:words AS text[]), CAST(:lexemes AS text[])) AS w (word, lexeme)
                      WHERE p.document @@ CAST(quote_literal(w.lexeme) AS tsquery)) AS matched
            FROM found p
            WHERE p.score >= 0.5 * (SELECT max(score) FROM found)
            ORDER BY p.score DESC, p.position
            LIMIT :limit""")
    List<Candidate> search(@BindMethods Wish wish);

    /** Stand-ins for a liked product: its own category before its family, then by occasions, likeness of name, and price. */
    @SqlQuery("SELECT " + CARD + ", " + SHARED + " AS occasions, CAST('{}' AS text[]) AS matched" + """

            FROM product l
            JOIN category lc ON lc.category = l.category
            JOIN category c ON c.family = lc.family
            JOIN product p ON p.category = c.category AND p.product_id <> l.product_id
            WHERE l.product_id = :liked AND""" + " "
            + SAME_PEOPLE + " AND " + SUITS + " AND " + FITS + """
            ORDER BY p.category = l.category DESC,
                public.similarity(p.name, l.name)
                + CAST(cardinality(""" + SHARED
            + ") AS real) / greatest(1, cardinality(l.occasions))"
            + """

                + CAST(least(p.price, l.price) AS real) / greatest(p.price, l.price)
                +""" + " " + MATCH + " DESC, p.position LIMIT :limit")
    List<Candidate> alternatives(ProductId liked, @BindMethods Wish wish);

    /** What goes with a liked product: one of each category that complements it, then a second of each. */
    @SqlQuery("WITH going AS (SELECT p.*, l.goes_with AS wanted, " + SHARED + " AS shared, " + MATCH + " AS score" + """

                FROM product l
                JOIN product p ON p.category = ANY(l.goes_with) AND p.product_id <> l.product_id
                WHERE l.product_id = :liked AND"""
            + " " + SAME_PEOPLE + " AND " + SUITS + " AND " + FITS_BESIDE + """
            ), in_turn AS (
                SELECT g.*, row_number() OVER (
                    PARTITION BY g.category ORDER BY g.score DESC, cardinality(g.shared) DESC, g.position) AS turn
                FROM going g)
            SELECT""" + " " + CARD + """
                , p.shared AS occasions, CAST('{}' AS text[]) AS matched
            FROM in_turn p
            ORDER BY p.score > 0 DESC, p.turn, array_position(p.wanted, p.category), p.position
            LIMIT :limit""")
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
            SELECT v.sku, p.product_id, p.name, v.size, v.color, price_at(v, :now) AS price, p.currency
            FROM variant v JOIN product p USING (product_id)
            WHERE v.sku = ANY(:skus)
            ORDER BY array_position(:skus, v.sku)""")
    List<PricedVariant> prices(List<Sku> skus, Instant now);

    @SqlQuery(
            "SELECT :currency AS currency, (SELECT count(*) FROM product) AS products, (SELECT count(*) FROM variant) AS variants")
    Catalogue size(String currency);
}
