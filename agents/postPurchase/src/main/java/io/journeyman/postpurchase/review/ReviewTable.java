package io.journeyman.postpurchase.review;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.ProductRating;
import io.journeyman.contracts.PostPurchase.ReviewOutcome;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.ReviewWish;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ReviewId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Reviews, and the requests for them, in Postgres. Whoever asks for or writes one has locked its order's row before. */
interface ReviewTable {
    /** A line of which a piece stays with its customer: no return and no cancellation has spoken for all of them. */
    String KEPT = """
            (SELECT count(*) FROM returned_piece r WHERE (r.order_id, r.position) = (l.order_id, l.position)) < l.quantity
            """;

    /** A row of {@code review}, all of it absent where nothing is written. */
    record Written(
            Optional<ReviewId> reviewId,
            Optional<Integer> rating,
            Optional<String> words,
            Optional<Instant> writtenAt,
            Optional<Instant> changedAt,
            Optional<String> hiddenBy,
            Optional<String> hiddenFor,
            Optional<Instant> hiddenAt) {}

    /** A line that was asked about or reviewed. @param at when that was */
    record Said(
            OrderId orderId,
            CustomerId customerId,
            Instant at,
            @Nested ReviewableLine line,
            @Nested Written written) {}

    @SqlQuery("""
            SELECT s.status FROM placed_order o JOIN order_state s USING (order_id)
            WHERE o.order_id = :order AND o.customer_id = :customer FOR NO KEY UPDATE OF s""")
    Optional<OrderStatus> lockOrder(OrderId order, CustomerId customer);

    /** Whoever never said so wants to be asked. */
    @SqlQuery("SELECT coalesce((SELECT wanted FROM review_wish WHERE customer_id = :customer), true)")
    boolean wantsToBeAsked(CustomerId customer);

    @SqlUpdate("""
            INSERT INTO review_wish VALUES (:customerId, :wanted, :now)
            ON CONFLICT (customer_id) DO UPDATE SET wanted = excluded.wanted, changed_at = excluded.changed_at""")
    void wish(@BindMethods ReviewWish wish, Instant now);

    @SqlQuery("SELECT outcome FROM review_request WHERE order_id = :order")
    Optional<ReviewOutcome> outcome(OrderId order);

    @SqlUpdate("INSERT INTO review_request VALUES (:order, :customer, :outcome, :now)")
    void ask(OrderId order, CustomerId customer, ReviewOutcome outcome, Instant now);

    /** The same variant in two lines is asked about once. */
    @SqlUpdate("""
            INSERT INTO review_request_line (order_id, position, sku)
            SELECT l.order_id, min(l.position), l.sku FROM order_line l
            WHERE l.order_id = :order AND l.sku = :sku GROUP BY l.order_id, l.sku""")
    void askAbout(OrderId order, Sku sku);

    String LINES = "SELECT DISTINCT ON (l.sku) l.sku, l.product_id, l.name, l.size, l.color FROM order_line l ";

    @SqlQuery(LINES
            + "JOIN review_request_line USING (order_id, sku) WHERE l.order_id = :order ORDER BY l.sku, l.position")
    List<ReviewableLine> askedAbout(OrderId order);

    @SqlQuery(LINES + "WHERE l.order_id = :order AND " + KEPT + """
            AND NOT EXISTS (SELECT FROM review v WHERE (v.order_id, v.sku) = (l.order_id, l.sku))
            ORDER BY l.sku, l.position""")
    List<ReviewableLine> keptWithoutReview(OrderId order);

    @SqlQuery(LINES + "WHERE l.order_id = :order AND l.sku = :sku ORDER BY l.sku, l.position")
    Optional<ReviewableLine> line(OrderId order, Sku sku);

    @SqlQuery("SELECT EXISTS (SELECT FROM order_line l WHERE l.order_id = :order AND l.sku = :sku AND " + KEPT + ")")
    boolean isKept(OrderId order, Sku sku);

