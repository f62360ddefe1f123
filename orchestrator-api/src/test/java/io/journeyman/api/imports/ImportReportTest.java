package io.journeyman.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportReportTest {
    @TempDir
    private Path folder;

    @Test
    void leavesNoFileWhereTheDiskIsFull() throws Exception {
        var full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "a disk that is always full");
        var file = Files.createFile(folder.resolve("report.jsonl"));
        var report = new ImportReport(file, Files.newBufferedWriter(full), false);
        report.refused(new Refusal(2, "A", "row", "is wrong"));

        assertThatThrownBy(report::close).isInstanceOf(IOException.class);

        assertThat(file).doesNotExist();
    }

    @Test
    void isAtItsEndAfterSoManyRefusalsOrSuchLongOnes() throws Exception {
        try (var report = ImportReport.begin(true)) {
            for (int i = 0; i < 99; i++) {
                report.refused(new Refusal(2, "x".repeat(100_000), "row", "is wrong"));
                report.goOn(3);
            }
            for (int i = 0; i < 10; i++) {
                report.refused(new Refusal(2, "x".repeat(100_000), "row", "is wrong"));
            }

            assertThatThrownBy(() -> report.goOn(3)).hasMessageContaining("another format");
        }
    }
}
