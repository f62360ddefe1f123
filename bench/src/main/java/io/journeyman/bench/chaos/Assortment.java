package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What customers ask for: pieces of the sample shop, so few that they are in each other's way. */
final class Assortment {
    private static final int PRODUCTS = 24;

    /** Of these there are so few that not everybody gets one. */
    private static final List<String> SCARCE = List.of("P-1003", "P-1013", "P-1041", "P-1066", "P-1102");

    record Piece(String name, String size, String colour) {
        String inWords() {
            return "%s in %s, size %s".formatted(name, colour, size);
        }
    }

    private final List<Piece> usual = new ArrayList<>();
    private final List<Piece> scarce = new ArrayList<>();

    Assortment() {
        int known = 0;
        for (JsonNode product : catalogue().path("products")) {
            boolean rare = SCARCE.contains(product.path("productId").asText());
            // the offline model takes "with Dupatta" for a wish of its own
            boolean plain = !product.path("name").asText().contains(" with ");
            if (!plain || (!rare && ++known > PRODUCTS)) {
                continue;
            }
            for (var variant : product.path("variants")) {
                if (!variant.path("size").asText().equals("ONE")) {
                    (rare ? scarce : usual)
                            .add(new Piece(
                                    product.path("name").asText(),
                                    variant.path("size").asText(),
                                    variant.path("color").asText()));
                }
            }
        }
    }

    Piece draw(RandomGenerator chance) {
        var from = chance.nextInt(6) == 0 ? scarce : usual;
        return from.get(chance.nextInt(from.size()));
    }

    private static JsonNode catalogue() {
        try (var file = Assortment.class.getResourceAsStream("/db/sample/catalogue.json")) {
            return Json.tree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
