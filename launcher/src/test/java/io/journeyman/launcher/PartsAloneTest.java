package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.auth.Tokens;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside an {@code up} whose servers are somebody else's: its data folder holds secrets and no database. */
@Timeout(120)
class PartsAloneTest {
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    Path data;

    private final Ports ports = Ports.findFree();

    @BeforeEach
    void up() {
        try (var folder = new DataFolder(data)) {
            folder.take();
            List.of("service", "token", "payload-keys").forEach(folder::secret);
        }
    }

    @Test
    void aTokenForAnAgentNeedsNoDatabase() {
        assertThat(Main.serviceToken(options("token", "inventory"), NOTHING)).contains(".");
    }

    @Test
    void anAgentWithoutADatabaseNeedsNone() throws Exception {
        var shop = Shop.elsewhere(options("agent", "giftWrapping"), NOTHING);

        try (var agent = Agents.start(new Agents().named("giftWrapping"), shop.variables())) {
            assertThat(agent.uri().getPort()).isEqualTo(ports.base() + 7);
        }
    }

    @Test
    void whatNeedsADatabaseSaysThatItKnowsNone() {
        var shop = Shop.elsewhere(options("api"), NOTHING);

        assertThatThrownBy(() -> Agents.start(new Agents().named("inventory"), shop.variables()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("DATABASE_URL is not set");
        assertThatThrownBy(shop::startApi)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("DATABASE_URL is not set");
    }

    @Test
    void whoAsksTheApiIsStaffByTheKeyThatItWasGivenElseByTheFolders() throws Exception {
        String given = "A".repeat(43);

        assertThat(askedAs(Map.of("JOURNEYMAN_TOKEN_KEY", given), given)).isEqualTo(StaffApi.whoAsks());
        assertThat(askedAs(Map.of("JOURNEYMAN_TOKEN_KEY", " "), new DataFolder(data).secret("token")))
                .isEqualTo(StaffApi.whoAsks());
    }

    @Test
    void saysThatAKeyIsNone() {
        assertThatThrownBy(() -> StaffApi.of(
                        Optional.of(data.toString()), Optional.empty(), Map.of("JOURNEYMAN_TOKEN_KEY", "short")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("JOURNEYMAN_TOKEN_KEY");
    }

    /** As whom an API takes them that knows that key. */
    private String askedAs(Map<String, String> environment, String key) throws Exception {
        var tokens = new LinkedBlockingQueue<String>();
        var api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", ""));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        api.start();
        try {
            var all = new HashMap<>(environment);
            all.put("JOURNEYMAN_API", "http://127.0.0.1:" + api.getAddress().getPort());
            StaffApi.of(Optional.of(data.toString()), Optional.empty(), all).text("/v1/whatever");
            var token = tokens.poll(10, TimeUnit.SECONDS);
            return new Tokens(TokenKey.parse(key), InstantSource.system())
                    .verify(token)
                    .filter(Session.Staff.class::isInstance)
                    .map(Session.Staff.class::cast)
                    .map(Session.Staff::staffId)
                    .orElse("nobody");
        } finally {
            api.stop(0);
        }
    }

    private Options options(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString(), "--port-base", String.valueOf(ports.base())));
        return Options.parse(all, NOTHING);
    }
}
