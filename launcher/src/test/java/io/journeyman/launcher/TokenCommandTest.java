package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./journeyman token} on a shop that is up. */
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
