package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.launcher.probe.ContractProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What CONTRIBUTING tells a developer to do, done: an agent joins the shop that is up, in Java and in Python. The shop's processes go on
 * as they are, and nothing in their databases changes its shape.
 */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class AddingAnAgentTest {
    private static final String NOT_OFFERED = "I cannot arrange gift wrapping here";
    private static final String OFFERED = "can be gift wrapped: standard for ₹50 or premium for ₹150";

    private final RunningShop shop;
    private final int port;
    private Customer customer;

    AddingAnAgentTest(RunningShop shop) {
        this.shop = shop;
        this.port = shop.ports().base() + 7;
    }

    @BeforeEach
    void talksAboutAPresent() throws Exception {
        customer = shop.newcomer();
        customer.says("I need the Indigo Block-Print Cotton Kurta in blue, size XL");
        assertThat(wrapping()).contains(NOT_OFFERED);
    }

    @AfterEach
    void isTakenAway() throws Exception {
        journeyman("agents", "remove", "giftWrapping");
        assertThat(wrapping()).contains(NOT_OFFERED);
    }

    @Test
    void joinsInJavaByTheStepsOfContributing() throws Exception {
        var shape = shape();
        var steps = steps();
        assertThat(steps).hasSize(4);
        try (var agent = PartProcess.start(shop.data(), shop.ports(), words(steps.getFirst()))) {
            assertThat(journeyman(words(steps.get(1)))).contains("giftWrapping at", "check_gift_wrapping");
            assertThat(wrapping()).contains(OFFERED);
            assertThat(journeyman(words(steps.get(2)))).contains("giftWrapping at", "added by cli-");

            agent.kill();

            assertThat(wrapping()).contains("gift wrapping desk").doesNotContain("₹50");
            assertThat(customer.says("how much is it?").path("text").asText()).contains("₹");
        }
        assertThat(journeyman(words(steps.get(3)))).contains("giftWrapping is not added any more");
        assertThat(wrapping()).contains(NOT_OFFERED);
        assertThat(shape()).isEqualTo(shape);
    }

    @Test
    void joinsInFortyLinesOfPython() throws Exception {
        var script = Path.of("..", "agents", "giftWrapping", "gift_wrapping.py");
        assertThat(Files.readAllLines(script)).hasSizeLessThanOrEqualTo(40);
        var agent = new ProcessBuilder(Tools.flask().toString(), script.toString(), Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitAnswer();

            assertThat(journeyman("agents", "add", url())).contains("check_gift_wrapping");

            assertThat(wrapping()).contains(OFFERED);
            keepsItsContract();
        } finally {
            agent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void keepsItsContract() throws Exception {
        var http = HttpClient.newHttpClient();
        var document = http.send(
                HttpRequest.newBuilder(URI.create(url() + "/contract")).build(), BodyHandlers.ofString());
        var contract = Contract.parse("giftWrapping", document.body());

        var findings = new ContractProbe(contract, URI.create(url()), Optional::empty, Map.of(), 1).run(200);

        assertThat(findings.faults()).isEmpty();
        assertThat(findings.counts().get("checkGiftWrapping").refused()).isPositive();
    }

    private String wrapping() throws IOException, InterruptedException {
        return customer.says("can it be gift wrapped?").path("text").asText();
    }

    /** The commands of that section, without what is said beside them. */
    private static List<String> steps() throws IOException {
        var guide = Files.readString(Path.of("..", "CONTRIBUTING.md"));
        var section = guide.substring(guide.indexOf("## Add an agent to a running shop"));
        return section.substring(0, section.indexOf("\n## ", 1))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./journeyman agent"))
                .map(line -> line.replaceFirst(" +#.*", ""))
                .toList();
    }

    private String[] words(String step) {
        return step.replaceFirst("^\\./journeyman ", "")
                .replace("http://127.0.0.1:5007", url())
                .split(" +");
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private String journeyman(String... words) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        assertThat(words[0]).isEqualTo("agents");
        int status = AgentsCommand.run(
                List.of(words).subList(1, words.length),
                out,
                out,
                (data, base) -> StaffApi.of(
                        Optional.of(shop.data().toString()),
                        Optional.of(Integer.toString(shop.ports().base())),
                        Map.of()));
        assertThat(status).as(said.toString()).isZero();
        return said.toString();
    }

    private void awaitAnswer() throws InterruptedException {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(url() + "/health")).build();
        for (int tries = 0; tries < 600; tries++) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("Flask did not start");
    }

    /** Every column of every table, as the database knows them. */
    private List<String> shape() throws SQLException {
        try (var connection = DriverManager.getConnection(new ShopAddress(shop.data(), shop.ports()).databaseUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type
                        FROM information_schema.columns WHERE table_schema !~ '^(pg_|information_schema)' ORDER BY 1""")) {
            var columns = new ArrayList<String>();
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
            return columns;
        }
    }
}
