package io.journeyman.activities.fulfillment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.OrderId;
import java.time.LocalDate;

/** Whether a shipment could still be sent to another address. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AddressOutcome.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = AddressOutcome.Refused.class, name = "refused")
})
public sealed interface AddressOutcome {
    /** @param order as its customer knows it @param due by when all of it comes */
    record Changed(OrderId order, LocalDate due) implements AddressOutcome {}

    /** Nothing has changed. @param code already_shipped, cancelled, option_gone… */
    record Refused(OrderId order, String code) implements AddressOutcome {}
}
