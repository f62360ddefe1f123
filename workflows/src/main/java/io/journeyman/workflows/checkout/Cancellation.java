package io.journeyman.workflows.checkout;

/** The wish to cancel an order, and whether it still comes in time. */
final class Cancellation {
    private String reason = "";
    private boolean closed;

    /** Answers a code: cancelling, or too_late. */
    String wish(String why) {
        if (closed) {
            return "too_late";
        }
        reason = why;
        return "cancelling";
    }

    /** From now on the order only goes forward, or is being undone already. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isWished() {
        return !reason.isEmpty();
    }

    String reason() {
        return reason;
    }

    void stopIfWished() {
        if (isWished()) {
            throw Stopped.cancelled(reason);
        }
    }
}
