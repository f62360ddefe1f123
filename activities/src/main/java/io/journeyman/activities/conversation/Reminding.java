package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.reminder.ReminderActivities;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Loyalty;
import io.journeyman.contracts.Loyalty.PointsReminders;
import io.journeyman.contracts.Payment;
import io.journeyman.contracts.Payment.CreditReminders;
import io.journeyman.contracts.ReminderId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Asks the ledgers which customers have something that will end, and writes that into their conversations: once for each reminder, which its
 * ledger answers until it hears that it was told.
 */
final class Reminding implements ReminderActivities {
    private static final int MOST_DAYS = 5;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final ConversationStore conversations;
    private final AgentClient payment;
    private final AgentClient loyalty;

    Reminding(Jdbi jdbi, InstantSource clock, Map<String, AgentClient> agents) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.conversations = new ConversationStore(jdbi, clock);
        this.payment = agents.get("payment");
        this.loyalty = agents.get("loyalty");
    }

    /** What ends of a customer's. */
    private record Due(ReminderId id, CustomerId customer, List<Part> parts) {}

    /** @param amount in points, or in the smallest unit of the shop's currency */
    private record Part(long amount, Instant at) {}

    @Override
    public int remindOfCredit() {
        return remind(this::endingCredit, Reminding::aboutCredit);
    }

    @Override
    public int remindOfPoints() {
        return remind(this::endingPoints, Reminding::aboutPoints);
    }

    private interface Ledger {
        /** Those who are to hear something, without those who have. */
        List<Due> next(List<ReminderId> told);
    }

    private int remind(Ledger ledger, Function<List<Part>, ObjectNode> words) {
        List<Due> due = ledger.next(List.of());
        due.forEach(one -> tell(one, words.apply(one.parts())));
        if (!due.isEmpty()) {
            ledger.next(due.stream().map(Due::id).toList());
        }
        return due.size();
    }

    private void tell(Due due, ObjectNode body) {
        ConversationId conversation = conversations.forCustomer(due.customer());
        body.put("workflowId", due.id().value());
        jdbi.useTransaction(handle -> {
            EventLog.lock(handle, conversation);
            EventLog.appendNews(handle, conversation, due.id().value(), 1, body, clock.instant());
        });
    }

    private List<Due> endingCredit(List<ReminderId> told) {
        return payment
                .change(
                        "remindOfCredit",
                        "/credit-reminders",
                        key(),
                        new Payment.AskReminders(told),
                        CreditReminders.class)
                .orFail()
                .reminders()
                .stream()
                .map(one -> new Due(
                        one.reminderId(),
                        one.customerId(),
                        one.endings().stream()
                                .map(part -> new Part(part.amount().minor(), part.at()))
                                .toList()))
                .toList();
    }

    private List<Due> endingPoints(List<ReminderId> told) {
        return loyalty
                .change(
                        "remindOfPoints",
                        "/points-reminders",
                        key(),
                        new Loyalty.AskReminders(told),
                        PointsReminders.class)
                .orFail()
                .reminders()
                .stream()
                .map(one -> new Due(
                        one.reminderId(),
                        one.customerId(),
                        one.endings().stream()
                                .map(part -> new Part(part.points(), part.at()))
                                .toList()))
                .toList();
    }

    /** What is asked again is asked anew: the reminders' own ids see to it that nothing is told twice. */
    private static String key() {
        return "remind-" + UUID.randomUUID();
    }

    private static ObjectNode aboutCredit(List<Part> parts) {
        return news(
                "credit_ending",
                "Some of your store credit ends soon. You can use "
                        + byDay(parts, minor -> ShopCurrency.here().minor(minor).shown()) + ".",
                List.of("How long is my store credit good for?", "What is new?"));
    }

    private static ObjectNode aboutPoints(List<Part> parts) {
        return news(
                "points_ending",
                "Some of your points end soon. You can use "
                        + byDay(parts, points -> points == 1 ? "1 point" : points + " points") + ".",
                List.of("What offers do I get?", "What is new?"));
    }

    /** The next days of them; one that ends at midnight ends with the day before. */
    private static String byDay(List<Part> parts, LongFunction<String> shown) {
        Map<LocalDate, Long> days = parts.stream()
                .collect(Collectors.groupingBy(
                        part -> ShopTime.dayOf(part.at().minusMillis(1)),
                        TreeMap::new,
                        Collectors.summingLong(Part::amount)));
        return days.entrySet().stream()
                        .limit(MOST_DAYS)
                        .map(day -> shown.apply(day.getValue()) + " until " + DAY.format(day.getKey()))
                        .collect(Collectors.joining(", "))
                + (days.size() > MOST_DAYS ? ", and more a little later" : "");
    }

    private static ObjectNode news(String code, String text, List<String> suggestions) {
        var body = Json.mapper().createObjectNode();
        body.put("kind", "Reminder")
                .put("code", code)
                .put("status", "completed")
                .put("text", text);
        body.set("suggestions", Json.mapper().valueToTree(suggestions));
        return body;
    }
}
