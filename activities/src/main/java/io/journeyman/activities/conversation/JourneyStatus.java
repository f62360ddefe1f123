package io.journeyman.activities.conversation;

/** Where a journey stands (design §6). */
public enum JourneyStatus {
    running,
    waiting_for_customer,
    waiting_for_agent,
    needs_staff,
    completed,
    cancelled,
    failed;

    /** Whether nothing more comes of the journey. */
    public boolean isEnd() {
        return switch (this) {
            case completed, cancelled, failed -> true;
            case running, waiting_for_customer, waiting_for_agent, needs_staff -> false;
        };
    }
}
