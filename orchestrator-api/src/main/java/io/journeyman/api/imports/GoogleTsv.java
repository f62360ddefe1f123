package io.journeyman.api.imports;

import io.journeyman.api.imports.GoogleItems.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** Reads a Merchant feed parted by tabs: the attributes' names stand in the first line. */
final class GoogleTsv {
    private static final List<List<String>> NEEDED = List.of(List.of("id"), List.of("title"), List.of("price"));

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
        items.take(new Item(row.line(), fields, List.of()));
    }
}
