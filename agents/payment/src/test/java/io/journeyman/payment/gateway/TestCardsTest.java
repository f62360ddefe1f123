package io.journeyman.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.payment.Till;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What else a gateway may do, each by its card, over HTTP. */
class TestCardsTest {
    private static Till till;

    private final OrderId order = Till.order();

    @BeforeAll
    static void open() {
        till = new Till();
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @Test
    void asksTheCustomerAtTheirBankAndHearsThatTheyConfirmed() throws Exception {
        var asked = till.secure(order, "7777");
        assertThat(asked).satisfies(is(Outcome.needs_customer, AttemptStatus.open));
        assertThat(asked.code()).contains("three_d_secure");
        assertThat(asked.suggestions()).isNotEmpty();
        var page = asked.confirmAt().orElseThrow();
        assertThat(till.inquire(order).confirmAt()).contains(page);
        assertThat(till.attempts(order).getFirst().confirmAt()).contains(page);
        assertThat(till.taken(order)).isZero();

        assertThat(browse("GET", page)).contains("₹2,599").contains(order.value());
        assertThat(browse("POST", page + "/approve")).contains("confirmed");

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(till.attempts(order).getFirst().confirmAt()).isEmpty();
        assertThat(browse("POST", page + "/refuse")).contains("decided before");
        assertThat(till.capture(order, Till.TOTAL).as(Attempt.class).status()).isEqualTo(AttemptStatus.captured);
    }

    @Test
    void declinesWhatTheCustomerRefusedAtTheirBank() throws Exception {
        var page = till.secure(order, "7777").confirmAt().orElseThrow();

        browse("POST", page + "/refuse");

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(till.inquire(order).code()).contains("authentication_failed");
    }

    @Test
    void takesNothingWhenTheCustomerConfirmsAfterTheOrderWasGivenUp() throws Exception {
        var page = till.secure(order, "7777").confirmAt().orElseThrow();
        till.cancel(order);

        assertThat(browse("POST", page + "/approve")).contains("does not wait for it any more");

        assertThat(till.attempts(order)).singleElement().satisfies(is(Outcome.declined, AttemptStatus.voided));
        assertThat(till.capture(order, Till.TOTAL).problem().code()).isEqualTo("not_authorised");
    }

    @Test
    void knowsNoOtherChallenge() throws Exception {
        var page = URI.create(till.secure(order, "7777").confirmAt().orElseThrow());

        assertThat(browse("GET", page.resolve("/test-bank/another").toString())).contains("unknown_challenge");
    }

    @Test
    void learnsLaterThatThereAreNoFunds() {
        assertThat(till.secure(order, "5050")).satisfies(is(Outcome.pending, AttemptStatus.open));
        till.later(Duration.ofSeconds(10));

        assertThat(till.inquire(order)).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(till.inquire(order).code()).contains("insufficient_funds");
    }

    @Test
    void waitsWhileASuspiciousPaymentIsLookedAt() {
        var refused = Till.order();
        assertThat(till.secure(order, "8888")).satisfies(is(Outcome.pending, AttemptStatus.open));
        assertThat(till.secure(refused, "9898")).satisfies(is(Outcome.pending, AttemptStatus.open));
        till.later(Duration.ofSeconds(5));
        assertThat(till.inquire(order)).satisfies(is(Outcome.pending, AttemptStatus.open));
        till.later(Duration.ofSeconds(10));

        assertThat(till.inquire(order)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(till.inquire(refused)).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(till.inquire(refused).code()).contains("under_suspicion");
    }

    @Test
    void declinesWhatLooksLikeTheSamePaymentTwice() {
        var token = till.token("6060");
        assertThat(till.secure(Till.order(), token)).satisfies(is(Outcome.secured, AttemptStatus.authorised));

        assertThat(till.secure(order, token).code()).contains("duplicate");

        till.later(Duration.ofMinutes(2));
        assertThat(till.secure(Till.order(), token)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
    }

    @Test
    void capturesOnceWhenTheAnswerIsLostAfterTheMoneyWasTaken() {
        till.secure(order, "4040");

        assertThat(till.capture(order, Till.TOTAL).problem().code()).isEqualTo("gateway_unreachable");
        assertThat(till.taken(order)).isEqualTo(Till.TOTAL.minor());
        assertThat(till.capture(order, Till.TOTAL).as(Attempt.class).status()).isEqualTo(AttemptStatus.captured);

        assertThat(till.taken(order)).isEqualTo(Till.TOTAL.minor());
    }

    @Test
    void booksWhatTheGatewayHasTakenAlsoWhenAnotherPartIsAskedForAfterTheAnswerWasLost() {
        var part = Money.inr(100_000);
        till.secure(order, "4040");
        assertThat(till.capture(order, Till.TOTAL).problem().code()).isEqualTo("gateway_unreachable");

        assertThat(till.capture(order, part).problem().code()).isEqualTo("amount_differs");

        assertThat(till.attempts(order))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.captured()).contains(Till.TOTAL));
        assertThat(till.capture(order, Till.TOTAL).as(Attempt.class).captured()).contains(Till.TOTAL);
        assertThat(till.taken(order)).isEqualTo(Till.TOTAL.minor());
    }

    @Test
    void capturesAPartOnceAndReleasesTheRest() {
        var part = Money.inr(100_000);
        till.secure(order, "4242");

        var captured = till.capture(order, part).as(Attempt.class);

        assertThat(captured.captured()).contains(part);
        assertThat(captured.amount()).isEqualTo(Till.TOTAL);
        assertThat(till.taken(order)).isEqualTo(part.minor());
        assertThat(till.capture(order, part).as(Attempt.class)).isEqualTo(captured);
        assertThat(till.capture(order, Till.TOTAL).problem().code()).isEqualTo("amount_differs");
        assertThat(till.refund(order, Till.refundId(), part.plus(Money.inr(1)))
                        .problem()
                        .code())
                .isEqualTo("refund_too_large");
        assertThat(till.refund(order, Till.refundId(), part).as(Refund.class).refundedInAll())
                .isEqualTo(part);
        assertThat(till.taken(order)).isZero();
    }

    private static String browse(String method, String page) throws IOException, InterruptedException {
        try (var browser = HttpClient.newHttpClient()) {
            return browser.send(
                            HttpRequest.newBuilder(URI.create(page))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static java.util.function.Consumer<Attempt> is(Outcome outcome, AttemptStatus status) {
        return attempt -> {
            assertThat(attempt.outcome()).isEqualTo(outcome);
            assertThat(attempt.status()).isEqualTo(status);
        };
    }
}
