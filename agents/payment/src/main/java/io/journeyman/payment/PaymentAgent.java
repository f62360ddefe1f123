package io.journeyman.payment;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.payment.attempt.AttemptResource;
import io.journeyman.payment.attempt.Attempts;
import io.journeyman.payment.gateway.TestGateway;
import io.journeyman.payment.refund.RefundResource;
import io.journeyman.payment.refund.Refunds;
import io.journeyman.payment.token.PageOrigins;
import io.journeyman.payment.token.TokenResource;
import io.journeyman.payment.token.Tokenisation;
import java.time.Duration;

/** Tokens, attempts and their money. The only part of the house that ever sees a card number. */
public final class PaymentAgent implements Agent {
    @Override
    public String name() {
        return "payment";
    }

    @Override
    public int defaultPort() {
        return 5005;
    }

    @Override
    public void register(AgentEnvironment environment) {
        var jdbi = environment.jdbi();
        var clock = environment.clock();
        var gateway = new TestGateway(jdbi, clock);
        var tokenisation =
                new Tokenisation(jdbi, gateway, clock, environment.config().serviceSecret());
        environment.jersey(new PageOrigins(environment
                .config()
                .setting("JOURNEYMAN_PAGE_ORIGINS")
                .orElse("http://127.0.0.1:5080,http://localhost:5080")));
        environment.jersey(new TokenResource(
                tokenisation,
                environment.idempotency(),
                environment.config().setting("JOURNEYMAN_PAYMENT_FORM_ORIGIN")));
        environment.jersey(new AttemptResource(new Attempts(jdbi, gateway, clock), environment.idempotency()));
        environment.jersey(new RefundResource(new Refunds(jdbi, gateway, clock), environment.idempotency()));
        environment.every(Duration.ofMinutes(10), tokenisation::sweep);
    }
}
