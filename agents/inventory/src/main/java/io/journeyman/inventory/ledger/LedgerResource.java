package io.journeyman.inventory.ledger;

import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.StockCard;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.ledger.LedgerTable.Balance;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jdbi.v3.core.Jdbi;

/** The ledger over HTTP, for staff. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerResource {
    private static final String NEWEST = "9223372036854775807";

    private final LedgerAudit audit;
    private final Jdbi jdbi;

    public LedgerResource(LedgerAudit audit, Jdbi jdbi) {
        this.audit = audit;
        this.jdbi = jdbi;
    }

    @GET
    @Path("ledger/check")
    public LedgerCheck checkLedger() {
        return audit.check();
    }

    @GET
    @Path("stock/{sku}/{locationId}")
    public StockCard getStockCard(
            @PathParam("sku") String skuText,
            @PathParam("locationId") String locationText,
            @QueryParam("before") @DefaultValue(NEWEST) long before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        var sku = new Sku(skuText);
        var location = new LocationId(locationText);
        return jdbi.withExtension(LedgerTable.class, ledger -> {
            Balance balance = ledger.balance(sku, location)
                    .orElseThrow(() -> new ProblemException(
                            Problem.of(404, "unknown_stock", "That variant was never in that place.")));
            return new StockCard(
                    sku,
                    location,
                    balance.onHand(),
                    balance.held(),
                    balance.safetyStock(),
                    balance.available(),
                    ledger.movements(sku, location, before, limit));
        });
    }
}
