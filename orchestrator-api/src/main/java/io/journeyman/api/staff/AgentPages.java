package io.journeyman.api.staff;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How the agents are, asked just now. */
@Path("/staff/agents")
@Produces("text/html; charset=utf-8")
public final class AgentPages {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, URI> agents;
    private final StaffDoor door;
    private final StaffPages pages;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public AgentPages(Map<String, URI> agents, StaffDoor door, StaffPages pages) {
        this.agents = new TreeMap<>(agents);
        this.door = door;
        this.pages = pages;
    }

    @GET
    public String health(@Context ContainerRequestContext request) {
        String staff = door.staff(request);
        List<CompletableFuture<Map<String, Object>>> asked = agents.entrySet().stream()
                .map(agent -> CompletableFuture.supplyAsync(
                        () -> health(agent.getKey(), agent.getValue()), Thread::startVirtualThread))
                .toList();
        return pages.render(
                "agents.ftlh",
                staff,
                "",
                Map.of("agents", asked.stream().map(CompletableFuture::join).toList()));
    }

    private Map<String, Object> health(String name, URI url) {
        long asked = System.nanoTime();
        String says;
        boolean well = false;
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/health"))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            well = status == 200;
            says = well ? "well" : "says that it is not well (" + status + ")";
        } catch (IOException away) {
            says = "does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            says = "was not asked";
        }
        return Map.of(
                "name", name,
                "url", url.toString(),
                "well", well,
                "says", says,
                "took", Timeline.words(Duration.ofNanos(System.nanoTime() - asked)));
    }
}
