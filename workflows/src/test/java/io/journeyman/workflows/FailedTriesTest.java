package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.journeyman.activities.conversation.JourneyStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the log tells of steps that fail. */
@Timeout(120)
class FailedTriesTest {
    private final Shop shop = new Shop();
    private final Logger root =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void close() {
        shop.close();
        root.detachAppender(logged);
    }

    @Test
    void aTryThatIsRepeatedIsOneLine() {
        shop.world.down.put("secure", 3);
        shop.world.down.put("recordOrder", 1);

        assertThat(shop.checkout("o1")
                        .checkout(shop.order("o1", Optional.of(CARD)))
                        .status())
                .isEqualTo(JourneyStatus.completed);

        assertThat(lines())
                .containsExactly(
                        "postPurchase.recordOrder of checkout-o1 failed, try 1: agent_unavailable",
                        "payment.secure of checkout-o1 failed, try 1: agent_unavailable",
                        "payment.secure of checkout-o1 failed, try 2: agent_unavailable",
                        "payment.secure of checkout-o1 failed, try 3: agent_unavailable");
        assertThat(failures()).noneMatch(event -> event.getThrowableProxy() != null);
    }

    @Test
    void theLastTryComesWithItsTrace() {
        shop.world.refused.put("capture", 1);

        shop.checkout("o1").checkout(shop.order("o1", Optional.of(CARD)));

        assertThat(lines()).containsExactly("payment.capture of checkout-o1 failed for good, try 1: refused");
        assertThat(failures()).allMatch(event -> event.getThrowableProxy() != null);
    }

    private List<String> lines() {
        return failures().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private List<ILoggingEvent> failures() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getFormattedMessage().contains("fail"))
                .toList();
    }
}
