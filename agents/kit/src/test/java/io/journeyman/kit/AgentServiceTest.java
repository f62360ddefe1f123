package io.journeyman.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Contract;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.kit.NoteTaker.Note;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.RawConnection;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentServiceTest {
    private static final NoteTaker AGENT = new NoteTaker();
    private static AgentService service;
    private static ContractClient client;
    private static Database database;

    @BeforeAll
    static void start() {
        String url = TestPostgres.freshDatabase();
        service = AgentService.start(AGENT, AgentConfig.local(url, ServiceTokens.SECRET));
        client = new ContractClient(service.uri(), NoteTaker.CONTRACT);
        database = Database.open(url, new Owner("noteTaker"), 1);
    }

    @AfterAll
    static void stop() {
        database.close();
        service.close();
    }

    @Test
    void answersItsContractAndItsHealthToAnybody() {
        ContractClient stranger = client.with("Authorization", "");

        assertThat(stranger.get("/contract").body()).isEqualTo(NoteTaker.CONTRACT.text());
        assertThat(stranger.get("/health").tree().path("status").asText()).isEqualTo("ok");
        assertThat(stranger.post("/open").status()).isEqualTo(200);
    }

    @Test
    void doesNotStartInAnotherCurrencyThanItHasAmountsIn() {
        assertThatThrownBy(() -> AgentService.start(
                        new Agent() {
                            @Override
                            public String name() {
                                return "noteTaker";
                            }

                            @Override
                            public int defaultPort() {
                                return 5099;
                            }

                            @Override
                            public Contract contract() {
                                return NoteTaker.CONTRACT;
                            }

                            @Override
                            public void register(AgentEnvironment environment) {
                                environment.requireCurrency("notes", "SELECT 'INR'");
                                environment.requireCurrency("no notes", "SELECT 'EUR' WHERE false");
                                environment.requireCurrency("fees", "SELECT 'EUR'");
                            }
                        },
                        AgentConfig.local(TestPostgres.freshDatabase(), ServiceTokens.SECRET)))
                .hasMessage(
                        "noteTaker cannot start: the shop's fees are in EUR, which it keeps, and JOURNEYMAN_CURRENCY says INR;"
                                + " say JOURNEYMAN_CURRENCY=EUR, or begin another shop for INR");
    }

    @Test
    void refusesWhoeverHasNoGoodToken() {
        Instant now = Instant.now();
        Duration minute = Duration.ofMinutes(1);

        assertUnauthorised("");
        assertUnauthorised("Bearer nonsense");
        assertUnauthorised("Bearer " + ServiceTokens.mint(ServiceTokens.SECRET, "test", "payment", now, minute));
        assertUnauthorised("Bearer "
                + ServiceTokens.mint("another-secret-that-is-also-long-enough-here", "test", "noteTaker", now, minute));
        assertUnauthorised("Bearer "
                + ServiceTokens.mint(ServiceTokens.SECRET, "test", "noteTaker", now.minusSeconds(600), minute));
        assertUnauthorised(
                "Bearer " + ServiceTokens.mint(ServiceTokens.SECRET, "test", "noteTaker", now, Duration.ofHours(1)));
    }

    @Test
    void takesATokenOfAMachineWhoseClockIsSomeSecondsOffAndSaysOfALargerDifferenceWhatItIs() {
        Duration life = Duration.ofMinutes(5); // as the worker mints them
        for (int seconds : new int[] {-305, -5, 0, 5}) {
            String token = ServiceTokens.mint(
                    ServiceTokens.SECRET, "test", "noteTaker", Instant.now().plusSeconds(seconds), life);
            assertThat(client.with("Authorization", "Bearer " + token)
                            .post("/notes", new Note("skew" + (1_000 + seconds), "x"))
                            .status())
                    .as("%d s", seconds)
                    .isEqualTo(201);
        }
        for (int seconds : new int[] {-3_600, -330, 30, 3_600}) {
            Answer answer = assertUnauthorised("Bearer "
                    + ServiceTokens.mint(
                            ServiceTokens.SECRET,
                            "test",
                            "noteTaker",
                            Instant.now().plusSeconds(seconds),
                            life));
            assertThat(answer.problem().detail()).as("%d s", seconds).contains("clocks differ");
        }
    }

    private static Answer assertUnauthorised(String authorization) {
        Answer answer = client.with("Authorization", authorization).post("/notes", new Note("unauth", "x"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem().code()).isEqualTo("unauthorised");
        assertThat(taken("unauth")).isZero();
        return answer;
    }

    @Test
    void takesNoTextThatNothingStores() {
        Answer nul = client.post("/notes", "{\"id\": \"nul\", \"text\": \"a\\u0000b\"}");

        assertThat(nul.status()).isEqualTo(400);
        assertThat(nul.problem().detail()).isEqualTo("text: holds the character NUL");
        assertThat(client.post("/notes", "{\"id\": \"nul\", \"text\": \"a\\\\u0000b\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void namesWhatBreaksTheContractWithoutQuotingIt() {
        Answer answer = client.post("/notes", "{\"id\": \"4242 secret\", \"more\": 1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.problem().code()).isEqualTo("bad_request");
        assertThat(answer.problem().detail())
                .contains("id")
                .contains("text")
                .contains("more")
                .doesNotContain("4242");
    }

    @Test
    void answersProblemsForWhateverCannotBeRead() {
        assertThat(client.post("/notes", "{\"id\":").problem().code()).isEqualTo("malformed_json");
        for (int depth : new int[] {100, 600, 5_000}) {
            String deep = "{\"id\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
            assertThat(client.post("/notes", deep).status())
                    .as("nested %d deep", depth)
                    .isEqualTo(400);
        }
        assertThat(client.with("Content-Type", "text/plain")
                        .send("POST", "/nowhere", Optional.empty())
                        .problem()
                        .code())
                .isEqualTo("unknown_path");
        assertThat(client.get("/notes").problem().code()).isEqualTo("method_not_allowed");
        assertThat(client.post("/notes", new Note("big", "x".repeat(270_000)))
                        .problem()
                        .code())
                .isEqualTo("too_large");
        assertThat(client.post("/notes").problem().detail()).contains("body is required");
        assertThat(client.withKey("k".repeat(201))
                        .post("/notes", new Note("long-key", "x"))
                        .problem()
                        .detail())
                .contains("Idempotency-Key");
    }

    @Test
    void takesTheNextRequestOnTheConnectionOfARefusedOne() throws Exception {
        for (String refused : new String[] {"POST /notes 401", "POST /nowhere 404", "PUT /notes 405"}) {
            String operation = refused.substring(0, refused.lastIndexOf(' '));
            try (var connection = new RawConnection(service.uri().getPort())) {
                for (int i = 0; i < 3; i++) {
                    connection.send(operation + " HTTP/1.1\r\nHost: here\r\nContent-Length: 40\r\n\r\n");
                    connection.sendLater("x".repeat(40));

                    assertThat(operation + " " + connection.read().status()).isEqualTo(refused);
                }
            }
        }
    }

    @Test
    void answersABodyThatIsTooLongOnceItHasCome() throws Exception {
        int length = ContractEdge.MOST_BYTES + 1;
        try (var connection = new RawConnection(service.uri().getPort())) {
            for (int i = 0; i < 3; i++) {
                connection.send(withToken() + "Content-Length: " + length + "\r\n\r\n");
                connection.sendLater("x".repeat(length));

                assertThat(connection.read().status()).isEqualTo("413");
            }
        }
    }

    @Test
    void saysThatItClosesBeforeABodyThatNobodyWouldRead() throws Exception {
        try (var connection = new RawConnection(service.uri().getPort())) {
            connection.send(withToken() + "Content-Length: " + (ContractEdge.MOST_UNWANTED + 1) + "\r\n\r\n");

            var answer = connection.read();

            assertThat(answer.status()).isEqualTo("413");
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
    }

    private static String withToken() {
        String token =
                ServiceTokens.mint(ServiceTokens.SECRET, "test", "noteTaker", Instant.now(), Duration.ofMinutes(1));
        return "POST /notes HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + token + "\r\n";
    }

    @Test
    void answersARepeatedKeyWithTheFirstAnswerAndNoSecondEffect() {
        ContractClient keyed = client.withKey("repeat");

        Answer first = keyed.post("/notes", "{\"id\": \"once\", \"text\": \"hello\"}");
        Answer second = keyed.post("/notes", "{\"text\": \"hello\", \"id\": \"once\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(taken("once")).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        client.withKey("mine").post("/notes", new Note("first", "hello"));

        Answer other = client.withKey("mine").post("/notes", new Note("second", "hello"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem().code()).isEqualTo("key_reused");
        assertThat(taken("second")).isZero();
    }

    @Test
    void storesARefusalAndUndoesWhatItsRequestDid() {
        Answer first = client.withKey("refusal").post("/notes", new Note("refused", "refuse"));
        Answer again = client.withKey("refusal").post("/notes", new Note("refused", "refuse"));

        assertThat(first.status()).isEqualTo(409);
        assertThat(first.problem().suggestions()).containsExactly("Write something else.");
        assertThat(first.tree().path("lines").asInt()).isEqualTo(3);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(taken("refused")).isZero();
    }

    @Test
    void storesNoAnswerWhenSomethingBroke() {
        Answer broken = client.withKey("broken").post("/notes", new Note("broken", "break"));

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.problem().detail()).contains("reference").doesNotContain("as asked");
        assertThat(taken("broken")).isZero();
        assertThat(stored("broken")).isZero();
    }

    @Test
    void letsOneOfTwoConcurrentRequestsWithAKeyActAndTellsTheOtherToComeBack() throws Exception {
        ContractClient keyed = client.withKey("together");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> keyed.post("/notes", new Note("together", "dawdle")));
            assertThat(AGENT.entered.await(20, TimeUnit.SECONDS)).isTrue();

            Answer meanwhile = keyed.post("/notes", new Note("together", "dawdle"));
            AGENT.mayGoOn.countDown();

            assertThat(meanwhile.status()).isEqualTo(409);
            assertThat(meanwhile.problem().code()).isEqualTo("in_flight");
            assertThat(meanwhile.header("Retry-After")).isPresent();
            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
        }

        assertThat(keyed.post("/notes", new Note("together", "dawdle")).status())
                .isEqualTo(201);
        assertThat(taken("together")).isEqualTo(1);
    }

    @Test
    void forgetsAllAnswersThatAreOlderThanAWeekHoweverManyThereAre() {
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO idempotency (key, operation, target, fingerprint, status, answer, stored_at)
                SELECT 'old-' || n, 'takeNote', '/notes', '', 201, '{}', now() - interval '8 days'
                FROM generate_series(1, 12000) AS n"""));
        client.withKey("of-today").post("/notes", new Note("of-today", "hello"));

        new Idempotency(database.jdbi(), InstantSource.system()).sweep();

        assertThat(stored("old-1") + stored("old-12000")).isZero();
        assertThat(stored("of-today")).isEqualTo(1);
    }

    @Test
    void saysWhyItCannotStart() {
        assertThatThrownBy(() -> AgentConfig.local("postgres://x", "short"))
                .hasMessageContaining("DATABASE_URL")
                .hasMessageContaining("JOURNEYMAN_SERVICE_SECRET");
        AgentConfig taken = AgentConfig.local(TestPostgres.freshDatabase(), ServiceTokens.SECRET)
                .withPort(service.uri().getPort());
        assertThatThrownBy(() -> AgentService.start(new NoteTaker(), taken))
                .hasMessageContaining("noteTaker cannot start");
    }

    private static int taken(String id) {
        return database.jdbi()
                .withHandle(h -> h.createQuery("SELECT coalesce((SELECT taken FROM note WHERE id = :id), 0)")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one());
    }

    private static int stored(String key) {
        return database.jdbi()
                .withHandle(h -> h.createQuery("SELECT count(*) FROM idempotency WHERE key = :key")
                        .bind("key", key)
                        .mapTo(Integer.class)
                        .one());
    }
}
