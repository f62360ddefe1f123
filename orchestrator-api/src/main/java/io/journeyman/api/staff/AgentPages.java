package io.journeyman.api.staff;

import io.journeyman.activities.http.Exchange;
import io.journeyman.activities.registry.RegisteredAgent;
import io.journeyman.api.agents.AgentDesk;
import io.journeyman.api.http.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** How the agents are, asked just now; and those that staff add to the running shop. */
@Path("/staff/agents")
@Produces("text/html; charset=utf-8")
public final class AgentPages {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 64 << 10;

    private final Map<String, URI> house;
    private final AgentDesk desk;
    private final StaffDoor door;
    private final StaffPages pages;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public AgentPages(Map<String, URI> house, AgentDesk desk, StaffDoor door, StaffPages pages) {
        this.house = new TreeMap<>(house);
        this.desk = desk;
        this.door = door;
        this.pages = pages;
    }

    /** @param added how it was added: who, when, and its tools; empty for the house's own */
    private record Row(String name, URI url, String added) {}

    @GET
    public String health(@Context ContainerRequestContext request, @QueryParam("said") @DefaultValue("") String said) {
        return page(door.staff(request), said, List.of(), "");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@Context ContainerRequestContext request, MultivaluedMap<String, String> posted) {
        String staff = door.staff(request);
        var form = StaffDoor.fields(posted);
        var key = StaffDoor.key(form);
        if (key.isEmpty()) {
            return StaffDoor.to("/staff/agents", "form_stale");
        }
        String url = Optional.ofNullable(form.getFirst("url")).orElse("");
        try {
            if (form.containsKey("remove")) {
                desk.remove(form.getFirst("remove"), staff, key.get());
                return StaffDoor.to("/staff/agents", "agent_removed");
            }
            desk.add(url, Optional.empty(), staff, key.get());
            return StaffDoor.to("/staff/agents", "agent_added");
        } catch (ProblemException refused) {
            var problem = refused.problem();
            var wrong = new ArrayList<>(problem.suggestions());
            if (!problem.code().equals("contract_refused")) {
                wrong.addFirst(problem.detail());
            }
            return Response.ok(page(staff, "", wrong, url)).build();
        }
    }

    private String page(String staff, String said, List<String> wrong, String url) {
        List<Row> rows = new ArrayList<>();
        house.forEach((name, at) -> rows.add(new Row(name, at, "")));
        desk.all().forEach(agent -> rows.add(new Row(agent.name(), agent.url(), added(agent))));
        List<CompletableFuture<Map<String, Object>>> asked = rows.stream()
                .map(row -> CompletableFuture.supplyAsync(() -> asked(row), Thread::startVirtualThread))
                .toList();
        return pages.render(
                "agents.ftlh",
                staff,
                said,
                Map.of(
                        "agents",
                        asked.stream().map(CompletableFuture::join).toList(),
                        "wrong",
                        wrong,
                        "url",
                        url,
                        "key",
                        UUID.randomUUID().toString()));
    }

    private static String added(RegisteredAgent agent) {
        return "%s, %s: %s"
                .formatted(
                        StaffPages.shown(agent.since()),
                        agent.by(),
                        agent.contract().tools().stream()
                                .map(tool -> tool.tool().orElseThrow().name())
                                .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> asked(Row row) {
        long asked = System.nanoTime();
        String says;
        boolean well = false;
        try {
            int status = Exchange.within(
                            PATIENCE,
                            http,
                            HttpRequest.newBuilder(URI.create(row.url() + "/health"))
                                    .build(),
                            BodyHandlers.limiting(BodyHandlers.discarding(), MOST_BYTES))
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
                "name", row.name(),
                "url", row.url().toString(),
                "added", row.added(),
                "well", well,
                "says", says,
                "took", Timeline.words(Duration.ofNanos(System.nanoTime() - asked)));
    }
}
