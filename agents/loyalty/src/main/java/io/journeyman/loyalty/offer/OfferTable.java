package io.journeyman.loyalty.offer;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The shop's offers and who uses them. Whoever uses several in one transaction goes by their ids' order. */
public interface OfferTable {
    String ALL = """
            SELECT offer_id, title, terms, saving, percent, amount_minor AS amount, most_minor AS most, product_ids, buy, get,
                   threshold_minor AS threshold, least_tier, first_order, coupon, alone, uses_per_customer, uses_in_all,
                   valid_from, valid_until, used, ended_at, currency
            FROM offer
            """;

    @SqlQuery(ALL)
    List<OfferRule> all();

    /** Those that were not over yet at that moment. What a shop offered before it changed its currency, it offers no more. */
    @SqlQuery(ALL + " WHERE least(ended_at, valid_until) > :since AND currency = <shop_currency>")
    List<OfferRule> since(Instant since);

    @SqlQuery(ALL + " WHERE offer_id = :offerId")
    Optional<OfferRule> find(String offerId);

    @SqlQuery(ALL + " WHERE coupon = :coupon AND ended_at IS NULL")
    Optional<OfferRule> withCoupon(String coupon);

    @SqlBatch("""
            INSERT INTO offer (offer_id, title, terms, saving, percent, amount_minor, most_minor, product_ids, buy, get,
                               threshold_minor, least_tier, first_order, coupon, alone, uses_per_customer, uses_in_all,
                               valid_from, valid_until, currency)
            VALUES (:offerId, :title, :terms, :saving, :percent, :amount, :most, :productIds, :buy, :get,
                    :threshold, :leastTier, :firstOrder, :coupon, :alone, :usesPerCustomer, :usesInAll,
                    :validFrom, :validUntil, <shop_currency>)
            ON CONFLICT DO NOTHING
            """)
    void add(@BindMethods List<NewOffer> offers);

    /** It stays as it ended first. */
    @SqlUpdate("UPDATE offer SET ended_at = :now WHERE offer_id = :offerId AND ended_at IS NULL")
    void end(String offerId, Instant now);

    /** Counts one use, if the limit allows it. */
    @SqlQuery("""
            UPDATE offer SET used = used + 1
            WHERE offer_id = :offerId AND (uses_in_all IS NULL OR used < uses_in_all)
            RETURNING offer_id, uses_per_customer, first_order
            """)
    Optional<Counted> use(String offerId);

    /**
     * Notes whose use it was; false when the customer has no use left. The offer's row is locked by {@link #use}, so that nobody
     * else looks for a place at the same moment.
     */
    default boolean note(OrderId order, CustomerId customer, Counted counted) {
        if (counted.usesPerCustomer().isEmpty()) {
            return note(order, counted.offerId(), customer);
        }
        return note(
                order, counted.offerId(), customer, counted.usesPerCustomer().get());
    }

    @SqlUpdate("INSERT INTO offer_use (order_id, offer_id, customer_id) VALUES (:order, :offerId, :customer)")
    boolean note(OrderId order, String offerId, CustomerId customer);

    @SqlUpdate("""
            INSERT INTO offer_use (order_id, offer_id, customer_id, place)
            SELECT :order, :offerId, :customer, place
            FROM generate_series(1, :most) AS place
            WHERE NOT EXISTS (
                SELECT FROM offer_use u
                WHERE u.offer_id = :offerId AND u.customer_id = :customer AND u.place = place.place AND NOT u.given_back)
            ORDER BY place
            LIMIT 1
            """)
    boolean note(OrderId order, String offerId, CustomerId customer, int most);

    /** Gives back each use of an order that was not given back yet, in the limits' favour. */
    @SqlUpdate("""
            WITH undone AS (
                UPDATE offer_use SET given_back = true WHERE order_id = :order AND NOT given_back
                RETURNING offer_id),
            locked AS (
                SELECT o.offer_id FROM offer o JOIN undone USING (offer_id) ORDER BY o.offer_id COLLATE "C" FOR UPDATE OF o)
            UPDATE offer SET used = used - 1 FROM locked WHERE offer.offer_id = locked.offer_id
            """)
    void giveBack(OrderId order);

    @SqlQuery("SELECT offer_id FROM offer_use WHERE order_id = :order")
    Set<String> usedBy(OrderId order);

    /** Whether another order of the customer has an offer for the first order, whichever it is. */
    @SqlQuery("""
            SELECT EXISTS (
                SELECT FROM offer_use u JOIN offer o USING (offer_id)
                WHERE u.customer_id = :customer AND u.order_id <> :order AND o.first_order AND NOT u.given_back)
            """)
    boolean firstOrderIsAnother(CustomerId customer, OrderId order);

    /**
     * @param usesPerCustomer empty when each customer may use it as often as they like
     * @param firstOrder for the first order only, of which a customer has one
     */
    record Counted(String offerId, Optional<Integer> usesPerCustomer, boolean firstOrder) {}
}
