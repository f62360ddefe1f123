package io.journeyman.payment.credit;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.CreditEntry;
import io.journeyman.contracts.Payment.CreditMove;
import io.journeyman.contracts.RefundId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Customers' store credit, in double entry. The one statement that changes an account writes its entry itself, and the schema lets
 * nobody commit an account that is not the sum of its entries.
 */
interface CreditLedger {
    /** Opens the customer's account, where they have none. */
    @SqlUpdate("""
            INSERT INTO credit_account (customer_id, currency, opened_at) VALUES (:customer, :currency, :now)
            ON CONFLICT DO NOTHING""")
    void open(CustomerId customer, String currency, Instant now);

    /** False when the account that it is taken from has not so much. */
    default boolean move(CreditMove kind, CustomerId customer, Money amount, About about, Instant now) {
        Between accounts = Between.of(kind);
        return move(kind, accounts.from(), accounts.to(), customer, amount, about, now);
    }

    @SqlUpdate("""
            WITH moved AS (
                UPDATE credit_account
                SET spendable = spendable + CASE 'customer' WHEN :to THEN :amount WHEN :from THEN -:amount ELSE 0 END,
                    reserved = reserved + CASE 'reserved' WHEN :to THEN :amount WHEN :from THEN -:amount ELSE 0 END
                WHERE customer_id = :customer
                    AND (:from <> 'customer' OR spendable >= :amount) AND (:from <> 'reserved' OR reserved >= :amount)
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id, use_id, refund_id)
            SELECT :now, customer_id, :kind, :from, :to, :amount, :grant, :use, :refund FROM moved
            """)
    boolean move(
            CreditMove kind,
            String from,
            String to,
            CustomerId customer,
            Money amount,
            @BindMethods About about,
            Instant now);

    @SqlQuery("SELECT currency, spendable, reserved FROM credit_account WHERE customer_id = :customer")
    Optional<Account> find(CustomerId customer);

    /** The newest first. */
    @SqlQuery("""
            SELECT e.at, e.kind, e.amount, a.currency, coalesce(u.order_id, g.order_id) AS order_id, g.reason
            FROM credit_entry e JOIN credit_account a USING (customer_id)
            LEFT JOIN credit_use u ON u.use_id = e.use_id LEFT JOIN credit_grant g ON g.grant_id = e.grant_id
            WHERE e.customer_id = :customer ORDER BY e.id DESC LIMIT :most""")
    List<CreditEntry> entries(CustomerId customer, int most);

    record Account(Money spendable, Money reserved) {}

    /** The accounts that money moves between, as the schema has them for each kind. */
    record Between(String from, String to) {
        static Between of(CreditMove kind) {
            return switch (kind) {
                case granted -> new Between("granted", "customer");
                case taken_back -> new Between("customer", "granted");
                case reserved -> new Between("customer", "reserved");
                case freed -> new Between("reserved", "customer");
                case spent -> new Between("reserved", "spent");
                case given_back -> new Between("spent", "customer");
            };
        }
    }

    /** What a movement is about: a grant, or an order's use of credit and perhaps one of its refunds. */
    record About(Optional<CreditId> grant, Optional<CreditId> use, Optional<RefundId> refund) {
        static About grant(CreditId id) {
            return new About(Optional.of(id), Optional.empty(), Optional.empty());
        }

        static About use(CreditId id) {
            return new About(Optional.empty(), Optional.of(id), Optional.empty());
        }

        static About refund(CreditId use, RefundId refund) {
            return new About(Optional.empty(), Optional.of(use), Optional.of(refund));
        }
    }
}
