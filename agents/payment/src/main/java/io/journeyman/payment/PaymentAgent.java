package io.journeyman.payment;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.kit.Expiry;
import io.journeyman.kit.ExpiryReminders;
import io.journeyman.payment.attempt.AttemptResource;
import io.journeyman.payment.attempt.Attempts;
import io.journeyman.payment.credit.CreditLedger;
import io.journeyman.payment.credit.CreditResource;
import io.journeyman.payment.credit.CreditSettings;
import io.journeyman.payment.credit.StoreCredit;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.gateway.Ledger;
import io.journeyman.payment.gateway.TestBank;
import io.journeyman.payment.gateway.TestBooks;
import io.journeyman.payment.gateway.TestGateway;
import io.journeyman.payment.reconciliation.Reconciliation;
import io.journeyman.payment.reconciliation.ReconciliationResource;
import io.journeyman.payment.refund.RefundResource;
import io.journeyman.payment.refund.Refunds;
import io.journeyman.payment.stripe.StripeBooks;
import io.journeyman.payment.stripe.StripeGateway;
import io.journeyman.payment.stripe.StripeSettings;
import io.journeyman.payment.stripe.StripeWebhook;
import io.journeyman.payment.token.KeptCardResource;
import io.journeyman.payment.token.KeptMethodResource;
import io.journeyman.payment.token.PageOrigins;
import io.journeyman.payment.token.TokenResource;
import io.journeyman.payment.token.Tokenisation;
import java.time.Duration;

/** Tokens, attempts and their money, and store credit. The only part of the house that ever sees a card number. */
public final class PaymentAgent implements Agent {
    /** What has expired can no longer be spent, whether it was swept or not. */
    private static final Duration SWEEP_CREDIT = Duration.ofHours(1);

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
        environment.requireCurrency("payments", "SELECT currency FROM attempt LIMIT 1");
        environment.requireCurrency("store credits", "SELECT currency FROM credit_account LIMIT 1");
        var jdbi = environment.jdbi();
        var clock = environment.clock();
        String origins = environment
                .config()
                .setting("JOURNEYMAN_PAGE_ORIGINS")
                .orElse("http://127.0.0.1:5080,http://localhost:5080");
        var pages = new PageOrigins(origins);
        var stripe = StripeSettings.from(environment.config(), pages.first());
        var testGateway = new TestGateway(jdbi, clock);
        var gateway = stripe.<Gateway>map(settings -> new StripeGateway(settings, jdbi, clock))
                .orElse(testGateway);
        var tokenisation =
                new Tokenisation(jdbi, gateway, clock, environment.config().serviceSecret());
        var publicOrigin = environment.config().setting("JOURNEYMAN_PAYMENT_FORM_ORIGIN");
        var attempts = new Attempts(jdbi, gateway, clock);
        var refunds = new Refunds(jdbi, gateway, clock);
        environment.jersey(pages);
        environment.jersey(new ReconciliationResource(new Reconciliation(
                jdbi,
                stripe.<Ledger>map(settings -> new StripeBooks(settings, jdbi)).orElseGet(() -> new TestBooks(jdbi)))));
        if (stripe.isEmpty()) {
            environment.jersey(new TestBank(testGateway, attempts));
        }
        environment.jersey(new TokenResource(tokenisation, environment.idempotency(), publicOrigin));
        environment.jersey(new KeptMethodResource(jdbi, clock, environment.idempotency()));
        environment.jersey(new KeptCardResource(jdbi, clock, environment.idempotency()));
        environment.jersey(new AttemptResource(attempts, environment.idempotency(), publicOrigin));
        environment.jersey(new RefundResource(refunds, environment.idempotency()));
        var credit = new StoreCredit(clock, CreditSettings.from(environment.config()));
        var reminders = ExpiryReminders.of(environment.config(), clock, CreditLedger.class);
        environment.jersey(new CreditResource(credit, reminders, jdbi, environment.idempotency()));
        environment.jersey(
                new StripeWebhook(stripe.flatMap(StripeSettings::webhookSecret), jdbi, attempts, refunds, clock));
        environment.every(Duration.ofMinutes(10), tokenisation::sweep);
        environment.every(SWEEP_CREDIT, new Expiry(jdbi, clock, CreditLedger.class)::sweep);
    }
}
