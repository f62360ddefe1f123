package io.journeyman.payment.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.CreditRefund;
import io.journeyman.contracts.Payment.GetStoreCredit;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.payment.PaymentAgent;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Store credit from before it could have a date. */
class OlderCreditTest {
    private static final Owner PAYMENT = new Owner("payment");

    @Test
    void doesNotExpireAndComesBackFromItsOrders() {
        String url = shopWithoutDates();

        try (AgentService service =
                AgentService.start(new PaymentAgent(), AgentConfig.local(url, ServiceTokens.SECRET))) {
            var client = new ContractClient(service.uri(), Contract.load("payment"));

            assertThat(client.post("/orders/paid/credit-refunds", new RefundCredit(Till.refundId(), Money.inr(500)))
                            .as(CreditRefund.class)
                            .credit())
                    .isEqualTo(Money.inr(200));
            client.post("/credit-uses/under-way/release");

            var credit = client.post("/store-credit", new GetStoreCredit(new CustomerId("asha")))
                    .as(StoreCredit.class);
            assertThat(credit.spendable()).isEqualTo(Money.inr(800));
            assertThat(credit.reserved()).isEqualTo(Money.inr(0));
            assertThat(credit.expiring()).isEmpty();
        }
    }

    /** Of 1,000 that was granted, 400 paid an order of 1,000, and 300 is set aside for another one. */
    private static String shopWithoutDates() {
        // the role is the server's: it is made with any database
        Migrations.migrate(TestPostgres.freshDatabase(), PAYMENT, "kit");
        String url = TestPostgres.freshDatabase();
        Jdbi.create(url).useHandle(handle -> handle.execute("CREATE SCHEMA payment AUTHORIZATION " + PAYMENT.role()));
        Flyway.configure()
                .dataSource(url, null, null)
                .jdbcProperties(Map.of("options", "-c role=" + PAYMENT.role() + " -c search_path=" + PAYMENT.schema()))
                .defaultSchema(PAYMENT.schema())
                .createSchemas(false)
                .locations("classpath:db/migrations/payment")
                .target("7")
                .load()
                .migrate();
        try (Database database = Database.open(url, PAYMENT, 1)) {
            database.jdbi().useTransaction(handle -> handle.createScript("""
                    INSERT INTO credit_account VALUES ('asha', 'INR', 300, 300, now());
                    INSERT INTO credit_grant (grant_id, customer_id, amount, currency, reason, status, opened_at, changed_at)
                    VALUES ('g', 'asha', 1000, 'INR', 'a gift', 'granted', now(), now());
                    INSERT INTO credit_use (use_id, order_id, customer_id, amount, total, currency, status, opened_at, changed_at)
                    VALUES ('paid', 'paid', 'asha', 400, 1000, 'INR', 'spent', now(), now()),
                        ('under-way', 'under-way', 'asha', 300, 300, 'INR', 'reserved', now(), now());
                    INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id, use_id)
                    VALUES (now(), 'asha', 'granted', 'granted', 'customer', 1000, 'g', NULL),
                        (now(), 'asha', 'reserved', 'customer', 'reserved', 400, NULL, 'paid'),
                        (now(), 'asha', 'spent', 'reserved', 'spent', 400, NULL, 'paid'),
                        (now(), 'asha', 'reserved', 'customer', 'reserved', 300, NULL, 'under-way');
                    """).execute());
        }
        return url;
    }
}
