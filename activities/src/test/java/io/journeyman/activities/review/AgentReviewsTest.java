package io.journeyman.activities.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ReviewOutcome;
import io.journeyman.contracts.PostPurchase.ReviewRequest;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentReviewsTest {
    private static final OrderId ORDER = new OrderId("JM-1");
    private static final CustomerId ASHA = new CustomerId("cust-asha");

    private final ScriptedAgents agents = new ScriptedAgents();
    private final AgentReviews reviews = new AgentReviews(agents.client("postPurchase"));

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @Test
    void areRequestedUnderTheOrdersNameAndTellAboutWhat() {
        agents.answers(
                "postPurchase.requestReviews",
                201,
                new ReviewRequest(
                        ORDER,
                        ReviewOutcome.asked,
                        List.of(new ReviewableLine(new Sku("P-1-M"), new ProductId("P-1"), "Kurta", "M", "blue"))));

        assertThat(reviews.requestReviews(ORDER, ASHA)).containsExactly(new Sku("P-1-M"));
        assertThat(agents.seen("postPurchase.requestReviews").getFirst().key()).contains("ask-JM-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_delivered", "unknown_order"})
    void askAboutNothingWhereTheOrderIsNotTheirs(String code) {
        agents.refuses("postPurchase.requestReviews", 409, code);

        assertThat(reviews.requestReviews(ORDER, ASHA)).isEmpty();
    }

    @Test
    void areTriedAgainWhereNobodyAnswers() {
        agents.refuses("postPurchase.requestReviews", 503, "unavailable");

        assertThatThrownBy(() -> reviews.requestReviews(ORDER, ASHA))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    @Test
    void followTheShopsRule() {
        agents.answers("postPurchase.getReviewRule", 200, new ReviewRule(true, 60));

        assertThat(reviews.reviewRule()).isEqualTo(new ReviewRule(true, 60));
    }
}
