package io.journeyman.payment.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.ForgetCards;
import io.journeyman.contracts.Payment.ForgottenCards;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.ListKeptCards;
import io.journeyman.contracts.Payment.ListPaymentMethods;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.NamedCard;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.Payment.RemovePaymentMethod;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Payment.TokenisationSession;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.ShopTime;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cards that a customer wants kept for the next time. */
class KeptMethodsTest {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM/yy");

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
    void isToldWithoutItsTokenAlsoWhenItHasExpired() {
        String expiry = thisMonth();
        token("4242", expiry, Optional.of(true));
        till.later(Duration.ofDays(31));

        assertThat(told())
                .containsExactly(new KeptCard("Visa", "4242", Optional.of(expiry), "Visa ending 4242", List.of()));
    }

    @Test
    void isForgottenByWhatItsCustomerKnowsOfItUnderWhicheverTokenItWasKept() {
        var first = token("4242", "12/30", Optional.of(true));
        token("4242", "12/30", Optional.of(true));
        token("5555 5555 5555 4444", "11/31", Optional.of(true));

        for (int i = 0; i < 2; i++) {
            assertThat(forget("CR-" + customer, "Visa", "4242", "12/30")
                            .as(ForgottenCards.class)
                            .payingFor())
                    .isEmpty();
        }

        assertThat(told()).extracting(KeptCard::label).containsExactly("Mastercard ending 4444");
        assertThat(pay(first)).isEqualTo(422);
    }

    @Test
    void whatWasKeptAnewIsNotForgottenByALateRepeat() {
        token("4242", "12/30", Optional.of(true));
        forget("CR-" + customer, "Visa", "4242", "12/30");
        till.later(Duration.ofDays(30));
        token("4242", "12/30", Optional.of(true));

        forget("CR-" + customer, "Visa", "4242", "12/30");

        assertThat(told()).hasSize(1);
    }

    @Test
    void whatACardIsPayingGoesOnWhenItIsForgotten() {
        var kept = token("5050", "12/30", Optional.of(true));
        var order = Till.order();
        var payment = new SecurePayment(order, 1, customer, MethodKind.card, Optional.of(kept), Till.TOTAL);
        till.client().post("/attempts", payment).as(Attempt.class);
        assertThat(told())
                .singleElement()
                .satisfies(card -> assertThat(card.payingFor()).containsExactly(order));

        var card = told().getFirst();
        assertThat(forget("CR-" + customer, card.brand(), card.last4(), "12/30")
                        .as(ForgottenCards.class)
                        .payingFor())
                .containsExactly(order);

        assertThat(told()).isEmpty();
        assertThat(till.client().post("/attempts", payment).status()).isEqualTo(201);
        assertThat(pay(kept)).isEqualTo(422);
    }

    @Test
    void nobodyForgetsAnothersCardOrUsesAnothersRemoval() {
        token("4242", "12/30", Optional.of(true));
        var stranger = new CustomerId("cust-stranger");
        var theirs = new ForgetCards(
                new CardRemovalId("CR-" + customer),
                stranger,
                List.of(new NamedCard("Visa", "4242", Optional.of("12/30"))));

        till.client().post("/kept-cards/forget", theirs).as(ForgottenCards.class);

        assertThat(told()).hasSize(1);
        assertThat(forget("CR-" + customer, "Visa", "4242", "12/30").problem().code())
                .isEqualTo("removal_differs");
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
    void isOfferedUntilItsMonthHasEndedInTheShop() {
        token("4242", thisMonth(), Optional.of(true));
        var month = YearMonth.from(ShopTime.dayOf(till.now()));
        var end = month.plusMonths(1).atDay(1).atStartOfDay(ShopTime.ZONE).toInstant();

        till.later(Duration.between(till.now(), end.minusSeconds(1)));
        assertThat(listed()).hasSize(1);
        token("5555 5555 5555 4444", thisMonth(), Optional.of(true));

        till.later(Duration.ofSeconds(1));
        assertThat(listed()).isEmpty();
        assertThat(typed("4242", month.format(MONTH), Optional.of(true))
                        .problem()
                        .code())
                .isEqualTo("card_expired");
    }

    private static String thisMonth() {
        return MONTH.format(ShopTime.dayOf(till.now()));
    }

    private List<KeptMethod> listed() {
        return till.client()
                .post("/payment-methods", new ListPaymentMethods(customer))
                .as(PaymentMethods.class)
                .methods();
    }

    private List<KeptCard> told() {
        return till.client()
                .post("/kept-cards", new ListKeptCards(customer))
                .as(KeptCards.class)
                .cards();
    }

    private Answer forget(String removal, String brand, String last4, String expires) {
        var wish = new ForgetCards(
                new CardRemovalId(removal), customer, List.of(new NamedCard(brand, last4, Optional.of(expires))));
        return till.client().post("/kept-cards/forget", wish);
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
        return typed(number, expiry, keep).as(Tokenised.class).token();
    }

    private Answer typed(String number, String expiry, Optional<Boolean> keep) {
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
                                keep));
    }
}
