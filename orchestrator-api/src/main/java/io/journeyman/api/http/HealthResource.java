package io.journeyman.api.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code GET /health}: 200 when Postgres and Temporal answer within seconds, else 503 with what does not. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, BooleanSupplier> parts;

    public HealthResource(Map<String, BooleanSupplier> parts) {
        this.parts = Map.copyOf(parts);
    }

    @GET
    public Response health() {
        var seen = new TreeMap<String, String>();
        var asked = new TreeMap<String, CompletableFuture<Boolean>>();
        parts.forEach((name, part) -> asked.put(
                name,
                CompletableFuture.supplyAsync(part::getAsBoolean, Thread::startVirtualThread)
                        .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(_ -> false)));
        asked.forEach((name, up) -> seen.put(name, up.join() ? "up" : "down"));
        boolean healthy = !seen.containsValue("down");
        return Response.status(healthy ? 200 : 503)
                .entity(Map.of("status", healthy ? "up" : "down", "parts", seen))
                .build();
    }
}
