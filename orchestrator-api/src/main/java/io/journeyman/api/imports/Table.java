package io.journeyman.api.imports;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of a CSV or TSV file (RFC 4180) by their columns' names, however these are written; a row knows the line where it begins. */
final class Table {
    private static final int LONGEST_ROW = 1 << 20;
    private static final char NO_UTF_8 = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CSVFormat format;

    Table(CSVFormat format) {
        this.format = format.builder()
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(false)
                .setTrailingData(true)
                .get();
    }

    interface Rows {
        void row(Row row) throws FeedUnreadable;
    }

    /** A column's value; empty where there is no such column, or nothing in it. */
    record Row(long line, CSVRecord values, Map<String, List<Integer>> columns) {
        Optional<String> first(String column) {
            return all(column).stream().findFirst();
        }

        List<String> all(String column) {
            List<String> found = new ArrayList<>();
            for (int at : columns.getOrDefault(column, List.of())) {
                if (at < values.size() && !values.get(at).isBlank()) {
                    found.add(values.get(at).strip());
                }
            }
            return found;
        }

        boolean isUtf8() {
            return values.stream().noneMatch(value -> value.indexOf(NO_UTF_8) >= 0);
        }
    }

    /** A heading as it is compared: {@code Item Group ID} is {@code item_group_id}. */
    static String name(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT).replaceFirst("^g:", "").replaceAll("[\\s_]+", "_");
    }

    /** A file's characters, without the mark by which some programs begin a file in UTF-8. */
    static BufferedReader text(InputStream file) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    /** @param needed columns without which it is another kind of file, each by any of its names */
    void read(InputStream file, List<List<String>> needed, Rows rows) throws IOException, FeedUnreadable {
        var bounded = new Bounded(text(file));
        // never closed: it holds nothing but the file, which is its owner's to close
        CSVParser parser =
                CSVParser.builder().setReader(bounded).setFormat(format).get();
        Iterator<CSVRecord> records = parser.iterator();
        Optional<Map<String, List<Integer>>> columns = Optional.empty();
        while (true) {
            long line = parser.getCurrentLineNumber() + 1;
            bounded.begin();
            if (!hasNext(records, line)) {
                break;
            }
            CSVRecord values = records.next();
            if (values.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (columns.isPresent()) {
                rows.row(new Row(line, values, columns.get()));
            } else {
                columns = Optional.of(columns(values, line, needed));
            }
        }
        if (columns.isEmpty()) {
            throw new FeedUnreadable(1, "is empty");
        }
    }

    private static boolean hasNext(Iterator<CSVRecord> records, long line) throws IOException, FeedUnreadable {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            switch (e.getCause()) {
                case RowTooLong _ ->
                    throw new FeedUnreadable(
                            line, "a row has more than " + LONGEST_ROW + " characters: a quote may not be closed");
                case CSVException _ -> throw new FeedUnreadable(line, "a quote is not closed from here on");
                default -> throw e.getCause();
            }
        }
    }

    private static Map<String, List<Integer>> columns(CSVRecord headings, long line, List<List<String>> needed)
            throws FeedUnreadable {
        Map<String, List<Integer>> columns = new HashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            columns.computeIfAbsent(name(headings.get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        for (List<String> names : needed) {
            if (names.stream().noneMatch(columns::containsKey)) {
                throw new FeedUnreadable(line, "the first line has no column " + names.getFirst());
            }
        }
        return columns;
    }

    private static final class RowTooLong extends IOException {}

    /** Lets no more be read between two rows than one may have, so that a quote left open does not draw the whole file into memory. */
    private static final class Bounded extends FilterReader {
        private long left = LONGEST_ROW;

        Bounded(Reader in) {
            super(in);
        }

        void begin() {
            left = LONGEST_ROW;
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count(c < 0 ? 0 : 1);
            return c;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new RowTooLong();
            }
        }
    }
}
