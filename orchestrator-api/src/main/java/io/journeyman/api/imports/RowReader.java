package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/**
 * Reads rows into the fields of a schema, however their names are written: on_hand, onHand and "On hand" are the same. What the
 * schema does not have is not read.
 */
final class RowReader {
    /** Written as the import of products writes them; a customer's id is what their session says, to the letter. */
    private static final Set<String> IDS_OF_FEEDS = Set.of("sku", "productId", "locationId", "orderId");

    private static final String MONEY = "#/components/schemas/Money";
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";

    private final RowFormat format;
    private final RowKind kind;
    private final Map<String, JsonNode> properties;
    private final List<String> needed;
    private final Map<String, String> fields;
    /** By field, what the file calls it. */
    private final Map<String, String> columns = new HashMap<>();

    RowReader(RowFormat format, RowKind kind) {
        this.format = format;
        this.kind = kind;
        JsonNode schema = kind.contract().document().at("/components/schemas/" + kind.schema());
        this.properties = schema.path("properties").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        this.needed =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        this.fields = new HashMap<>(kind.otherNames());
        properties.keySet().forEach(field -> fields.put(plain(field), field));
    }

    interface Rows {
        /** @param row not yet checked against the schema */
        void take(long line, ObjectNode row) throws FeedUnreadable;
    }

    void read(InputStream file, Rows rows, Consumer<Refusal> refused) throws IOException, FeedUnreadable {
        switch (format) {
            case csv -> table(CSVFormat.RFC4180, file, rows, refused);
            case tsv -> table(CSVFormat.TDF, file, rows, refused);
            case jsonl ->
                JsonLines.read(file, (line, object) -> row(line, object.properties(), rows, refused), refused);
        }
    }

    /** What the file calls a field; {@code lines.0.sku} is of lines. */
    String column(String field) {
        String first = field.replaceFirst("\\..*", "");
        return first.isEmpty() ? "row" : columns.getOrDefault(first, first);
    }

    private void table(CSVFormat form, InputStream file, Rows rows, Consumer<Refusal> refused)
            throws IOException, FeedUnreadable {
        List<List<String>> columnsNeeded = needed.stream().map(this::namesOf).toList();
        new Table(form).read(file, columnsNeeded, row -> {
            List<Map.Entry<String, JsonNode>> said = new ArrayList<>();
            row.columns().keySet().forEach(column -> {
                field(column).ifPresent(field -> columns.put(field, column));
                row.first(column).ifPresent(text -> said.add(Map.entry(column, TextNode.valueOf(text))));
            });
            if (row.isUtf8()) {
                row(row.line(), said, rows, refused);
            } else {
                refused.accept(new Refusal(row.line(), "", "row", "is not UTF-8"));
            }
        });
    }

    private void row(long line, Iterable<Map.Entry<String, JsonNode>> said, Rows rows, Consumer<Refusal> refused)
            throws FeedUnreadable {
        ObjectNode row = Json.mapper().createObjectNode();
        List<BadField> bad = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : said) {
            JsonNode value = member.getValue();
            Optional<String> field = field(member.getKey()).filter(known -> !value.isNull());
            if (field.isPresent()) {
                columns.put(field.get(), member.getKey());
                try {
                    row.set(
                            field.get(),
                            value.isTextual() || value.isNumber() ? value(field.get(), value.asText()) : value);
                } catch (BadField e) {
                    bad.add(e);
                }
            }
        }
        if (bad.isEmpty()) {
            rows.take(line, row);
        } else {
            refused.accept(bad.getFirst().of(line, id(row)));
        }
    }

    /** A row's own id in words, as far as it says it. */
    String id(ObjectNode row) {
        return kind.ids().stream()
                .map(field -> row.path(field).asText())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Optional<String> field(String column) {
        return Optional.ofNullable(fields.get(plain(column)));
    }

    /** The first is the one by which a missing column is named. */
    private List<String> namesOf(String field) {
        String written = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Stream.of(written),
                        fields.entrySet().stream()
                                .filter(entry -> entry.getValue().equals(field))
                                .map(Map.Entry::getKey))
                .toList();
    }

    /** What is no number stays as it is: the schema says what it should be. */
    private JsonNode value(String field, String text) throws BadField {
        JsonNode property = properties.get(field);
        String stripped = text.strip();
        if (property.path("$ref").asText().equals(MONEY)) {
            return FeedPrice.of(column(field), stripped, kind.currency().orElseThrow());
        }
        return switch (property.path("type").asText()) {
            // spreadsheets write 12.0 for 12
            case "integer" ->
                stripped.matches("-?\\d{1,15}(\\.0+)?")
                        ? LongNode.valueOf(Long.parseLong(stripped.replaceFirst("\\..*", "")))
                        : TextNode.valueOf(stripped);
            case "number" ->
                stripped.matches("-?\\d{1,15}(\\.\\d{1,15})?")
                        ? DecimalNode.valueOf(new BigDecimal(stripped))
                        : TextNode.valueOf(stripped);
            default ->
                TextNode.valueOf(
                        property.path("format").asText().equals("date-time") && stripped.matches(DAY)
                                ? stripped + "T00:00:00Z"
                                : IDS_OF_FEEDS.contains(field) ? FeedId.of(stripped.replaceFirst("^#", "")) : stripped);
        };
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
