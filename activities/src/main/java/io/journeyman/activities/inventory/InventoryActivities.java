package io.journeyman.activities.inventory;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/** Stock for a journey. Every call is keyed by the hold's id, so that repeating it is safe; the lines come from the stored quote. */
@ActivityInterface
public interface InventoryActivities {
    /**
     * Holds all lines of the quote (in its store, where it names one) until {@code expiresAt}, or none. Where the quote names a
     * reservation, what that one keeps becomes this hold's; when it was collected meanwhile, the answer is {@link HoldOutcome.Gone}.
     */
    @ActivityMethod(name = "inventory.placeHold")
    HoldOutcome placeHold(HoldId hold, QuoteId quote, Instant expiresAt);

    /** Holds pieces that take the place of others until {@code expiresAt}, all or none. */
    @ActivityMethod(name = "inventory.holdReplacement")
    HoldOutcome holdReplacement(HoldId hold, List<StockLine> pieces, Instant expiresAt);

    /** Moves the expiry; a hold that has expired is placed again if the stock is still there. */
    @ActivityMethod(name = "inventory.renewHold")
    HoldOutcome renewHold(HoldId hold, QuoteId quote, Instant expiresAt);

    /** Sells what is held. */
    @ActivityMethod(name = "inventory.allocateHold")
    HoldOutcome allocateHold(HoldId hold);

    /** Gives back what is held or allocated; when nothing is there yet it leaves a tombstone. */
    @ActivityMethod(name = "inventory.releaseHold")
    void releaseHold(HoldId hold);

    /** Takes pieces of a return back into stock, once for its id. */
    @ActivityMethod(name = "inventory.takeBackReturn")
    void takeBackReturn(ReturnId returnId, List<StockLine> pieces);

    /** Books pieces of a return that nobody can sell again as damaged, once for its id: they are never in stock. */
    @ActivityMethod(name = "inventory.writeOffReturn")
    void writeOffReturn(ReturnId returnId, List<StockLine> pieces);

    /** Gives back pieces of an order that never left, those that are still to come first, once for their cancellation. */
    @ActivityMethod(name = "inventory.giveBackPieces")
    void giveBackPieces(HoldId hold, CancellationId cancellation, List<ShippedLine> pieces);

    /**
     * Puts sold pieces that never left back where they lie, once for their cancellation: what {@link #giveBackPieces} does since there are
     * pieces that are still to come.
     */
    @ActivityMethod(name = "inventory.takeBackCancelled")
    void takeBackCancelled(CancellationId cancellation, List<ShippedLine> pieces);
}
