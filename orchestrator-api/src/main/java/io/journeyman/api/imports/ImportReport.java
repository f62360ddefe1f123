package io.journeyman.api.imports;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Recommendation.ImportedProduct;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an import tells: a JSON line for each refused row, and the counts in the last line. It waits in a file until the upload has
 * been read: who still sends does not listen yet.
 */
final class ImportReport implements AutoCloseable {
    private final Path file;
    private final BufferedWriter lines;
    private final boolean dryRun;
    private long created;
    private long changed;
    private long unchanged;
    private long refused;
    private long variantsCreated;
    private long variantsChanged;
    private long variantsUnchanged;
    private long refusals;
    private Optional<Stopped> stopped = Optional.empty();

    private ImportReport(Path file, BufferedWriter lines, boolean dryRun) {
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

    /** How many products, or variants. A product is changed also where only a variant of it is. */
    record Counts(long created, long changed, long unchanged) {}

    private record RefusedLine(Refusal refused) {}

    private record SummaryLine(Summary summary) {}

    /**
     * @param complete whether the whole file was read
     * @param refusedProducts those of which nothing went in
     * @param refusals refused rows, each said in a line of its own
     */
    record Summary(
            boolean dryRun,
            boolean complete,
            Optional<Stopped> stopped,
            Counts products,
            Counts variants,
            long refusedProducts,
            long refusals) {}

    void refused(Refusal refusal) {
        refusals++;
        write(new RefusedLine(refusal));
    }

    void refusedProduct() {
        refused++;
    }

    /** @param counted whether the product itself was counted before, and these are further variants of it */
    void took(ImportedProduct product, boolean counted) {
        variantsCreated += product.variantsCreated();
        variantsChanged += product.variantsChanged();
        variantsUnchanged += product.variantsUnchanged();
        if (counted) {
            return;
        }
        switch (product.result()) {
            case created -> created++;
            case changed -> changed++;
            case unchanged -> unchanged++;
            case refused -> refused++;
        }
    }

    void stopped(long line, String reason) {
        stopped = Optional.of(new Stopped(line, reason));
    }

    Summary summary() {
        return new Summary(
                dryRun,
                stopped.isEmpty(),
                stopped,
                new Counts(created, changed, unchanged),
                new Counts(variantsCreated, variantsChanged, variantsUnchanged),
                refused,
                refusals);
    }

    /** Hands all of it out; nothing can be added any more. */
    void writeTo(OutputStream out) throws IOException {
        write(new SummaryLine(summary()));
        lines.close();
        Files.copy(file, out);
    }

    @Override
    public void close() throws IOException {
        lines.close();
        Files.deleteIfExists(file);
    }

    private void write(Object line) {
        try {
            lines.write(Json.write(line));
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
