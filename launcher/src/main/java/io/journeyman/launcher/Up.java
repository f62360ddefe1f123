package io.journeyman.launcher;

import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Everything on one machine, in this process and its two children. */
final class Up {
    private Up() {}

    /** Starts everything in order; what {@link Running} holds is stopped in the opposite one. */
    static Running start(Options options, Map<String, String> environment) {
        var running = new Running();
        take(options, running);
        requireSamples(options, ShopCurrency.of(environment), ShopPlace.of(environment));
        Ports.requireFree("the API", options.ports().api());
        var warm = CompletableFuture.supplyAsync(Agents::new);
        var engine = watchedEngine(options, running);
        if (engine.ownTemporal()) {
            running.add("Temporal's web UI", TemporalUi.start(options.ports()));
        }
        var shop = Shop.over(engine, options, environment);
        var model = shop.model();
        warm.join().startShop(shop.variables(), running);
        running.add("the worker", shop.startWorker(model, true));
        var api = running.add("the API", shop.startApi());
        options.data().memory().keep(environment);

        System.out.printf(
                """

                Journeyman is up.
                  chat page    %1$s/
                  for staff    %1$s/staff
                  API          %1$s/v1  (described at %1$s/v1/openapi.json)
                  Temporal UI  %2$s
                  model        %3$s
                Ctrl-C stops everything; the next ./journeyman up continues every journey.
                """,
                api.url(),
                engine.ownTemporal()
                        ? "http://127.0.0.1:" + options.ports().temporalUi()
                        : "that of " + engine.temporalAddress(),
                model.offline()
                        ? "the offline one (set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or OLLAMA_BASE_URL for a real one)"
                        : model.name());
        System.out.flush();
        return running;
    }

    /** The two servers alone, and the secrets that the parts started beside them share. */
    static Running startEngine(Options options) {
        if (options.databaseUrl().isPresent() || options.temporalAddress().isPresent()) {
            throw new CannotStart(
                    "the engine is a Postgres and a Temporal of ours: unset DATABASE_URL and TEMPORAL_ADDRESS.");
        }
        var running = new Running();
        take(options, running);
        var engine = watchedEngine(options, running);
        Shop.over(engine, options, Map.of());
        System.out.printf(
                "Postgres and Temporal are up on ports %d and %d. Ctrl-C stops them.%n",
                options.ports().postgres(), options.ports().temporal());
        return running;
    }

    private static void take(Options options, Running running) {
        var data = options.data();
        data.take();
        running.add("the data folder", data);
        if (!options.sample()) {
            data.keepWithoutSample();
        }
    }

    private static void requireSamples(Options options, ShopCurrency currency, ShopPlace place) {
        if (options.data().isWithoutSample()) {
            return;
        }
        if (!currency.isRupee()) {
            throw new CannotStart(
                    "the sample shop counts in INR: begin a shop in %s with --no-sample.".formatted(currency.code()));
        }
        if (!place.isIndia()) {
            throw new CannotStart(
                    "the sample shop is in India: begin a shop in %s with --no-sample.".formatted(place.name()));
        }
    }

    private static Engine watchedEngine(Options options, Running running) {
        var engine = running.add("Postgres and Temporal", Engine.start(options));
        engine.watch(running::giveUp);
        return engine;
    }
}
