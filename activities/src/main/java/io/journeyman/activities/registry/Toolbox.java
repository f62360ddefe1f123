package io.journeyman.activities.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.tool.ToolCatalogue;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model may choose at this moment, and whom each tool asks: the house's agents, and those that staff registered. A change
 * counts from the next round of a turn on, in every worker.
 */
public final class Toolbox {
    private static final Logger log = LoggerFactory.getLogger(Toolbox.class);

    private final List<Contract> house;
    private final Clients clients;
    private final Offer ofTheHouse;
    private volatile Known known;

    /** Makes the client of an agent that joins. */
    public interface Clients {
        AgentClient of(Contract contract, URI url);
    }

    /**
     * Tools with their agents, as they are at one moment. Immutable.
     *
     * @param names of the tools, as a JSON array
     */
    public record Offer(ToolCatalogue tools, Map<String, AgentClient> agents, String names) {
        private static Offer of(ToolCatalogue tools, Map<String, AgentClient> agents) {
            ArrayNode names = Json.mapper().createArrayNode();
            tools.specs().forEach(spec -> names.add(spec.name()));
            return new Offer(tools, Map.copyOf(agents), names.toString());
        }
    }

    private record Known(long last, List<RegisteredAgent> registered, Offer offer) {}

    /** @param agents the house's clients by name @param clients of those that are registered */
    public Toolbox(List<Contract> house, Map<String, AgentClient> agents, Clients clients) {
        this.house = List.copyOf(house);
        this.clients = clients;
        this.ofTheHouse = Offer.of(ToolCatalogue.of(house), agents);
        this.known = new Known(0, List.of(), ofTheHouse);
    }

    /** It asks nobody whether something was registered meanwhile: for what only the house offers. */
    public Offer ofTheHouse() {
        return ofTheHouse;
    }

    /** What is offered now: one look at the number of the last registration. */
    public Offer now(Handle handle) {
        long last = AgentRegistry.last(handle);
        Known before = known;
        if (before.last() == last) {
            return before.offer();
        }
        Known after = with(last, AgentRegistry.all(handle), before);
        known = after;
        return after.offer();
    }

    /** What is offered with a tool of that name in it: the house's tools are always there, the others are looked for. */
    public Optional<Offer> with(Handle handle, String tool) {
        return ofTheHouse.tools().named(tool).isPresent()
                ? Optional.of(ofTheHouse)
                : Optional.of(now(handle))
                        .filter(offer -> offer.tools().named(tool).isPresent());
    }

    private Known with(long last, List<RegisteredAgent> registered, Known before) {
        List<Contract> contracts = new ArrayList<>(house);
        Map<String, AgentClient> agents = new HashMap<>(ofTheHouse.agents());
        ToolCatalogue tools = ofTheHouse.tools();
        for (RegisteredAgent agent : registered) {
            contracts.add(agent.contract());
            try {
                if (agents.containsKey(agent.name())) {
                    throw new IllegalArgumentException("the house has an agent of that name");
                }
                tools = ToolCatalogue.of(contracts);
                agents.put(agent.name(), client(agent, before));
            } catch (IllegalArgumentException clash) {
                // what the house has come to offer since goes before
                log.warn("the registered agent {} is left out: {}", agent.name(), clash.getMessage());
                contracts.removeLast();
            }
        }
        return new Known(last, registered, Offer.of(tools, agents));
    }

    /** One that stays keeps its client, and what that has seen of it. */
    private AgentClient client(RegisteredAgent agent, Known before) {
        boolean stays = before.registered().stream()
                .anyMatch(was -> was.name().equals(agent.name())
                        && was.url().equals(agent.url())
                        && was.contract().text().equals(agent.contract().text()));
        return stays && before.offer().agents().containsKey(agent.name())
                ? before.offer().agents().get(agent.name())
                : clients.of(agent.contract(), agent.url());
    }
}
