package io.journeyman.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Contract;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent as production runs it: from its environment, with its sweeps. */
@Timeout(120)
class AgentAloneTest {
    @Test
    void startsFromItsEnvironmentAlone() {
        Map<String, String> variables = Map.of(
                "DATABASE_URL",
                TestPostgres.freshDatabase(),
                "JOURNEYMAN_SERVICE_SECRET",
                ServiceTokens.SECRET,
                "JOURNEYMAN_PORT",
                "0");

        try (AgentService service =
                AgentService.start(new NoteTaker(), AgentConfig.fromEnvironment(new NoteTaker(), variables))) {
            ContractClient client = new ContractClient(service.uri(), NoteTaker.CONTRACT);

            assertThat(client.get("/health").status()).isEqualTo(200);
            assertThat(client.withKey("k")
                            .post("/notes", new NoteTaker.Note("alone", "hello"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void readsWhatItsEnvironmentSays() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "DATABASE_URL", "jdbc:postgresql://db/x?password=hidden",
                "JOURNEYMAN_SERVICE_SECRET", ServiceTokens.SECRET,
                "JOURNEYMAN_PORT_BASE", "6000",
                "JOURNEYMAN_BIND_HOST", "0.0.0.0",
                "JOURNEYMAN_MIGRATE", "false",
                "JOURNEYMAN_PAGE_ORIGINS", " "));

        AgentConfig config = AgentConfig.fromEnvironment(new NoteTaker(), variables);

        assertThat(config.port()).isEqualTo(6099);
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.migrate()).isFalse();
        assertThat(config.sampleShop()).isTrue();
        assertThat(config.setting("JOURNEYMAN_PAGE_ORIGINS")).isEmpty();
        assertThat(config.toString()).doesNotContain("hidden").doesNotContain(ServiceTokens.SECRET);
        variables.put("JOURNEYMAN_PORT", "7001");
        assertThat(AgentConfig.fromEnvironment(new NoteTaker(), variables).port())
                .isEqualTo(7001);
    }

    @Test
    void namesEveryMistakeInItsEnvironmentAtOnce() {
        assertThatThrownBy(() -> AgentConfig.fromEnvironment(
                        new NoteTaker(),
                        Map.of(
                                "JOURNEYMAN_SERVICE_SECRET", "too-short",
                                "JOURNEYMAN_PORT", "70000",
                                "JOURNEYMAN_PORT_BASE", "high",
                                "JOURNEYMAN_BIND_HOST", " ",
                                "JOURNEYMAN_MIGRATE", "no",
                                "JOURNEYMAN_SAMPLE_SHOP", "1",
                                "JOURNEYMAN_CURRENCY", "Euro",
                                "JOURNEYMAN_COUNTRY", "Germany",
                                "JOURNEYMAN_TIME_ZONE", "Berlin")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "DATABASE_URL",
                        "JOURNEYMAN_SERVICE_SECRET",
                        "JOURNEYMAN_PORT must",
                        "JOURNEYMAN_PORT_BASE",
                        "JOURNEYMAN_BIND_HOST",
                        "JOURNEYMAN_MIGRATE",
                        "JOURNEYMAN_SAMPLE_SHOP",
                        "JOURNEYMAN_CURRENCY must",
                        "JOURNEYMAN_COUNTRY must",
                        "JOURNEYMAN_TIME_ZONE must")
                .hasMessageNotContaining("too-short");
    }

    @Test
    void anAgentWithoutADatabaseNeedsNoUrl() {
        AgentConfig config = AgentConfig.fromEnvironment(
                new Sweeper(() -> {}, () -> {}), Map.of("JOURNEYMAN_SERVICE_SECRET", ServiceTokens.SECRET));

        assertThat(config.databaseUrl()).isEmpty();
    }

    @Test
    void scheduledWorkGoesOnWhateverItThrowsAndEndsWithItsAgent() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch often = new CountDownLatch(5);
        Sweeper sweeper = new Sweeper(
                () -> {
                    throw new IllegalStateException("as asked, at the start");
                },
                () -> {
                    often.countDown();
                    switch (runs.incrementAndGet()) {
                        case 1 -> throw new IllegalStateException("as asked");
                        case 2 -> throw new StackOverflowError("as asked");
                        default -> {}
                    }
                });

        try (AgentService service = AgentService.start(sweeper, AgentConfig.local("", ServiceTokens.SECRET))) {
            assertThat(service.name()).isEqualTo("sweeper");
            assertThat(often.await(60, TimeUnit.SECONDS)).isTrue();
        }
        int whenStopped = runs.get();
        Thread.sleep(300);

        assertThat(runs.get() - whenStopped).isLessThanOrEqualTo(1);
    }

    /** An agent whose only work is scheduled. */
    private record Sweeper(Runnable first, Runnable task) implements Agent {
        @Override
        public String name() {
            return "sweeper";
        }

        @Override
        public int defaultPort() {
            return 5098;
        }

        @Override
        public boolean hasDatabase() {
            return false;
        }

        @Override
        public Contract contract() {
            return Contract.parse("sweeper", """
                    {"openapi": "3.1.0", "info": {"title": "sweeps", "version": "1"}, "paths": {}}""");
        }

        @Override
        public void register(AgentEnvironment environment) {
            environment.atStart(first);
            environment.every(Duration.ofMillis(20), task);
        }
    }
}
