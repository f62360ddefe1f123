package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Contract;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.launcher.probe.ContractProbe;
import io.journeyman.launcher.probe.ContractProbe.Findings;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every agent of the house under inputs that nobody thought of, on a real Postgres with the sample shop. As many as
 * {@code -Djourneyman.inputs} says for each, 400 in the suite.
 */
@Timeout(1_200)
class ContractProbeTest {
    private static final int INPUTS = Integer.getInteger("journeyman.inputs", 400);
    private static final long SEED = Long.getLong("journeyman.seed", 6);

    /** What the sample shop has. */
    private static final Map<String, List<String>> OF_THE_SAMPLE = Map.of(
            "sku", List.of("P-1002-L-BLUE", "P-1002-M-BLUE"),
            "productId", List.of("P-1001", "P-1002"),
            "locationId", List.of("WH-BLR", "ST-BLR-1"),
            "size", List.of("M", "L"),
            "color", List.of("blue", "red"),
            "customerId", List.of("cust-demo"),
            "pincode", List.of("560038"),
            "currency", List.of("INR"));

    /**
     * What needs Stripe's signature, a payment that the test bank asks its customer about, an exchange instead of the story's refund, a
     * claim under a warranty instead of its return, or an order that is collected instead of the one that the story sends.
     */
    private static final Set<String> NOT_BY_CHANCE = Set.of(
            "hearStripe",
            "showTestBank",
            "approveAtTestBank",
            "refuseAtTestBank",
            "settleExchange",
            "chooseRemedy",
            "getOrderCollection",
            "markOrderReady",
            "keepOrderCollection",
            "handOver");

    static Stream<String> agents() {
        return Contract.AGENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("agents")
    void keepsItsContractWhateverItIsAsked(String name) throws Exception {
        var agent = new Agents().named(name);
        var config = AgentConfig.local(TestPostgres.freshDatabase(), ServiceTokens.SECRET)
                .withSampleShop(true);
        try (var running = AgentService.start(agent, config)) {
            var findings = new ContractProbe(
                            Contract.load(name),
                            running.uri(),
                            () -> Optional.of(ServiceTokens.forAgent(name)),
                            OF_THE_SAMPLE,
                            SEED)
                    .run(INPUTS);

            findings.counts()
                    .forEach((operation, counts) ->
                            System.out.printf("%s.%s %s%n", name, operation, ContractProbe.shown(counts.statuses())));
            assertThat(findings.faults()).isEmpty();
            assertThat(findings.inputs()).isGreaterThanOrEqualTo(INPUTS);
            assertThat(findings.counts().keySet())
                    .as("every operation was asked")
                    .containsExactlyInAnyOrderElementsOf(Contract.load(name).operations().stream()
                            .map(Contract.Operation::id)
                            .toList());
            assertThat(neverDone(name, findings))
                    .as("operations that were never done: give them examples that can be, in contracts/%s.json", name)
                    .isEmpty();
        }
    }

    private static List<String> neverDone(String name, Findings findings) {
        return Contract.load(name).operations().stream()
                .map(Contract.Operation::id)
                .filter(id -> !NOT_BY_CHANCE.contains(id))
                .filter(id -> !findings.counts().get(id).succeeded())
                .toList();
    }

    /** An agent that breaks its promise in one way, always. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            500 | application/problem+json | {"type": "x"}                                              | the agent failed
            200 | application/json         | {"status": "ok"}                                           | required
            200 | application/json         | {"status": "ok", "available": true, "options": []}         | its body is not allowed
            400 | text/html                | <h1>no</h1>                                                | a refusal is application/problem+json
            201 | application/json         | {"status": "ok", "available": true, "options": []}         | required
            200 | application/json         | what?                                                      | not JSON""")
    void noticesWhatIsWrong(int status, String type, String body, String words) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] said = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            var out = new StringWriter();

            int rc = ContractTestCommand.run(
                    List.of(url, "--contract", "../contracts/giftWrapping.json", "--inputs", "60", "--seed", "1"),
                    new PrintWriter(out),
                    new PrintWriter(out),
                    Map.of("JOURNEYMAN_SERVICE_SECRET", ServiceTokens.SECRET));

            assertThat(rc).as(out.toString()).isEqualTo(1);
            assertThat(out.toString()).contains(words, "answers are not as the contract says");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tellsOfWhichInputTheAgentGaveNoAnswer() throws Exception {
        String said = saidOf(number -> number % 3 < 2);

        assertThat(said)
                .contains("checkGiftWrapping: it was not answered: ", "POST /check-gift-wrapping {", "\n25 inputs")
                .doesNotContain("could not be asked");
    }

    @Test
    void asksNoMoreOnceTheAgentIsGone() throws Exception {
        assertThat(saidOf(number -> number < 1)).contains("it was not answered: ", "\n4 inputs");
    }

    /** What is said of an agent that answers some requests, and ends the connection of the others. */
    private static String saidOf(IntPredicate answered) throws Exception {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (answered.test(asked.getAndIncrement())) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        server.start();
        try {
            var out = new StringWriter();

            int rc = ContractTestCommand.run(
                    List.of(
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            "--contract",
                            "../contracts/giftWrapping.json",
                            "--inputs",
                            "20",
                            "--seed",
                            "1"),
                    new PrintWriter(out),
                    new PrintWriter(out),
                    Map.of("JOURNEYMAN_SERVICE_SECRET", ServiceTokens.SECRET));

            assertThat(rc).as(out.toString()).isEqualTo(1);
            return out.toString();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void drawsTheSameInputsFromTheSameSeed() throws Exception {
        var config = AgentConfig.local("", ServiceTokens.SECRET);
        try (var running = AgentService.start(new Agents().named("giftWrapping"), config)) {
            assertThat(counts(running.uri(), 3))
                    .isEqualTo(counts(running.uri(), 3))
                    .isNotEqualTo(counts(running.uri(), 4));
        }
    }

    private static Map<String, ContractProbe.Counts> counts(URI url, long seed) throws Exception {
        return new ContractProbe(
                        Contract.load("giftWrapping"),
                        url,
                        () -> Optional.of(ServiceTokens.forAgent("giftWrapping")),
                        Map.of(),
                        seed)
                .run(200)
                .counts();
    }

    @Test
    void saysThatNobodyAnswers() {
        var out = new StringWriter();

        int rc = ContractTestCommand.run(
                List.of(
                        "http://127.0.0.1:1",
                        "--contract",
                        Path.of("..", "contracts", "giftWrapping.json").toString()),
                new PrintWriter(out),
                new PrintWriter(out),
                Map.of("JOURNEYMAN_SERVICE_SECRET", ServiceTokens.SECRET));

        assertThat(rc).isEqualTo(1);
        assertThat(out.toString()).contains("http://127.0.0.1:1 could not be asked");
    }
}
