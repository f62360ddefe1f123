package io.journeyman.loyalty.offer;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The shop's offers and who uses them. Whoever uses several in one transaction goes by their ids' order. */
public interface OfferTable {
    @SqlQuery("""
            SELECT offer_id, kind, title, terms, coupon, percent, amount_minor, most_minor, threshold_minor, once_each,
                   use_limit, used, valid_from, valid_until
            FROM offer
            """)
    List<OfferRule> all();

    @SqlBatch("""
            INSERT INTO offer (offer_id, kind, title, terms, coupon, percent, amount_minor, most_minor, threshold_minor,
                               once_each, use_limit, used, valid_from, valid_until)
            VALUES (:offerId, :kind, :title, :terms, :coupon, :percent, :amountMinor, :mostMinor, :thresholdMinor,
                    :onceEach, :useLimit, :used, :validFrom, :validUntil)
            ON CONFLICT DO NOTHING
            """)
    void add(@BindMethods List<OfferRule> rules);

    /** Counts one use, if the limit allows it; answers whether the offer is for one order of each customer. */
    @SqlQuery("""
            UPDATE offer SET used = used + 1
            WHERE offer_id = :offerId AND (use_limit IS NULL OR used < use_limit)
            RETURNING once_each
            """)
    Optional<Boolean> use(String offerId);

    /** False when the customer has used it before and may use it once only. */
    @SqlUpdate("""
            INSERT INTO offer_use (order_id, offer_id, customer_id, once_each)
            VALUES (:order, :offerId, :customer, :onceEach)
            ON CONFLICT DO NOTHING
            """)
    boolean note(OrderId order, String offerId, CustomerId customer, boolean onceEach);

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
}
