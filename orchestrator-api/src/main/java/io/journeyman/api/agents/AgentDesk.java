package io.journeyman.api.agents;

import io.journeyman.activities.registry.AgentRegistry;
import io.journeyman.activities.registry.AgentRegistry.Changed;
import io.journeyman.activities.registry.RegisteredAgent;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds agents to the running shop, and takes them away: what the API and the console's page do alike. */
public final class AgentDesk {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
    private static final int LONGEST_URL = 300;

    private final AgentRegistry registry;
    private final AllowedHosts hosts;
    private final ContractReader contracts = new ContractReader();

    public AgentDesk(AgentRegistry registry, AllowedHosts hosts) {
        this.registry = registry;
        this.hosts = hosts;
    }

    /** Those that are registered now. */
    public List<RegisteredAgent> all() {
        return registry.all();
    }

    /**
     * Reads the agent's contract and adds it; for one that is there already, reads its contract anew.
     *
     * @param name empty: made of the contract's title
     * @throws ProblemException 422 that says what is wrong
     */
    public RegisteredAgent add(String url, Optional<String> name, String staff, String key) {
        URI agent = allowed(url);
        String text = contracts.read(agent);
        String called = name.orElseGet(() -> titled(text));
        if (!NAME.matcher(called).matches()) {
            throw ProblemException.of(
                    422,
                    "agent_name",
                    "An agent's name is letters and digits, 40 at most, and begins with a letter.",
                    "Name it, or give the contract an info.title in English.");
        }
        settle(registry.register(called, agent, parsed(called, text), staff, key));
        return registry.all().stream()
                .filter(one -> one.name().equals(called))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(409, "taken_away", "Somebody took it away at the same moment."));
    }

    /** @throws ProblemException 422 when the key came with another wish */
    public void remove(String name, String staff, String key) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.of(404, "not_registered", "No agent of that name is registered.");
        }
        settle(registry.unregister(name, staff, key));
    }

    private URI allowed(String url) {
        URI agent;
        try {
            agent = URI.create(url.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(422, "agent_url", "That is no URL.", "Give one such as http://127.0.0.1:5007.");
        }
        if (url.length() > LONGEST_URL || !hosts.admit(agent)) {
            throw ProblemException.of(
                    422,
                    "host_not_allowed",
                    "Agents may be at http or https addresses of these hosts only: %s."
                            .formatted(String.join(", ", hosts.hosts())),
                    "Have the host added to JOURNEYMAN_AGENT_HOSTS of the API, and start it again.");
        }
        return agent;
    }

    private static Contract parsed(String name, String text) {
        try {
            return Contract.parse(name, text);
        } catch (IllegalArgumentException e) {
            throw refused(List.of(e.getMessage()));
        }
    }

    /** "Gift wrapping agent" is giftWrapping. */
    private static String titled(String text) {
        String title;
        try {
            title = Json.tree(text).at("/info/title").asText();
        } catch (IllegalArgumentException e) {
            throw refused(List.of("it is not JSON"));
        }
        StringBuilder name = new StringBuilder();
        for (String word : title.replaceFirst("(?i)\\s+agent$", "").split("[^A-Za-z0-9]+", -1)) {
            if (name.isEmpty()) {
                name.append(word.toLowerCase(Locale.ROOT));
            } else if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.toString();
    }

    private static void settle(Changed changed) {
        switch (changed) {
            case Changed.Done done -> {}
            case Changed.Refused refused -> throw refused(refused.mistakes());
            case Changed.OtherWish other ->
                throw ProblemException.of(
                        422, "key_used", "This Idempotency-Key came with another wish before.", "Use a new key.");
        }
    }

    private static ProblemException refused(List<String> mistakes) {
        return ProblemException.of(
                422,
                "contract_refused",
                "The agent's contract cannot join the shop: %s.".formatted(String.join("; ", mistakes)),
                mistakes.toArray(String[]::new));
    }
}
