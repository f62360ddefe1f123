package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.TierRule;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What the shop's tiers ask for and give. */
interface TierTable {
    @SqlQuery("""
            SELECT tier, points_from, spend_from_minor AS spend_from, currency, percent_off, points_percent
            FROM tier ORDER BY position
            """)
    List<TierRule> all();

    @SqlBatch("""
            UPDATE tier SET points_from = :pointsFrom, spend_from_minor = :spendFrom, percent_off = :percentOff,
                points_percent = :pointsPercent, currency = <shop_currency>
            WHERE tier = :tier
            """)
    void set(@BindMethods List<TierRule> rules);

    @SqlQuery("SELECT currency FROM tier WHERE currency <> <shop_currency> LIMIT 1")
    Optional<String> anotherCurrency();

    /** The same number of whole ones in the shop's currency. @param before how many smallest units made a whole one @param unit make one now */
    @SqlUpdate("""
            UPDATE tier SET spend_from_minor = spend_from_minor / :before * :unit, currency = <shop_currency>
            WHERE currency <> <shop_currency>""")
    void takeShopsCurrency(long before, long unit);
}
