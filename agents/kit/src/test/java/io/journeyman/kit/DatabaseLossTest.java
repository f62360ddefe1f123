package io.journeyman.kit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.journeyman.kit.NoteTaker.Note;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A database that goes and comes back: requests are told to come back too, and nothing happens twice. */
@Timeout(120)
class DatabaseLossTest {
    private final NoteTaker agent = new NoteTaker();
    private String database;
    private String elsewhere;
    private AgentService service;
    private ContractClient client;

    @BeforeEach
    void start() {
        String url = TestPostgres.freshDatabase();
        database = url.replaceFirst("^.*/([^/?]+)\\?.*$", "$1");
        elsewhere = url.replaceFirst("/[^/?]+\\?", "/postgres?");
        service = AgentService.start(agent, AgentConfig.local(url, ServiceTokens.SECRET));
        client = new ContractClient(service.uri(), NoteTaker.CONTRACT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void withoutItsDatabaseEveryRequestIsToldToComeBackAndThenIsAnswered() throws Exception {
        ContractClient keyed = client.withKey("lost");
        assertThat(keyed.post("/notes", new Note("before", "hello")).status()).isEqualTo(201);

        lose();
        Answer without = client.withKey("meanwhile").post("/notes", new Note("meanwhile", "hello"));
        Answer health = client.get("/health");
        find();

        assertThat(without.status()).isEqualTo(503);
        assertThat(without.problem().code()).isEqualTo("try_again");
        assertThat(without.header("Retry-After")).isPresent();
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.problem().code()).isEqualTo("database_unreachable");
        assertThat(repeated(client.withKey("meanwhile"), new Note("meanwhile", "hello"))
                        .status())
                .isEqualTo(201);
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(taken("meanwhile")).isEqualTo(1);
    }

    @Test
    void thatItsSweepsAreWithoutADatabaseIsLoggedOnce() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        var ours = (Logger) LoggerFactory.getLogger("io.journeyman");
        logged.start();
        ours.addAppender(logged);
        try {
            lose();
            int before = agent.sweepsInVain.get();
            while (agent.sweepsInVain.get() < before + 3) {
                Thread.sleep(50);
            }
        } finally {
            ours.detachAppender(logged);
            find();
        }

        assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("the database does not answer");
    }

    @Test
    void aRequestWhoseConnectionBreaksLeavesNothingAndItsRepeatActsOnce() throws Exception {
        ContractClient keyed = client.withKey("broken");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> keyed.post("/notes", new Note("broken", "dawdle")));
            assertThat(agent.entered.await(20, TimeUnit.SECONDS)).isTrue();
            disconnect();
            agent.mayGoOn.countDown();

            assertThat(first.get(60, TimeUnit.SECONDS).problem().code()).isEqualTo("try_again");
        }

        assertThat(repeated(keyed, new Note("broken", "dawdle")).status()).isEqualTo(201);
        assertThat(taken("broken")).isEqualTo(1);
    }

    @Test
    void aFullDiskIsNoAnswerOfTheRequestAndIsLoggedOnce() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        fillDisk("note");
        logged.start();
        root.addAppender(logged);
        Answer full;
        try {
            full = client.withKey("full").post("/notes", new Note("full", "hello"));
            assertThat(client.withKey("full")
                            .post("/notes", new Note("full", "hello"))
                            .status())
                    .isEqualTo(503);
            makeRoom("note");
            assertThat(client.withKey("full")
                            .post("/notes", new Note("full", "hello"))
                            .status())
                    .isEqualTo(201);
        } finally {
            root.detachAppender(logged);
        }

        assertThat(full.status()).isEqualTo(503);
        assertThat(full.problem().code()).isEqualTo("database_full");
        assertThat(full.problem().suggestions()).isNotEmpty();
        assertThat(full.header("Retry-After")).isPresent();
        assertThat(taken("full")).isEqualTo(1);
        assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("the database's disk is full: nothing can be stored until there is room");
    }

    /** What Postgres says when it cannot extend a table's file, said by a trigger. */
    private void fillDisk(String table) throws SQLException {
        execute(here(), """
                CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON "%s"."%s" EXECUTE FUNCTION disk_full();
                """.formatted(new io.journeyman.db.Owner("noteTaker").schema(), table));
    }

    private void makeRoom(String table) throws SQLException {
        execute(
                here(),
                "DROP TRIGGER full_disk ON \"%s\".\"%s\"; DROP FUNCTION disk_full()"
                        .formatted(new io.journeyman.db.Owner("noteTaker").schema(), table));
    }

    private String here() {
        return elsewhere.replace("/postgres?", "/" + database + "?");
    }

    /** As its callers do: while it says try_again. The pool may hand out another broken connection before it knows. */
    private static Answer repeated(ContractClient keyed, Note note) throws InterruptedException {
        Answer answer = keyed.post("/notes", note);
        for (int tries = 1; answer.status() == 503 && tries < 20; tries++) {
            assertThat(answer.problem().code()).isEqualTo("try_again");
            Thread.sleep(300);
            answer = keyed.post("/notes", note);
        }
        return answer;
    }

    private void lose() throws SQLException {
        execute(elsewhere, "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        disconnect();
    }

    private void find() throws SQLException {
        execute(elsewhere, "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    private void disconnect() throws SQLException {
        execute(
                elsewhere,
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int taken(String id) throws SQLException {
        try (Connection connection = DriverManager.getConnection(here());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT taken FROM \""
                        + new io.journeyman.db.Owner("noteTaker").schema() + "\".note WHERE id = '" + id + "'")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
