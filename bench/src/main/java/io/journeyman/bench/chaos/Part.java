package io.journeyman.bench.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be attacked: each is a process of its own. */
public enum Part {
    worker,
    api,
    postgres,
    temporal,
    fulfillment,
    recommendation,
    inventory,
    postPurchase,
    payment,
    loyalty;

    static final List<Part> AGENTS = Stream.of(values()).filter(Part::isAgent).toList();

    public boolean isAgent() {
        return switch (this) {
            case worker, api, postgres, temporal -> false;
            case fulfillment, recommendation, inventory, postPurchase, payment, loyalty -> true;
        };
    }

    /** Children of the engine, which starts them again by itself. */
    boolean isServer() {
        return this == postgres || this == temporal;
    }

    String[] words() {
        return isAgent() ? new String[] {"agent", name()} : new String[] {name()};
    }

    /** The variable that says where this agent is. */
    String variable() {
        return "JOURNEYMAN_AGENT_" + name().toUpperCase(Locale.ROOT);
    }
}
