package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.PointsReminder;
import io.journeyman.contracts.Loyalty.PointsReminders;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.CreditReminder;
import io.journeyman.contracts.Payment.CreditReminders;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.ReminderId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RemindingTest {
    /** Half past five in the afternoon in the shop. */
    private static final Instant SOON = Instant.parse("2026-12-10T12:00:00Z");

    /** The midnight with which the twelfth of December ends there. */
    private static final Instant MIDNIGHT = Instant.parse("2026-12-12T18:30:00Z");

    private static Database database;
    private static ConversationStore store;

    private final ScriptedAgents agents = new ScriptedAgents();
    private final CustomerId customer = new CustomerId("cust-" + UUID.randomUUID());
    private final ReminderId id = new ReminderId("ER-" + UUID.randomUUID());
    private final Reminding reminding = new Reminding(
            database.jdbi(),
            InstantSource.system(),
            Map.of("payment", agents.client("payment"), "loyalty", agents.client("loyalty")));

    @BeforeAll
    static void open() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        store = new ConversationStore(database.jdbi(), InstantSource.system());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @Test
    void tellsHowMuchCreditEndsWhenAndThatItWasTold() {
        agents.answers(
                "payment.remindOfCredit",
                200,
                new CreditReminders(List.of(new CreditReminder(
                        id,
                        customer,
                        List.of(
                                new ExpiringCredit(Money.inr(30_000), SOON.minusSeconds(60)),
                                new ExpiringCredit(Money.inr(20_000), SOON),
                                new ExpiringCredit(Money.inr(5_050), MIDNIGHT))))));

        assertThat(reminding.remindOfCredit()).isEqualTo(1);

        assertThat(told())
                .containsExactly(
                        "Some of your store credit ends soon. You can use ₹500 until Thursday 10 December, ₹50.50"
                                + " until Saturday 12 December.");
        var seen = agents.seen("payment.remindOfCredit");
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst().body().path("told")).isEmpty();
        assertThat(seen.getLast().body().at("/told/0").asText()).isEqualTo(id.value());
    }

    @Test
    void tellsOnceHoweverOftenItIsTried() {
        agents.answers(
                "loyalty.remindOfPoints",
                200,
                new PointsReminders(List.of(new PointsReminder(id, customer, List.of(new Expiring(120, SOON))))));

        reminding.remindOfPoints();
        reminding.remindOfPoints();

        assertThat(told())
                .containsExactly("Some of your points end soon. You can use 120 points until Thursday 10 December.");
    }

    @Test
    void tellsNobodyWhereNothingEnds() {
        agents.answers("payment.remindOfCredit", 200, new CreditReminders(List.of()));

        assertThat(reminding.remindOfCredit()).isZero();

        assertThat(agents.seen("payment.remindOfCredit")).hasSize(1);
    }

    @Test
    void isTriedAgainWhereNobodyAnswers() {
        agents.refuses("payment.remindOfCredit", 503, "unavailable");

        assertThatThrownBy(reminding::remindOfCredit)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    private List<String> told() {
        return store.events(store.forCustomer(customer), 0, 10).stream()
                .map(event -> event.body().path("text").asText())
                .toList();
    }
}
