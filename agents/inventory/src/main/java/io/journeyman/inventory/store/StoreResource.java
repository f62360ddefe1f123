package io.journeyman.inventory.store;

import io.journeyman.contracts.Inventory.FindStores;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.Problem;
import io.journeyman.inventory.store.StoreTable.Position;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The stores over HTTP: all of them, or the nearest first. */
@Path("/stores")
@Produces(MediaType.APPLICATION_JSON)
public final class StoreResource {
    private final Jdbi jdbi;

    public StoreResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    public Stores listStores() {
        return new Stores(jdbi.withExtension(StoreTable.class, StoreTable::all));
    }

    /** Coordinates win over a name: they say more. */
    @POST
    @Path("/near")
    public Stores findStores(FindStores question) {
        if (question.latitude().isPresent() != question.longitude().isPresent()) {
            throw new ProblemException(
                    Problem.of(422, "half_a_position", "Give latitude and longitude together, or neither."));
        }
        return new Stores(jdbi.withExtension(
                StoreTable.class,
                table -> centre(table, question)
                        .map(centre -> table.nearest(centre.latitude(), centre.longitude()))
                        .orElseGet(table::all)));
    }

    private static Optional<Position> centre(StoreTable table, FindStores question) {
        return question.latitude()
                .map(latitude -> new Position(latitude, question.longitude().orElseThrow()))
                .or(() -> question.place()
                        .map(place -> table.middle(place.strip())
                                .orElseThrow(() -> new ProblemException(Problem.of(
                                        404,
                                        "unknown_place",
                                        "The shop has no place of that name.",
                                        "Ask with a city that has a store; GET /stores names them all.",
                                        "Ask with latitude and longitude.")))));
    }
}
