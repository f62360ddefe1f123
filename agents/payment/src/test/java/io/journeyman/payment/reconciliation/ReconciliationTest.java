package io.journeyman.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Difference;
import io.journeyman.contracts.Payment.DifferenceKind;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.ReconciledPage;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.payment.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done to the gateway's books, or to ours, behind the agent's back is found, page by page. */
class ReconciliationTest {
    private static final Money PART = Money.inr(100_000);

    private static Till till;

    @BeforeAll
    static void open() {
        till = new Till();
        for (String card : List.of("4242", "1111", "2222", "3333", "4444", "5555", "7777", "8888", "2020", "3030")) {
            var order = Till.order();
            till.secure(order, card);
        }
        var refunded = till.paid("4242");
        till.refund(refunded, Till.refundId(), PART);
        till.refund(till.paid("2020"), Till.refundId(), PART);
        till.refund(till.paid("3030"), Till.refundId(), PART);
        till.cancel(till.paid("4242"));
        till.cancel(refunded);
        till.cancel(Till.order());
        till.inquire(Till.order());
        till.client()
                .post(
                        "/attempts",
                        new SecurePayment(
                                Till.order(), 1, Till.ASHA, MethodKind.cash_on_delivery, Optional.empty(), Till.TOTAL));
        // whoever lost an answer asks again
        till.books()
                .withHandle(handle -> handle.createQuery("SELECT order_id FROM attempt WHERE status = 'open'")
                        .mapTo(OrderId.class)
                        .list())
                .forEach(till::inquire);
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @Test
    void findsNothingWhereAllIsAsItShouldBe() {
        assertThat(everything(100)).isEmpty();
        assertThat(everything(1)).as("whatever the pages").isEmpty();
    }

    @Test
    void findsWhatTheGatewayHasOtherwise() {
        var order = till.paid("4242");
        damage("UPDATE gateway_charge SET status = 'voided', captured = 0 WHERE key = ?", order);

        assertFound(order, DifferenceKind.status_differs, "captured ₹2,599", "cancelled ₹2,599");
    }

    @Test
    void findsAChargeThatWasNotVoided() {
        var order = till.paid("4242");
        till.cancel(order);
        damage("DELETE FROM gateway_refund WHERE charge_key = ?", order);

        assertFound(order, DifferenceKind.status_differs, "refunded ₹2,599", "captured ₹2,599");
    }

    @Test
    void findsAnotherAmount() {
        var order = till.paid("4242");
        damage("UPDATE gateway_charge SET captured = 1 WHERE key = ?", order);

        assertFound(order, DifferenceKind.amount_differs, "captured ₹2,599", "captured ₹0.01");
    }

    @Test
    void findsWhatTheGatewayNeverHeardOf() {
        var order = till.paid("4242");
        damage("DELETE FROM gateway_charge WHERE key = ?", order);

        assertFound(order, DifferenceKind.unknown_at_gateway, "captured ₹2,599", null);
    }

    @Test
    void findsAChargeThatNobodyHereAskedFor() {
        var order = till.paid("4242");
        books("DELETE FROM attempt WHERE order_id = ?", order.value());

        assertFound(order, DifferenceKind.unknown_here, null, "captured ₹2,599 as " + order + "/1");
        damage("DELETE FROM gateway_charge WHERE key = ?", order);
    }

    @Test
    void findsARefundThatSomebodyMadeAtTheGateway() {
        var order = till.paid("4242");
        books("""
                INSERT INTO gateway_refund (key, charge_key, status, code, amount, currency, changed_at)
                VALUES ('by hand', ?, 'refunded', '', 100000, 'INR', now())""", order + "/1");

        assertFound(order, DifferenceKind.refund_unknown_here, null, "refunded ₹1,000");
    }

    @Test
    void findsARefundThatFailedThereOrWasNeverMade() {
        var failed = till.paid("4242");
        var lost = till.paid("4242");
        till.refund(failed, Till.refundId(), PART);
        till.refund(lost, Till.refundId(), PART);
        damage("UPDATE gateway_refund SET status = 'failed' WHERE charge_key = ?", failed);
        damage("DELETE FROM gateway_refund WHERE charge_key = ?", lost);

        var found = everything(3);

        assertThat(found)
                .extracting(Difference::kind, Difference::ours, Difference::gateways)
                .containsExactlyInAnyOrder(
                        tuple(
                                DifferenceKind.refund_differs,
                                Optional.of("refunded ₹1,000"),
                                Optional.of("failed ₹1,000")),
                        tuple(
                                DifferenceKind.refund_unknown_at_gateway,
                                Optional.of("refunded ₹1,000"),
                                Optional.empty()));
        forget(failed);
        forget(lost);
    }

    @Test
    void refusesAPlaceThatIsNoPlace() {
        var answer =
                till.client().get("/reconciliation?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&after=nowhere");

        assertThat(answer.problem().code()).isEqualTo("bad_request");
    }

    private static void assertFound(OrderId order, DifferenceKind kind, String ours, String gateways) {
        assertThat(everything(3)).singleElement().satisfies(found -> {
            assertThat(found.orderId()).contains(order);
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.ours()).isEqualTo(Optional.ofNullable(ours));
            assertThat(found.gateways()).isEqualTo(Optional.ofNullable(gateways));
        });
        forget(order);
    }

    private static List<Difference> everything(int limit) {
        var differences = new ArrayList<Difference>();
        Optional<String> after = Optional.empty();
        do {
            var page = till.client()
                    .get("/reconciliation?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&limit=" + limit
                            + after.map(cursor -> "&after=" + cursor).orElse(""))
                    .as(ReconciledPage.class);
            assertThat(page.checked()).isLessThanOrEqualTo(limit);
            differences.addAll(page.differences());
            after = page.next();
        } while (after.isPresent());
        return differences;
    }

    private static void damage(String statement, OrderId order) {
        books(statement, order + "/1");
    }

    /** So that the other tests find only what is theirs. */
    private static void forget(OrderId order) {
        books("DELETE FROM refund WHERE order_id = ?", order.value());
        books("DELETE FROM attempt WHERE order_id = ?", order.value());
        books("DELETE FROM gateway_refund WHERE charge_key = ?", order + "/1");
        books("DELETE FROM gateway_charge WHERE key = ?", order + "/1");
    }

    private static void books(String statement, String value) {
        till.books().useHandle(handle -> handle.execute(statement, value));
    }
}
