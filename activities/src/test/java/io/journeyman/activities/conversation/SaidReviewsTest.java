package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.agent.ScriptedAgents.Scripted;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ReviewId;
import io.journeyman.contracts.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SaidReviewsTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");
    private static final OrderId ORDER = new OrderId("JM-1");
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");
    private static final TurnRef TURN = new TurnRef(new ConversationId("conv-1"), 7);

    private final ScriptedAgents agents = new ScriptedAgents();
    private final SaidReviews reviews = new SaidReviews(agents.client("postPurchase"));

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @Test
    void areWrittenOnceForTheTurn() {
        asked(line("K", "Cotton kurta", Optional.empty()));
        writes();

        assertThat(say("5 stars, fits well")).contains("5 of 5 stars for the Cotton kurta, with your words");
        say("5 stars, fits well");

        assertThat(agents.seen("postPurchase.writeReview"))
                .allSatisfy(seen -> assertThat(seen.key()).contains("said-conv-1-7"))
                .first()
                .satisfies(seen -> assertThat(Json.convert(seen.body(), WriteReview.class))
                        .isEqualTo(new WriteReview(new Sku("K"), ORDER, ASHA, 5, Optional.of("fits well"))));
    }

    @Test
    void areOfThePieceThatIsNamedElseOfTheOneThatHasNone() {
        asked(line("K", "Cotton kurta", Optional.of(3)), line("S", "Wool shawl", Optional.empty()));
        writes();

        say("4 stars");
        say("2 stars for the kurta");

        assertThat(agents.seen("postPurchase.writeReview"))
                .extracting(seen -> seen.body().path("sku").asText())
                .containsExactly("S", "K");
    }

    @Test
    void changeWhatIsKeptOnlyWhereItsPieceIsNamed() {
        asked(line("K", "Cotton kurta", Optional.of(5)));
        writes();

        assertThat(reviews.answer(ASHA, ReviewWish.of("2 of 5, torn").orElseThrow(), "2 of 5, torn", TURN))
                .isEmpty();
        assertThat(agents.seen("postPurchase.writeReview")).isEmpty();
        assertThat(say("2 stars for the kurta")).contains("2 of 5 stars", "say \"4 stars for the Cotton kurta\"");
    }

    @Test
    void askWhichPieceIsMeantWhereItCouldBeMoreThanOne() {
        asked(line("K", "Cotton kurta", Optional.empty()), line("S", "Wool shawl", Optional.empty()));

        assertThat(say("4 stars")).contains("Cotton kurta, Wool shawl").contains("5 stars for the Cotton kurta");
    }

    @Test
    void meanSomethingElseWhereNothingWasAskedFor() {
        asked();

        assertThat(reviews.answer(ASHA, ReviewWish.of("5 stars").orElseThrow(), "5 stars", TURN))
                .isEmpty();
    }

    @Test
    void sayWhenTheyCouldNotBeKept() {
        agents.refuses("postPurchase.getCustomerReviews", 503, "unavailable");
        agents.refuses("postPurchase.wishReviews", 503, "unavailable");

        assertThat(say("5 stars")).contains("could not keep that");
        assertThat(say("stop asking me for reviews")).contains("could not keep that");
    }

    @Test
    void areNotAskedForAnyMoreWhereTheCustomerSaysSo() {
        agents.answers("postPurchase.wishReviews", 200, new PostPurchase.ReviewWish(ASHA, false));

        assertThat(say("Stop asking me for reviews")).contains("do not ask you for reviews any more");

        assertThat(agents.seen("postPurchase.wishReviews")
                        .getFirst()
                        .body()
                        .path("wanted")
                        .asBoolean())
                .isFalse();
        assertThat(say("ask me for reviews")).contains("I ask you again");
    }

    private String say(String text) {
        return reviews.answer(ASHA, ReviewWish.of(text).orElseThrow(), text, TURN)
                .orElseThrow()
                .text();
    }

    private void asked(AskedLine... lines) {
        agents.answers("postPurchase.getCustomerReviews", 200, new CustomerReviews(List.copyOf(Arrays.asList(lines))));
    }

    private void writes() {
        agents.answers("postPurchase.writeReview", body -> {
            var wanted = Json.convert(body, WriteReview.class);
            return new Scripted(
                    200,
                    Json.write(review(wanted.sku(), wanted.rating(), wanted.words())),
                    Map.of(),
                    Duration.ZERO,
                    false);
        });
    }

    private static AskedLine line(String sku, String name, Optional<Integer> rating) {
        return new AskedLine(
                ORDER,
                new ReviewableLine(new Sku(sku), new ProductId("P-" + sku), name, "M", "blue"),
                THEN,
                rating.map(stars -> review(new Sku(sku), stars, Optional.empty())));
    }

    private static Review review(Sku sku, int rating, Optional<String> words) {
        return new Review(
                new ReviewId("RV-" + sku),
                ORDER,
                sku,
                new ProductId("P-" + sku),
                ASHA,
                rating,
                words,
                THEN,
                THEN,
                Optional.empty());
    }
}
