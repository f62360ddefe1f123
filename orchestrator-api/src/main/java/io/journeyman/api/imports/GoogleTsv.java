package io.journeyman.api.imports;

import io.journeyman.api.imports.GoogleItems.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/** Reads a Merchant feed parted by tabs: the attributes' names stand in the first line. */
final class GoogleTsv {
    private static final List<List<String>> NEEDED = List.of(List.of("id"), List.of("title"), List.of("price"));

    private static final List<String> DETAILS =
            List.of("product_detail", "product_detail(section_name:attribute_name:attribute_value)");
    /** Before the next section:name:value, so that a value may have commas of its own. */
    private static final Pattern NEXT_DETAIL = Pattern.compile(",(?=[^:,]*:[^:,]*:)");

    private final GoogleItems items;
    private final FeedSink sink;

    GoogleTsv(GoogleItems items, FeedSink sink) {
        this.items = items;
        this.sink = sink;
    }

    void read(InputStream file) throws IOException, FeedUnreadable {
        try {
            new Table(CSVFormat.TDF).read(file, NEEDED, this::row);
        } finally {
            items.end();
        }
    }

    private void row(Table.Row row) throws FeedUnreadable {
        if (!row.isUtf8()) {
            sink.refused(new Refusal(row.line(), row.first("id").orElse(""), "row", "is not UTF-8"));
            return;
        }
        Map<String, List<String>> fields = new HashMap<>();
        row.columns().keySet().forEach(name -> fields.put(name, row.all(name)));
        items.take(new Item(row.line(), fields, details(row)));
    }

    /** {@code General:Lining:Cotton,General:Care:Hand wash, cold}: the section's name says nothing that the attribute's does not. */
    private static List<Map.Entry<String, String>> details(Table.Row row) {
        return DETAILS.stream()
                .flatMap(column -> row.all(column).stream())
                .flatMap(NEXT_DETAIL::splitAsStream)
                .map(detail -> detail.split(":", 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> Map.entry(parts[1], parts[2]))
                .toList();
    }
}
