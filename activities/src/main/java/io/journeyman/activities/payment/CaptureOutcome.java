package io.journeyman.activities.payment;

/** What became of a capture. refused: the authorisation is gone, and the journey refunds and ends as payment_failed. */
public enum CaptureOutcome {
    captured,
    due_on_delivery,
    refused
}
