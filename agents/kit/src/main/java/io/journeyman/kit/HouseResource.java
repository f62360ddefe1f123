package io.journeyman.kit;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every agent of the house answers, to anybody: its contract, and whether it can work. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class HouseResource {
    private static final Logger LOG = LoggerFactory.getLogger(HouseResource.class);

    private final Contract contract;
    private final Optional<Jdbi> jdbi;

    HouseResource(Contract contract, Optional<Jdbi> jdbi) {
        this.contract = contract;
        this.jdbi = jdbi;
    }

    @GET
    @Path("contract")
    public String contract() {
        return contract.text();
    }

    @GET
    @Path("health")
    public Response health() {
        try {
            jdbi.ifPresent(j -> j.useHandle(h -> h.execute("SELECT 1")));
            return Response.ok(Json.write(Map.of("status", "ok", "agent", contract.name())))
                    .build();
        } catch (JdbiException e) {
            LOG.warn(
                    "{} cannot reach its database: {}",
                    contract.name(),
                    e.getClass().getName());
            return Problems.answer(ProblemException.tryAgain(
                    Problem.of(503, "database_unreachable", "The agent cannot reach its database."), 2));
        }
    }
}
