package io.journeyman.activities.fulfillment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a shipment or a collection. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FulfillmentOutcome.Created.class, name = "created"),
    @JsonSubTypes.Type(value = FulfillmentOutcome.Refused.class, name = "refused")
})
public sealed interface FulfillmentOutcome {
    /** @param reference tracking id of a shipment, pickup code of a collection */
    record Created(String reference) implements FulfillmentOutcome {}

    /** It cannot be done ({@code cancelled}, {@code option_gone}…), and repeating does not cure it. */
    record Refused(String code) implements FulfillmentOutcome {}
}
