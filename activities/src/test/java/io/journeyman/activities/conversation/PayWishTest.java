package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Payment.MethodKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayWishTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pay by UPI as…@okbank | upi | ''",
                "Pay with UPI: as…@okbank! | upi | ''",
                "I'd like to pay by UPI as…@okbank please | upi | ''",
                "upi as…@okbank | upi | ''",
                "UPI | upi | ''",
                "pay by upi as…@okbank for order JM-7K2P9QWX4T | upi | JM-7K2P9QWX4T",
                "Pay cash on delivery | cash_on_delivery | ''",
                "cash on delivery please | cash_on_delivery | ''",
                "pay in the store | cash_on_delivery | ''",
                "I want to pay at the counter | cash_on_delivery | ''",
                "cash in store | cash_on_delivery | ''",
                "pay in cash for my order jm-7k2p9qwx4t | cash_on_delivery | JM-7K2P9QWX4T",
            })
    void readsHowTheCustomerPays(String message, MethodKind kind, String order) {
        assertThat(PayWish.of(message)).contains(new PayWish(kind, order, CardWish.ANY, message.contains("@")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use my Visa ending 4242 | visa | 4242",
                "pay with my card ending in 4242, please | '' | 4242",
                "Pay with my saved card | '' | ''",
                "use my visa 4242 | visa | 4242",
                "Pay with my Mastercard | mastercard | ''",
                "use my RuPay card | rupay | ''",
                "use my amex ending 4242 | American Express | 4242",
                "pay with my American Express | american express | ''",
            })
    void readsWhichKeptCardIsMeant(String message, String brand, String last4) {
        assertThat(PayWish.of(message)).contains(new PayWish(MethodKind.card, "", new CardWish(brand, last4), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pay with my card | true | true",
                "use my card ending 4242 | true | false",
                "use my visa | true | false",
                "use my visa ending 1881 | false | false",
                "pay with my mastercard | false | false",
                "use my amex | false | true",
                "use my American Express ending 0005 | false | true",
            })
    void aKeptCardFitsWithAllThatIsSaidOfIt(String message, boolean visa, boolean amex) {
        CardWish wish = PayWish.of(message).orElseThrow().card();

        assertThat(wish.fits("Visa", "4242")).isEqualTo(visa);
        assertThat(wish.fits("American Express", "0005")).isEqualTo(amex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes, pay in the store | cash_on_delivery",
                "Yes please. Cash on delivery! | cash_on_delivery",
                "yes, I'll pay in the store | cash_on_delivery",
                "ok and I pay in cash | cash_on_delivery",
                "haan ji, upi as…@okbank | upi",
                "yes, pay by UPI | upi",
            })
    void readsHowTheCustomerPaysBesideTheirYes(String message, MethodKind kind) {
        assertThat(PayWish.of(message)).isEmpty();
        assertThat(PayWish.besideYes(message)).contains(new PayWish(kind, "", CardWish.ANY, message.contains("@")));
    }

    @Test
    void readsWhichKeptCardIsMeantBesideTheirYes() {
        String message = "Confirm it, pay with my Visa ending 4242";

        assertThat(PayWish.of(message)).isEmpty();
        assertThat(PayWish.besideYes(message))
                .contains(new PayWish(MethodKind.card, "", new CardWish("visa", "4242"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "pay in the store",
                "no, pay in the store",
                "yes, but can I pay in the store?",
                "yes pay in the store and make it two",
                "yesterday pay in the store",
            })
    void findsNoWishBesideAYesThatIsNotThere(String message) {
        assertThat(PayWish.besideYes(message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "can I pay by UPI?",
                "do you take cash on delivery",
                "pay",
                "checkout and pay by UPI as…@okbank",
                "I do not want to pay in cash",
                "my UPI does not work",
                "use my card ending 4242 for the kurta, and show me another",
                "Use another card",
            })
    void leavesEverythingElseToTheModel(String message) {
        assertThat(PayWish.of(message)).isEqualTo(Optional.empty());
    }
}
