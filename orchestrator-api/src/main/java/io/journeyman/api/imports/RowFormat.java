package io.journeyman.api.imports;

import java.util.Arrays;
import java.util.Optional;

/** A form in which shops have what is one row each: stock, places, customers. */
public enum RowFormat {
    /** RFC 4180, with the columns' names in the first line. */
    csv,

    /** The same, parted by tabs. */
    tsv,

    /** A JSON object in each line. */
    jsonl;

    public static Optional<RowFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }
}
