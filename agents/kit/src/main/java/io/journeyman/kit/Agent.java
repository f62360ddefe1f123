package io.journeyman.kit;

import io.journeyman.contracts.Contract;
import java.util.Map;

/** One specialist agent: its name, which is also its contract's and its migrations' folder, its port, and what it registers. */
public interface Agent {
    String name();

    int defaultPort();

    /** Registers resources, sweeps and the like. The database is open and migrated. */
    void register(AgentEnvironment environment);

    default Contract contract() {
        return Contract.load(name());
    }

    /** Settings of Postgres for its sessions, beside those of the house. */
    default Map<String, String> sessionSettings() {
        return Map.of();
    }

    /** Whether it owns a schema. Without one, {@link AgentEnvironment#jdbi} and idempotency are not there. */
    default boolean hasDatabase() {
        return true;
    }
}
