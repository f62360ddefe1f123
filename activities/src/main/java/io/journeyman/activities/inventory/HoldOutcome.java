package io.journeyman.activities.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;

/** What became of a hold. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HoldOutcome.Held.class, name = "held"),
    @JsonSubTypes.Type(value = HoldOutcome.OutOfStock.class, name = "outOfStock"),
    @JsonSubTypes.Type(value = HoldOutcome.Gone.class, name = "gone")
})
public sealed interface HoldOutcome {
    /** The stock is the journey's: held until then, or allocated. */
    record Held(Instant expiresAt) implements HoldOutcome {}

    /** Nothing is held; {@code skus} are the lines that could not be. */
    record OutOfStock(List<Sku> skus) implements HoldOutcome {}

    /** The hold was released before, or expired and cannot be had again. */
    record Gone() implements HoldOutcome {}
}