    /** Words that are not given stay as they are. */
    @SqlUpdate("""
            INSERT INTO review AS r (review_id, order_id, sku, product_id, name, size, color, customer_id, rating, words,
                written_at, changed_at)
            VALUES (:id, :orderId, :sku, :productId, :name, :size, :color, :customerId, :rating, nullif(:words, ''),
                CAST(:now AS timestamptz), :now)
            ON CONFLICT (order_id, sku) DO UPDATE
            SET rating = excluded.rating, changed_at = excluded.changed_at,
                words = CASE WHEN CAST(:words AS text) IS NULL THEN r.words ELSE excluded.words END""")
    void write(ReviewId id, @BindMethods WriteReview review, @BindMethods ReviewableLine line, Instant now);

    /** One that is hidden stays as it is. */
    @SqlUpdate("""
            UPDATE review SET hidden_by = :by, hidden_for = :reason, hidden_at = :now
            WHERE review_id = :id AND hidden_at IS NULL""")
    void hide(ReviewId id, String by, String reason, Instant now);

    @SqlUpdate("""
            UPDATE review SET hidden_by = NULL, hidden_for = NULL, hidden_at = NULL WHERE review_id = :id""")
    void show(ReviewId id);

    String WRITTEN = """
            SELECT order_id, customer_id, changed_at AS at, sku, product_id, name, size, color, review_id, rating, words, written_at,
                changed_at, hidden_by, hidden_for, hidden_at
            FROM review
            """;

    @SqlQuery(WRITTEN + "WHERE order_id = :order AND sku = :sku")
    Optional<Said> review(OrderId order, Sku sku);

    @SqlQuery(WRITTEN + "WHERE review_id = :id")
    Optional<Said> review(ReviewId id);

    String ASKED = """
            SELECT q.order_id, q.customer_id, q.asked_at AS at, l.sku, l.product_id, l.name, l.size, l.color, v.review_id, v.rating,
                v.words, v.written_at, v.changed_at, v.hidden_by, v.hidden_for, v.hidden_at
            FROM review_request q JOIN review_request_line a USING (order_id)
                JOIN order_line l ON (l.order_id, l.position, l.sku) = (a.order_id, a.position, a.sku)
                LEFT JOIN review v ON (v.order_id, v.sku) = (a.order_id, a.sku)
            """;

    @SqlQuery(ASKED + "WHERE q.customer_id = :customer AND q.asked_at > :since AND (v.review_id IS NOT NULL OR " + KEPT
            + ") ORDER BY q.asked_at DESC, q.order_id, a.position LIMIT :most")
    List<Said> askedOf(CustomerId customer, Instant since, int most);

    String WANTED = """
             AND (CAST(:product AS text) IS NULL OR :product IN (product_id, sku)
                OR position(lower(:product) IN lower(name)) > 0)
             AND (CAST(:before AS timestamptz) IS NULL OR at < :before)
            """;

    @SqlQuery("SELECT * FROM (" + WRITTEN + ") AS written WHERE (CAST(:rating AS int) IS NULL OR rating = :rating) AND "
            + "(CAST(:state AS text) IS NULL OR (:state = 'hidden') = (hidden_at IS NOT NULL))" + WANTED
            + "ORDER BY at DESC, review_id LIMIT :most")
    List<Said> written(@BindMethods FindReviews search, int most);

    /** Asked for, still kept, and not written. */
    @SqlQuery("SELECT * FROM (" + ASKED + " WHERE v.review_id IS NULL AND " + KEPT + ") AS asked WHERE true" + WANTED
            + "ORDER BY at DESC, order_id, sku LIMIT :most")
    List<Said> unanswered(@BindMethods FindReviews search, int most);

    @SqlQuery("""
            SELECT product_id, CAST(round(avg(rating) * 10) AS int) AS mean_tenths, count(*) AS count FROM review
            WHERE product_id = ANY (:products) AND hidden_at IS NULL GROUP BY product_id ORDER BY product_id""")
    List<ProductRating> ratings(List<ProductId> products);

    @SqlQuery("SELECT asks, ask_after_seconds FROM review_rule")
    ReviewRule rule();

    @SqlUpdate("UPDATE review_rule SET asks = :asks, ask_after_seconds = :askAfterSeconds")
    void rule(@BindMethods ReviewRule rule);
}
