package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Contract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Staff add an agent to the running shop over HTTP and in the console, and are told what is wrong with it. */
@ExtendWith(RunningShop.Opened.class)
class AgentsTest {
    private final RunningShop shop;
    private HttpServer agent;
    private volatile String contract = Contract.load("giftWrapping").text();

    AgentsTest(RunningShop shop) {
        this.shop = shop;
    }

    @BeforeEach
    void start() throws Exception {
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        agent.createContext("/contract", exchange -> {
            byte[] body = contract.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        agent.start();
    }

    @AfterEach
    void stop() {
        shop.staff().delete("/v1/agents/giftWrapping");
        agent.stop(0);
    }

    @Test
    void isAddedOnceAndTakenAwayByStaffOnly() {
        assertThat(shop.customer().post("/v1/agents", wish()).status()).isEqualTo(403);

        var added = shop.staff().post("/v1/agents", wish());
        shop.staff().post("/v1/agents", wish());

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.tree().path("name").asText()).isEqualTo("giftWrapping");
        assertThat(added.tree().path("registeredBy").asText()).isEqualTo("staff-1");
        assertThat(added.tree().at("/tools/0").asText()).isEqualTo("check_gift_wrapping");
        assertThat(shop.staff().get("/v1/agents").tree().path("agents")).hasSize(1);
        assertThat(shop.customer().delete("/v1/agents/giftWrapping").status()).isEqualTo(403);

        assertThat(shop.staff().delete("/v1/agents/giftWrapping").status()).isEqualTo(204);
        assertThat(shop.staff().delete("/v1/agents/giftWrapping").status())
                .as("it stays away")
                .isEqualTo(204);
        assertThat(shop.staff().get("/v1/agents").tree().path("agents")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithIt() {
        var url = url();
        assertThat(refused(Map.of("url", "http://example.com:5007"))).isEqualTo("host_not_allowed");
        assertThat(refused(Map.of("url", "file:///etc/passwd"))).isEqualTo("host_not_allowed");
        assertThat(refused(Map.of("url", url.replace("http://", "http://me:secret@"))))
                .isEqualTo("host_not_allowed");
        assertThat(refused(Map.of("url", "a b"))).isEqualTo("agent_url");
        assertThat(refused(Map.of("url", url, "name", "gift-wrapping"))).isEqualTo("agent_name");
        assertThat(refused(Map.of("url", url + "/elsewhere"))).isEqualTo("contract_unreadable");
        assertThat(refused(Map.of("url", "http://127.0.0.1:1"))).isEqualTo("contract_unreadable");
        contract = "{}".repeat(200_000);
        assertThat(refused(wish())).isEqualTo("contract_unreadable");
        contract = "<html>";
        assertThat(refused(wish())).isEqualTo("contract_refused");
        contract = Contract.load("giftWrapping").text().replace("\"read\"", "\"write\"");
        var answer = shop.staff().post("/v1/agents", wish());
        assertThat(answer.problem().code()).isEqualTo("contract_refused");
        assertThat(answer.problem().suggestions()).singleElement().asString().contains("it must only read");
        assertThat(shop.staff().get("/v1/agents").tree().path("agents")).isEmpty();
    }

    @Test
    void usesAKeyForOneWish() {
        var staff = shop.staff().key(UUID.randomUUID().toString());
        staff.post("/v1/agents", wish());

        assertThat(staff.delete("/v1/agents/giftWrapping").problem().code()).isEqualTo("key_used");
    }

    @Test
    void isAddedAndTakenAwayInTheConsole() {
        var staff = shop.staff().with("Content-Type", "application/x-www-form-urlencoded");
        contract = Contract.load("giftWrapping").text().replace("\"read\"", "\"write\"");
        assertThat(staff.post("/staff/agents", "key=k-wrong&url=" + url()).body())
                .contains("It was not added", "checkGiftWrapping: it must only read", "value=\"" + url() + "\"");
        contract = Contract.load("giftWrapping").text();

        var added = staff.post("/staff/agents", "key=k-add&url=" + url());

        assertThat(added.header("Location").orElseThrow()).endsWith("/staff/agents?said=agent_added");
        assertThat(staff.get("/staff/agents?said=agent_added").body())
                .contains("Added: its tools work", "staff-1: check_gift_wrapping", "Take giftWrapping away");
        assertThat(staff.post("/staff/agents", "key=k-remove&remove=giftWrapping")
                        .header("Location")
                        .orElseThrow())
                .endsWith("agent_removed");
        assertThat(staff.get("/staff/agents").body()).doesNotContain("Take giftWrapping away");
    }

    @Test
    @Timeout(60)
    void waitsForNoAgentThatNeverEndsToSayHowItIs() {
        agent.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[64]);
                    out.flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        shop.staff().post("/v1/agents", wish()).tree();

        assertThat(shop.staff().get("/staff/agents").body()).contains(url(), "does not answer");
    }

    private String refused(Map<String, String> wish) {
        var answer = shop.staff().post("/v1/agents", wish);
        assertThat(answer.status()).isEqualTo(422);
        return answer.problem().code();
    }

    private Map<String, String> wish() {
        return Map.of("url", url());
    }

    private String url() {
        return "http://127.0.0.1:" + agent.getAddress().getPort();
    }
}
