package io.journeyman.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Payment.TokeniseVpa;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.payment.EverythingLogged;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** UPI: the customer is asked in their bank's app, and what they answer comes later. */
class UpiTest {
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
    void isPaidOnceTheCustomerApprovesItInTheirApp() throws Exception {
        var asked = pay("asha@okbank");
        assertThat(asked.outcome()).isEqualTo(Outcome.needs_customer);
        assertThat(asked.code()).contains("upi_collect");
        assertThat(asked.suggestions()).anyMatch(words -> words.contains("UPI app"));
        assertThat(till.taken(order)).isZero();

        browse("POST", asked.confirmAt().orElseThrow() + "/approve");

        assertThat(till.attempts(order)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.secured);
            assertThat(attempt.status()).isEqualTo(AttemptStatus.captured);
            assertThat(attempt.method()).contains(MethodKind.upi);
        });
        assertThat(till.taken(order)).isEqualTo(Till.TOTAL.minor());
        assertThat(till.capture(order, Till.TOTAL).as(Attempt.class).captured()).contains(Till.TOTAL);
        assertThat(till.cancel(order).status()).isEqualTo(AttemptStatus.refunded);
        assertThat(till.taken(order)).isZero();
    }

    @Test
    void isDeclinedInTheAppOrWhenNobodyAnswersThere() throws Exception {
        browse("POST", pay("asha@okbank").confirmAt().orElseThrow() + "/refuse");
        assertThat(till.inquire(order).code()).contains("upi_declined");

        var silent = Till.order();
        var page = pay(silent, token("asha@okbank")).confirmAt().orElseThrow();
        till.later(Duration.ofMinutes(6));
        assertThat(browse("POST", page + "/approve")).contains("does not wait for it any more");
        assertThat(till.inquire(silent).code()).contains("upi_expired");
        assertThat(till.taken(silent)).isZero();
    }

    @Test
    void takesNothingWhenTheCustomerApprovesAfterTheOrderWasGivenUp() throws Exception {
        var page = pay("asha@okbank").confirmAt().orElseThrow();
        till.cancel(order);

        browse("POST", page + "/approve");

        assertThat(till.attempts(order))
                .singleElement()
                .extracting(Attempt::status)
                .isEqualTo(AttemptStatus.voided);
        assertThat(till.taken(order)).isZero();
    }

    @Test
    void addressesOfTheTestBankDoAsTheySay() {
        var slow = Till.order();
        var declined = Till.order();
        var expired = Till.order();
        assertThat(pay("success@test").outcome()).isEqualTo(Outcome.pending);
        pay(slow, token("slow@test"));
        pay(declined, token("decline@test"));
        pay(expired, token("expire@test"));
        till.later(Duration.ofSeconds(5));

        assertThat(till.inquire(order).status()).isEqualTo(AttemptStatus.captured);
        assertThat(till.inquire(slow).outcome()).isEqualTo(Outcome.pending);
        assertThat(till.inquire(declined).code()).contains("upi_declined");
        assertThat(till.inquire(expired).code()).contains("upi_expired");
        till.later(Duration.ofSeconds(10));
        assertThat(till.inquire(slow).status()).isEqualTo(AttemptStatus.captured);
    }

    @Test
    void keepsNoAddressAnywhere() {
        try (var logged = new EverythingLogged()) {
            var token = tokenise("meera.nair@oksbi");
            assertThat(token.label()).isEqualTo("UPI me…@oksbi");
            assertThat(token.last4()).isEmpty();
            pay(order, token.token());
            till.inquire(order);

            assertThat(logged.lines()).noneMatch(line -> line.contains("meera.nair"));
        }
        assertThat(everythingStored()).isNotEmpty().noneMatch(row -> row.contains("meera.nair"));
    }

    private static List<String> everythingStored() {
        return till.books().withHandle(handle -> {
            List<String> stored = new ArrayList<>();
            for (String table : handle.createQuery(
                            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'payment'")
                    .mapTo(String.class)
                    .list()) {
                stored.addAll(handle.createQuery("SELECT t::text FROM " + table + " t")
                        .mapTo(String.class)
                        .list());
            }
            return stored;
        });
    }

    @Test
    void anAddressIsNoCardAndNobodyElses() {
        var token = token("asha@okbank");

        assertThat(problem(secure(order, MethodKind.card, Till.ASHA, token))).isEqualTo("422 unknown_token");
        assertThat(problem(secure(order, MethodKind.upi, new CustomerId("cust-2"), token)))
                .isEqualTo("422 unknown_token");
        assertThat(problem(secure(order, MethodKind.upi, Till.ASHA, till.token("4242"))))
                .isEqualTo("422 unknown_token");
    }

    private Attempt pay(String address) {
        return pay(order, token(address));
    }

    private static Attempt pay(OrderId of, PaymentToken token) {
        return secure(of, MethodKind.upi, Till.ASHA, token).as(Attempt.class);
    }

    private static Answer secure(OrderId of, MethodKind method, CustomerId customer, PaymentToken token) {
        return till.client()
                .post("/attempts", new SecurePayment(of, 1, customer, method, Optional.of(token), Till.TOTAL));
    }

    private static PaymentToken token(String address) {
        return tokenise(address).token();
    }

    private static Tokenised tokenise(String address) {
        return till.client()
                .post("/vpa-tokens", new TokeniseVpa(Till.ASHA, address))
                .as(Tokenised.class);
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem().code();
    }

    private static String browse(String method, String page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(page))
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
