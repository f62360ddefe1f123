package io.journeyman.activities.returns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Whether the other piece of an exchange may be sent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExchangeStands.Open.class, name = "open"),
    @JsonSubTypes.Type(value = ExchangeStands.Agreed.class, name = "agreed"),
    @JsonSubTypes.Type(value = ExchangeStands.Off.class, name = "off")
})
public sealed interface ExchangeStands {
    /** What goes back was not looked at yet. */
    record Open() implements ExchangeStands {}

    /** All that goes back was taken. */
    record Agreed() implements ExchangeStands {}

    /** @param code return_cancelled, return_not_received, return_refused, or exchange_off: a part was taken, or the other piece is gone */
    record Off(String code) implements ExchangeStands {}
}
