package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;

/** The API as a member of the staff calls it. */
final class StaffApi {
    private static final String API = "JOURNEYMAN_API";

    /** How long a file waits to be asked for. */
    private static final Duration WORD = Duration.ofMinutes(1);
    /** An import answers when it has read all, which is soon after all was sent. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String token;

    StaffApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * The API and a token as the environment names them, else the API of an {@code up}, and a token signed with its key.
     *
     * @param data the data folder of that {@code up}, where it is named @param portBase and its port base
     */
    static StaffApi of(Optional<String> data, Optional<String> portBase, Map<String, String> environment) {
        var words = new ArrayList<String>();
        data.ifPresent(folder -> words.addAll(List.of("--data", folder)));
        portBase.ifPresent(base -> words.addAll(List.of("--port-base", base)));
        var options = Options.parse(words, environment);
        var base = environment.getOrDefault(
                API, "http://127.0.0.1:" + options.ports().api());
        var token = Optional.ofNullable(environment.get("JOURNEYMAN_STAFF_TOKEN"))
                .orElseGet(() -> signed(new ShopAddress(options.data().path(), options.ports()), environment));
        return new StaffApi(address(base), token);
    }

    private static URI address(String said) {
        try {
            var address = new URI(said);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (URISyntaxException notEvenThat) {
            throw noAddress(said, notEvenThat);
        }
        throw noAddress(said, null);
    }

    private static CannotStart noAddress(String said, Throwable cause) {
        return new CannotStart(
                "%s is %s, which is no address such as http://127.0.0.1:5080.".formatted(API, said), cause);
    }

    /** Whoever may read the shop's secrets is staff, under their name on this machine. */
    private static String signed(ShopAddress shop, Map<String, String> environment) {
        var staff = new Session.Staff(whoAsks());
        try {
            var key = environment.getOrDefault("JOURNEYMAN_TOKEN_KEY", "");
            return key.isBlank() ? shop.tokenOf(staff) : ShopAddress.signed(key, staff);
        } catch (IllegalArgumentException noKey) {
            throw new CannotStart(
                    "what staff's tokens are signed with is no key (%s): mend JOURNEYMAN_TOKEN_KEY, or secrets/token of the data folder."
                            .formatted(noKey.getMessage()),
                    noKey);
        } catch (CannotStart noKey) {
            throw new CannotStart(
                    "nobody is known here as staff: set JOURNEYMAN_STAFF_TOKEN, or name the data folder of an up with --data.",
                    noKey);
        }
    }

    /** What this person is called in the shop's records. */
    static String whoAsks() {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "");
        return "cli-" + (user.isEmpty() ? "staff" : user);
    }

    /** It said no, or nothing: a sentence that says what to do. */
    static final class Refused extends RuntimeException {
        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    JsonNode get(String path) {
        return Json.tree(send(request(path).GET().build()));
    }

    String text(String path) {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, JsonNode body) {
        return Json.tree(send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body.toString()))
                .build()));
    }

    void delete(String path) {
        send(request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .DELETE()
                .build());
    }

    /**
     * Sends a file as it is, and hands the answer's lines out as they come. It lasts as long as the shop needs for the file.
     *
     * @param content called once, and closed
     */
    void upload(String path, Supplier<InputStream> content, long length, Consumer<String> lines) {
        var request = new HttpPost(base.resolve(path));
        request.setHeader("Authorization", "Bearer " + token);
        request.setHeader("Idempotency-Key", UUID.randomUUID().toString());
        try (var http = asking();
                var file = content.get()) {
            request.setEntity(new InputStreamEntity(file, length, ContentType.APPLICATION_OCTET_STREAM));
            http.execute(request, answer -> {
                if (answer.getCode() >= 400) {
                    throw new Refused(detail(answer.getCode(), EntityUtils.toString(answer.getEntity())), null);
                }
                new BufferedReader(new InputStreamReader(answer.getEntity().getContent(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines);
                return null;
            });
        } catch (IOException | UncheckedIOException e) {
            throw new Refused(
                    "the API at " + base + " does not answer, or no longer: what was taken in is kept; try again.", e);
        }
    }

    /**
     * A client that asks before it sends a file, so that who may not send it is told so, and that reads a refusal that comes while it sends.
     * The JDK's own waits 5 seconds for the word, then sends unasked and takes the late word for the answer.
     */
    private static CloseableHttpClient asking() {
        return HttpClients.custom()
                .setRequestExecutor(new HttpRequestExecutor(
                        Http1Config.custom()
                                .setWaitForContinueTimeout(Timeout.of(WORD))
                                .build(),
                        null,
                        null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setExpectContinueEnabled(true)
                        .setResponseTimeout(Timeout.of(SILENCE))
                        .build())
                .disableAutomaticRetries()
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 400) {
                throw new Refused(detail(answer.statusCode(), answer.body()), null);
            }
            return answer.body();
        } catch (IOException e) {
            throw new Refused(
                    "the API at " + base + " does not answer: run ./journeyman up, or name it with JOURNEYMAN_API.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted.", e);
        }
    }

    private String detail(int status, String body) {
        try {
            return Json.read(body, Problem.class).detail();
        } catch (IllegalArgumentException noProblemDocument) {
            return "the API at " + base + " answered " + status + ".";
        }
    }
}
