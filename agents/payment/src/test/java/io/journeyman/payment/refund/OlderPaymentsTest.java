package io.journeyman.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.RefundStatus;
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

class OlderPaymentsTest {
    private static final Owner PAYMENT = new Owner("payment");
    private static final Money HALF = Money.inr(500);

    @Test
    void refundsWhatWasCapturedBeforeThereWereRefunds() {
        String url = shopOfTheFirstVersion();

        try (AgentService service =
                AgentService.start(new PaymentAgent(), AgentConfig.local(url, ServiceTokens.SECRET))) {
            var client = new ContractClient(service.uri(), Contract.load("payment"));

            assertThat(client.post("/attempts/paid/1/refunds", new RefundPayment(Till.refundId(), HALF))
                            .as(Refund.class)
                            .status())
                    .isEqualTo(RefundStatus.refunded);
            assertThat(client.post("/attempts/undone/1/refunds", new RefundPayment(Till.refundId(), HALF))
                            .problem()
                            .code())
                    .isEqualTo("refund_too_large");
            assertThat(client.post("/attempts/secured/1/refunds", new RefundPayment(Till.refundId(), HALF))
                            .problem()
                            .code())
                    .isEqualTo("not_captured");
        }
    }

    private static String shopOfTheFirstVersion() {
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
                .target("1")
                .load()
                .migrate();
        try (Database database = Database.open(url, PAYMENT, 1)) {
            database.jdbi().useHandle(handle -> handle.createScript("""
                    INSERT INTO card_token (token, customer_id, brand, last4, reference, created_at)
                    VALUES ('tok', 'asha', 'Visa', '4242', 'card-1', now());
                    INSERT INTO attempt (order_id, attempt, customer_id, method, token, amount, currency, outcome, status,
                                         opened_at, changed_at)
                    SELECT order_id, 1, 'asha', 'card', 'tok', 1000, 'INR', 'secured', status, now(), now()
                    FROM (VALUES ('paid', 'captured'), ('undone', 'refunded'), ('secured', 'authorised')) AS o (order_id, status);
                    INSERT INTO gateway_charge (key, status, code, amount, currency, changed_at)
                    SELECT order_id || '/1', status, '', 1000, 'INR', now() FROM attempt;
                    """).execute());
        }
        return url;
    }
}
