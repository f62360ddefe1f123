package io.journeyman.kit;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ReminderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Which customers are to hear that something of theirs will expire: of each date once, unless more is added to it, and only of what is left
 * when they are asked for. A reminder is written down before anybody is told, and answered under its id until somebody says that it was told:
 * so none is lost, and whoever tells can tell it once.
 *
 * <p>The ledger's schema has a table {@code expiry_reminder} and a view {@code what_ends}.
 */
public final class ExpiryReminders {
    static final String DAYS = "JOURNEYMAN_REMINDER_DAYS";

    private static final int MOST_DAYS = 365;
    private static final int MOST_AT_ONCE = 50;

    private final InstantSource clock;
    private final Duration before;
    private final Class<? extends ExpiringLedger> ledger;

    /** @param before how long before its date customers hear of what expires; zero: never */
    ExpiryReminders(InstantSource clock, Duration before, Class<? extends ExpiringLedger> ledger) {
        this.clock = clock;
        this.before = before;
        this.ledger = ledger;
    }

    /**
     * Reads JOURNEYMAN_REMINDER_DAYS, 0 to 365; 14 where nothing is said.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static ExpiryReminders of(AgentConfig config, InstantSource clock, Class<? extends ExpiringLedger> ledger) {
        String days = config.setting(DAYS).orElse("14");
        if (!days.matches("[0-9]{1,3}") || Integer.parseInt(days) > MOST_DAYS) {
            throw new IllegalArgumentException(DAYS + " must be a number of days from 0 to " + MOST_DAYS);
        }
        return new ExpiryReminders(clock, Duration.ofDays(Integer.parseInt(days)), ledger);
    }

    /** @param endings how much ends when, the next first */
    public record Reminder(ReminderId reminderId, CustomerId customerId, List<Ending> endings) {}

    /** @param amount in the ledger's own unit */
    public record Ending(long amount, Instant at) {}

    /**
     * Those who are to hear something, some at a time; none when all are told. In the caller's transaction.
     *
     * @param told reminders that are not answered any more
     */
    public List<Reminder> next(Handle handle, List<ReminderId> told) {
        var table = handle.attach(ReminderTable.class);
        Instant now = clock.instant();
        table.tell(told, now);
        List<ReminderId> untold = table.untold(now, MOST_AT_ONCE);
        if (untold.isEmpty()) {
            List<CustomerId> customers = handle.attach(ledger).unreminded(now, now.plus(before), MOST_AT_ONCE);
            // what ends a little later is told along: whoever has something that ends each day is not told each day
            table.write(customers, UUID.randomUUID().toString(), now, now.plus(before.multipliedBy(2)));
            untold = table.untold(now, MOST_AT_ONCE);
        }
        List<Reminder> reminders = reminders(table.endings(untold, now));
        table.drop(untold.stream()
                .filter(id ->
                        reminders.stream().noneMatch(one -> one.reminderId().equals(id)))
                .toList());
        return reminders;
    }

    /** @param endings those of a reminder behind each other */
    private static List<Reminder> reminders(List<ReminderTable.Row> endings) {
        var reminders = new ArrayList<Reminder>();
        for (ReminderTable.Row row : endings) {
            if (reminders.isEmpty() || !reminders.getLast().reminderId().equals(row.reminderId())) {
                reminders.add(new Reminder(row.reminderId(), row.customerId(), new ArrayList<>()));
            }
            reminders.getLast().endings().add(new Ending(row.amount(), row.at()));
        }
        return reminders;
    }
}
