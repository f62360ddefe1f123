package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.ConversationId;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedStepsTest {
    private static final Duration NO_PATIENCE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Decision REPLIED = new Decision.Replied();
    private static final TurnRef TURN = new TurnRef(new ConversationId("conv-1"), 1);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch thinking = new CountDownLatch(1);

    @Test
    void answersWhatIsDecidedSoon() {
        var steps = new SharedSteps((turn, round) -> REPLIED);

        assertThat(steps.decide(TURN, 0, PATIENCE)).contains(REPLIED);
    }

    @Test
    void handsAStepThatTakesLongerToWhoeverAsksNext() {
        var steps = new SharedSteps(this::slowly);
        assertThat(steps.decide(TURN, 0, NO_PATIENCE)).isEmpty();

        var next = CompletableFuture.supplyAsync(() -> steps.decide(TURN, 0));
        assertThat(steps.decide(TURN, 0, NO_PATIENCE)).isEmpty();
        thinking.countDown();

        assertThat(next.join()).isEqualTo(REPLIED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void decidesAnotherRoundByItself() {
        var steps = new SharedSteps(this::slowly);
        assertThat(steps.decide(TURN, 0, NO_PATIENCE)).isEmpty();

        assertThat(steps.decide(TURN, 1, NO_PATIENCE)).isEmpty();
        thinking.countDown();

        assertThat(steps.decide(TURN, 1)).isEqualTo(REPLIED);
        assertThat(asked.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void failsAsTheModelFailsAndAsksItAgainAfterThat() {
        var failure = ApplicationFailure.newFailure("the model did not answer", "model_down");
        var steps = new SharedSteps((turn, round) -> {
            if (asked.incrementAndGet() == 1) {
                throw failure;
            }
            return REPLIED;
        });

        assertThatThrownBy(() -> steps.decide(TURN, 0, PATIENCE)).isSameAs(failure);
        assertThat(steps.decide(TURN, 0, PATIENCE)).isEqualTo(Optional.of(REPLIED));
    }

    private Decision slowly(TurnRef turn, int round) {
        asked.incrementAndGet();
        try {
            thinking.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return REPLIED;
    }
}
