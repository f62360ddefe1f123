package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each route that the document describes is there when it is called. */
@ExtendWith(RunningShop.Opened.class)
class RoutesTest {
    private static final Map<String, String> SAMPLES = Map.of(
            "/pictures/{file}",
            "/pictures/P-1.svg",
            "/assets/{file}",
            "/assets/chat.js",
            "/staff/journeys/{id}/{action}",
            "/staff/journeys/1/cancel");

    private final RunningShop shop;

    RoutesTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void findsEachDescribedRoute() {
        var customer = shop.customer();
        for (var operation : ApiClient.DOCUMENT.operations()) {
            String path =
                    SAMPLES.getOrDefault(operation.path(), operation.path()).replaceAll("\\{.*?}", "1");
            if (path.equals("/v1/conversations/events")) {
                customer.events("").close();
                continue;
            }

            var answer = customer.send(operation.method(), path, Optional.empty());

            if (answer.status() >= 400) {
                assertThat(answer.refusal()).as(operation.id()).isNotIn("404 not_found", "405 method_not_allowed");
            }
        }
    }

    @Test
    void servesTheDocumentThatDescribesThem() {
        var document = shop.nobody().get("/v1/openapi.json");

        assertThat(document.tree()).isEqualTo(ApiClient.DOCUMENT.document());
        var known = shop.nobody().with("If-None-Match", document.header("ETag").orElseThrow());
        assertThat(known.get("/v1/openapi.json").status()).isEqualTo(304);
    }
}
