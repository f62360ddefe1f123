package io.journeyman.activities.fulfillment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whether a shipment could still be sent to another address. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AddressOutcome.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = AddressOutcome.Refused.class, name = "refused")
})
public sealed interface AddressOutcome {
    /**
     * @param order as its customer knows it
     * @param due by when all of it comes
     * @param staying what had left before, and comes to where it went; empty where nothing had
     */
    record Changed(OrderId order, LocalDate due, Optional<List<Sku>> staying) implements AddressOutcome {}

    /** Nothing has changed. @param code already_shipped, cancelled, option_gone… */
    record Refused(OrderId order, String code) implements AddressOutcome {}
}
