package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./journeyman token} and {@code staff-token} on a shop that is up. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class TokenCommandTest {
    private final RunningShop shop;

    TokenCommandTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void letsWhoeverMayReadTheShopsSecretCallTheAgentThatIsNamed() throws Exception {
        var token = Main.serviceToken(
                Options.parse(
                        List.of(
                                "token",
                                "loyalty",
                                "--data",
                                shop.data().toString(),
                                "--port-base",
                                String.valueOf(shop.ports().base())),
                        Map.of()),
                Map.of());

        assertThat(asks(6, "/tiers", token)).isEqualTo(200);
        assertThat(asks(2, "/bundles", token)).isEqualTo(401);
    }

    @Test
    void letsWhoeverMayReadTheShopsKeySignInAsStaff() throws Exception {
        var options = Options.parse(
                List.of("staff-token", "asha", "--data", shop.data().toString()), Map.of());

        var token = Main.staffToken(options, Map.of());

        assertThat(staffPage(token)).isEqualTo(200);
        assertThat(staffPage(Main.staffToken(options, Map.of("JOURNEYMAN_TOKEN_KEY", "A".repeat(43)))))
                .as("the environment's key wins, and is another one")
                .isEqualTo(401);
    }

    @Test
    void saysWhatAStaffTokenNeeds() {
        var nowhere = List.of("--data", shop.data().resolve("nowhere").toString());

        assertThatThrownBy(() -> Main.staffToken(words(nowhere, "staff-token", "asha"), Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessage("JOURNEYMAN_TOKEN_KEY is not set.");
        for (var words :
                List.of(List.of("staff-token"), List.of("staff-token", "a sha"), List.of("staff-token", "a", "b"))) {
            assertThatThrownBy(() -> Main.staffToken(
                            words(nowhere, words.toArray(String[]::new)),
                            Map.of("JOURNEYMAN_TOKEN_KEY", "A".repeat(43))))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("name one of the staff");
        }
        assertThatThrownBy(() ->
                        Main.staffToken(words(nowhere, "staff-token", "asha"), Map.of("JOURNEYMAN_TOKEN_KEY", "%%%")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("JOURNEYMAN_TOKEN_KEY cannot be read");
    }

    private static Options words(List<String> place, String... words) {
        return Options.parse(Stream.concat(Stream.of(words), place.stream()).toList(), Map.of());
    }

    private int staffPage(String token) throws IOException, InterruptedException {
        return asks(80, "/v1/agents", token);
    }

    private int asks(int agent, String path, String token) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s"
                                            .formatted(shop.ports().base() + agent, path)))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
