package io.journeyman.bench.load;

import io.journeyman.api.EngineClient;
import io.journeyman.bench.shop.PartProcess;
import io.journeyman.bench.shop.Site;
import io.journeyman.launcher.ShopAddress;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A shop that is up, on one machine as {@code ./journeyman up} runs it, with a model that takes no time. */
final class BenchShop implements AutoCloseable {
    private final Site site;
    private final InstantModel model;
    private final PartProcess up;
    private final List<ProcessHandle> servers;
    private final String databaseUrl;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    private BenchShop(
            Site site,
            InstantModel model,
            PartProcess up,
            Map<String, String> environment,
            List<ProcessHandle> servers) {
        this.site = site;
        this.model = model;
        this.up = up;
        this.servers = servers;
        this.databaseUrl = Optional.ofNullable(environment.get("DATABASE_URL"))
                .orElseGet(() -> site.address().databaseUrl());
        this.stubs = EngineClient.stubs(
                environment.getOrDefault("TEMPORAL_ADDRESS", site.address().temporal()));
        this.client = EngineClient.client("default", site.address().payloadKeys(), stubs);
    }

    static BenchShop up() throws IOException, InterruptedException {
        return up(Map.of(), List.of());
    }

    /** One that is soon there, where its speed does not matter: code that runs for a minute is not worth the second compiler's time. */
    static BenchShop unmeasured() throws IOException, InterruptedException {
        return up(Map.of(), List.of(), List.of("-XX:TieredStopAtLevel=1"));
    }

    /**
     * @param environment DATABASE_URL and TEMPORAL_ADDRESS, where it shall run over others than its own
     * @param servers these others
     */
    static BenchShop up(Map<String, String> environment, List<ProcessHandle> servers)
            throws IOException, InterruptedException {
        return up(environment, servers, List.of());
    }

    private static BenchShop up(Map<String, String> environment, List<ProcessHandle> servers, List<String> jvm)
            throws IOException, InterruptedException {
        var site = Site.create("bench");
        var model = InstantModel.start();
        try {
            var variables = new HashMap<>(environment);
            variables.putAll(model.environment());
            variables.putIfAbsent(
                    "JOURNEYMAN_CARRIER", "none"); // parcels that come on meanwhile are not what is measured
            return new BenchShop(site, model, site.start(variables, jvm, "up"), environment, servers);
        } catch (IOException | InterruptedException | RuntimeException e) {
            model.close();
            site.close();
            throw e;
        }
    }

    ShopAddress address() {
        return site.address();
    }

    CpuTime cpuTime() {
        return CpuTime.of(
                Stream.concat(Stream.of(up.handle()), servers.stream()).toList());
    }

    /** As an administrator. */
    String databaseUrl() {
        return databaseUrl;
    }

    WorkflowClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        stubs.shutdownNow();
        up.close();
        model.close();
        site.close();
    }
}
