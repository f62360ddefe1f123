package io.journeyman.kit;

import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How an agent runs.
 *
 * @param databaseUrl {@code jdbc:postgresql://host:port/db?user=…&password=…}; may be empty for an agent without a database
 * @param serviceSecret at least 32 bytes: the HMAC key of the tokens with which the house's processes call each other
 * @param host the address to listen on
 * @param port 0 takes any free port
 * @param migrate whether the schema is brought up to date at start
 * @param sampleShop whether the sample shop is loaded into empty tables
 * @param clock the agent's time, in steps no finer than Postgres keeps
 * @param settings everything else, by the name of its environment variable
 */
public record AgentConfig(
        String databaseUrl,
        String serviceSecret,
        String host,
        int port,
        boolean migrate,
        boolean sampleShop,
        InstantSource clock,
        Map<String, String> settings) {
    private static final int LEAST_SECRET_BYTES = 32;

    public AgentConfig {
        refuse(mistakes(databaseUrl, serviceSecret, host, port));
        settings = Map.copyOf(settings);
    }

    private static List<String> mistakes(String databaseUrl, String serviceSecret, String host, int port) {
        List<String> mistakes = new ArrayList<>();
        if (!databaseUrl.isEmpty() && !databaseUrl.startsWith("jdbc:postgresql:")) {
            mistakes.add("DATABASE_URL must start with jdbc:postgresql:");
        }
        if (serviceSecret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES) {
            mistakes.add("JOURNEYMAN_SERVICE_SECRET must have at least " + LEAST_SECRET_BYTES + " bytes");
        }
        if (port < 0 || port > 65_535) {
            mistakes.add("JOURNEYMAN_PORT must be 0 to 65535");
        }
        if (host.isBlank()) {
            mistakes.add("JOURNEYMAN_BIND_HOST must not be empty");
        }
        return mistakes;
    }

    private static void refuse(List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** On 127.0.0.1 and any free port, migrating at start, without the sample shop: what tests want. */
    public static AgentConfig local(String databaseUrl, String serviceSecret) {
        return new AgentConfig(
                databaseUrl,
                serviceSecret,
                "127.0.0.1",
                0,
                true,
                false,
                Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)),
                Map.of());
    }

    /**
     * Reads DATABASE_URL, JOURNEYMAN_SERVICE_SECRET, JOURNEYMAN_BIND_HOST (127.0.0.1), JOURNEYMAN_PORT, else
     * JOURNEYMAN_PORT_BASE (5000) plus the agent's place, JOURNEYMAN_MIGRATE and JOURNEYMAN_SAMPLE_SHOP (true or false, true when not said).
     *
     * @throws IllegalArgumentException naming every mistake
     */
    public static AgentConfig fromEnvironment(Agent agent, Map<String, String> variables) {
        List<String> mistakes = new ArrayList<>();
        String databaseUrl = variables.getOrDefault("DATABASE_URL", "");
        if (agent.hasDatabase() && databaseUrl.isEmpty()) {
            mistakes.add("DATABASE_URL is not set; give it as jdbc:postgresql://host:port/database?user=…&password=…");
        }
        String secret = variables.getOrDefault("JOURNEYMAN_SERVICE_SECRET", "");
        String host = variables.getOrDefault("JOURNEYMAN_BIND_HOST", "127.0.0.1");
        int base = number(variables, "JOURNEYMAN_PORT_BASE", 5000, mistakes);
        int port = number(variables, "JOURNEYMAN_PORT", base + agent.defaultPort() - 5000, mistakes);
        boolean migrate = wanted(variables, "JOURNEYMAN_MIGRATE", mistakes);
        boolean sampleShop = wanted(variables, "JOURNEYMAN_SAMPLE_SHOP", mistakes);
        mistakes.addAll(mistakes(databaseUrl, secret, host, port));
        requireSamples(variables, sampleShop, mistakes);
        refuse(mistakes);
        return new AgentConfig(
                databaseUrl,
                secret,
                host,
                port,
                migrate,
                sampleShop,
                Clock.tick(Clock.system(ZoneOffset.UTC), Duration.ofNanos(1_000)),
                variables);
    }

    public AgentConfig withPort(int newPort) {
        return new AgentConfig(databaseUrl, serviceSecret, host, newPort, migrate, sampleShop, clock, settings);
    }

    public AgentConfig withClock(InstantSource newClock) {
        return new AgentConfig(databaseUrl, serviceSecret, host, port, migrate, sampleShop, newClock, settings);
    }

    public AgentConfig withSampleShop(boolean wanted) {
        return new AgentConfig(databaseUrl, serviceSecret, host, port, migrate, wanted, clock, settings);
    }

    public AgentConfig withSetting(String name, String value) {
        Map<String, String> changed = new java.util.HashMap<>(settings);
        changed.put(name, value);
        return new AgentConfig(databaseUrl, serviceSecret, host, port, migrate, sampleShop, clock, changed);
    }

    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
    }

    /** Never shows the secret or the database's password. */
    @Override
    public String toString() {
        return "AgentConfig[" + host + ":" + port + ", migrate=" + migrate + ", sampleShop=" + sampleShop + "]";
    }

    /** The process knows its currency and place by itself; here only their mistakes are told, and where the sample shop cannot be. */
    private static void requireSamples(Map<String, String> variables, boolean sampleShop, List<String> mistakes) {
        requireSample(
                sampleShop,
                () -> ShopCurrency.of(variables).isRupee(),
                "counts in INR",
                ShopCurrency.CURRENCY,
                mistakes);
        requireSample(sampleShop, () -> ShopPlace.of(variables).isIndia(), "is in India", ShopPlace.COUNTRY, mistakes);
    }

    private static void requireSample(
            boolean sampleShop, BooleanSupplier fits, String what, String variable, List<String> mistakes) {
        try {
            if (!fits.getAsBoolean() && sampleShop) {
                mistakes.add("JOURNEYMAN_SAMPLE_SHOP must be false: the sample shop " + what + ", and " + variable
                        + " says otherwise");
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(e.getMessage());
        }
    }

    private static int number(Map<String, String> variables, String name, int otherwise, List<String> mistakes) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,5}")) {
            mistakes.add(name + " must be a number");
            return otherwise;
        }
        return Integer.parseInt(value);
    }

    private static boolean wanted(Map<String, String> variables, String name, List<String> mistakes) {
        String value = variables.getOrDefault(name, "");
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            mistakes.add(name + " must be true or false");
        }
        return !value.equals("false");
    }
}
