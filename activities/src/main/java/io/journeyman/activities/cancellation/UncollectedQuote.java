package io.journeyman.activities.cancellation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;

/** What goes back of an order that nobody collected. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UncollectedQuote.Quoted.class, name = "quoted"),
    @JsonSubTypes.Type(value = UncollectedQuote.Nothing.class, name = "nothing")
})
public sealed interface UncollectedQuote {
    record Quoted(QuoteId quote, Money refund) implements UncollectedQuote {}

    /** Nothing just now: it was handed over, or somebody else has spoken for its pieces. @param code already_delivered, nothing_to_cancel… */
    record Nothing(String code) implements UncollectedQuote {}
}
