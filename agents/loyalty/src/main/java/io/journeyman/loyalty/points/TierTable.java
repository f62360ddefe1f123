package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.TierRule;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What the shop's tiers ask for and give. */
interface TierTable {
    @SqlQuery("""
            SELECT tier, points_from, spend_from_minor AS spend_from, 'INR' AS currency, percent_off, points_percent
            FROM tier ORDER BY position
            """)
    List<TierRule> all();

    @SqlBatch("""
            UPDATE tier SET points_from = :pointsFrom, spend_from_minor = :spendFrom, percent_off = :percentOff,
                points_percent = :pointsPercent
            WHERE tier = :tier
            """)
    void set(@BindMethods List<TierRule> rules);
}
