package io.journeyman.recommendation.meaning;

import io.journeyman.contracts.ProductId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The meanings of products as they are kept. */
interface MeaningTable {
    /** Whether this process is the one that learns, until its transaction ends: the others read what it stored. */
    @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('recommendation.meaning'))")
    boolean lock();

    @SqlQuery("""
            SELECT m.product_id, m.content,
                left(concat_ws('. ', concat_ws(' ', p.brand, p.name), concat_ws(' for ', p.category, nullif(p.audience, 'unisex')),
                    nullif(array_to_string(p.occasions, ', '), ''), p.description), :longest) AS text
            FROM meaning m JOIN product p USING (product_id)
            WHERE m.vector IS NULL
            ORDER BY m.product_id
            LIMIT :most""")
    List<Unlearned> toLearn(int longest, int most);

    /** Whether it is what the product still says. */
    @SqlUpdate("""
            UPDATE meaning SET vector = :vector, change = nextval('meaning_change')
            WHERE product_id = :productId AND content = :content""")
    boolean learn(ProductId productId, String content, byte[] vector);

    @RegisterColumnMapper(Column.class)
    @SqlQuery("""
            SELECT product_id, vector AS meaning, change FROM meaning
            WHERE change > :seen AND vector IS NOT NULL
            ORDER BY change
            LIMIT :most""")
    List<Learned> since(long seen, int most);

    /** Whether the shop has grown by a tenth since its words were counted: other words may be common now. */
    @SqlQuery("SELECT count(*) > 1.1 * (SELECT products FROM terms_counted) FROM product")
    boolean hasGrown();

    @SqlUpdate("""
            INSERT INTO term SELECT word, ndoc FROM ts_stat('SELECT document FROM product') WHERE word !~ '^[0-9]+$'
            ON CONFLICT (lexeme) DO UPDATE SET products = excluded.products WHERE term.products <> excluded.products""")
    void countTerms();

    @SqlUpdate("UPDATE terms_counted SET products = (SELECT count(*) FROM product)")
    void termsAreCounted();

    final class Column implements ColumnMapper<Meaning> {
        @Override
        public Meaning map(ResultSet row, int column, StatementContext context) throws SQLException {
            return Meaning.of(row.getBytes(column));
        }
    }
}
