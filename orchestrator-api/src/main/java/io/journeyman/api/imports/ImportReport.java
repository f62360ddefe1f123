package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an import tells: a JSON line for each refused row, and the counts in the last line. It waits in a file until the upload has
 * been read: who still sends does not listen yet.
 */
final class ImportReport implements AutoCloseable {
    /** Of a file of another kind no row goes in: its report would be longer than the file. */
    private static final int MOST_REFUSALS = 10_000;

    private static final int MOST_CHARACTERS = 10 << 20;

    private final Path file;
    private final Writer lines;
    private final boolean dryRun;
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private long refused;
    private long refusals;
    private long characters;
    private Optional<Stopped> stopped = Optional.empty();

    ImportReport(Path file, Writer lines, boolean dryRun) {
        this.file = file;
        this.lines = lines;
        this.dryRun = dryRun;
    }

    static ImportReport begin(boolean dryRun) throws IOException {
        Path file = Files.createTempFile("journeyman-import-", ".jsonl");
        return new ImportReport(file, Files.newBufferedWriter(file), dryRun);
    }

    /** Where a file could not be read or taken any further. */
    record Stopped(long line, String reason) {}

    record Counts(long created, long changed, long unchanged) {
        Counts plus(Counts other) {
            return new Counts(created + other.created, changed + other.changed, unchanged + other.unchanged);
        }
    }

    private record RefusedLine(Refusal refused) {}

    private record SummaryLine(ObjectNode summary) {}

    /** @param line where the next row begins @throws FeedUnreadable when so much was refused that the file is not read any further */
    void goOn(long line) {
        if (refusals >= MOST_REFUSALS || characters >= MOST_CHARACTERS) {
            throw new FeedUnreadable(
                    line,
                    "so much was refused before this line that the file seems to be of another format; if it is not, correct"
                            + " what was refused and import it again");
        }
    }

    void refused(Refusal refusal) {
        refusals++;
        write(new RefusedLine(refusal));
    }

    /** Something, such as a product, of which nothing went in. */
    void refusedWhole() {
        refused++;
    }

    /** @param what is counted, such as variants; it is told from then on */
    void count(String what, long created, long changed, long unchanged) {
        counts.merge(what, new Counts(created, changed, unchanged), Counts::plus);
    }

    /** Counts one of them. */
    void count(String what, Result result) {
        switch (result) {
            case created -> count(what, 1, 0, 0);
            case changed -> count(what, 0, 1, 0);
            case unchanged -> count(what, 0, 0, 1);
            case refused -> refusedWhole();
        }
    }

    void stopped(long line, String reason) {
        stopped = Optional.of(new Stopped(line, reason));
    }

    /**
     * dryRun; complete: whether the whole file was read; stopped; the counts by what is counted; refused: how many have nothing that
     * went in; refusals: how often a reason is told.
     */
    ObjectNode summary() {
        ObjectNode summary =
                Json.mapper().createObjectNode().put("dryRun", dryRun).put("complete", stopped.isEmpty());
        stopped.ifPresent(where -> summary.set("stopped", Json.mapper().valueToTree(where)));
        counts.forEach((what, counted) -> summary.set(what, Json.mapper().valueToTree(counted)));
        return summary.put("refused", refused).put("refusals", refusals);
    }

    /** The same of a file that was cut off, or that could not be taken any further for another reason. */
    ObjectNode unfinished() {
        return summary().put("complete", false);
    }

    /** Hands all of it out; nothing can be added any more. */
    void writeTo(OutputStream out) throws IOException {
        write(new SummaryLine(summary()));
        lines.close();
        Files.copy(file, out);
    }

    @Override
    public void close() throws IOException {
        try {
            lines.close();
        } finally {
            // a full disk takes no last line, and gets its room back
            Files.deleteIfExists(file);
        }
    }

    private void write(Object line) {
        try {
            String text = Json.write(line);
            characters += text.length() + 1;
            lines.write(text);
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
