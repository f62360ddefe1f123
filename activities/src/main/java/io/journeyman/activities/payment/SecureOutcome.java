package io.journeyman.activities.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The five answers to "secure this payment" (design §6). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SecureOutcome.Secured.class, name = "secured"),
    @JsonSubTypes.Type(value = SecureOutcome.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = SecureOutcome.NeedsCustomer.class, name = "needsCustomer"),
    @JsonSubTypes.Type(value = SecureOutcome.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = SecureOutcome.Unknown.class, name = "unknown")
})
public sealed interface SecureOutcome {
    record Secured(As as) implements SecureOutcome {}

    /** @param code insufficient_funds, expired_card, network_error… */
    record Declined(String code, List<String> suggestions) implements SecureOutcome {}

    /** The customer must act, such as a 3-D Secure step. */
    record NeedsCustomer(String code) implements SecureOutcome {}

    /** The gateway has it and will answer later. */
    record Pending() implements SecureOutcome {}

    /** Nobody knows whether it was charged: it blocks every new attempt and every cancellation until it is settled. */
    record Unknown() implements SecureOutcome {}

    /** As what the payment is secured. */
    enum As {
        authorised,
        captured,
        due_on_delivery
    }
}
