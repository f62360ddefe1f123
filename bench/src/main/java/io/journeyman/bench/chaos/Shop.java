package io.journeyman.bench.chaos;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.api.ApiConfig;
import io.journeyman.bench.shop.PartProcess;
import io.journeyman.bench.shop.Site;
import io.journeyman.contracts.Contract;
import io.journeyman.launcher.CannotStart;
import io.journeyman.launcher.ShopAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A whole shop in which every part is a process, and which can be hurt: Postgres and Temporal under the engine that watches
 * them, six agents behind a network with faults, a worker, an API.
 */
final class Shop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    /** A part that met a server on its way down ends, and is started again, as a supervisor would. */
    private static final int MOST_STARTS = 20;

    /** So that they do while the shop is attacked. */
    private static final Map<String, String> PARCELS_TRAVEL = Map.of("JOURNEYMAN_CARRIER_STEP", "1");

    /** Parts live for seconds here. */
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-DOPT_OUT_TRACKING=true", "-Dai.djl.offline=true");

    private final Site site;
    private final Map<String, String> settings;
    private final Map<Part, FaultProxy> network = new EnumMap<>(Part.class);
    private final Map<Part, PartProcess> processes = new ConcurrentHashMap<>();

    private Shop(Site site, Map<String, String> settings) {
        this.site = site;
        this.settings = settings;
    }

    /** What leads to an agent. */
    interface Network {
        Wire to(Part agent, URI target);
    }

    /** @param seed from which the network draws its faults; it is faultless until {@link #faulty} */
    static Shop open(Site site, long seed) throws IOException, InterruptedException {
        return open(site, seed, (agent, target) -> Wire.to(target), PARCELS_TRAVEL);
    }

    /** One that nobody attacks: its parts are one process, as under {@code ./journeyman up}, and so begin sooner. */
    static Shop openAsOne(Site site, long seed) throws IOException, InterruptedException {
        var shop = new Shop(site, PARCELS_TRAVEL);
        shop.connect((agent, target) -> Wire.to(target), seed);
        site.start(PARCELS_TRAVEL, QUICK_START, "up");
        return shop;
    }

    /** @param settings of every part, beside those that a part of a shop needs */
    static Shop open(Site site, long seed, Network network, Map<String, String> settings)
            throws IOException, InterruptedException {
        var shop = new Shop(site, settings);
        shop.connect(network, seed);
        site.start(Map.of(), List.of(), "engine");
        shop.startAll(Part.AGENTS);
        shop.startAll(List.of(Part.worker, Part.api));
        return shop;
    }

    private void connect(Network wires, long seed) throws IOException {
        var chances = new SplittableRandom(seed);
        for (var agent : Part.AGENTS) {
            network.put(agent, new FaultProxy(agent, wires.to(agent, directly(agent)), chances.split()));
        }
    }

    private void startAll(List<Part> parts) throws IOException, InterruptedException {
        var starts = new ArrayList<FutureTask<Void>>();
        for (var part : parts) {
            var start = new FutureTask<Void>(() -> {
                start(part);
                return null;
            });
            starts.add(start);
            Thread.startVirtualThread(start);
        }
        for (var start : starts) {
            try {
                start.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof CannotStart sentence ? sentence : new CannotStart(e.getMessage(), e);
            }
        }
    }

    /** An agent as the shop's own processes reach it: through the network. */
    AgentClient client(Part agent) {
        return new AgentClient(
                Contract.load(agent.name()),
                network.get(agent).url(),
                new ServiceTokens(address().serviceSecret(), "head-office", InstantSource.system()),
                LONGEST_CALL);
    }

    ShopAddress address() {
        return site.address();
    }

    /** The whole network between worker, API and agents. */
    void faulty(boolean wanted) {
        network.values().forEach(proxy -> proxy.faulty(wanted));
    }

    /** What the network lost, and what took long. */
    List<Outage> troubles() {
        return network.values().stream()
                .map(FaultProxy::troubles)
                .flatMap(Collection::stream)
                .toList();
    }

    /** SIGKILL. Returns when it is gone; a server of the engine's comes back by itself. */
    void kill(Part part) throws IOException, InterruptedException {
        if (part.isServer()) {
            var process = server(part);
            process.destroyForcibly();
            process.onExit().join();
        } else {
            processes.get(part).kill();
        }
    }

    /** Returns when the part, which was killed, is up again. */
    void awaitUp(Part part) throws IOException, InterruptedException {
        if (part.isServer()) {
            awaitServer(part);
        } else {
            start(part);
        }
    }

    /** SIGSTOP, for so long: it is there and does not move. */
    void pause(Part part, Duration time) throws IOException, InterruptedException {
        var root = part.isServer() ? server(part) : processes.get(part).handle();
        // a postmaster first, so that it opens no more sessions while those it has are stopped
        var paused = Stream.concat(Stream.of(root), root.descendants()).toList();
        try {
            signal("STOP", paused);
            Thread.sleep(time);
        } finally {
            signal("CONT", paused);
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        // one that has ended meanwhile is nobody's fault
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void start(Part part) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                processes.put(part, site.start(environment(part), virtualMachine(part), part.words()));
                return;
            } catch (CannotStart fault) {
                if (tries == MOST_STARTS) {
                    throw fault;
                }
                Thread.sleep(500);
            }
        }
    }

    /** Where a part finds the others: through the network. */
    Map<String, String> environment(Part part) {
        var environment = new HashMap<String, String>();
        network.forEach(
                (agent, proxy) -> environment.put(agent.variable(), proxy.url().toString()));
        environment.put("JOURNEYMAN_PAYMENT_FORM_ORIGIN", directly(Part.payment).toString());
        environment.putAll(settings);
        environment.put("JOURNEYMAN_WORKER_CURRENT", Boolean.toString(part == Part.worker));
        return environment;
    }

    /** Behind ./journeyman they share an archive of their classes. */
    private static List<String> virtualMachine(Part part) {
        var options = new ArrayList<>(QUICK_START);
        Optional.ofNullable(System.getenv("JOURNEYMAN_HOME"))
                .map(home -> Path.of(home, "bench", "target", part.words()[0] + ".jsa"))
                .filter(archive -> Files.isDirectory(archive.getParent()))
                .ifPresent(archive -> {
                    options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xshare:auto"));
                    if (!part.isAgent() || part == Part.payment) {
                        options.add("-XX:+AutoCreateSharedArchive");
                    }
                });
        return options;
    }

    private URI directly(Part agent) {
        var port = ApiConfig.AGENT_PORTS.get(agent.name());
        return URI.create("http://127.0.0.1:" + (address().ports().base() + port));
    }

    private ProcessHandle server(Part part) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var file = address().data().resolve(part + ".pid");
            var pid = Files.exists(file) ? Files.readString(file).replaceAll(" .*", "") : "";
            var running = pid.isEmpty()
                    ? Optional.<ProcessHandle>empty()
                    : ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
            if (running.isPresent()) {
                return running.get();
            }
            Thread.sleep(50);
        }
        throw new CannotStart("the engine did not start " + part + " again.");
    }

    private void awaitServer(Part part) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (!answers(part)) {
            if (Instant.now().isAfter(deadline)) {
                throw new CannotStart("the engine did not bring " + part + " back.");
            }
            Thread.sleep(100);
        }
    }

    private boolean answers(Part part) {
        if (part == Part.postgres) {
            try (var connection = DriverManager.getConnection(address().databaseUrl())) {
                return connection.isValid(5);
            } catch (SQLException notYet) {
                return false;
            }
        }
        try (var socket = new Socket()) {
            var port = address().ports().temporal();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        network.values().forEach(FaultProxy::close);
    }
}
