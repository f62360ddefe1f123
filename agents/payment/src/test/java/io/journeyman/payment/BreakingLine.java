package io.journeyman.payment;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.Vpa;
import java.util.function.Supplier;

/** A line to a gateway on which something may happen before a question arrives, or before its answer comes back. */
public final class BreakingLine implements Gateway {
    private final Gateway gateway;
    private volatile Runnable before = () -> {};
    private volatile Runnable after = () -> {};

    public BreakingLine(Gateway gateway) {
        this.gateway = gateway;
    }

    public void before(Runnable happens) {
        before = happens;
    }

    public void after(Runnable happens) {
        after = happens;
    }

    public void mend() {
        before = () -> {};
        after = () -> {};
    }

    @Override
    public String vault(Card card) {
        return gateway.vault(card);
    }

    @Override
    public Adopted adopt(String method) {
        return gateway.adopt(method);
    }

    @Override
    public boolean keepsCards() {
        return gateway.keepsCards();
    }

    @Override
    public String vault(Vpa vpa) {
        return gateway.vault(vpa);
    }

    @Override
    public Answer authorise(ChargeKey key, String reference, Money amount) {
        return over(() -> gateway.authorise(key, reference, amount));
    }

    @Override
    public Answer settle(ChargeKey key) {
        return over(() -> gateway.settle(key));
    }

    @Override
    public Answer capture(ChargeKey key, Money amount) {
        return over(() -> gateway.capture(key, amount));
    }

    @Override
    public Answer cancel(ChargeKey key) {
        return over(() -> gateway.cancel(key));
    }

    @Override
    public RefundAnswer refund(ChargeKey charge, RefundId refund, Money amount) {
        return over(() -> gateway.refund(charge, refund, amount));
    }

    private <A> A over(Supplier<A> question) {
        before.run();
        A answer = question.get();
        after.run();
        return answer;
    }
}
