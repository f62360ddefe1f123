package io.journeyman.payment.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.ListPaymentMethods;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.Payment.RemovePaymentMethod;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Payment.TokenisationSession;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.payment.Till;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cards that a customer wants kept for the next time. */
class KeptMethodsTest {
    private static Till till;

    private final CustomerId customer = new CustomerId("cust-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        till = new Till();
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @Test
    void onlyWhatTheCustomerWantedKeptIsListed() {
        token("5555 5555 5555 4444", "12/30", Optional.empty());
        token("6011 1111 1111 1117", "12/30", Optional.of(false));
        var kept = token("4242", "12/30", Optional.of(true));

        assertThat(listed())
                .containsExactly(new KeptMethod(kept, "Visa", "4242", Optional.of("12/30"), "Visa ending 4242"));
    }

    @Test
    void aCardThatWasKeptTwiceIsListedOnceAndTheNewestCardFirst() {
        token("4242", "12/30", Optional.of(true));
        till.later(Duration.ofMinutes(1));
        var newest = token("4242", "12/30", Optional.of(true));
        till.later(Duration.ofMinutes(1));
        token("5555 5555 5555 4444", "11/31", Optional.of(true));

        assertThat(listed())
                .extracting(KeptMethod::label)
                .containsExactly("Mastercard ending 4444", "Visa ending 4242");
        assertThat(listed().getLast().token()).isEqualTo(newest);
    }

    @Test
    void paysAnotherOrderUntilItIsRemoved() {
        token("4242", "12/30", Optional.of(true));
        var kept = token("4242", "12/30", Optional.of(true));
        assertThat(pay(kept)).isEqualTo(201);

        for (int i = 0; i < 2; i++) {
            assertThat(remove(kept, customer)).isEqualTo(200);
        }

        assertThat(listed()).isEmpty();
        assertThat(pay(kept)).isEqualTo(422);
    }

    @Test
    void isNobodyElsesToSeeOrToRemove() {
        var kept = token("4242", "12/30", Optional.of(true));
        var stranger = new CustomerId("cust-stranger");

        remove(kept, stranger);

        assertThat(listed()).hasSize(1);
        assertThat(till.client()
                        .post("/payment-methods", new ListPaymentMethods(stranger))
                        .as(PaymentMethods.class)
                        .methods())
                .isEmpty();
    }

    @Test
    void whatHasExpiredIsNotOffered() {
        token("4242", "11/26", Optional.of(true));
        assertThat(listed()).hasSize(1);

        till.later(Duration.ofDays(10));

        assertThat(listed()).isEmpty();
    }

    private List<KeptMethod> listed() {
        return till.client()
                .post("/payment-methods", new ListPaymentMethods(customer))
                .as(PaymentMethods.class)
                .methods();
    }

    private int pay(PaymentToken token) {
        return till.client()
                .post(
                        "/attempts",
                        new SecurePayment(Till.order(), 1, customer, MethodKind.card, Optional.of(token), Till.TOTAL))
                .status();
    }

    private static int remove(PaymentToken token, CustomerId of) {
        return till.client()
                .post("/payment-methods/" + token + "/remove", new RemovePaymentMethod(of))
                .status();
    }

    private PaymentToken token(String number, String expiry, Optional<Boolean> keep) {
        var session = till.client()
                .post("/tokenisation-sessions", new OpenTokenisation(customer))
                .as(TokenisationSession.class);
        return till.client()
                .with("Authorization", "")
                .post(
                        "/tokens",
                        new Tokenise(
                                session.sessionId(),
                                session.secret(),
                                number,
                                Optional.of(expiry),
                                Optional.of("123"),
                                keep))
                .as(Tokenised.class)
                .token();
    }
}
