package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ImportedRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a file of rows to who takes them, some at a time, in the file's order. What breaks the contract's form is refused here, what
 * breaks a rule of the shop there, and each refusal names its line. Batches have keys of their own, so that an answer that is lost is
 * asked for again; the same file again finds most of itself unchanged.
 */
final class RowImport {
    private static final int MOST_ROWS = 200;
    /** An agent reads bodies of 256 KiB. */
    private static final int MOST_BYTES = 200 * 1024;

    private final RowKind kind;
    private final RowReader reader;
    private final String key;
    private final boolean dryRun;
    private final ImportReport report;
    private final SeenIds seen = new SeenIds();

    private final List<Waiting> batch = new ArrayList<>();
    private int bytes;
    private int sent;

    private record Waiting(long line, ObjectNode row) {}

    /** @param key one for the whole import: the same again does nothing twice */
    RowImport(RowKind kind, RowFormat format, String key, boolean dryRun, ImportReport report) {
        this.kind = kind;
        this.reader = new RowReader(format, kind);
        this.key = key;
        this.dryRun = dryRun;
        this.report = report;
        report.count(kind.name(), 0, 0, 0);
    }

    void read(InputStream file) throws IOException {
        try {
            try {
                reader.read(file, this::take, refusal -> {
                    report.goOn(refusal.line());
                    refused(refusal);
                });
            } catch (FeedUnreadable e) {
                report.stopped(e.line(), e.getMessage());
            }
            send();
        } catch (LastingAgent.Away e) {
            report.stopped(batch.getFirst().line(), e.getMessage());
        }
        // who still sends does not hear the answer yet
        file.transferTo(OutputStream.nullOutputStream());
    }

    private void take(long line, ObjectNode row) throws FeedUnreadable {
        report.goOn(line);
        if (seen.isFull()) {
            throw new FeedUnreadable(line, "the file has more than " + SeenIds.MOST + " rows: cut it");
        }
        String id = reader.id(row);
        List<Contract.Violation> violations = kind.contract().checkSchema(kind.schema(), row.toString());
        if (!violations.isEmpty()) {
            violations.stream()
                    .map(wrong -> new Refusal(line, id, reader.column(wrong.field()), wrong.message()))
                    .forEach(report::refused);
            report.refusedWhole();
            return;
        }
        if (!seen.add(id)) {
            refused(new Refusal(line, id, reader.column(kind.ids().getFirst()), "came before in this file"));
            return;
        }
        int size = row.toString().getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES) {
            refused(new Refusal(line, id, "row", "has more than " + MOST_BYTES / 1024 + " KiB"));
            return;
        }
        if (batch.size() == MOST_ROWS || bytes + size > MOST_BYTES) {
            send();
        }
        batch.add(new Waiting(line, row));
        bytes += size + 1;
    }

    private void refused(Refusal refusal) {
        report.refused(refusal);
        report.refusedWhole();
    }

    private void send() {
        if (batch.isEmpty()) {
            return;
        }
        List<ImportedRow> results =
                kind.taker().take(batch.stream().map(Waiting::row).toList(), key + "-" + sent, dryRun);
        for (int i = 0; i < batch.size(); i++) {
            account(batch.get(i), results.get(i));
        }
        batch.clear();
        bytes = 0;
        sent++;
    }

    private void account(Waiting waiting, ImportedRow result) {
        if (result.result() == ImportedRow.Result.refused) {
            refused(new Refusal(
                    waiting.line(),
                    reader.id(waiting.row()),
                    reader.column(result.field().orElse("")),
                    result.reason().orElse("was refused")));
        } else {
            report.count(kind.name(), result.result());
        }
    }
}
