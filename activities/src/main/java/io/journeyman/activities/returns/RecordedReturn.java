package io.journeyman.activities.returns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.OrderId;
import java.util.List;
import java.util.Optional;

/** What became of a return that its customer confirmed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecordedReturn.Recorded.class, name = "recorded"),
    @JsonSubTypes.Type(value = RecordedReturn.Refused.class, name = "refused")
})
public sealed interface RecordedReturn {
    /**
     * @param label what the customer writes on the parcel
     * @param asCredit whether its customer wants store credit for it
     * @param claimed whether it is a claim under a warranty: what failed is not sold again
     * @param paidBy the orders whose payments paid for its pieces, its own first; where none are named, its own alone
     */
    record Recorded(OrderId order, String label, boolean asCredit, List<OrderId> paidBy, Optional<Boolean> claimed)
            implements RecordedReturn {
        public Recorded {
            claimed = claimed == null ? Optional.empty() : claimed;
            paidBy = paidBy == null || paidBy.isEmpty() ? List.of(order) : List.copyOf(paidBy);
        }

        public boolean underWarranty() {
            return claimed.orElse(false);
        }
    }

    /** @param code window_over, nothing_to_return, refund_changed, return_cancelled… */
    record Refused(String code) implements RecordedReturn {}
}
