package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.bench.chaos.CustomerRecord.Promised;
import io.journeyman.bench.chaos.CustomerRecord.Said;
import io.journeyman.bench.chaos.audit.Audit;
import io.journeyman.bench.chaos.audit.Evidence;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.bench.chaos.audit.Workflow;
import io.journeyman.bench.shop.Site;
import io.journeyman.contracts.Json;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each promise is broken on purpose, and the audit names it. A small shop without attacks is the healthy one; then its real tables
 * are damaged as a missing idempotency key, a skipped compensation or a lost row would leave them, in a transaction that is
 * rolled back.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final String CONFIRMED_BY_CARD = """
            (SELECT s.order_id FROM post_purchase.order_state s JOIN payment.attempt a USING (order_id)
             WHERE s.status IN ('confirmed', 'shipped', 'delivered') AND a.status = 'captured' AND a.given_back = 0 ORDER BY 1 LIMIT 1)""";
    private static final String CONFIRMED_BY_CARD_ALONE = """
            (SELECT s.order_id FROM post_purchase.order_state s JOIN payment.attempt a USING (order_id)
             WHERE s.status IN ('confirmed', 'shipped', 'delivered') AND a.status = 'captured'
                AND NOT EXISTS (SELECT FROM payment.credit_use u WHERE u.order_id = s.order_id) ORDER BY 1 LIMIT 1)""";
    /** One that is paid with money, and of which nothing was cancelled or sent back. */
    private static final String CONFIRMED = """
            (SELECT s.order_id FROM post_purchase.order_state s JOIN post_purchase.placed_order p USING (order_id)
             WHERE s.status IN ('confirmed', 'shipped', 'delivered') AND p.paid_by_return IS NULL
                AND NOT EXISTS (SELECT FROM post_purchase.order_cancellation c WHERE c.order_id = s.order_id)
                AND NOT EXISTS (SELECT FROM post_purchase.item_return r WHERE r.order_id = s.order_id)
             ORDER BY 1 LIMIT 1)""";

    private static final String SENT = """
            (SELECT order_id FROM fulfillment.shipment s JOIN inventory.hold h ON h.id = s.order_id
             WHERE h.status = 'allocated' AND s.status <> 'cancelled' AND EXISTS (SELECT FROM inventory.hold_line WHERE hold_id = h.id)
                AND order_id NOT IN (SELECT order_id FROM fulfillment.order_collection) ORDER BY 1 LIMIT 1)""";
    /** By its checkout, before it was confirmed; not what was to come in exchange. */
    private static final String CANCELLED = """
            (SELECT s.order_id FROM post_purchase.order_state s JOIN inventory.hold h ON h.id = s.order_id
             WHERE s.status = 'cancelled' AND EXISTS (SELECT 1 FROM inventory.hold_line WHERE hold_id = h.id)
                AND NOT EXISTS (SELECT FROM post_purchase.order_cancellation c WHERE c.order_id = s.order_id)
                AND NOT EXISTS (SELECT FROM post_purchase.item_return r WHERE r.exchange_order = s.order_id)
                AND EXISTS (SELECT FROM post_purchase.placed_order p WHERE p.order_id = s.order_id AND p.paid_by_return IS NULL)
             ORDER BY 1 LIMIT 1)""";

    private static final String PICKED_UP = """
            (SELECT for_order FROM fulfillment.order_collection JOIN fulfillment.shipment USING (order_id)
             JOIN fulfillment.parcel USING (order_id) JOIN payment.attempt a ON a.order_id = for_order AND a.status = 'captured'
             WHERE parcel.status = 'delivered' ORDER BY 1 LIMIT 1)""";
    private static final String UNCOLLECTED = """
            (SELECT cancellation_id FROM post_purchase.order_cancellation
             WHERE reason = 'not_collected' AND settled_by = 'original_method' ORDER BY 1 LIMIT 1)""";
    /** A claim of a warranty that was refunded. */
    private static final String CLAIM = """
            (SELECT return_id FROM post_purchase.item_return
             WHERE reason = 'warranty' AND settled_by = 'original_method' ORDER BY 1 LIMIT 1)""";
    /** Claims for which a piece went home, and what was not taken and did. */
    private static final String REPLACED =
            "(SELECT return_id FROM post_purchase.item_return WHERE status = 'replaced' ORDER BY 1 LIMIT 1)";

    private static final String REPAIRED =
            "(SELECT return_id FROM post_purchase.item_return WHERE status = 'repaired' ORDER BY 1 LIMIT 1)";
    private static final String REFUSED = """
            (SELECT return_id FROM post_purchase.item_return
             WHERE status = 'refused' AND tracking_id IS NOT NULL ORDER BY 1 LIMIT 1)""";

    private static final int MOST_AT_A_TIME = 16;

    private Site site;
    private Shop shop;
    private Connection books;
    private Season season;
    private Evidence healthy;

    @BeforeAll
    void visitASmallShop() throws Exception {
        site = Site.create("audit");
        shop = Shop.openAsOne(site, 1);
        var unheard = new PrintWriter(Writer.nullWriter());
        season = new Season(shop, new Attacks(shop, List.of(), unheard), errands(), 4, MOST_AT_A_TIME);
        season.takePlace();
        books = DriverManager.getConnection(shop.address().databaseUrl());
        healthy = season.settle(books, site.folder());
        books.setAutoCommit(false);
    }

    /** Each of them, and those of which chance decides what becomes of them some more times. */
    private static List<Errand> errands() {
        var often = List.of(
                Errand.claims_warranty,
                Errand.claims_the_last_one,
                Errand.moves,
                Errand.does_not_collect,
                Errand.exchanges_with_credit);
        return Stream.of(List.of(Errand.values()), often, often)
                .flatMap(List::stream)
                .toList();
    }

    @AfterAll
    void close() throws Exception {
        if (books != null) {
            books.close();
        }
        if (shop != null) {
            shop.close();
        }
        site.close();
    }

    @AfterEach
    void mend() throws SQLException {
        books.rollback();
    }

    @Test
    void aHealthyShopKeepsEveryPromise() throws SQLException {
        assertThat(Audit.of(healthy))
                .allSatisfy(finding -> assertThat(finding.violations())
                        .as(finding.promise().words())
                        .isEmpty());
        assertThat(Audit.of(healthy))
                .filteredOn(finding -> finding.promise() != Promise.goes_on)
                .allSatisfy(finding -> assertThat(finding.checked()).isGreaterThan(10));
    }

    /** What customers have to have done, so that what is checked of it is there. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {
                "two_tenders",
                "ordered_ahead",
                "pieces_came",
                "collected",
                "not_collected",
                "moved",
                "cancelled_unpaid",
                "cancelled_part",
                "exchanged_with_credit",
                "came_home",
                "claim_refunded",
                "claim_replaced",
                "claim_repaired",
                "claim_gone",
                "reviewed",
                "card_forgotten",
                "credit_expired"
            })
    void theShopOfThisTestHasSeen(Step step) {
        assertThat(season.steps().taken(step)).isPositive();
    }

    // ---- what comes back ----------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pieces without their return | INSERT INTO inventory.booking (id, kind, status, location, booked_by, booked_at, changed_at) SELECT 'RT-NONE', 'customer_return', 'arrived', id, 'test', now(), now() FROM inventory.location LIMIT 1 | brought pieces into stock, and is unknown
            points without their return | INSERT INTO loyalty.benefits_return SELECT 'RT-NONE', order_id, 1, 1, 0, 0, now() FROM loyalty.benefits WHERE status = 'committed' LIMIT 1 | took 0 points, and is unknown
            a refund that nobody inspected | INSERT INTO payment.refund SELECT 'RT-NONE', order_id, attempt, 1, currency, 'refunded', NULL, now(), now() FROM payment.attempt WHERE status = 'captured' LIMIT 1 | and its return is unknown
            a return that was never refunded | RETURN 'refunded', 1, 'staff', 'original_method' | and what went back for it is 0
            a return whose pieces never came | RETURN 'refunded', 1, 'staff', 'original_method' | its points are not taken
            more than was paid | RETURN 'requested', 1000, NULL, NULL | without its delivery, and returns refund
            store credit that nobody gave | RETURN 'refunded', 1, 'staff', 'store_credit' | as store credit, and that got nothing
            more than was paid, its delivery among it | INSERT INTO post_purchase.item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value, order_value, currency, label, recorded_at, changed_at) SELECT 'RT-1', 'requested', order_id, customer_id, quote_id, 'damaged', 0, total + 1, total + 1, total + 1, currency, 'RL-1', now(), now() FROM post_purchase.placed_order WHERE order_id NOT IN (SELECT order_id FROM post_purchase.order_cancellation) LIMIT 1 | and its returns and cancellations give back
            """)
    void noticesAReturn(String what, String damage, String words) throws SQLException {
        damage(damage.replaceFirst("^RETURN (.*), (.*), (.*), (.*)$", """
                INSERT INTO post_purchase.item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund,
                    value, order_value, currency, label, inspected_by, settled_by, recorded_at, changed_at)
                SELECT 'RT-' || n, $1, order_id, customer_id, quote_id, 'damaged', 0, 1, 1, 1, currency, 'RL-' || n, $3, $4, now(), now()
                FROM (SELECT * FROM post_purchase.placed_order LIMIT 1) AS o, generate_series(1, $2 + 1) AS n"""));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another piece that was never sent | CLAIM 'replaced', 'replace', 'JM-NONE' | sent JM-NONE to its customer, and parcels go there: none
            another piece out of no stock | CLAIM 'replaced', 'replace', 'JM-NONE' | is replaced, and its holds are: none
            a piece that was taken twice | CLAIM 'replaced', 'replace', 'JM-NONE'; INSERT INTO inventory.hold (id, status, expires_at, placed_at, changed_at) VALUES ('RT-CLAIM', 'allocated', now(), now(), now()), ('RT-CLAIM.2', 'allocated', now(), now(), now()) | is replaced, and its holds are: RT-CLAIM
            a piece that failed and was not booked | CLAIM 'replaced', 'replace', 'JM-NONE' | is replaced, and its pieces did not come in exactly once
            a piece that failed and is sold again | CLAIM 'inspected', 'refund', NULL; INSERT INTO inventory.booking (id, kind, status, location, booked_by, booked_at, changed_at) SELECT 'RT-CLAIM', 'customer_return', 'arrived', id, 'test', now(), now() FROM inventory.location LIMIT 1 | and what failed can be sold again
            stock for a piece that was repaired | CLAIM 'repaired', 'repair', 'JM-NONE'; INSERT INTO inventory.hold (id, status, expires_at, placed_at, changed_at) VALUES ('RT-CLAIM', 'allocated', now(), now(), now()) | took pieces from stock for it
            a piece that nobody may claim again | CLAIM 'repaired', 'repair', 'JM-NONE'; INSERT INTO post_purchase.returned_piece (order_id, position, piece, return_id, refund) SELECT order_id, 0, 1, return_id, 0 FROM post_purchase.item_return WHERE return_id = 'RT-CLAIM' ON CONFLICT (order_id, position, piece) DO UPDATE SET return_id = 'RT-CLAIM', cancellation_id = NULL | of the pieces that its customer has are spoken for
            a parcel that went to somebody for nothing | UPDATE fulfillment.shipment SET for_return = 'RT-NONE', because = 'repaired' WHERE order_id IN (SELECT order_id FROM fulfillment.shipment WHERE status = 'delivered' LIMIT 1) | went to a customer, and return RT-NONE is unknown
            """)
    void noticesAClaim(String what, String damage, String words) throws SQLException {
        damage(damage.replaceFirst("^CLAIM ([^,]*), ([^,]*), ([^;]*)", """
                WITH claim AS (
                    INSERT INTO post_purchase.item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value,
                        order_value, currency, label, inspected_by, remedy, remedy_by, tracking_id, recorded_at, changed_at)
                    SELECT 'RT-CLAIM', $1, order_id, customer_id, quote_id, 'warranty', 0, 0, 0, 1, currency, 'RL-CLAIM', 'staff', $2,
                        'staff', $3, now(), now()
                    FROM post_purchase.placed_order WHERE order_id = CONFIRMED RETURNING return_id, order_id)
                INSERT INTO post_purchase.return_line (return_id, position, sku, quantity, refund, accepted)
                SELECT return_id, 0, sku, 1, 0, 1 FROM claim JOIN post_purchase.order_line l USING (order_id) WHERE l.position = 0""").replace("CONFIRMED", CONFIRMED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pieces that never came back | 'settled', 'nothing_due' | its pieces are not back in stock exactly once
            points that were kept | 'settled', 'nothing_due' | and its points are not taken
            money that was kept | 'settled', 'original_method' | and what went back for it is 0
            pieces that travel all the same | 'accepted', NULL | other pieces were taken out of parcels for it
            more than was paid | 'accepted', NULL | its returns and cancellations give back
            """)
    void noticesACancellation(String what, String stands, String words) throws SQLException {
        damage("""
                WITH stopped AS (
                    INSERT INTO post_purchase.order_cancellation (cancellation_id, status, settled_by, order_id, customer_id,
                        quote_id, value, order_value, delivery_fee, currency, recorded_at, changed_at)
                    SELECT 'CN-' || n, %s, order_id, customer_id, quote_id, total / 2 + 1, total, 0, currency, now(), now()
                    FROM (SELECT * FROM post_purchase.placed_order WHERE order_id = %s LIMIT 1) AS o, generate_series(1, 2) AS n
                    RETURNING cancellation_id, order_id)
                INSERT INTO post_purchase.cancellation_line (cancellation_id, position, sku, quantity, refund)
                SELECT cancellation_id, 0, l.sku, 1, 1 FROM stopped JOIN post_purchase.order_line l USING (order_id)
                WHERE l.position = 0""".formatted(stands, CONFIRMED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an order that was never sent    | EXCHANGE CANCELLED, 1, 1 | is exchanged, and order
            an order that nobody sent back for | UPDATE post_purchase.placed_order SET paid_by_return = 'RT-NONE', credit = 1 WHERE order_id = CONFIRMED | is sent in exchange, and return RT-NONE is unknown
            an order that is paid otherwise | EXCHANGE CONFIRMED, 1, 1 | is paid by a return with 0, and that says 1
            an order that costs otherwise   | UPDATE post_purchase.placed_order SET paid_by_return = 'RT-NONE', credit = 7 WHERE order_id = CONFIRMED | and its lines come to
            a piece that was worth more     | EXCHANGE CONFIRMED, 5, 1 | there are left 4
            """)
    void noticesAnExchange(String what, String damage, String words) throws SQLException {
        damage(damage.replaceFirst("^EXCHANGE (.*), (.*), (.*)$", """
                INSERT INTO post_purchase.item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value,
                    order_value, currency, label, inspected_by, recorded_at, changed_at, exchange_order, exchange_credit, exchange_state)
                SELECT 'RT-SWAP', 'inspected', order_id, customer_id, quote_id, 'damaged', 0, 0, $2, $2, currency, 'RL-SWAP', 'staff',
                    now(), now(), $1, $3, 'agreed'
                FROM post_purchase.placed_order LIMIT 1""")
                .replace("CANCELLED", CANCELLED)
                .replace("CONFIRMED", CONFIRMED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @Test
    void noticesPiecesThatWereTakenOutForNobody() throws SQLException {
        damage(
                "INSERT INTO fulfillment.withdrawal SELECT 'CN-NONE', order_id, now() FROM fulfillment.shipment LIMIT 1");

        assertBroken(Promise.all_or_nothing, "took pieces out of parcels, and is unknown");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            in a store that does not have it | INSERT INTO fulfillment.order_collection SELECT order_id, 'ST-NONE', '222222', now(), now() FROM fulfillment.shipment WHERE order_id = SENT | is collected in ST-NONE, and its pieces are of
            in more parcels than one | WITH second AS (INSERT INTO fulfillment.parcel (parcel_id, order_id, position, status, promised_date, created_at, changed_at) SELECT 'TWO-2', order_id, 99, 'created', current_date, now(), now() FROM fulfillment.shipment WHERE order_id = SENT RETURNING order_id) INSERT INTO fulfillment.order_collection SELECT order_id, 'ST-NONE', '222222', now(), now() FROM second | is collected in ST-NONE in
            by its customer and not at all | INSERT INTO post_purchase.order_cancellation (cancellation_id, status, order_id, customer_id, quote_id, value, order_value, delivery_fee, currency, reason, recorded_at, changed_at) SELECT 'CN-LATE', 'accepted', order_id, customer_id, quote_id, 1, 1, 0, currency, 'not_collected', now(), now() FROM post_purchase.placed_order WHERE order_id = CONFIRMED | was undone, because it is not_collected, and is
            though it was handed over | INSERT INTO post_purchase.order_cancellation (cancellation_id, status, order_id, customer_id, quote_id, value, order_value, delivery_fee, currency, reason, recorded_at, changed_at) SELECT 'CN-LATE', 'accepted', order_id, customer_id, quote_id, 1, 1, 0, currency, 'not_collected', now(), now() FROM post_purchase.placed_order WHERE order_id = PICKED_UP | was handed over in
            and paid back all the same | INSERT INTO payment.refund SELECT 'RF-GIFT', order_id, attempt, 1, currency, 'refunded', NULL, now(), now() FROM payment.attempt WHERE status = 'captured' AND order_id = PICKED_UP | gave 1 back, for which nothing came back
            by nobody, twice | INSERT INTO post_purchase.order_cancellation (cancellation_id, status, order_id, customer_id, quote_id, value, order_value, delivery_fee, currency, reason, recorded_at, changed_at) SELECT concat('CN-LATE', n), 'accepted', order_id, customer_id, quote_id, 1, 1, 0, currency, 'not_collected', now(), now() FROM post_purchase.placed_order, generate_series(1, 2) AS n WHERE order_id = CONFIRMED | was undone 2 times
            by nobody, and paid back twice | INSERT INTO payment.refund SELECT concat(refund_id, '.2'), order_id, attempt, amount, currency, 'refunded', NULL, now(), now() FROM payment.refund WHERE refund_id = UNCOLLECTED | and what went back for it is
            by nobody before its time is over | WITH stored AS (INSERT INTO post_purchase.order_cancellation (cancellation_id, status, order_id, customer_id, quote_id, value, order_value, delivery_fee, currency, reason, recorded_at, changed_at) SELECT 'CN-SOON', 'accepted', order_id, customer_id, quote_id, 1, 1, 0, currency, 'not_collected', now(), now() FROM post_purchase.placed_order WHERE order_id = CONFIRMED), kept AS (INSERT INTO fulfillment.order_collection SELECT order_id, 'ST-NONE', '222222', now(), now(), now() + interval '1 day' FROM fulfillment.shipment WHERE order_id = SENT) INSERT INTO fulfillment.withdrawal SELECT 'CN-SOON', order_id, now() FROM fulfillment.shipment WHERE order_id = SENT | because nobody collected it, and is kept until
            by nobody, as its customer heard | UPDATE conversation.journey SET code = 'collection_not_collected' WHERE kind = 'Delivery' AND journey_id = CONFIRMED | is told to be not collected, and is
            """)
    void noticesAnOrderThatIsCollected(String what, String damage, String words) throws SQLException {
        damage(damage.replace("CONFIRMED", CONFIRMED)
                .replace("SENT", SENT)
                .replace("PICKED_UP", PICKED_UP)
                .replace("UNCOLLECTED", UNCOLLECTED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            paid back twice | INSERT INTO payment.refund SELECT concat(refund_id, '.2'), order_id, attempt, amount, currency, 'refunded', NULL, now(), now() FROM payment.refund WHERE refund_id = CLAIM | and what went back for it is
            of what was sold without one | UPDATE post_purchase.order_line SET warranty_months = NULL WHERE order_id IN (SELECT order_id FROM post_purchase.item_return WHERE return_id = CLAIM) | had without one
            of what is over | UPDATE post_purchase.item_return SET recorded_at = recorded_at + interval '2 years' WHERE return_id = CLAIM | had until
            of a piece that was never sold | UPDATE post_purchase.returned_piece SET piece = piece + 100 WHERE return_id = CLAIM | pieces came back at position
            of what is over, and replaced | UPDATE post_purchase.item_return SET recorded_at = recorded_at + interval '2 years' WHERE return_id = REPLACED | had until
            """)
    void noticesAWarrantyClaim(String what, String damage, String words) throws SQLException {
        damage(damage.replace("CLAIM", CLAIM).replace("REPLACED", REPLACED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            with its money | INSERT INTO payment.refund SELECT r.return_id, a.order_id, a.attempt, 1, a.currency, 'refunded', NULL, now(), now() FROM payment.attempt a JOIN post_purchase.item_return r USING (order_id) WHERE a.status = 'captured' AND r.return_id = REPLACED | gave 1 back, and replaced pieces went home
            that was refunded | UPDATE fulfillment.shipment SET for_return = CLAIM WHERE for_return = REPAIRED AND status <> 'cancelled' | back, and repaired pieces went home
            of which the record knows nothing | UPDATE fulfillment.shipment SET for_return = CLAIM WHERE for_return = REPLACED AND status <> 'cancelled' | which is refunded and knows of none
            twice | DROP INDEX fulfillment.goes_back_once; INSERT INTO fulfillment.shipment (order_id, status, tracking_id, promised_date, option_id, name, line1, city, pincode, created_at, changed_at, for_return, because) SELECT concat(order_id, '.9'), 'created', concat(tracking_id, '-9'), promised_date, option_id, name, line1, city, pincode, created_at, changed_at, for_return, because FROM fulfillment.shipment WHERE for_return = REPAIRED AND status <> 'cancelled' | pieces went home 2 times
            with more beside it | UPDATE fulfillment.shipment_line SET quantity = quantity + 1 WHERE order_id = REPAIRED | is repaired, and other pieces are in its parcel
            without what is due | DELETE FROM fulfillment.shipment_line WHERE order_id = REFUSED | is refused, and other pieces are in its parcel
            to somebody else | UPDATE fulfillment.shipment SET customer_id = 'cust-else' WHERE for_return = REPAIRED | to its customer, and parcels go there
            not at all | UPDATE fulfillment.shipment SET status = 'cancelled' WHERE for_return = REFUSED | did not go home
            otherwise than was told | UPDATE conversation.journey SET code = 'claim_repaired' WHERE journey_id = REPLACED | is told to be completed (claim_repaired), and its record says replaced
            """)
    void noticesAPieceThatGoesHome(String how, String damage, String words) throws SQLException {
        damage(damage.replace("CLAIM", CLAIM)
                .replace("REPLACED", REPLACED)
                .replace("REPAIRED", REPAIRED)
                .replace("REFUSED", REFUSED));

        assertBroken(Promise.all_or_nothing, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            of what somebody else bought | UPDATE post_purchase.review SET customer_id = 'cust-critic' | is by cust-critic
            of what nobody was asked about | UPDATE post_purchase.review_request SET outcome = 'nothing_kept' WHERE order_id IN (SELECT order_id FROM post_purchase.review) | was not asked
            of one piece twice | INSERT INTO post_purchase.review SELECT concat(review_id, '-2'), order_id, sku, product_id, name, size, color, customer_id, rating, words, written_at, changed_at FROM post_purchase.review LIMIT 1 | is reviewed 2 times
            of what never came | INSERT INTO post_purchase.review_request SELECT order_id, 'cust-1', 'asked', now() FROM post_purchase.order_state WHERE order_id = CANCELLED | is asked about, and is cancelled
            that is asked for twice | INSERT INTO conversation.event (conversation_id, seq, kind, body, at) SELECT conversation_id, seq + 100000, kind, body, at FROM conversation.event WHERE body->>'code' = 'reviews_wanted' LIMIT 1 | its customer is asked 2 times
            """)
    void noticesAReview(String what, String damage, String words) throws SQLException {
        damage("ALTER TABLE post_purchase.review DROP CONSTRAINT review_order_id_sku_key");

        damage(damage.replace("CANCELLED", CANCELLED));

        assertBroken(Promise.all_or_nothing, words);
    }

    // ---- 1: money -----------------------------------------------------------------------------------------------

    @Test
    void noticesTwoChargesAsOfARepeatUnderAnotherKey() throws SQLException {
        damage("""
                INSERT INTO payment.gateway_charge (key, status, code, amount, currency, opened_at, changed_at)
                SELECT split_part(key, '/', 1) || '/99', status, '', amount, currency, opened_at, changed_at
                FROM payment.gateway_charge WHERE split_part(key, '/', 1) = %s AND status = 'captured'""".formatted(CONFIRMED_BY_CARD));

        assertBroken(Promise.charged_once, "is charged 2 times");
    }

    @Test
    void noticesAChargeOfAnotherAmount() throws SQLException {
        damage("UPDATE payment.gateway_charge SET amount = amount + 1 WHERE status = 'captured'");

        assertBroken(Promise.charged_once, "and order");
    }

    @Test
    void noticesAChargeThatACancellationDidNotVoid() throws SQLException {
        damage("""
                INSERT INTO payment.gateway_charge (key, status, code, amount, currency, opened_at, changed_at)
                SELECT order_id || '/98', 'authorised', '', total, currency, now(), now() FROM post_purchase.placed_order
                WHERE order_id = %s""".formatted(CANCELLED));

        assertBroken(Promise.charged_once, "is cancelled, and charge");
    }

    @Test
    void noticesAConfirmedOrderThatWasNeverCharged() throws SQLException {
        damage("DELETE FROM payment.gateway_charge WHERE split_part(key, '/', 1) = " + CONFIRMED_BY_CARD);

        assertBroken(Promise.charged_once, "what was taken for it is: nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sent again under another key   | INSERT INTO payment.gateway_refund VALUES ('again', CHARGE, 'refunded', '', 1, 'INR', NULL, now()) | was never asked for
            more than was captured         | INSERT INTO payment.gateway_refund SELECT 'more', key, 'refunded', '', captured + 1, currency, NULL, now() FROM payment.gateway_charge WHERE key = CHARGE | was captured, and
            that never came to the gateway | INSERT INTO payment.refund SELECT 'lost', order_id, attempt, 1, currency, 'refunded', NULL, now(), now() FROM payment.attempt WHERE concat(order_id, '/', attempt) = CHARGE | and at the gateway unknown
            that the attempt does not know | INSERT INTO payment.refund SELECT 'lost', order_id, attempt, 1, currency, 'pending', NULL, now(), now() FROM payment.attempt WHERE concat(order_id, '/', attempt) = CHARGE | and its refunds come to
            """)
    void noticesARefund(String what, String damage, String words) throws SQLException {
        damage(damage.replace(
                "CHARGE",
                "(SELECT key FROM payment.gateway_charge WHERE status = 'captured' AND split_part(key, '/', 1) = "
                        + CONFIRMED_BY_CARD + ")"));

        assertBroken(Promise.charged_once, words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            that came from nowhere            | INSERT INTO payment.credit_account VALUES ('cust-rich', 'INR', 100, 0, now()) | and the entries come to
            that was spent without an entry   | USE 'spent', ORDER | and its entries leave 0
            that pays beside the whole charge | USE 'spent', ORDER | , of which credit pays 1
            that no quote says                | USE 'spent', ORDER | and its store credit is spent
            that a cancelled order kept       | USE 'reserved', CANCELLED | and its store credit is reserved
            of no order                       | USE 'reserved', 'JM-NONE' | belongs to no order
            """)
    void noticesStoreCredit(String what, String damage, String words) throws SQLException {
        damage(damage.replaceFirst("^USE (.*), (.*)$", """
                        WITH account AS (
                            INSERT INTO payment.credit_account VALUES ('cust-test', 'INR', 0, 0, now()) RETURNING customer_id)
                        INSERT INTO payment.credit_use (use_id, order_id, customer_id, amount, total, currency, status, opened_at, changed_at)
                        SELECT 'use-test', $2, customer_id, 1, 1, 'INR', $1, now(), now() FROM account""")
                .replace("ORDER", CONFIRMED_BY_CARD_ALONE)
                .replace("CANCELLED", CANCELLED));

        assertBroken(Promise.charged_once, words);
    }

    /** What the schema would refuse is noticed all the same. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            before its date             | 1 | now() + interval '1 day' | , and could be used until
            twice                       | 2 | now() | expired 2 times for
            beyond what there was of it | 1 | now() | 1 more went out than came in
            though nobody had granted it | 1 | now() | of store credit, of 0 that was granted, 0 that was used and 1 that expired
            """)
    void noticesStoreCreditThatExpired(String how, int times, String date, String words) throws SQLException {
        damage("""
                ALTER TABLE payment.credit_entry DROP CONSTRAINT what_expired_had_a_date_that_is_over;
                DROP INDEX payment.each_date_expires_once;
                INSERT INTO payment.credit_account VALUES ('cust-late', 'INR', 0, 0, now());
                INSERT INTO payment.credit_entry (at, customer_id, kind, from_account, to_account, amount, expires_at)
                SELECT now(), 'cust-late', 'expired', 'customer', 'expired', 1, %s FROM generate_series(1, %d)""".formatted(date, times));

        assertBroken(Promise.charged_once, words);
    }

    /** By its sums it adds up. */
    @Test
    void noticesStoreCreditThatWasTakenBeforeItWasThere() throws SQLException {
        damage("""
                WITH account AS (
                    INSERT INTO payment.credit_account VALUES ('cust-early', 'INR', 0, 0, now()) RETURNING customer_id),
                grants AS (
                    INSERT INTO payment.credit_grant (grant_id, customer_id, amount, currency, reason, status, opened_at, changed_at)
                    SELECT 'grant-early', customer_id, 1, 'INR', 'a gift', 'taken_back', now(), now() FROM account RETURNING grant_id)
                INSERT INTO payment.credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id)
                SELECT now(), 'cust-early', kind, from_account, to_account, 1, grant_id
                FROM grants, (VALUES ('taken_back', 'customer', 'granted'), ('granted', 'granted', 'customer'))
                    AS moves (kind, from_account, to_account)""");

        assertBroken(Promise.charged_once, "took 1 more than was there then");
    }

    @Test
    void noticesStoreCreditThatWasUsedAfterItsDate() throws SQLException {
        damage("UPDATE payment.credit_entry SET expires_at = at - interval '1 day' WHERE kind = 'reserved'");

        assertBroken(Promise.charged_once, ", and was reserved at");
    }

    @Test
    void noticesATotalThatTheCustomerDidNotConfirm() throws SQLException {
        var changed = customer(record -> {
            var promised = new ConcurrentHashMap<>(record.promised());
            promised.replaceAll((id, was) -> new Promised(id, was.kind(), was.totalMinor() - 1, was.currency()));
            return with(record, record.said(), promised);
        });

        assertBroken(changed, Promise.charged_once, "confirmed");
    }

    // ---- 2: stock -----------------------------------------------------------------------------------------------

    @Test
    void noticesStockThatChangedWithoutAMovement() throws SQLException {
        damage("UPDATE inventory.stock SET on_hand = on_hand + 1 WHERE (sku, location) IN"
                + " (SELECT sku, location FROM inventory.stock LIMIT 1)");

        assertBroken(Promise.stock_adds_up, "its movements come to");
    }

    @Test
    void noticesAPieceThatWasSoldTwiceForOneHold() throws SQLException {
        damage("""
                INSERT INTO inventory.movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
                SELECT at, sku, location, m.kind, on_hand_change, held_change, hold_id
                FROM inventory.movement m JOIN inventory.hold h ON h.id = hold_id
                WHERE m.kind = 'sold' AND h.status = 'allocated' LIMIT 1""");

        assertBroken(Promise.stock_adds_up, "is allocated: of");
    }

    @Test
    void noticesMoreHeldThanThereIs() throws SQLException {
        damage("ALTER TABLE inventory.stock DROP CONSTRAINT never_oversold");
        damage("UPDATE inventory.stock SET held = on_hand + 1 WHERE (sku, location) IN"
                + " (SELECT sku, location FROM inventory.stock LIMIT 1)");

        assertBroken(Promise.stock_adds_up, "held of");
    }

    @Test
    void noticesABookingThatMovedNothing() throws SQLException {
        damage("""
                WITH booked AS (
                    INSERT INTO inventory.booking (id, kind, location, booked_by, booked_at, changed_at)
                    SELECT 'GHOST', 'receipt', id, 'test', now(), now() FROM inventory.location LIMIT 1)
                INSERT INTO inventory.booking_line (booking_id, sku, units) SELECT 'GHOST', sku, 3 FROM inventory.variant LIMIT 1""");

        assertBroken(Promise.stock_adds_up, "booking GHOST");
    }

    @Test
    void noticesAnotherPieceForOneThatNobodyWroteOff() throws SQLException {
        damage("UPDATE inventory.booking_line SET units = units + 1 WHERE booking_id = " + REPLACED);

        assertBroken(Promise.stock_adds_up, "2 that failed were written off for it");
    }

    @Test
    void noticesADeliveryThatCameWithoutAReceipt() throws SQLException {
        damage("""
                WITH announced AS (
                    INSERT INTO inventory.delivery (id, status, location, due_on, changed_at)
                    SELECT 'GHOST', 'expected', id, current_date, now() FROM inventory.location LIMIT 1)
                INSERT INTO inventory.delivery_line (delivery_id, sku, announced, received)
                SELECT 'GHOST', sku, 5, 3 FROM inventory.variant LIMIT 1""");

        assertBroken(Promise.stock_adds_up, "delivery GHOST");
    }

    @Test
    void noticesPiecesThatArePromisedToNobody() throws SQLException {
        damage("""
                WITH announced AS (
                    INSERT INTO inventory.delivery (id, status, location, due_on, changed_at)
                    SELECT 'AHEAD', 'expected', id, current_date, now() FROM inventory.location LIMIT 1)
                INSERT INTO inventory.delivery_line (delivery_id, sku, announced, promisable, promised)
                SELECT 'AHEAD', sku, 5, 5, 3 FROM inventory.variant LIMIT 1""");

        assertBroken(Promise.stock_adds_up, "3 are promised; its ledger says 0, and holds wait for 0");
    }

    @Test
    void noticesMorePromisesThanTheShopAllows() throws SQLException {
        damage("ALTER TABLE inventory.delivery_line DROP CONSTRAINT never_promised_twice");
        damage("UPDATE inventory.delivery_line SET promised = promisable + 1");

        assertBroken(Promise.stock_adds_up, "3 in all of 2");
    }

    @Test
    void noticesPiecesThatCameForSomebodyAndAreNotWrittenDown() throws SQLException {
        damage("""
                WITH announced AS (
                    INSERT INTO inventory.delivery (id, status, location, due_on, changed_at)
                    SELECT 'SERVED', 'expected', id, current_date, now() FROM inventory.location LIMIT 1)
                INSERT INTO inventory.delivery_line (delivery_id, sku, announced, promisable, received, promised, served)
                SELECT 'SERVED', sku, 5, 5, 3, 3, 3 FROM inventory.variant LIMIT 1""");

        assertBroken(Promise.stock_adds_up, ": 3 went to those who waited, its ledger says 0");
    }

    @Test
    void noticesAPromiseThatIsWrittenDownTwice() throws SQLException {
        damage("""
                INSERT INTO inventory.incoming (at, delivery_id, sku, hold_id, kind, change)
                SELECT at, delivery_id, sku, hold_id, kind, change FROM inventory.incoming WHERE kind = 'promised' LIMIT 1""");

        assertBroken(Promise.stock_adds_up, ", and the ledger of promises says");
    }

    @Test
    void noticesAHoldWhoseJourneyIsOver() throws SQLException {
        damage("""
                INSERT INTO inventory.hold (id, status, expires_at, placed_at, changed_at)
                VALUES ('JM-NOBODYS', 'held', now() + interval '1 hour', now(), now())""");

        assertBroken(Promise.stock_adds_up, "belongs to no open journey");
    }

    // ---- 3: all or nothing --------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the compensation of the hold    | UPDATE inventory.hold SET status = 'allocated' WHERE id = CANCELLED | and its hold
            the compensation of the parcel  | INSERT INTO fulfillment.shipment (order_id, status, tracking_id, promised_date, option_id, name, line1, city, pincode, created_at, changed_at) SELECT concat(CANCELLED, '.later'), 'created', 'TRACK-1', current_date, 'standard', 'n', 'l', 'c', 'p', now(), now() | and its parcel
            the parcels of a shipment       | WITH s AS (INSERT INTO fulfillment.shipment (order_id, status, created_at, changed_at) SELECT concat(CANCELLED, '.later'), 'cancelled', now(), now() RETURNING order_id) INSERT INTO fulfillment.parcel (parcel_id, order_id, position, status, promised_date, created_at, changed_at) SELECT 'LEFT-1', order_id, 1, 'created', current_date, now(), now() FROM s | and parcel LEFT-1 is created
            the compensation of the payment | INSERT INTO payment.attempt (order_id, attempt, customer_id, method, amount, currency, outcome, status, opened_at, changed_at) SELECT CANCELLED, 97, 'c', 'cash_on_delivery', 1, 'INR', 'secured', 'due_on_delivery', now(), now() | and its attempt
            the compensation of the points  | UPDATE loyalty.benefits SET status = 'committed', customer_id = (SELECT customer_id FROM loyalty.account LIMIT 1) WHERE order_id = CANCELLED | and its benefits
            the allocation                  | UPDATE inventory.hold SET status = 'released' WHERE id = CONFIRMED | and its holds are
            the parcel                      | UPDATE fulfillment.shipment SET status = 'cancelled' WHERE order_id = CONFIRMED | and its parcels are
            the parcel's number             | UPDATE post_purchase.placed_order SET tracking_id = 'ANOTHER' WHERE order_id = CONFIRMED | and its parcel is
            a line of the parcel            | UPDATE fulfillment.shipment_line SET quantity = quantity + 1 WHERE order_id = CONFIRMED | other pieces are in its parcel
            what is in a parcel             | DELETE FROM fulfillment.parcel_line WHERE parcel_id IN (SELECT parcel_id FROM fulfillment.parcel WHERE order_id = CONFIRMED) | and not all of its shipment is in parcels
            a parcel that was delivered     | UPDATE fulfillment.parcel SET status = 'created' WHERE status = 'delivered' | is told to be delivered
            what came beside a cancelled one | WITH told AS (UPDATE conversation.event SET body = jsonb_set(body #- '{facts,parcelId}', '{code}', '"rest_delivered"') WHERE body->>'kind' = 'Delivery' AND body->>'code' = 'delivered') UPDATE fulfillment.parcel SET status = 'created' WHERE status = 'delivered' | is told to be delivered, and parcel
            a word of what is broken        | UPDATE conversation.event SET body = jsonb_set(body, '{facts,parcelId}', 'null') WHERE body->>'kind' = 'Delivery' AND body->>'code' = 'delivered' | something without words is found by
            the points                      | UPDATE loyalty.benefits SET status = 'reserved' WHERE order_id = CONFIRMED | and its points and offers are
            an entry of points              | DELETE FROM loyalty.points_entry WHERE kind = 'earned' | and the entries
            what the customer was told      | UPDATE conversation.journey SET status = 'cancelled' WHERE journey_id = CONFIRMED | is told to be
            """)
    void noticesWhatIsMissingOrLeft(String what, String damage, String words) throws SQLException {
        damage(damage.replace("CANCELLED", CANCELLED).replace("CONFIRMED", CONFIRMED));

        assertBroken(Promise.all_or_nothing, words);
    }

    /** Its last parcel was cancelled, and all else had come before. */
    @Test
    void readsNewsOfAWholeOrder() throws SQLException {
        damage("""
                INSERT INTO conversation.event (conversation_id, seq, kind, body, at)
                SELECT conversation_id, seq + 100000, kind, body #- '{facts,parcelId}', at FROM conversation.event
                WHERE body->>'kind' = 'Delivery' AND body->>'code' = 'delivered'""");

        assertThat(Audit.of(Promise.all_or_nothing, healthy).violations()).isEmpty();
    }

    // ---- 4: nothing stuck ---------------------------------------------------------------------------------------

    @Test
    void noticesAWorkflowThatFailed() throws SQLException {
        var failed = workflow(was -> new Workflow(was.id(), was.type(), "FAILED", "", List.of()));

        assertBroken(failed, Promise.nothing_stuck, "ended as FAILED");
    }

    @Test
    void noticesAStepThatIsRetriedForEver() throws SQLException {
        var retrying = workflow(was ->
                new Workflow(was.id(), was.type(), "RUNNING", "payment_method", List.of("payment.secure, try 40")));

        assertBroken(retrying, Promise.nothing_stuck, "still tries");
    }

    @Test
    void noticesAJourneyThatWaitsForNobody() throws SQLException {
        var waiting = workflow(was -> new Workflow(was.id(), was.type(), "RUNNING", "", List.of()));

        assertBroken(waiting, Promise.nothing_stuck, "waits for nobody");
    }

    @Test
    void noticesAJourneyThatWaitsWithoutADeadline() throws SQLException {
        var waiting = workflow(was -> new Workflow(was.id(), was.type(), "RUNNING", "staff", List.of()));

        assertBroken(waiting, Promise.nothing_stuck, "waits without a deadline");
    }

    @Test
    void noticesAConfirmationThatStartedNothing() throws SQLException {
        var kept = healthy.workflows().stream()
                .filter(workflow -> !workflow.isJourney())
                .toList();

        assertBroken(with(healthy, kept, healthy.customers(), List.of()), Promise.nothing_stuck, "never began");
    }

    // ---- 5: answered once ---------------------------------------------------------------------------------------

    @Test
    void noticesATurnWithoutAReply() throws SQLException {
        damage("UPDATE conversation.message SET reply = NULL, answered_at = NULL WHERE turn = 1");

        assertBroken(Promise.answered_once, "has no reply");
    }

    @Test
    void noticesASecondReply() throws SQLException {
        damage("""
                INSERT INTO conversation.event (conversation_id, seq, kind, turn, body, at)
                SELECT conversation_id, seq + 100000, kind, turn, body, at FROM conversation.event
                WHERE kind = 'reply' LIMIT 1""");

        assertBroken(Promise.answered_once, "was replied to 2 times");
    }

    @Test
    void noticesAnEventThatWasLost() throws SQLException {
        damage("DELETE FROM conversation.event WHERE seq = 2");

        assertBroken(Promise.answered_once, "are not numbered");
    }

    @Test
    void noticesAReplyThatIsNotTheOneTheCustomerHeard() throws SQLException {
        var reply = Optional.of(Json.tree("{\"text\":\"something else\"}"));
        var changed = customer(record -> {
            var said = new ConcurrentHashMap<>(record.said());
            said.replaceAll((key, was) -> new Said(key, was.turn(), reply));
            return with(record, said, record.promised());
        });

        assertBroken(changed, Promise.answered_once, "another reply than they heard");
    }

    @Test
    void noticesWhatACustomerSaw() throws SQLException {
        var complaining = customer(record -> {
            var copy = with(record, record.said(), record.promised());
            copy.hears("k", 1, Optional.of(Json.tree("{\"text\":\"yes\"}")));
            copy.hears("k", 1, Optional.of(Json.tree("{\"text\":\"no\"}")));
            return copy;
        });

        assertBroken(complaining, Promise.answered_once, "another reply when repeated");
    }

    // ---- 6: privacy ---------------------------------------------------------------------------------------------

    @Test
    void noticesACardNumberInATable() throws SQLException {
        damage("UPDATE conversation.message SET text = 'pay with 4556 7375 8689 9855' WHERE turn = 1");

        assertBroken(withCard("4556737586899855"), Promise.kept_private, "table conversation.message");
    }

    @Test
    void noticesACardNumberInALog() throws Exception {
        var log = Files.writeString(site.folder().resolve("careless.log"), "charging 4556-7375-8689-9855 now");
        try {
            assertBroken(withCard("4556737586899855"), Promise.kept_private, "file careless.log");
        } finally {
            Files.delete(log);
        }
    }

    @Test
    void noticesAnEventInAnothersConversation() throws SQLException {
        damage("""
                INSERT INTO conversation.event (conversation_id, seq, kind, workflow_id, journey_seq, body, at)
                SELECT c.id, 100000, 'news', j.workflow_id, 100000, '{}', now()
                FROM conversation.journey j JOIN conversation.conversation c ON c.id <> j.conversation_id LIMIT 1""");

        assertBroken(Promise.kept_private, "which is another's");
    }

    @Test
    void noticesAnAddressThatIsToldToAnother() throws SQLException {
        damage("""
                UPDATE conversation.event SET body = body || '{"text": "It goes to 999999 Park Street"}'
                WHERE kind = 'reply' AND seq < 5""");

        assertBroken(Promise.kept_private, "names house 999999");
    }

    @Test
    void noticesACardThatPaysForAnother() throws SQLException {
        damage("UPDATE payment.card_token SET customer_id = 'cust-somebody'");

        assertBroken(Promise.kept_private, "uses the card of cust-somebody");
    }

    // ---- 7: the rest goes on ------------------------------------------------------------------------------------

    @Test
    void noticesATurnThatWaitedForAnAgentThatItDidNotNeed() throws SQLException {
        damage("UPDATE conversation.message SET answered_at = accepted_at + interval '5 minutes'");

        assertBroken(whileAway(Part.payment), Promise.goes_on, "was not answered within a minute");
    }

    @Test
    void noticesAToolThatIsCalledUnavailableThoughItsAgentIsThere() throws SQLException {
        damage("""
                UPDATE conversation.tool_call SET result = '{"code":"tool_unavailable"}'
                WHERE tool IN ('check_inventory', 'get_recommendations')""");

        assertBroken(whileAway(Part.payment), Promise.goes_on, "was called unavailable");
    }

    // ---- 8: the truth -------------------------------------------------------------------------------------------

    @Test
    void noticesAPriceThatNoToolReturned() throws SQLException {
        damage("""
                UPDATE conversation.message SET reply = jsonb_set(reply, '{text}', '"Only ₹17.17, and 9 are left"')
                WHERE turn = 1""");

        assertBroken(Promise.told_the_truth, "speaks of 1717 paise");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2 × ₹2,299 = ₹4,598. | 0
            2 × ₹2,299 = ₹4,599. | 1
            """)
    void knowsWhatTwoPiecesCost(String said, int lies) throws SQLException {
        var turn =
                "(SELECT conversation_id, turn FROM conversation.tool_call WHERE result IS NOT NULL ORDER BY 1, 2 LIMIT 1)";
        damage("""
                UPDATE conversation.tool_call SET result = '{"lines":[{"quantity":2,"unitPrice":{"minor":229900,"currency":"INR"}}]}'
                WHERE (conversation_id, turn) = %s""".formatted(turn));
        damage("""
                UPDATE conversation.message SET reply = '{"text": "%s"}', text = 'what is it?'
                WHERE (conversation_id, turn) = %s""".formatted(said, turn));

        assertThat(Audit.of(Promise.told_the_truth, healthy).violations())
                .filteredOn(violation -> violation.contains("speaks of 459"))
                .hasSize(lies);
    }

    @Test
    void noticesAProposalOfAnotherTotal() throws SQLException {
        damage("UPDATE conversation.quote SET total_minor = total_minor + 100");

        assertBroken(Promise.told_the_truth, "shows proposal");
    }

    @Test
    void noticesAReceiptOfAnotherTotal() throws SQLException {
        damage(
                "UPDATE conversation.event SET body = jsonb_set(body, '{receipt,total,minor}', '1') WHERE body ? 'receipt'");

        assertBroken(Promise.told_the_truth, "the receipt of order");
    }

    @Test
    void noticesACountThatNoToolReturned() throws SQLException {
        damage("""
                UPDATE conversation.message SET reply = jsonb_set(reply, '{text}', '"There are 987654 left in all"')
                WHERE turn = 1""");

        assertBroken(Promise.told_the_truth, "speaks of 987654 pieces left");
    }

    // -------------------------------------------------------------------------------------------------------------

    private void damage(String sql) throws SQLException {
        try (var statement = books.createStatement()) {
            statement.execute(sql);
            int changed = 0;
            for (int rows = statement.getUpdateCount(); rows >= 0; rows = statement.getUpdateCount()) {
                changed += rows;
                statement.getMoreResults();
            }
            assertThat(sql.matches("ALTER [^;]*") || changed > 0)
                    .as("nothing was there to damage: %s", sql)
                    .isTrue();
        }
    }

    private void assertBroken(Promise promise, String words) throws SQLException {
        assertBroken(healthy, promise, words);
    }

    private static void assertBroken(Evidence evidence, Promise promise, String words) throws SQLException {
        assertThat(Audit.of(promise, evidence).violations())
                .anySatisfy(violation -> assertThat(violation.toString()).contains(words));
    }

    /** The first journey's workflow is changed. */
    private Evidence workflow(UnaryOperator<Workflow> change) {
        var changed = new ArrayList<>(healthy.workflows());
        var first = changed.stream()
                .filter(workflow -> workflow.isJourney() && !workflow.isOpen())
                .findFirst()
                .orElseThrow();
        changed.set(changed.indexOf(first), change.apply(first));
        return with(healthy, changed, healthy.customers(), List.of());
    }

    /** What every customer noted is changed. */
    private Evidence customer(UnaryOperator<CustomerRecord> change) {
        return with(
                healthy,
                healthy.workflows(),
                healthy.customers().stream().map(change).toList(),
                List.of());
    }

    private static CustomerRecord with(CustomerRecord record, Map<String, Said> said, Map<String, Promised> promised) {
        var copy = new CustomerRecord(record.customerId(), record.house());
        copy.said().putAll(said);
        copy.promised().putAll(promised);
        return copy;
    }

    private Evidence whileAway(Part part) {
        var always = new Outage(part, Outage.Kind.killed, Instant.EPOCH, Instant.now());
        return with(healthy, healthy.workflows(), healthy.customers(), List.of(always));
    }

    private Evidence withCard(String number) {
        return new Evidence(
                books, healthy.workflows(), healthy.customers(), List.of(), healthy.folder(), Set.of(number));
    }

    private static Evidence with(
            Evidence from, List<Workflow> workflows, List<CustomerRecord> customers, List<Outage> outages) {
        return new Evidence(from.database(), workflows, customers, outages, from.folder(), from.cardNumbers());
    }
}
