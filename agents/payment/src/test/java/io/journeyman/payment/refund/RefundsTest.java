package io.journeyman.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.BreakingLine;
import io.journeyman.payment.Till;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import io.journeyman.payment.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds when the agent dies, or the gateway is gone, between any two steps of a refund. */
class RefundsTest {
    private static final Money PART = Money.inr(100_000);

    private static Till till;
    private static BreakingLine line;
    private static Refunds refunds;

    private final RefundId id = Till.refundId();
    private OrderId order;

    @BeforeAll
    static void open() {
        till = new Till();
        line = new BreakingLine(new TestGateway(till.books(), till::now));
        refunds = new Refunds(till.books(), line, till::now);
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @BeforeEach
    void pay() {
        line.mend();
        order = till.paid("4242");
    }

    @Test
    void sendsARefundThatDiedBeforeTheGatewayWasAskedUnderItsOwnKey() {
        line.before(RefundsTest::die);
        assertThatThrownBy(this::refund).isInstanceOf(Died.class);
        line.mend();

        assertThat(refunds.inquire(id).status()).isEqualTo(RefundStatus.refunded);

        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void givesBackOnceWhenItDiedBeforeTheAnswerWasWrittenDown() {
        line.after(RefundsTest::die);
        assertThatThrownBy(this::refund).isInstanceOf(Died.class);
        line.mend();

        assertThat(refund().refundedInAll()).isEqualTo(PART);
        assertThat(refunds.inquire(id).refundedInAll()).isEqualTo(PART);

        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void keepsWhatNobodyKnowsSetAsideForAsLongAsTheGatewayIsGone() {
        line.after(RefundsTest::unreachable);

        assertThat(refund().status()).isEqualTo(RefundStatus.pending);
        assertThat(refunds.inquire(id).code()).contains("network_error");
        assertThatThrownBy(() -> refunds.refund(charge(), new RefundPayment(Till.refundId(), Till.TOTAL)))
                .hasMessageContaining("refund_too_large");
        line.mend();

        assertThat(refunds.inquire(id).status()).isEqualTo(RefundStatus.refunded);
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void keepsTheBooksRightWhenThePaymentIsUndoneWhileTheRefundIsOnItsWay() {
        line.before(() -> till.cancel(order));

        var refused = refund();

        assertThat(refused.status()).isEqualTo(RefundStatus.failed);
        assertThat(refused.refundedInAll()).isEqualTo(Till.TOTAL);
        assertThat(till.taken(order)).isZero();
    }

    private Refund refund() {
        return refunds.refund(charge(), new RefundPayment(id, PART));
    }

    private ChargeKey charge() {
        return new ChargeKey(order, 1);
    }

    private static void die() {
        throw new Died();
    }

    private static void unreachable() {
        throw new GatewayUnreachable();
    }

    private static final class Died extends RuntimeException {}
}
