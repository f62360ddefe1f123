package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewWishTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5 stars                                        | 5 | ''
            4 stars, lovely fabric but it runs small       | 4 | lovely fabric but it runs small
            4/5 the colour is paler                        | 4 | the colour is paler
            three out of five                              | 3 | ''
            2 of 5: it tore                                | 2 | it tore
            ★★★★☆ nice                                     | 4 | nice
            I'd give it 5 stars                            | 5 | ''
            I rate the cotton kurta 1 star!                | 1 | ''
            I give it a five stars. Best shawl.            | 5 | Best shawl.
            5 stars for the wool shawl, so warm            | 5 | so warm
            5 stars for the wool shawl                     | 5 | ''
            """)
    void readsStarsAndWords(String message, int stars, String words) {
        assertThat(ReviewWish.of(message))
                .contains(new ReviewWish.Rates(stars, Optional.of(words).filter(any -> !any.isEmpty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Stop asking me for reviews",
                "please don't ask me for reviews any more",
                "Do not send me any review requests.",
                "no more feedback requests",
                "never ask me for ratings again!",
                "I don't want to be asked for feedback"
            })
    void hearsWhoDoesNotWantToBeAsked(String message) {
        assertThat(ReviewWish.of(message)).contains(new ReviewWish.Asks(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ask me for reviews", "you may ask me for reviews again", "Ask me again for feedback please"})
    void hearsWhoWantsToBeAskedAgain(String message) {
        assertThat(ReviewWish.of(message)).contains(new ReviewWish.Asks(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what do reviews say about the kurta?",
                "I want 5 kurtas",
                "do you have something with good ratings",
                "stop",
                "is it worth 5 stars?",
                "yes"
            })
    void leavesEverythingElseToTheModel(String message) {
        assertThat(ReviewWish.of(message)).isEmpty();
    }

    @Test
    void readsNothingInAVeryLongMessage() {
        assertThat(ReviewWish.of("stop asking for " + "a ".repeat(1_900) + "reviews"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_000, 1_001, 3_900})
    void keepsAsMuchOfTheWordsAsAReviewMayHave(int length) {
        assertThat(ReviewWish.of("5 stars " + "x".repeat(length)))
                .contains(new ReviewWish.Rates(5, Optional.of("x".repeat(Math.min(length, 1_000)))));
    }
}
