package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.SizeColorMatrix;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ShopTime;
import io.journeyman.inventory.stock.StockShelf.Free;
import io.journeyman.inventory.stock.StockShelf.Orderable;
import io.journeyman.inventory.stock.StockShelf.Shelf;
import io.journeyman.inventory.store.StoreNames;
import io.journeyman.kit.OneMoment;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Reads of stock over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StockResource {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public StockResource(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @POST
    @Path("inventory/check")
    public Availability checkInventory(CheckInventory question) {
        return atOneMoment(shelf -> {
            List<Shelf> shelves =
                    shelves(shelf, question.productId(), question.city().map(String::strip));
            return new AvailabilityReport(question, shelves, arrivals(shelf, question.productId())).answer();
        });
    }

    @POST
    @Path("stock/lookup")
    public ProductStocks lookUpStock(LookUpStock question) {
        Optional<List<Store>> meant =
                question.store().map(said -> StoreNames.of(jdbi).meant(said));
        List<LocationId> places =
                meant.orElse(List.of()).stream().map(Store::storeId).toList();
        Optional<String> size = question.size().map(String::strip);
        Optional<String> color = question.color().map(String::strip);
        return atOneMoment(shelf -> {
            List<Free> free = shelf.available(question.productIds(), size, color, places);
            List<ProductId> soldOut =
                    free.stream().filter(Free::none).map(Free::productId).toList();
            Map<ProductId, OrderAhead> ahead = soldOut.isEmpty() || meant.isPresent()
                    ? Map.of()
                    : shelf.orderable(soldOut, size, color, today()).stream()
                            .collect(Collectors.toMap(Orderable::productId, Orderable::ahead));
            return new ProductStocks(
                    free.stream()
                            .map(product -> new ProductStock(
                                    product.productId(),
                                    product.available(),
                                    Optional.ofNullable(ahead.get(product.productId()))))
                            .toList(),
                    meant);
        });
    }

    @GET
    @Path("products/{productId}/matrix")
    public SizeColorMatrix getSizeColorMatrix(
            @PathParam("productId") String productId, @QueryParam("storeId") String storeId) {
        var product = new ProductId(productId);
        Optional<LocationId> store = Optional.ofNullable(storeId).map(LocationId::new);
        return atOneMoment(shelf -> {
            if (store.isPresent() && !shelf.knows(store.get())) {
                throw new ProblemException(Problem.of(404, "unknown_store", "There is no such store."));
            }
            return new MatrixReport(
                            product,
                            shelves(shelf, product, Optional.empty()),
                            one -> store.isEmpty() || store.get().equals(one.location()),
                            arrivals(shelf, product))
                    .answer();
        });
    }

    /** What comes meanwhile is still to come, or is there. */
    private <A> A atOneMoment(Function<StockShelf, A> look) {
        return OneMoment.of(jdbi, handle -> look.apply(handle.attach(StockShelf.class)));
    }

    private static List<Shelf> shelves(StockShelf shelf, ProductId product, Optional<String> place) {
        List<Shelf> shelves = shelf.of(product, place);
        if (shelves.isEmpty()) {
            throw new ProblemException(
                    Problem.of(404, "unknown_product", "There is no such product.", "Search the catalogue first."));
        }
        return shelves;
    }

    private ExpectedArrivals arrivals(StockShelf shelf, ProductId product) {
        return new ExpectedArrivals(shelf.toCome(product, today()));
    }

    private LocalDate today() {
        return ShopTime.dayOf(clock.instant());
    }
}
