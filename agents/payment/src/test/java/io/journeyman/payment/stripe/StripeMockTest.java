package io.journeyman.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.payment.EverythingLogged;
import io.journeyman.payment.Till;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.CardNumber;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every request of ours, sent to stripe-mock: it refuses (400) what Stripe's OpenAPI document does not have, such as a parameter that
 * is misspelt or missing. Since it keeps no state, its intent never gets anywhere: what becomes of payments is {@link StripeTest}'s.
 */
class StripeMockTest {
    private static Optional<StripeMock> mock;
    private static Till till;
    private static StripeGateway gateway;

    private final ChargeKey charge = new ChargeKey(Till.order(), 1);

    @BeforeAll
    static void open() {
        mock = StripeMock.startWhereInstalled();
        Assumptions.assumeTrue(mock.isPresent());
        till = new Till();
        gateway = gateway();
    }

    @AfterAll
    static void close() {
        mock.ifPresent(StripeMock::close);
        if (till != null) {
            till.close();
        }
    }

    @Test
    void takesEveryRequestOfOurs() {
        try (var logged = new EverythingLogged()) {
            gateway.vault(new Card(
                    CardNumber.parse("4000056655665556"), Optional.of(YearMonth.of(2030, 12)), Optional.of("123")));
            String reference = gateway.vault(new Card(CardNumber.parse("4242"), Optional.empty(), Optional.empty()));
            gateway.authorise(charge, reference, Till.TOTAL);
            gateway.settle(charge);
            gateway.capture(charge, Till.TOTAL);
            gateway.refund(charge, Till.refundId(), Till.TOTAL);
            gateway.cancel(charge);
            var books = new StripeBooks(settings(), till.books());
            books.booked(charge);
            books.opened(till.now(), till.now(), Optional.of("pi_123"), 10);

            assertThat(logged.lines()).noneMatch(line -> line.contains(StripeCalls.class.getName()));
        }
    }

    @Test
    void isToldWhenARequestIsNotAsStripeWantsIt() throws Exception {
        var misspelt = HttpRequest.newBuilder(URI.create(mock.orElseThrow().address() + "/v1/payment_intents"))
                .header("Authorization", "Bearer sk_test_123")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("amuont=100&currency=inr"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(misspelt, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }
    }

    private static StripeGateway gateway() {
        return new StripeGateway(settings(), till.books(), till::now);
    }

    private static StripeSettings settings() {
        return new StripeSettings(
                "sk_test_123",
                Optional.empty(),
                mock.map(StripeMock::address).map(URI::create),
                URI.create("http://127.0.0.1:5080/"));
    }
}
