package io.journeyman.recommendation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a customer types, and what they should see: a line of {@code queries.txt}, which says how it is written.
 *
 * @param meant the products that are meant, of the sample shop
 * @param near those that would do as well
 */
record LabelledQuery(String kind, String text, Predicate<JsonNode> meant, Predicate<JsonNode> near) {
    static List<LabelledQuery> all() {
        try (InputStream file = LabelledQuery.class.getResourceAsStream("queries.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LabelledQuery::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledQuery read(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not kind | query | meant | near: " + line);
        }
        return new LabelledQuery(
                parts[0].strip(), parts[1].strip(), products(parts[2].strip()), products(parts[3].strip()));
    }

    private static Predicate<JsonNode> products(String said) {
        return said.isEmpty()
                ? product -> false
                : Arrays.stream(said.split(" ", -1))
                        .map(LabelledQuery::condition)
                        .reduce(Predicate::and)
                        .orElseThrow();
    }

    private static Predicate<JsonNode> condition(String said) {
        if (said.startsWith("-")) {
            return condition(said.substring(1)).negate();
        }
        String what = said.substring(0, said.indexOf(':'));
        List<String> any = Arrays.stream(said.substring(said.indexOf(':') + 1).split(",", -1))
                .map(value -> value.replace('+', ' '))
                .toList();
        return switch (what) {
            case "in" -> product -> any.contains(product.path("category").asText());
            case "for" ->
                product -> {
                    String audience = product.path("audience").asText();
                    return any.contains(audience) || (audience.equals("unisex") && !any.equals(List.of("kids")));
                };
            case "occ" -> product -> strings(product.path("occasions")).anyMatch(any::contains);
            case "col" ->
                product -> StreamSupport.stream(product.path("variants").spliterator(), false)
                        .anyMatch(variant -> any.contains(variant.path("color").asText()));
            case "name" -> product -> contains(product.path("name").asText(), any);
            case "has" ->
                product -> contains(
                        product.path("name").asText() + " "
                                + product.path("description").asText(),
                        any);
            case "most" -> product -> product.path("priceMinor").asLong() <= 100 * Long.parseLong(any.getFirst());
            case "least" -> product -> product.path("priceMinor").asLong() >= 100 * Long.parseLong(any.getFirst());
            default -> throw new IllegalArgumentException("no such condition: " + said);
        };
    }

    private static boolean contains(String text, List<String> any) {
        String lower = text.toLowerCase(Locale.ROOT);
        return any.stream().anyMatch(lower::contains);
    }

    private static Stream<String> strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    /** 3 for what is meant, 1 for what would do. */
    int gain(JsonNode product) {
        return meant.test(product) ? 3 : near.test(product) ? 1 : 0;
    }
}
