package io.journeyman.api.agents;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.registry.RegisteredAgent;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Staff add agents to the running shop: their tools work from the next turn on, and nothing else changes (design §4). */
@Path("/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentResource {
    private final AgentDesk desk;
    private final Access access;

    public AgentResource(AgentDesk desk, Access access) {
        this.desk = desk;
        this.access = access;
    }

    public record AddAgent(String url, Optional<String> name) {}

    /** @param tools by the names that the model knows */
    public record Agent(String name, URI url, List<String> tools, String registeredBy, Instant since) {
        static Agent of(RegisteredAgent agent) {
            return new Agent(
                    agent.name(),
                    agent.url(),
                    agent.contract().tools().stream()
                            .map(tool -> tool.tool().orElseThrow().name())
                            .toList(),
                    agent.by(),
                    agent.since());
        }
    }

    public record Agents(List<Agent> agents) {}

    @GET
    public Agents all(@Auth Session session) {
        access.staff(session);
        return new Agents(desk.all().stream().map(Agent::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Agent add(@Auth Session session, @HeaderParam("Idempotency-Key") String key, AddAgent wish) {
        String staff = access.staff(session);
        if (wish == null || wish.url() == null || wish.url().isBlank()) {
            throw ProblemException.of(400, "bad_request", "Say where the agent is: url.");
        }
        return Agent.of(desk.add(wish.url(), wish.name(), staff, Access.key(key)));
    }

    @DELETE
    @Path("/{name}")
    public void remove(
            @Auth Session session, @HeaderParam("Idempotency-Key") String key, @PathParam("name") String name) {
        desk.remove(name, access.staff(session), Access.key(key));
    }
}
