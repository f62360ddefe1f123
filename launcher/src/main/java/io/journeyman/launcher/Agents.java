package io.journeyman.launcher;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** The agents on the class path: each module names its own in {@code META-INF/services/io.journeyman.kit.Agent}. */
final class Agents {
    /** Started only when asked for by name: the example of adding an agent. */
    private static final String EXAMPLE = "giftWrapping";

    private final List<Agent> all;

    Agents() {
        this.all = ServiceLoader.load(Agent.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Agent::defaultPort))
                .toList();
    }

    Agent named(String name) {
        return all.stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("there is no agent '%s': the agents are %s."
                        .formatted(name, all.stream().map(Agent::name).collect(Collectors.joining(", ")))));
    }

    /**
     * The shop's agents, all at the same time; when one cannot start, its sentence says why. On platform threads: starting loads classes,
     * for which virtual ones wait on their carriers, until nobody can go on.
     */
    void startShop(Map<String, String> variables, Running running) {
        var starting = shop().stream()
                .map(agent -> CompletableFuture.runAsync(
                        () -> running.add("the agent " + agent.name(), start(agent, variables)),
                        task -> Thread.ofPlatform().start(task)))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(starting).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart sentence ? sentence : e;
        }
    }

    static AgentService start(Agent agent, Map<String, String> variables) {
        try {
            return AgentService.start(agent, AgentConfig.fromEnvironment(agent, variables));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new CannotStart("%s: mend that and start again.".formatted(e.getMessage()), e);
        }
    }

    Map<String, URI> urls(Ports ports) {
        return shop().stream()
                .collect(Collectors.toMap(
                        Agent::name,
                        agent -> URI.create("http://127.0.0.1:" + (ports.base() + agent.defaultPort() - 5000))));
    }

    private List<Agent> shop() {
        return all.stream().filter(agent -> !agent.name().equals(EXAMPLE)).toList();
    }
}
