package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One proposal that only the customer's confirmation can start. */
public record ProposalId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProposalId {
        Id.check("ProposalId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
