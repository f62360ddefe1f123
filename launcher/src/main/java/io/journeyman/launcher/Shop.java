package io.journeyman.launcher;

import io.journeyman.activities.model.Models;
import io.journeyman.activities.model.SalesModel;
import io.journeyman.api.ApiConfig;
import io.journeyman.api.ApiService;
import io.journeyman.api.WorkerService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The parts of a shop besides its servers, with what they need to find each other. What the environment says wins; what it does
 * not say comes from the data folder, so that one part alone finds the servers and secrets of an {@code up} on the same folder.
 */
final class Shop {
    private final Map<String, String> variables = new HashMap<>();

    private Shop(
            Options options, Map<String, String> environment, Optional<String> databaseUrl, String temporalAddress) {
        variables.putAll(environment);
        databaseUrl.ifPresentOrElse(url -> variables.put("DATABASE_URL", url), () -> variables.remove("DATABASE_URL"));
        variables.put("TEMPORAL_ADDRESS", temporalAddress);
        variables.put("JOURNEYMAN_PORT_BASE", String.valueOf(options.ports().base()));
        variables.putIfAbsent("JOURNEYMAN_DEMO", "true");
        variables.putIfAbsent("JOURNEYMAN_CARRIER", "simulated");
        if (!options.sample() || options.data().isWithoutSample()) {
            variables.put("JOURNEYMAN_SAMPLE_SHOP", "false");
        }
        var page = "http://127.0.0.1:%1$d,http://localhost:%1$d"
                .formatted(options.ports().api());
        variables.putIfAbsent("JOURNEYMAN_PAGE_ORIGINS", page);
        if (options.temporalAddress().isEmpty()) {
            variables.putIfAbsent(
                    "JOURNEYMAN_TEMPORAL_UI",
                    "http://127.0.0.1:" + options.ports().temporalUi());
        }
    }

    /** Over the servers that {@code up} has started. */
    static Shop over(Engine engine, Options options, Map<String, String> environment) {
        var shop = new Shop(options, environment, Optional.of(engine.databaseUrl()), engine.temporalAddress());
        shop.variables.computeIfAbsent(
                "JOURNEYMAN_SERVICE_SECRET", name -> options.data().secret("service"));
        shop.variables.computeIfAbsent(
                "JOURNEYMAN_TOKEN_KEY", name -> options.data().secret("token"));
        shop.variables.computeIfAbsent(
                "JOURNEYMAN_PAYLOAD_KEYS", name -> options.data().secret("payload-keys", "1:"));
        return shop;
    }

    /** One part alone: over named servers, or those of an {@code up} with the same data folder and port base. */
    static Shop elsewhere(Options options, Map<String, String> environment) {
        var shop = new Shop(
                options,
                environment,
                options.databaseUrl()
                        .or(() -> LocalPostgres.urlOf(
                                options.data(), options.ports().postgres())),
                options.temporalAddress().orElse("127.0.0.1:" + options.ports().temporal()));
        shop.fromFolder(options, "JOURNEYMAN_SERVICE_SECRET", "service");
        shop.fromFolder(options, "JOURNEYMAN_TOKEN_KEY", "token");
        shop.fromFolder(options, "JOURNEYMAN_PAYLOAD_KEYS", "payload-keys");
        return shop;
    }

    private void fromFolder(Options options, String variable, String secret) {
        if (variables.getOrDefault(variable, "").isBlank()) {
            variables.remove(variable);
            options.data().existingSecret(secret).ifPresent(value -> variables.put(variable, value));
        }
    }

    /** Only the orchestrator signs sessions and speaks to Temporal: an agent needs no token key, no payload keys, and not always a database. */
    private void require(String... needed) {
        for (String variable : needed) {
            if (!variables.containsKey(variable)) {
                throw new CannotStart(
                        "%s is not set: set it, the same for every part, or run ./journeyman up with this data folder first."
                                .formatted(variable));
            }
        }
    }

    /** What an agent needs. */
    Map<String, String> variables() {
        require("JOURNEYMAN_SERVICE_SECRET");
        return Map.copyOf(variables);
    }

    SalesModel model() {
        try {
            return Models.fromEnvironment(variables);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("the model cannot be used: %s.".formatted(e.getMessage()), e);
        }
    }

    /** @param current whether journeys go on under this code from now on, whatever other workers run */
    WorkerService startWorker(SalesModel model, boolean current) {
        return started("the worker", () -> WorkerService.start(config(), model, current));
    }

    ApiService startApi() {
        return started("the API", () -> ApiService.start(config()));
    }

    private static <P> P started(String part, Callable<P> start) {
        try {
            return start.call();
        } catch (CannotStart e) {
            throw e;
        } catch (Exception e) {
            throw new CannotStart("%s cannot start: %s.".formatted(part, reason(e)), e);
        }
    }

    private ApiConfig config() {
        require("JOURNEYMAN_SERVICE_SECRET", "JOURNEYMAN_TOKEN_KEY", "JOURNEYMAN_PAYLOAD_KEYS", "DATABASE_URL");
        try {
            return ApiConfig.fromEnvironment(variables);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("%s.".formatted(e.getMessage()), e);
        }
    }

    private static String reason(Exception e) {
        return Optional.ofNullable(e.getCause())
                .map(cause -> e.getMessage() + " (" + cause.getMessage() + ")")
                .orElse(String.valueOf(e.getMessage()));
    }
}
