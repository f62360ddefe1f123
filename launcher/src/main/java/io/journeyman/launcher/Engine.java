package io.journeyman.launcher;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The two servers that a shop stands on: Postgres and Temporal, each a child process of ours unless somebody else's is named. A
 * child that ends though nobody stopped it, or that no longer answers, is started again on its files; one that keeps ending is given up.
 */
final class Engine implements AutoCloseable {
    private static final int RESTARTS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Options options;
    private final Optional<LocalPostgres> postgres;
    private final Optional<LocalTemporal> temporal;
    private volatile boolean closing;

    private Engine(Options options, Optional<LocalPostgres> postgres, Optional<LocalTemporal> temporal) {
        this.options = options;
        this.postgres = postgres;
        this.temporal = temporal;
    }

    /** Starts both at the same time and returns when both answer; when one cannot, neither is left running. */
    static Engine start(Options options) {
        // before two threads ask for it at once: SLF4J tells about each line that it had to keep meanwhile
        LoggerFactory.getILoggerFactory();
        var postgres = start(
                options.databaseUrl(),
                () -> LocalPostgres.start(options.data(), options.ports().postgres()));
        var temporal = start(options.temporalAddress(), () -> LocalTemporal.start(options.data(), options.ports()));
        try {
            options.temporalAddress().ifPresent(Engine::registerAt);
            return new Engine(options, postgres.join(), temporal.join());
        } catch (RuntimeException e) {
            closeStarted(postgres);
            closeStarted(temporal);
            throw e instanceof CompletionException && e.getCause() instanceof CannotStart sentence ? sentence : e;
        }
    }

    private static void registerAt(String address) {
        try {
            SearchAttributes.register(address);
        } catch (StatusRuntimeException e) {
            throw new CannotStart(
                    "the Temporal at %s cannot be used (%s): start it, mend TEMPORAL_ADDRESS, or unset it for one of ours."
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    private static <S extends Server> CompletableFuture<Optional<S>> start(
            Optional<String> foreign, Supplier<S> server) {
        return foreign.isPresent()
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(
                        () -> Optional.of(server.get()),
                        task -> Thread.ofPlatform().start(task));
    }

    private static <S extends Server> void closeStarted(CompletableFuture<Optional<S>> starting) {
        starting.exceptionally(failure -> Optional.empty()).join().ifPresent(Server::close);
    }

    String databaseUrl() {
        return options.databaseUrl().or(() -> postgres.map(LocalPostgres::url)).orElseThrow();
    }

    String temporalAddress() {
        return options.temporalAddress()
                .or(() -> temporal.map(LocalTemporal::address))
                .orElseThrow();
    }

    boolean ownTemporal() {
        return temporal.isPresent();
    }

    /** Starts a server again whenever it ends or no longer answers; when that helps no more, {@code giveUp} gets the sentence. */
    void watch(Consumer<CannotStart> giveUp) {
        watch(LivenessProbe.PATIENT, giveUp);
    }

    void watch(LivenessProbe liveness, Consumer<CannotStart> giveUp) {
        servers().forEach(server -> watch(server, liveness, new ArrayDeque<>(), giveUp));
    }

    private void watch(
            Server server, LivenessProbe liveness, ArrayDeque<Instant> restarts, Consumer<CannotStart> giveUp) {
        server.process().whenEnded(() -> startAgain(server, liveness, restarts, giveUp));
        liveness.watch(server);
    }

    private void startAgain(
            Server server, LivenessProbe liveness, ArrayDeque<Instant> restarts, Consumer<CannotStart> giveUp) {
        if (closing) {
            return;
        }
        try {
            var now = Instant.now();
            restarts.removeIf(restart -> restart.isBefore(now.minus(WITHIN)));
            restarts.add(now);
            if (restarts.size() > RESTARTS) {
                throw new CannotStart("%s ended %d times within %d minutes: its log %s tells why."
                        .formatted(
                                server.name(),
                                restarts.size(),
                                WITHIN.toMinutes(),
                                server.process().log()));
            }
            System.err.println("journeyman: " + server.name() + " ended unexpectedly; starting it again.");
            server.startAgain();
            watch(server, liveness, restarts, giveUp);
        } catch (CannotStart e) {
            if (!closing) {
                giveUp.accept(e);
            }
        }
        if (closing) {
            server.close();
        }
    }

    private List<Server> servers() {
        return Stream.<Optional<? extends Server>>of(temporal, postgres)
                .<Server>flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        closing = true;
        servers().forEach(Server::close);
    }
}
