package io.journeyman.activities.cancellation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;

/** What became of a cancellation that its customer confirmed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecordedCancellation.Recorded.class, name = "recorded"),
    @JsonSubTypes.Type(value = RecordedCancellation.Refused.class, name = "refused")
})
public sealed interface RecordedCancellation {
    /**
     * @param trackingId of the shipment that its pieces are in
     * @param whole whether it has all pieces of the order
     * @param value what its pieces cost in the end, {@code orderValue} what all pieces of the order did
     */
    record Recorded(OrderId order, String trackingId, boolean whole, Money refund, Money value, Money orderValue)
            implements RecordedCancellation {}

    /** @param code already_delivered, nothing_to_cancel, refund_changed, cancellation_closed… */
    record Refused(String code) implements RecordedCancellation {}
}
