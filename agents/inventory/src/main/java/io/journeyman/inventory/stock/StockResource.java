package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.Problem;
import io.journeyman.inventory.stock.StockShelf.Shelf;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads of stock over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StockResource {
    private final Jdbi jdbi;

    public StockResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @POST
    @Path("inventory/check")
    public Availability checkInventory(CheckInventory question) {
        List<Shelf> shelves = jdbi.withExtension(StockShelf.class, shelf -> shelf.of(question.productId()));
        if (shelves.isEmpty()) {
            throw new ProblemException(
                    Problem.of(404, "unknown_product", "There is no such product.", "Search the catalogue first."));
        }
        return new AvailabilityReport(question, shelves).answer();
    }

    @GET
    @Path("stores")
    public Stores listStores() {
        return new Stores(jdbi.withExtension(StockShelf.class, StockShelf::stores));
    }
}
