package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** For how long, and at which fee, pieces of each category may come back. */
interface RuleTable {
    /** The rule of all categories that have none of their own. */
    String OTHERS = "*";

    @SqlQuery(
            "SELECT category, days, final_sale, fee, exchange_fee, currency FROM return_rule ORDER BY category COLLATE \"C\"")
    List<ReturnRule> all();

    /** Whoever else sets them waits. */
    @SqlUpdate("LOCK TABLE return_rule IN SHARE ROW EXCLUSIVE MODE")
    void lock();

    /** The rule that every shop begins with is in rupees: one that counts in another currency begins without a fee. */
    @SqlUpdate(
            "UPDATE return_rule SET fee = 0, exchange_fee = 0, currency = <shop_currency> WHERE currency <> <shop_currency>")
    void takeShopsCurrency();

    @SqlUpdate("DELETE FROM return_rule")
    void clear();

    @SqlUpdate("""
            INSERT INTO return_rule (category, days, final_sale, fee, exchange_fee, currency)
            VALUES (:category, :days, :finalSale, :fee, :ofExchange, :currency)""")
    void add(@BindMethods ReturnRule rule, Money ofExchange, String currency);
}
