package io.journeyman.activities.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a customer types, and whatever a tool is said to have answered: there is a reply, and soon. */
final class OfflinePoisonTest {
    private static final int LONGEST = 4_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Talk talk = new Talk();

    @ParameterizedTest
    @MethodSource("poison")
    void answersWhateverIsSaid(String text) {
        for (String before : List.of("show me kurtas", "checkout")) {
            talk.says(before);
            long start = System.nanoTime();

            assertThat(talk.says(text)).isNotBlank();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
        assertThat(talk.says("what is in my cart?")).isNotBlank();
    }

    static Stream<String> poison() {
        return Stream.of(
                        "a",
                        "a ",
                        "I ",
                        "1",
                        "1,",
                        "100,",
                        "1.",
                        "9 ",
                        "kurta ",
                        "size M ",
                        "in blue ",
                        "under 99999999999999999999 ",
                        "the first one ",
                        "and ",
                        "not ",
                        "?",
                        ". ",
                        "\n",
                        "\t",
                        "-",
                        "\"",
                        "'",
                        "\\",
                        "{\"a\":",
                        "[",
                        "<script>alert(1)</script>",
                        "'; DROP TABLE message; -- ",
                        "%s%n${jndi:x}",
                        "\u0928\u092e\u0938\u094d\u0924\u0947 ",
                        "\u202eabc",
                        "e\u0301\u0302\u0303",
                        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                        "\ufdfd",
                        "4 Park Street, Kolkata 700016 ",
                        "send it to ",
                        "JM-0000000000 ",
                        "yes ")
                .map(OfflinePoisonTest::filled);
    }

    private static String filled(String piece) {
        String text = piece.repeat(LONGEST / piece.length() + 1);
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST)
                .strip();
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void answersThoughAToolsStoredResultCannotBeRead(String result) {
        talk.says("show me kurtas");
        talk.spoil(result);

        for (String text : List.of("the first one", "what is in my cart?", "checkout", "where is my order?", "hi")) {
            assertThat(talk.says(text)).isNotBlank();
        }
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "nonsense",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"products\": null}",
                "{\"products\": 7}",
                "{\"products\": [{}]}",
                "{\"products\": [null]}",
                "{\"products\": [{\"productId\": {}, \"name\": [], \"price\": \"free\"}]}",
                "{\"code\": {}}",
                "{\"lines\": \"none\", \"total\": -1}");
    }
}
