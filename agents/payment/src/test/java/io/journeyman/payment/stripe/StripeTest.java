package io.journeyman.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.Webhook;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Difference;
import io.journeyman.contracts.Payment.DifferenceKind;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.ListKeptCards;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.ReconciledPage;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.Payment.TokeniseMethod;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.Payment.WebhookHeard;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agent over HTTP with Stripe behind it, played with state; and webhooks as Stripe sends them, signed. */
class StripeTest {
    private static final String SECRET = "whsec_ofTests";
    private static final String PERIOD = "/reconciliation?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";
    private static final Money PART = Money.inr(100_000);

    private static PlayedStripe stripe;
    private static Till till;

    private final OrderId order = Till.order();

    @BeforeAll
    static void open() throws IOException {
        stripe = new PlayedStripe();
        till = new Till(config -> config.withSetting("STRIPE_API_KEY", "sk_test_123")
                .withSetting("STRIPE_WEBHOOK_SECRET", SECRET)
                .withSetting("STRIPE_API_BASE", stripe.address()));
    }

    @AfterAll
    static void close() {
        till.close();
        stripe.close();
    }

    @AfterEach
    void behave() {
        stripe.behave();
    }

    @Test
    void authorisesCapturesAndRefundsByIntentsThatTheDashboardFinds() {
        assertThat(till.secure(order, "4242")).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(capture(order)).satisfies(is(Outcome.secured, AttemptStatus.captured));
        var id = Till.refundId();
        assertThat(till.refund(order, id, PART).as(Refund.class).status()).isEqualTo(RefundStatus.refunded);
        assertThat(till.cancel(order).status()).isEqualTo(AttemptStatus.refunded);

        var intent = intent(order);
        assertThat(intent.path("capture_method").asText()).isEqualTo("manual");
        assertThat(intent.path("currency").asText()).isEqualTo("inr");
        assertThat(intent.path("amount_received").asLong()).isEqualTo(Till.TOTAL.minor());
        assertThat(intent.at("/metadata/attempt").asText()).isEqualTo("1");
        assertThat(stripe.refundsOf(order.value()))
                .extracting(refund -> refund.path("amount").asLong())
                .containsExactly(PART.minor(), Till.TOTAL.minor() - PART.minor());
        assertThat(stripe.requests("/confirm"))
                .filteredOn(request -> request.key().equals(order + "/1/confirm"))
                .hasSize(1);
    }

    @Test
    void declinesInTheHousesWords() {
        var refused = till.secure(order, "1111");
        assertThat(refused).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(refused.code()).contains("insufficient_funds");
        assertThat(refused.suggestions()).isNotEmpty();
        assertThat(till.secure(Till.order(), "2222").code()).contains("expired_card");
    }

