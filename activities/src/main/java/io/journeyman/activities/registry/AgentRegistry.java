package io.journeyman.activities.registry;

import io.journeyman.contracts.Contract;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which agents are registered besides the house's own. Changes are appended, one at a time, and never undone. */
public final class AgentRegistry {
    public static final int MOST_AGENTS = 20;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RegistrableContract registrable;

    /** @param jdbi of the owner {@code conversation} @param house the contracts of the house's own agents */
    public AgentRegistry(Jdbi jdbi, InstantSource clock, List<Contract> house) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.registrable = new RegistrableContract(house);
    }

    /** What came of a change. */
    public sealed interface Changed {
        /** It is so now; also when it was so before. */
        record Done() implements Changed {}

        /** Its contract does not go with what there is. @param mistakes what is wrong, a sentence each */
        record Refused(List<String> mistakes) implements Changed {}

        /** The key came with another wish before. */
        record OtherWish() implements Changed {}
    }

    /** Adds an agent, or has another contract or place for one that is there. @param key of this wish, by this staff member */
    public Changed register(String name, URI url, Contract contract, String staff, String key) {
        return jdbi.inTransaction(handle -> {
            lock(handle);
            Optional<Changed> before = asked(handle, staff, key, name, Optional.of(url));
            if (before.isPresent()) {
                return before.get();
            }
            List<RegisteredAgent> all = all(handle);
            List<RegisteredAgent> others =
                    all.stream().filter(agent -> !agent.name().equals(name)).toList();
            List<String> mistakes = registrable.mistakes(
                    contract, others.stream().map(RegisteredAgent::contract).toList());
            if (!mistakes.isEmpty()) {
                return new Changed.Refused(mistakes);
            }
            if (others.size() >= MOST_AGENTS) {
                return new Changed.Refused(List.of(
                        "%d agents are registered, the most there may be: take one away first".formatted(MOST_AGENTS)));
            }
            boolean same = all.stream()
                    .anyMatch(agent -> agent.name().equals(name)
                            && agent.url().equals(url)
                            && agent.contract().text().equals(contract.text()));
            if (!same) {
                append(handle, name, Optional.of(url), Optional.of(contract.text()), staff, key);
            }
            return new Changed.Done();
        });
    }

    /** Takes an agent away; one that is not there stays away. */
    public Changed unregister(String name, String staff, String key) {
        return jdbi.inTransaction(handle -> {
            lock(handle);
            Optional<Changed> before = asked(handle, staff, key, name, Optional.empty());
            if (before.isPresent()) {
                return before.get();
            }
            if (all(handle).stream().anyMatch(agent -> agent.name().equals(name))) {
                append(handle, name, Optional.empty(), Optional.empty(), staff, key);
            }
            return new Changed.Done();
        });
    }

    /** Those that are registered now, by name. */
    public List<RegisteredAgent> all() {
        return jdbi.withHandle(AgentRegistry::all);
    }

    /** The number of the last change; 0 before the first. */
    static long last(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(id), 0) FROM agent_registration")
                .mapTo(Long.class)
                .one();
    }

    static List<RegisteredAgent> all(Handle handle) {
        return handle.createQuery("""
                        SELECT name, url, contract, staff, at
                        FROM (SELECT DISTINCT ON (name) * FROM agent_registration ORDER BY name, id DESC) last
                        WHERE url IS NOT NULL ORDER BY name""")
                .map((row, context) -> new RegisteredAgent(
                        row.getString(1),
                        URI.create(row.getString(2)),
                        Contract.parse(row.getString(1), row.getString(3)),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** Two who register at the same moment must not both find a tool's name free. Readers do not wait. */
    private static void lock(Handle handle) {
        handle.execute("LOCK TABLE agent_registration IN SHARE ROW EXCLUSIVE MODE");
    }

    private static Optional<Changed> asked(Handle handle, String staff, String key, String name, Optional<URI> url) {
        return handle.createQuery(
                        "SELECT name = :name AND url IS NOT DISTINCT FROM :url FROM agent_registration WHERE staff = :staff AND key = :key")
                .bind("name", name)
                .bind("url", url.map(URI::toString).orElse(null))
                .bind("staff", staff)
                .bind("key", key)
                .map((row, context) -> row.getBoolean(1) ? new Changed.Done() : (Changed) new Changed.OtherWish())
                .findOne();
    }

    private void append(
            Handle handle, String name, Optional<URI> url, Optional<String> contract, String staff, String key) {
        handle.createUpdate("""
                        INSERT INTO agent_registration (name, url, contract, staff, key, at)
                        VALUES (:name, :url, :contract, :staff, :key, :now)""")
                .bind("name", name)
                .bind("url", url.map(URI::toString).orElse(null))
                .bind("contract", contract.orElse(null))
                .bind("staff", staff)
                .bind("key", key)
                .bind("now", clock.instant())
                .execute();
    }
}
