package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.PointsStatement;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** What a customer has, and when it ends. */
@Path("/customers/{customerId}/points")
@Produces(MediaType.APPLICATION_JSON)
public final class PointsResource {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public PointsResource(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @GET
    public PointsStatement getPoints(@PathParam("customerId") String customerId) {
        return jdbi.inTransaction(
                handle -> new Customers(handle).statement(new CustomerId(customerId), clock.instant()));
    }
}
