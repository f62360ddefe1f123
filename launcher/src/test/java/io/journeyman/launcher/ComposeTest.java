package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.journeyman.activities.model.Models;
import io.journeyman.api.ApiConfig;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.workflows.JourneyAttributes;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml says what the code wants: no engine runs it here, so that every name in it is compared instead. */
class ComposeTest {
    private static final Path ROOT = Path.of(System.getProperty("journeyman.root"));
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):([-?])([^}]*)}");
    private static final String SECRET = "c2l4dGVlbi1yYW5kb20tYnl0ZXMtdHdpY2UtMTIzNDU";
    private static final JsonNode SERVICES = compose().path("services");

    @TempDir
    Path data;

    @Test
    void theSearchAttributesAreThoseThatJourneysSet() {
        Map<String, String> wanted = JourneyAttributes.ALL.stream()
                .collect(Collectors.toMap(
                        SearchAttributeKey::getName,
                        key -> typeName(key.getValueType().name())));

        Map<String, String> made = Pattern.compile("--name (\\w+) --type (\\w+)")
                .matcher(SERVICES.at("/search-attributes/command/0").asText())
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));

        assertThat(made).isEqualTo(wanted);
    }

    @Test
    void workerAndApiWaitForTheSearchAttributes() {
        for (String service : List.of("worker", "api")) {
            assertThat(SERVICES.at("/" + service + "/depends_on/search-attributes/condition")
                            .asText())
                    .isEqualTo("service_completed_successfully");
        }
    }

    @Test
    void everyAgentHasItsServiceAndIsFoundAtItsPort() {
        Agents agents = new Agents();
        Map<String, String> commands = new TreeMap<>();
        agentServices()
                .forEach(service ->
                        commands.put(SERVICES.path(service).at("/command/0").asText(), service));

        assertThat(commands.keySet())
                .containsAll(ApiConfig.AGENT_PORTS.keySet())
                .contains("giftWrapping");
        Map<String, URI> called =
                ApiConfig.fromEnvironment(environment("worker")).agents();
        called.forEach((name, url) -> assertThat(url)
                .hasHost(commands.get(name))
                .hasPort(agents.named(name).defaultPort()));
        String form = environment("api").get("JOURNEYMAN_PAYMENT_FORM_ORIGIN");
        assertThat(SERVICES.at("/payment/ports/0").asText())
                .endsWith(URI.create(form).getPort() + ":"
                        + agents.named("payment").defaultPort());
    }

    @Test
    void theExampleOfAnAgentMayBeAdded() {
        URI example = URI.create(
                "http://giftwrapping:" + new Agents().named("giftWrapping").defaultPort());

        for (String service : List.of("worker", "api")) {
            assertThat(ApiConfig.fromEnvironment(environment(service))
                            .agentHosts()
                            .admit(example))
                    .isTrue();
        }
    }

    @Test
    void anAgentStartsWithWhatItsServiceIsGiven() {
        for (String service : (Iterable<String>) agentServices()::iterator) {
            Agent agent =
                    new Agents().named(SERVICES.path(service).at("/command/0").asText());
            Map<String, String> given = environment(service);

            Map<String, String> variables = Shop.elsewhere(
                            Options.parse(List.of("agent", agent.name(), "--data", data.toString()), given), given)
                    .variables();
            AgentConfig config = AgentConfig.fromEnvironment(agent, variables);

            assertThat(config.host()).isEqualTo("0.0.0.0");
            assertThat(config.port()).isEqualTo(agent.defaultPort());
            assertThat(variables).doesNotContainKeys("JOURNEYMAN_TOKEN_KEY", "JOURNEYMAN_PAYLOAD_KEYS");
        }
    }

    @Test
    void workerAndApiStartWithWhatTheirServicesAreGiven() {
        for (String service : List.of("worker", "api")) {
            Map<String, String> given = environment(service);
            String main = SERVICES.path(service).at("/command/0").asText();

            ApiConfig config = ApiConfig.fromEnvironment(given);

            assertThat(config.host()).isEqualTo("0.0.0.0");
            assertThat(config.temporalAddress()).isEqualTo("temporal:7233");
            assertThat(Models.fromEnvironment(given).offline()).isTrue();
            assertThatCode(() -> Class.forName(main).getMethod("main", String[].class))
                    .doesNotThrowAnyException();
        }
        assertThat(SERVICES.at("/api/ports/0").asText())
                .endsWith(Ports.DEFAULT.api() + ":"
                        + ApiConfig.fromEnvironment(environment("api")).port());
    }

    /** Each of Temporal's four services has two pools of 20, where nothing is said. */
    @Test
    void postgresHasRoomForTheConnectionsOfAllParts() {
        var settings = Pattern.compile("(\\w+)=(\\w+)")
                .matcher(SERVICES.at("/postgres/command").toString())
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        long ours = Stream.concat(agentServices(), Stream.of("worker", "api")).count() * 16;

        assertThat(Integer.valueOf(settings.get("max_connections"))).isGreaterThan((int) ours + 4 * 2 * 20);
        assertThat(settings).containsEntry("log_error_verbosity", "terse");
    }

    @Test
    void thePartsAreNamedAsTheImageStartsThem() throws IOException {
        String image = Files.readString(ROOT.resolve("deploy/Dockerfile"));

        assertThat(image)
                .contains("\"" + Main.class.getName() + "\", \"agent\"]")
                .contains("AS agent")
                .contains("AS orchestrator");
    }

    @Test
    void everyVariableIsReadSomewhereAndEverySecretIsInTheExample() throws IOException {
        String code = sources();
        Set<String> given = new TreeSet<>();
        Stream.concat(agentServices(), Stream.of("worker", "api"))
                .forEach(service -> given.addAll(environment(service).keySet()));
        String example = Files.readString(ROOT.resolve("deploy/env.example"));
        List<String> secrets = VARIABLE.matcher(Files.readString(ROOT.resolve("docker-compose.yml")))
                .results()
                .filter(variable -> variable.group(2).equals("?"))
                .map(variable -> variable.group(1))
                .distinct()
                .toList();

        assertThat(given)
                .filteredOn(name -> !name.startsWith("JOURNEYMAN_AGENT_"))
                .allSatisfy(name -> assertThat(code).as(name).contains('"' + name + '"'));
        assertThat(secrets).isNotEmpty().allSatisfy(name -> assertThat(example).contains("\n" + name + "="));
    }

    @Test
    void nobodyIsLetInAsStaffUnlessTheOperatorSaysSo() throws IOException {
        for (String service : List.of("worker", "api")) {
            assertThat(ApiConfig.fromEnvironment(environment(service)).demo()).isFalse();
        }
        assertThat(Files.readString(ROOT.resolve("deploy/env.example"))).contains("#JOURNEYMAN_DEMO=true");
    }

    @Test
    void theOperatorsSecretsGoNeitherIntoGitNorIntoAnImage() throws IOException {
        for (String list : List.of(".gitignore", ".dockerignore")) {
            assertThat(Files.readAllLines(ROOT.resolve(list))).as(list).contains(".env");
        }
    }

    @Test
    void anOrchestratorWithoutItsKeysSaysSo() {
        for (String key : List.of("JOURNEYMAN_TOKEN_KEY", "JOURNEYMAN_PAYLOAD_KEYS")) {
            Map<String, String> given = new HashMap<>(environment("worker"));
            given.remove(key);

            Shop shop = Shop.elsewhere(Options.parse(List.of("api", "--data", data.toString()), given), given);

            assertThatThrownBy(shop::startApi)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(key + " is not set");
        }
    }

    @Test
    void temporalsUiAsksTheCodecThatLetsItIn() {
        URI ui = ApiConfig.fromEnvironment(environment("api")).temporalUi().orElseThrow();
        Map<String, String> given = environment("temporal-ui");

        assertThat(SERVICES.at("/temporal-ui/ports/0").asText()).contains(":" + ui.getPort() + ":");
        assertThat(given)
                .containsEntry("TEMPORAL_CODEC_INCLUDE_CREDENTIALS", "true")
                .containsEntry(
                        "TEMPORAL_CODEC_ENDPOINT", environment("api").get("JOURNEYMAN_PUBLIC_ORIGIN") + "/v1/codec");
    }

    private static Stream<String> agentServices() {
        return SERVICES.properties().stream()
                .filter(service -> service.getValue().path("image").asText().equals("journeyman-agent"))
                .map(Map.Entry::getKey);
    }

    /** What compose would hand over, with every secret set and nothing else. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        SERVICES.path(service)
                .path("environment")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(), filled(variable.getValue().asText())));
        return environment;
    }

    private static String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(ComposeTest::value);
    }

    private static String value(MatchResult variable) {
        String secret = variable.group(1).equals("JOURNEYMAN_PAYLOAD_KEYS") ? "k1:" + SECRET : SECRET;
        return variable.group(2).equals("?") ? secret : variable.group(3);
    }

    private static String typeName(String indexedValueType) {
        String type = indexedValueType.substring("INDEXED_VALUE_TYPE_".length()).toLowerCase(java.util.Locale.ROOT);
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return StreamSupport.stream(files.spliterator(), false)
                    .filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/main/"))
                    .map(ComposeTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode compose() {
        Object document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(read(ROOT.resolve("docker-compose.yml")));
        return new ObjectMapper().valueToTree(document);
    }
}
