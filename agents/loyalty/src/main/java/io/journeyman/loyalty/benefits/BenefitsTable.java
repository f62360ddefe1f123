package io.journeyman.loyalty.benefits;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What each order reserved, spent and earned. An order's row is locked before any account or offer is touched. */
interface BenefitsTable {
    /** False when the order is known already; a writer at work is waited for. */
    @SqlUpdate("""
            INSERT INTO benefits (order_id, customer_id, status, points, opened_at, changed_at)
            VALUES (:order, :customer, 'reserved', :points, :now, :now)
            ON CONFLICT (order_id) DO NOTHING
            """)
    boolean open(OrderId order, CustomerId customer, long points, Instant now);

    @SqlUpdate("""
            INSERT INTO benefits (order_id, status, opened_at, changed_at) VALUES (:order, 'released', :now, :now)
            ON CONFLICT (order_id) DO NOTHING
            """)
    boolean tombstone(OrderId order, Instant now);

    @SqlQuery("SELECT order_id, customer_id, status, points, earned FROM benefits WHERE order_id = :order FOR UPDATE")
    Optional<StandingBenefits> lock(OrderId order);

    @SqlUpdate("""
            UPDATE benefits SET status = 'committed', earned = :earned, paid_minor = :paid, changed_at = :now
            WHERE order_id = :order
            """)
    void commit(OrderId order, long earned, Money paid, Instant now);

    @SqlUpdate("UPDATE benefits SET status = 'released', changed_at = :now WHERE order_id = :order")
    void release(OrderId order, Instant now);

    /** @param customerId empty for a tombstone */
    record StandingBenefits(
            OrderId orderId, Optional<CustomerId> customerId, BenefitsStatus status, long points, long earned) {}
}
