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
            4/5 for the wool shawl, it is thin             | 4 | it is thin
            2 of 5 stars. It tore                          | 2 | It tore
            5 star!                                        | 5 | ''
            5 stars - so warm                              | 5 | so warm
            5 stars it's so warm                           | 5 | it's so warm
            5 stars 👍                                     | 5 | 👍
            I give it 4 of 5 great fabric                  | 4 | great fabric
            rate my kurta 5 stars great fabric             | 5 | great fabric
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
                "2 of 5 kurtas came torn, I want to return them",
                "1 of 5 pieces is broken",
                "two out of five came torn",
                "2 of 5 are torn",
                "1 of 5,000 threads is loose",
                "5 star ac under 30000",
                "a 5-star ac",
                "5 stars rated kurtas",
                "4 stars and above kurtas",
                "4/5 seater sofa",
                "4/5-seater sofa",
                "4/5 kurtas fit, one does not",
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
        assertThat(ReviewWish.of("5 stars, " + "x".repeat(length)))
                .contains(new ReviewWish.Rates(5, Optional.of("x".repeat(Math.min(length, 1_000)))));
    }
}
