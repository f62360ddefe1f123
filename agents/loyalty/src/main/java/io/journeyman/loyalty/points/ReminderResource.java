package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.AskReminders;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.PointsReminder;
import io.journeyman.contracts.Loyalty.PointsReminders;
import io.journeyman.kit.Call;
import io.journeyman.kit.ExpiryReminders;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is to hear of points that will end. */
@Path("/points-reminders")
@Produces(MediaType.APPLICATION_JSON)
public final class ReminderResource {
    private final ExpiryReminders reminders;
    private final Idempotency idempotency;

    public ReminderResource(ExpiryReminders reminders, Idempotency idempotency) {
        this.reminders = reminders;
        this.idempotency = idempotency;
    }

    @POST
    public Response remindOfPoints(@Context Call call, AskReminders request) {
        return idempotency.once(
                call,
                200,
                handle -> new PointsReminders(reminders.next(handle, request.told()).stream()
                        .map(ReminderResource::reminder)
                        .toList()));
    }

    private static PointsReminder reminder(ExpiryReminders.Reminder reminder) {
        return new PointsReminder(
                reminder.reminderId(),
                reminder.customerId(),
                reminder.endings().stream()
                        .map(ending -> new Expiring(ending.amount(), ending.at()))
                        .toList());
    }
}
