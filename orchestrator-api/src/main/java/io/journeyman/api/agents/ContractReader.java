package io.journeyman.api.agents;

import io.journeyman.activities.http.Exchange;
import io.journeyman.api.http.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what an agent says that it can do: {@code GET /contract}. */
final class ContractReader {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LARGEST = 256 << 10;

    /** It follows no redirect: only the address that was allowed is called. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** @throws ProblemException 422 when there is none to read */
    String read(URI agent) {
        URI address = URI.create(agent + "/contract");
        try {
            HttpResponse<String> answer = Exchange.within(
                    PATIENCE,
                    http,
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw unreadable(address, "answered " + answer.statusCode());
        } catch (IOException e) {
            throw unreadable(
                    address, "did not answer in %d s and %d KiB".formatted(PATIENCE.toSeconds(), LARGEST >> 10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(address, "was not asked to the end");
        }
    }

    private static ProblemException unreadable(URI address, String how) {
        return ProblemException.of(
                422,
                "contract_unreadable",
                "%s %s.".formatted(address, how),
                "Start the agent, let GET /contract answer its OpenAPI 3.1 document, and try again.");
    }
}
