package io.journeyman.activities.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a refund. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RefundOutcome.Refunded.class, name = "refunded"),
    @JsonSubTypes.Type(value = RefundOutcome.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = RefundOutcome.Failed.class, name = "failed")
})
public sealed interface RefundOutcome {
    /** The money is on its way to where it came from. */
    record Refunded() implements RefundOutcome {}

    /** The gateway takes its time, or nobody knows what became of it: ask about it by its id. */
    record Pending() implements RefundOutcome {}

    /** For good, under this id; another try is another refund. */
    record Failed(String code) implements RefundOutcome {}
}
