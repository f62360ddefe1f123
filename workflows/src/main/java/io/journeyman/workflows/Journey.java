package io.journeyman.workflows;

import io.journeyman.activities.conversation.JourneyStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import java.time.Instant;
import java.util.Optional;

/**
 * What customers and staff can have any journey do, whatever its kind: they reach it by its id alone. Each answers a code, and never
 * fails; what a kind answers otherwise is said there.
 */
public interface Journey {
    /** It ends as far as it can be undone. Answers a code: cancelling, or too_late. */
    @UpdateMethod(name = "cancel")
    String cancel(String reason);

    /** What pauses before it is tried again is tried at once. Answers a code: retrying, or nothing_to_retry. */
    @UpdateMethod(name = "retryNow")
    String retryNow();

    /**
     * Whoever is waited for has time until then. Answers a code: extended, not_waiting (also of a kind that waits for nobody), too_late,
     * not_later, or too_far (see {@link Deadline#MOST}).
     */
    @UpdateMethod(name = "extend")
    String extend(Instant until);

    @QueryMethod(name = "progress")
    Progress progress();

    @QueryMethod(name = "staffMay")
    StaffMay staffMay();

    /** Where it stands. @param code what the customer heard of it last @param until when the wait ends */
    record Progress(JourneyStatus status, String code, String waitingFor, Optional<Instant> until) {}
}
