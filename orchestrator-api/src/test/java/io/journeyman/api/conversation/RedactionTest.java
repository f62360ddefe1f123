package io.journeyman.api.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are the card networks' published test numbers. */
class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424242",
                "4242 4242 4242 4242",
                "4242-4242-4242-4242",
                "4242 - 4242 - 4242 - 4242",
                "4242.4242.4242.4242",
                "4242_4242_4242_4242",
                "4242\u2212 4242\u2013 4242\u2014 4242",
                "4242\u00a04242\u202f4242\u30004242",
                "4242\u200b4242\u200d4242\u20604242",
                "4242\n4242\n4242\n4242",
                "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
                "4242424242     42424242",
                "\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662",
                "\uff14\uff12\uff14\uff12 4242 \uff14\uff12\uff14\uff12 4242",
                "\ud835\udfd2242 4242 4242 4242",
                "378282246310005",
                "3782 822463 10005",
                "4222222222222",
                "5012345000046",
                "8901030000005",
                "6304000000000000",
                "6759649826438453",
                "4000000000000000006",
            })
    void replacesACardNumberHoweverItIsGrouped(String card) {
        assertThat(Redaction.redact("pay with " + card + ", please"))
                .isEqualTo("pay with " + Redaction.REMOVED + ", please");
        assertThat(Redaction.redact(card)).isEqualTo(Redaction.REMOVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my number is +91 98765 43210",
                "call 9876543210 or 098765 43210",
                "0091-98765-43210",
                "+49 (0) 151 23456789",
                "my order JM-7K3X9Q0V2A and JM-4242424242",
                "reservation RS-0123456789",
                "checkout-JM-7K3X9Q0V2A",
                "PIN code 560001, flat 12",
                "under 1,49,900 rupees, or 2,49,900.50",
                "4242 4242 4242 4241",
                "is 8901030000096 in stock, or 8901030000195?",
                "EAN 0360002911095",
                "1234567890123456",
                "424242424242",
                "42424242424242424242",
                "prop-0f8fad5bd9cb469fa165708677289501",
                "between 24.11.2026 and 25.11.2026",
                "0000",
                "4242",
                "",
            })
    void keepsWhatIsNoCardNumber(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order: 4242424242424242",
                "order:4242424242424242",
                "checkout-4242424242424242",
                "00 3782 822463 10005",
                "cvc 123 card 4242 4242 4242 4242 12/27",
                "4242 4242 4242 4242 12 27 123",
                "12 4242 4242 4242 4242",
                "card4242424242424242card",
            })
    void leavesNoCardNumberBehindOtherDigitsOrWords(String text) {
        assertThat(Redaction.redact(text).replaceAll("\\D", ""))
                .doesNotContain("42424242")
                .doesNotContain("822463");
    }

    @Test
    void replacesEveryCardOfAMessage() {
        assertThat(Redaction.redact("4242 4242 4242 4242 or 5555555555554444?"))
                .isEqualTo(Redaction.REMOVED + " or " + Redaction.REMOVED + "?");
    }

    @Test
    void isQuickOnTheLongestBody() {
        var longest = "1 ".repeat(32_000);

        var start = System.nanoTime();
        Redaction.redact(longest);

        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