    @Test
    void sendsTheCustomerToTheirBankAndHearsWhatBecameOfIt() {
        var asked = till.secure(order, "7777");
        assertThat(asked).satisfies(is(Outcome.needs_customer, AttemptStatus.open));
        assertThat(asked.code()).contains("three_d_secure");
        assertThat(asked.confirmAt().orElseThrow().toString()).startsWith("https://hooks.stripe.com/3d_secure_2/");

        stripe.change(intent(order), "status", "requires_capture");
        assertThat(hear(
                        "payment_intent.amount_capturable_updated",
                        intent(order).path("id").asText()))
                .isTrue();

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.secured, AttemptStatus.authorised));
    }

    @Test
    void waitsForWhatStripeIsStillProcessing() {
        assertThat(till.secure(order, "8888")).satisfies(is(Outcome.pending, AttemptStatus.open));
        stripe.change(intent(order), "status", "requires_capture");

        assertThat(till.inquire(order)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
    }

    @Test
    void findsTheIntentWhoseConfirmationWasLostAndChargesOnce() {
        stripe.loseAnswers("/confirm");
        assertThat(till.secure(order, "4242")).satisfies(is(Outcome.unknown, AttemptStatus.open));
        stripe.behave();

        assertThat(till.inquire(order)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(stripe.intentsOf(order.value())).hasSize(1);
    }

    @Test
    void closesWhatWasCreatedAndNeverConfirmed() {
        stripe.loseAnswers("/payment_intents");
        assertThat(till.secure(order, "4242")).satisfies(is(Outcome.unknown, AttemptStatus.open));
        stripe.behave();

        var settled = till.inquire(order);

        assertThat(settled).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(settled.code()).contains("network_error");
        assertThat(stripe.intentsOf(order.value()))
                .as("nothing moves before the confirmation")
                .allSatisfy(intent -> assertThat(intent.path("status").asText()).isEqualTo("requires_confirmation"));
    }

    @Test
    void staysUnknownWhileStripeIsDownBusyOrDoesNotKnowUs() {
        for (int status : List.of(500, 503, 429, 401)) {
            var other = Till.order();
            var token = till.token("4242");
            stripe.refuseAll(status);
            assertThat(till.secure(other, token)).satisfies(is(Outcome.unknown, AttemptStatus.open));
            stripe.behave();
            assertThat(till.secure(other, token)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        }
    }

    @Test
    void voidsAnAuthorisationAndLeavesNothingToCome() {
        till.secure(order, "4242");

        assertThat(till.cancel(order).status()).isEqualTo(AttemptStatus.voided);

        assertThat(intent(order).path("status").asText()).isEqualTo("canceled");
        var undone = Till.order();
        till.cancel(undone);
        assertThat(till.secure(undone, "4242")).satisfies(is(Outcome.declined, AttemptStatus.voided));
        assertThat(stripe.intentsOf(undone.value())).isEmpty();
    }

    @Test
    void capturesOnceWhenTheAnswerWasLost() {
        till.secure(order, "4242");
        stripe.loseAnswers("/capture");
        assertThat(till.capture(order, Till.TOTAL).problem().code()).isEqualTo("gateway_unreachable");
        stripe.behave();

        assertThat(capture(order)).satisfies(is(Outcome.secured, AttemptStatus.captured));
    }

    @Test
    void refundsOnceWhenTheAnswerWasLost() {
        pay("4242");
        var id = Till.refundId();
        stripe.loseAnswers("/refunds");
        assertThat(till.refund(order, id, PART).as(Refund.class).code()).contains("network_error");
        stripe.behave();

        assertThat(till.inquire(id).status()).isEqualTo(RefundStatus.refunded);

        assertThat(stripe.refundsOf(order.value())).hasSize(1);
    }

    @Test
    void tellsThatARefundFailedAtOnceOrLater() {
        pay("3030");
        var failed = till.refund(order, Till.refundId(), PART).as(Refund.class);
        assertThat(failed.status()).isEqualTo(RefundStatus.failed);
        assertThat(failed.code()).contains("lost_or_stolen_card");

        var later = Till.order();
        till.secure(later, "4242");
        capture(later);
        var id = Till.refundId();
        assertThat(till.refund(later, id, Till.TOTAL).as(Refund.class).status()).isEqualTo(RefundStatus.refunded);
        stripe.change(stripe.refundsOf(later.value()).getFirst(), "status", "failed");

        assertThat(heard(event("refund.failed")
                        .replace("re_1", "re_any")
                        .replace("pi_1", intent(later).path("id").asText())
                        .replace("refund-1", id.value())))
                .isTrue();

        assertThat(till.inquire(id).status()).isEqualTo(RefundStatus.failed);
        assertThat(till.inquire(id).refundedInAll()).isEqualTo(Money.inr(0));
    }

    @Test
    void isNotMovedByEventsThatComeTwiceLateOrOutOfOrder() {
        pay("4242");
        String id = intent(order).path("id").asText();

        for (String type : List.of(
                "payment_intent.succeeded",
                "payment_intent.succeeded",
                "payment_intent.payment_failed",
                "payment_intent.amount_capturable_updated")) {
            assertThat(hear(type, id)).isTrue();
        }

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.secured, AttemptStatus.captured));
        assertThat(stripe.refundsOf(order.value())).isEmpty();
    }

    @Test
    void givesBackWhatComesLateForAPaymentThatWasUndone() {
        till.secure(order, "8888");
        stripe.refuseAll(500);
        assertThat(till.client()
                        .post("/attempts/" + order + "/1/void")
                        .problem()
                        .code())
                .isEqualTo("gateway_unreachable");
        stripe.behave();
        stripe.change(intent(order), "status", "succeeded");
        intent(order).put("amount_received", Till.TOTAL.minor());

        assertThat(hear("payment_intent.succeeded", intent(order).path("id").asText()))
                .isTrue();

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.declined, AttemptStatus.voided));
        assertThat(stripe.refundsOf(order.value()))
                .extracting(refund -> refund.path("amount").asLong())
                .containsExactly(Till.TOTAL.minor());
    }

    @Test
    void hasAnUndoRepeatedWhileStripeIsAtWorkOnThePayment() {
        till.secure(order, "8888");

        assertThat(till.client()
                        .post("/attempts/" + order + "/1/void")
                        .problem()
                        .code())
                .isEqualTo("not_undone_yet");
        stripe.change(intent(order), "status", "requires_capture");

        assertThat(till.cancel(order).status()).isEqualTo(AttemptStatus.voided);
        assertThat(intent(order).path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void passesOverEventsOfOthersAndOfStepsThatAreNotOver() {
        till.secure(order, "8888");
        String id = intent(order).path("id").asText();

        assertThat(hear("payment_intent.created", id)).isFalse();
        assertThat(hear("payment_intent.succeeded", "pi_of_another_shop")).isFalse();
        assertThat(hear("customer.created", id)).isFalse();
        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.pending, AttemptStatus.open));
    }

    @Test
    void believesNobodyWhoDoesNotSignAsStripeDoes() {
        String body = event("payment_intent.succeeded");
        long now = till.now().getEpochSecond();

        for (String signature : List.of(
                "t=" + now + ",v1=00",
                "",
                "t=soon,v1=1",
                signature(body, "whsec_another", now),
                signature(body + " ", SECRET, now),
                signature(body, SECRET, now - 301))) {
            var answer = till.client().with("Stripe-Signature", signature).post("/webhooks/stripe", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem().code()).isEqualTo("bad_signature");
        }
    }

    @Test
    void handsARealCardToStripeAndKeepsNothingOfIt() {
        assertThat(till.secure(order, till.token("4000 0566 5566 5556")))
                .satisfies(is(Outcome.secured, AttemptStatus.authorised));

        assertThat(stripe.requests("/payment_methods"))
                .singleElement()
                .satisfies(request -> assertThat(request.form())
                        .containsEntry("card[number]", "4000056655665556")
                        .containsEntry("card[exp_month]", "12")
                        .containsEntry("card[exp_year]", "2030")
                        .containsEntry("card[cvc]", "123"));
    }

    @Test
    void hasNoTestBank() {
        assertThat(till.client().get("/test-bank/any").status()).isEqualTo(404);
        assertThat(till.client().post("/test-bank/any/approve").status()).isEqualTo(404);
    }

    @Test
    void takesACardThatStripesOwnFormHasSentIt() {
        var taken = tokenise("pm_ofTheForm").as(Tokenised.class);

        assertThat(taken.label()).isEqualTo("Mastercard ending 4444");
        assertThat(till.secure(order, taken.token()).status()).isEqualTo(AttemptStatus.authorised);
        assertThat(stripe.intentsOf(order.value())
                        .getFirst()
                        .path("payment_method")
                        .asText())
                .isEqualTo("pm_ofTheForm");
        assertThat(till.client()
                        .post("/kept-cards", new ListKeptCards(Till.ASHA))
                        .as(KeptCards.class)
                        .cards())
                .isEmpty();
    }

    @Test
    void refusesWhatStripeDoesNotKnowOrIsNoCard() {
        assertThat(tokenise("pm_ofNobody").problem().code()).isEqualTo("method_refused");
        assertThat(tokenise("pm_ofABankAccount").problem().code()).isEqualTo("method_refused");
    }

    private static Answer tokenise(String method) {
        return till.client().post("/method-tokens", new TokeniseMethod(Till.ASHA, method));
    }

    @Test
    void itsPublishableKeyIsOfItsOwnMode() {
        assertThatThrownBy(() -> new Till(config -> config.withSetting("STRIPE_API_KEY", "sk_test_secret")
                        .withSetting("STRIPE_PUBLISHABLE_KEY", "pk_live_key")))
                .hasMessageContaining("STRIPE_PUBLISHABLE_KEY must");
        assertThatThrownBy(() -> new Till(config -> config.withSetting("STRIPE_PUBLISHABLE_KEY", "pk_test_key")))
                .hasMessageContaining("of no use without STRIPE_API_KEY");
    }

    @Test
    void namesEveryMistakeInItsSettingsAndNoSecret() {
        assertThatThrownBy(() -> new Till(config -> config.withSetting("STRIPE_API_KEY", "pk_live_secret")
                        .withSetting("STRIPE_WEBHOOK_SECRET", "mine")))
                .hasMessageContaining("STRIPE_API_KEY must")
                .hasMessageContaining("STRIPE_WEBHOOK_SECRET must")
                .hasMessageNotContaining("pk_live_secret")
                .hasMessageNotContaining("mine");
    }

    @Test
    void comparesOurBooksWithStripes() {
        pay("4242");
        till.refund(order, Till.refundId(), PART);
        assertThat(differences()).isEmpty();

        stripe.change(stripe.refundsOf(order.value()).getFirst(), "status", "failed");
        assertThat(differences()).extracting(Difference::kind).containsExactly(DifferenceKind.refund_differs);

        stripe.change(intent(order), "status", "requires_capture");
        assertThat(differences())
                .extracting(Difference::kind)
                .containsExactly(DifferenceKind.status_differs, DifferenceKind.refund_differs);
    }

    /** Such as what was paid while the key was another account's, or of Stripe's test mode. */
    @Test
    void whatStripesAccountDoesNotKnowIsADifference() {
        pay("4242");
        till.books()
                .useHandle(handle -> handle.execute(
                        "UPDATE stripe_intent SET intent_id = ? WHERE order_id = ?",
                        "pi_ofAnotherAccount",
                        order.value()));

        assertThat(differences()).extracting(Difference::kind).containsExactly(DifferenceKind.unknown_at_gateway);
    }

    @Test
    void comparesFromNoPlaceThatStripeDoesNotKnow() {
        var answer = till.client().get(PERIOD + "&after=theirs:anything");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem().code()).isEqualTo("bad_request");
    }

    private List<Difference> differences() {
        return till.client().get(PERIOD + "&limit=100").as(ReconciledPage.class).differences().stream()
                .filter(difference -> difference.orderId().equals(Optional.of(order)))
                .toList();
    }

    private void pay(String card) {
        till.secure(order, card);
        capture(order);
    }

    private static Attempt capture(OrderId order) {
        return till.capture(order, Till.TOTAL).as(Attempt.class);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode intent(OrderId order) {
        return stripe.intentsOf(order.value()).getFirst();
    }

    private static boolean hear(String type, String intentId) {
        return heard(event("payment_intent.succeeded")
                .replace("payment_intent.succeeded", type)
                .replace("pi_1", intentId));
    }

    private static boolean heard(String body) {
        String signature = signature(body, SECRET, till.now().getEpochSecond());
        return till.client()
                .with("Stripe-Signature", signature)
                .post("/webhooks/stripe", body)
                .as(WebhookHeard.class)
                .heard();
    }

    /** As Stripe makes it (docs.stripe.com/webhooks/signature). */
    private static String signature(String body, String secret, long at) {
        try {
            return "t=" + at + ",v1=" + Webhook.Util.computeHmacSha256(secret, at + "." + body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    /** A webhook's body as Stripe sends it. */
    private static String event(String name) {
        try (InputStream body = StripeTest.class.getResourceAsStream("/stripe/" + name + ".json")) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.util.function.Consumer<Attempt> is(Outcome outcome, AttemptStatus status) {
        return attempt -> {
            assertThat(attempt.outcome()).isEqualTo(outcome);
            assertThat(attempt.status()).isEqualTo(status);
        };
    }
}
