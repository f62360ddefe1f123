package io.journeyman.recommendation.bundle;

import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What is sold together. */
interface BundleTable {
    String PARTS = """
            SELECT b.bundle_id, b.name AS bundle, p.product_id, p.name,
                (SELECT min(price_at(v, :now)) FROM variant v WHERE v.product_id = p.product_id) AS price, p.currency
            FROM bundle b JOIN bundle_part n USING (bundle_id) JOIN product p ON p.product_id = n.product_id
            """;

    /** The parts of what is sold together with a product, one bundle after another, of {@code most} bundles. */
    @SqlQuery(PARTS + """
            WHERE b.bundle_id IN (
                SELECT bundle_id FROM bundle_part JOIN bundle USING (bundle_id)
                WHERE product_id = :product AND NOT ended ORDER BY bundle_id LIMIT :most)
            ORDER BY b.name, b.bundle_id, n.position""")
    List<Part> with(ProductId product, int most, Instant now);

    @SqlQuery(PARTS + "WHERE NOT b.ended ORDER BY b.name, b.bundle_id, n.position")
    List<Part> all(Instant now);

    /** Two that begin at once count each other. */
    @SqlUpdate("LOCK TABLE bundle IN EXCLUSIVE MODE")
    void lock();

    @SqlQuery("SELECT count(*) FROM bundle WHERE NOT ended AND bundle_id <> :bundle")
    int othersThan(BundleId bundle);

    /** False when it has ended. */
    @SqlUpdate("""
            INSERT INTO bundle (bundle_id, name) VALUES (:bundle, :name)
            ON CONFLICT (bundle_id) DO UPDATE SET name = excluded.name WHERE NOT bundle.ended""")
    boolean name(BundleId bundle, String name);

    @SqlUpdate("DELETE FROM bundle_part WHERE bundle_id = :bundle")
    void takeApart(BundleId bundle);

    @SqlUpdate("""
            INSERT INTO bundle_part (bundle_id, position, product_id)
            SELECT :bundle, position, product_id FROM unnest(:products) WITH ORDINALITY AS n (product_id, position)""")
    void consistsOf(BundleId bundle, List<ProductId> products);

    @SqlUpdate("""
            INSERT INTO bundle (bundle_id, name, ended) VALUES (:bundle, '', true)
            ON CONFLICT (bundle_id) DO UPDATE SET ended = true""")
    void end(BundleId bundle);

    /** Those of the products that the catalogue has. */
    @SqlQuery("SELECT product_id FROM product WHERE product_id = ANY (:products)")
    List<ProductId> known(List<ProductId> products);

    /** @param bundle what the whole is called @param price the lowest of its variants */
    record Part(BundleId bundleId, String bundle, ProductId productId, String name, Money price) {}
}
