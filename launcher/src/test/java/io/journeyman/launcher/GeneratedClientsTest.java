package io.journeyman.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What CONTRIBUTING tells another team to do, done for every contract: a stock generator makes a client of it, in Java and in Python. Both
 * talk to the real agents by {@code Talk.java} and {@code talk.py}, which have nothing of ours but what was generated.
 */
@Timeout(600)
class GeneratedClientsTest {
    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath();
    private static final Path PROGRAMS =
            Path.of("src", "test", "resources", "clients").toAbsolutePath();
    private static final Path GENERATOR =
            Path.of("target", "generator", "openapi-generator-cli.jar").toAbsolutePath();
    private static final String[] OF_PYTHON = {"urllib3==2.5.0", "python-dateutil==2.9.0.post0", "pydantic==2.12.3"};
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Map<String, AgentService> AGENTS = new HashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void generate() throws Exception {
        var commands = new ArrayList<String>();
        for (String command : commandsOfContributing()) {
            for (String agent : Contract.AGENTS) {
                commands.add(command.replaceFirst("^openapi-generator-cli ", "")
                        .replace("payment", agent)
                        .replace("-i contracts", "-i " + CONTRACTS)
                        .replace("-o ", "-o " + folder + File.separator));
            }
        }
        run(List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                GENERATOR.toString(),
                PROGRAMS.resolve("Generate.java").toString(),
                Files.write(folder.resolve("commands.txt"), commands).toString()));
        for (String agent : Contract.AGENTS) {
            var config = AgentConfig.local(TestPostgres.freshDatabase(), ServiceTokens.SECRET)
                    .withSampleShop(true);
            AGENTS.put(agent, AgentService.start(new Agents().named(agent), config));
        }
    }

    @AfterAll
    static void stop() {
        AGENTS.values().forEach(AgentService::close);
    }

    @Test
    void talkInJava() throws Exception {
        var classes = Files.createDirectory(folder.resolve("classes"));
        var libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar)
                        .getFileName()
                        .toString()
                        .matches("jackson-(core|databind|annotations|datatype-jsr310)-.*|jakarta.annotation-api-.*"))
                .collect(Collectors.joining(File.pathSeparator));
        var words = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", libraries));
        words.add(PROGRAMS.resolve("Talk.java").toString());
        for (String agent : Contract.AGENTS) {
            words.addAll(sources(folder.resolve(agent + "-java").resolve("src").resolve("main")));
        }

        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();

        assertThat(run(List.of(java(), "-cp", classes + File.pathSeparator + libraries, "Talk", agents(), "java")))
                .containsExactlyElementsOf(said("java"));
    }

    @Test
    void talkInPython() throws Exception {
        var python = Tools.python("clients", OF_PYTHON);
        var packages = Contract.AGENTS.stream()
                .map(agent -> folder.resolve(agent + "-python").toString())
                .collect(Collectors.joining(File.pathSeparator));

        assertThat(run(
                        List.of(
                                python.toString(),
                                "-B",
                                PROGRAMS.resolve("talk.py").toString(),
                                agents(),
                                "python"),
                        Map.of("PYTHONPATH", packages)))
                .containsExactlyElementsOf(said("python"));
    }

    /** What a program prints when every answer was what it had sent, and every refusal a problem. */
    private static List<String> said(String name) {
        return """
                fulfillment: LOC-NAME is Depot of NAME at 560038, told again the same, listed
                fulfillment: 404 unknown_shipment
                recommendation: LAMP-NAME created, Lamp of NAME for 49900 INR in [brass]
                recommendation: 404 unknown_product
                inventory: HOLD-NAME held, 2 of P-1002-L-BLUE from WH-BLR, read again the same
                inventory: 404 unknown_hold
                postPurchase: JM-NAME pending, then confirmed, 1 of P-1002-L-BLUE for 189900 INR
                postPurchase: 404 unknown_order
                payment: JM-NAME 1 secured authorised 189900 INR, captured 189900 INR, 4242
                payment: 422 unknown_token
                loyalty: OFFER-NAME takes 10 percent, ended, 0 used
                loyalty: 404 unknown_offer
                giftWrapping: standard 50, premium 150
                giftWrapping: 401 unauthorised
                """.replace("NAME", name).lines().toList();
    }

    /** The section's two commands, one for each language, for the payment agent. */
    private static List<String> commandsOfContributing() throws IOException {
        var guide = Files.readString(CONTRACTS.resolveSibling("CONTRIBUTING.md"));
        var section = guide.substring(guide.indexOf("## Generate a client"));
        var commands = section.substring(0, section.indexOf("\n## ", 1))
                .replaceAll("\\\\\n *", "")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("openapi-generator-cli generate"))
                .toList();
        assertThat(commands).hasSize(2);
        return commands;
    }

    /** The file that tells a program where each agent is, and by which token it is known there. */
    private static String agents() throws IOException {
        var agents = JsonNodeFactory.instance.objectNode();
        AGENTS.forEach((name, agent) -> agents.putObject(name)
                .put("url", agent.uri().toString().replaceFirst("/$", ""))
                .put(
                        "token",
                        ServiceTokens.mint(
                                ServiceTokens.SECRET, "another-team", name, Instant.now(), Duration.ofMinutes(5))));
        return Files.writeString(folder.resolve("agents.json"), Json.write(agents))
                .toString();
    }

    private static List<String> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        }
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static List<String> run(List<String> words) throws IOException, InterruptedException {
        return run(words, Map.of());
    }

    /** @return the lines that it printed */
    private static List<String> run(List<String> words, Map<String, String> environment)
            throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output-", ".txt");
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
            return Files.readAllLines(output, UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
