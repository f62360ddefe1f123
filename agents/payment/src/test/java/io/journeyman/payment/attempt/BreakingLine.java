package io.journeyman.payment.attempt;

import io.journeyman.contracts.Money;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.token.CardNumber;
import java.util.function.Supplier;

/** A line to a gateway on which something may happen before a question arrives, or before its answer comes back. */
final class BreakingLine implements Gateway {
    private final Gateway gateway;
    private volatile Runnable before = () -> {};
    private volatile Runnable after = () -> {};

    BreakingLine(Gateway gateway) {
        this.gateway = gateway;
    }

    void before(Runnable happens) {
        before = happens;
    }

    void after(Runnable happens) {
        after = happens;
    }

    void mend() {
        before = () -> {};
        after = () -> {};
    }

    @Override
    public String vault(CardNumber card) {
        return gateway.vault(card);
    }

    @Override
    public Answer authorise(String key, String reference, Money amount) {
        return over(() -> gateway.authorise(key, reference, amount));
    }

    @Override
    public Answer settle(String key) {
        return over(() -> gateway.settle(key));
    }

    @Override
    public Answer capture(String key, Money amount) {
        return over(() -> gateway.capture(key, amount));
    }

    @Override
    public Answer cancel(String key) {
        return over(() -> gateway.cancel(key));
    }

    private Answer over(Supplier<Answer> question) {
        before.run();
        Answer answer = question.get();
        after.run();
        return answer;
    }
}
