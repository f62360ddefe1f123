package io.journeyman.activities.fulfillment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.OrderId;
import java.util.List;

/** Whether pieces could still be taken out of their parcels. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WithdrawalOutcome.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = WithdrawalOutcome.TooLate.class, name = "too_late")
})
public sealed interface WithdrawalOutcome {
    /** They never leave. @param shipment under which it was created @param lines each where it lies */
    record Withdrawn(OrderId shipment, List<ShippedLine> lines) implements WithdrawalOutcome {}

    /** They have left, or a store keeps them longer after all; that does not change any more. @param code already_shipped, kept_longer… */
    record TooLate(String code) implements WithdrawalOutcome {}
}
