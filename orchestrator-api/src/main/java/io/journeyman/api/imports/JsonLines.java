package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.function.Consumer;

/** Reads a JSON object from each line (jsonlines.org); empty lines say nothing. */
final class JsonLines {
    private static final int LONGEST_LINE = 1 << 20;

    private JsonLines() {}

    interface Objects {
        void take(long line, ObjectNode object) throws FeedUnreadable;
    }

    /** @param refused takes the lines that are no objects */
    static void read(InputStream file, Objects objects, Consumer<Refusal> refused) throws IOException, FeedUnreadable {
        Reader text = Table.text(file);
        var line = new StringBuilder();
        long number = 1;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n') {
                take(number++, line, objects, refused);
                line.setLength(0);
            } else if (line.length() <= LONGEST_LINE) {
                line.append((char) c);
            }
        }
        take(number, line, objects, refused);
    }

    private static void take(long number, CharSequence line, Objects objects, Consumer<Refusal> refused)
            throws FeedUnreadable {
        if (line.toString().isBlank()) {
            return;
        }
        ObjectNode object;
        try {
            object = object(line);
        } catch (BadField e) {
            refused.accept(e.of(number, ""));
            return;
        }
        objects.take(number, object);
    }

    private static ObjectNode object(CharSequence line) throws BadField {
        if (line.length() > LONGEST_LINE) {
            throw new BadField("row", "has more than " + LONGEST_LINE + " characters");
        }
        if (line.toString().indexOf('\uFFFD') >= 0) {
            throw new BadField("row", "is not UTF-8");
        }
        try {
            if (Json.tree(line.toString()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IllegalArgumentException e) {
            throw new BadField("row", "is not JSON");
        }
        throw new BadField("row", "is not a JSON object");
    }
}
