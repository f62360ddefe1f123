package io.journeyman.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.db.DatabaseTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent gets to work with while it registers. */
public final class AgentEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEnvironment.class);

    private final String agent;
    private final AgentConfig config;
    private final Optional<Jdbi> jdbi;
    private final Optional<Idempotency> idempotency;
    private final Consumer<Object> jersey;
    private final ScheduledExecutorService sweeps;
    private final DatabaseTrouble.Watch trouble;

    AgentEnvironment(
            String agent,
            AgentConfig config,
            Optional<Jdbi> jdbi,
            Optional<Idempotency> idempotency,
            Consumer<Object> jersey,
            ScheduledExecutorService sweeps,
            DatabaseTrouble.Watch trouble) {
        this.agent = agent;
        this.config = config;
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.jersey = jersey;
        this.sweeps = sweeps;
        this.trouble = trouble;
    }

    public AgentConfig config() {
        return config;
    }

    public Jdbi jdbi() {
        return jdbi.orElseThrow(() -> new IllegalStateException(agent + " has no database"));
    }

    public Idempotency idempotency() {
        return idempotency.orElseThrow(() -> new IllegalStateException(agent + " has no database"));
    }

    public InstantSource clock() {
        return config.clock();
    }

    /** Whether the sample shop is to be loaded into empty tables. */
    public boolean sampleShop() {
        return config.sampleShop();
    }

    /**
     * A shop keeps the currency that it has amounts in.
     *
     * @param amounts what has them, such as orders
     * @param currency a query for the currency of any of them: all are in the same one
     * @throws IllegalStateException when it is not the one that this process is told
     */
    public void requireCurrency(String amounts, String currency) {
        Optional<String> known = jdbi().withHandle(handle ->
                handle.createQuery(currency).mapTo(String.class).findFirst());
        String told = ShopCurrency.here().code();
        if (known.filter(code -> !code.equals(told)).isPresent()) {
            throw new IllegalStateException(
                    "the shop's %s are in %s, which it keeps, and %s says %s; say %3$s=%2$s, or begin another shop for %4$s"
                            .formatted(amounts, known.get(), ShopCurrency.CURRENCY, told));
        }
    }

    /** A file of the sample shop, such as {@code catalogue.json} or {@code inventory/stock.json}. */
    public JsonNode sample(String file) {
        try (InputStream in = AgentEnvironment.class.getResourceAsStream("/db/sample/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("the sample shop has no file " + file);
            }
            return Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Registers a resource, filter or provider with Jersey. */
    public void jersey(Object component) {
        jersey.accept(component);
    }

    /** Runs {@code task} once, beside the rest of the start; an error is logged and stops nothing. */
    public void atStart(Runnable task) {
        sweeps.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // it only makes what follows quicker
                LOG.error("what {} does at its start failed; it goes on without", agent, e);
            }
        });
    }

    /**
     * Runs {@code task} again and again, {@code pause} after it ended. Its errors are logged and end nothing; that the database is away or
     * full is logged once, when it begins.
     */
    public void every(Duration pause, Runnable task) {
        var unused = sweeps.scheduleWithFixedDelay(
                () -> guarded(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // whatever comes out of it would end the schedule, silently
            DatabaseTrouble.of(e)
                    .ifPresentOrElse(
                            trouble::saw,
                            () -> LOG.error("a sweep of {} failed; it runs again after its pause", agent, e));
        }
    }
}
