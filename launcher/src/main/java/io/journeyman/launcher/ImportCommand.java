package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./journeyman import}: brings a shop's own data into a shop that is up. It only asks the API, with a file. */
@Command(
        name = "./journeyman import",
        description = "Brings a shop's own data into the shop that is up.",
        synopsisSubcommandLabel = "WHAT",
        footer = {
            "",
            "  JOURNEYMAN_API           where the API is (default: the one of ./journeyman up, by --port-base)",
            "  JOURNEYMAN_STAFF_TOKEN   a staff member's token (default: one signed with JOURNEYMAN_TOKEN_KEY, else the data folder's key)"
        })
@SuppressWarnings("UnusedVariable") // picocli reads the options for help
final class ImportCommand implements Runnable {
    private static final int SHOWN = 20;
    /** Smaller files are read before a bar could be looked at. */
    private static final long WORTH_WATCHING = 64 << 10;

    private final BiFunction<Optional<String>, Optional<String>, StaffApi> api;

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private StaffTool.Help help = new StaffTool.Help();

    private ImportCommand(BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        this.api = api;
    }

    /**
     * @param api finds the API by the data folder and the port base, where they are given
     * @return the exit status: 0, 1 when the file was not read to its end, 2 for wrong words
     */
    static int run(
            List<String> arguments,
            PrintWriter out,
            PrintWriter err,
            BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        var command = new ImportCommand(api);
        var line = new CommandLine(command);
        for (ShopData data : ShopData.values()) {
            var upload = new CommandLine(command.new Upload(data));
            upload.getCommandSpec().usageMessage().description(data.description());
            line.addSubcommand(data.name(), upload);
        }
        return StaffTool.run(line, arguments, out, err);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what: " + ShopData.names() + ".");
    }

    /** Sends a file of one kind of data. */
    @Command(
            footer = {
                "",
                "Creates what is new, changes what is different, touches nothing else, and tells each row that was refused.",
                "Begun again after whatever broke it, it finds what is in already unchanged, and goes on."
            })
    final class Upload implements Runnable {
        private final ShopData data;

        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @Parameters(paramLabel = "FILE", description = "the file; its ending says what it is")
        private Path file;

        @Option(names = "--format", paramLabel = "NAME", description = "what it is, where its ending does not say so")
        private String format;

        @Option(names = "--dry-run", description = "only says what would come of it")
        private boolean dryRun;

        @Option(names = "--report", paramLabel = "FILE", description = "writes every refused row there, as CSV")
        private Path report;

        Upload(ShopData data) {
            this.data = data;
        }

        @Override
        public void run() {
            long length = length();
            String path = "/v1/imports/" + data + "?format=" + format() + "&dryRun=" + dryRun;
            var staff = place.in(api);
            try (var refusals = new Refusals(out(), Optional.ofNullable(report))) {
                staff.upload(path, () -> opened(length), length, refusals::take);
                tell(refusals.summary());
            } catch (IOException e) {
                throw new StaffApi.Refused("the report could not be written to " + report + ": name another file.", e);
            }
        }

        private long length() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new StaffApi.Refused("there is no file " + file + " that can be read.", e);
            }
        }

        /** The shop reads the file as it takes it in: how much of it was sent is how far the import is. */
        private InputStream opened(long length) {
            try {
                var content = Files.newInputStream(file);
                boolean watched = StaffTool.terminal().isPresent() && length >= WORTH_WATCHING;
                return watched ? ProgressBar.wrap(content, bar(length)) : content;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String format() {
            if (format != null) {
                return format;
            }
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            return data.format(name.substring(name.lastIndexOf('.') + 1))
                    .orElseThrow(() -> new CommandLine.ParameterException(
                            spec.commandLine(), "The file's ending does not say what it is: name it with --format."));
        }

        private ProgressBarBuilder bar(long length) {
            return new ProgressBarBuilder()
                    .setTaskName(data.name())
                    .setInitialMax(length)
                    .setUnit(" KiB", 1 << 10);
        }

        private long refusals(JsonNode summary) {
            return summary.path(data.hasARowEach() ? "refused" : "refusals").asLong();
        }

        /** Of rows that were refused one by one nobody knows whether their product has others. */
        private String ofProducts(JsonNode summary, boolean done) {
            long whole = summary.path("refused").asLong();
            return data.hasARowEach() || whole == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; %,d %s have nothing %s",
                            whole,
                            data,
                            done ? "that went in" : "that would go in");
        }

        private void tell(JsonNode summary) {
            String would = summary.path("dryRun").asBoolean() ? "would be " : "";
            data.counted().forEach(what -> line(what, would, summary.path(what)));
            out().printf(
                            Locale.ROOT,
                            "refused:  %,d rows%s%n",
                            refusals(summary),
                            ofProducts(summary, would.isEmpty()));
            if (report != null) {
                out().println("The refused rows are in " + report + ".");
            }
            out().flush();
            if (!summary.path("complete").asBoolean()) {
                throw new StaffApi.Refused(
                        "the file was read up to line "
                                + summary.path("stopped").path("line").asText() + " only: "
                                + summary.path("stopped").path("reason").asText() + ".",
                        null);
            }
        }

        private void line(String what, String would, JsonNode counts) {
            out().printf(
                            Locale.ROOT,
                            "%s: %s%,d created, %,d changed, %,d unchanged%n",
                            what,
                            would,
                            counts.path("created").asLong(),
                            counts.path("changed").asLong(),
                            counts.path("unchanged").asLong());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The report's lines: the first refused rows are shown, all of them are written into a file where one is wanted. */
    private static final class Refusals implements Closeable {
        private final PrintWriter out;
        private final Optional<CSVPrinter> file;
        private int shown;
        private JsonNode summary = Json.mapper().createObjectNode();

        Refusals(PrintWriter out, Optional<Path> file) throws IOException {
            this.out = out;
            this.file = file.isPresent()
                    ? Optional.of(new CSVPrinter(Files.newBufferedWriter(file.get()), CSVFormat.RFC4180))
                    : Optional.empty();
            if (this.file.isPresent()) {
                this.file.get().printRecord("line", "id", "field", "reason");
            }
        }

        void take(String line) {
            JsonNode said = Json.tree(line);
            if (said.has("summary")) {
                summary = said.path("summary");
                return;
            }
            JsonNode refused = said.path("refused");
            if (shown++ < SHOWN) {
                out.printf(
                        Locale.ROOT,
                        "line %d, %s: %s %s%n",
                        refused.path("line").asLong(),
                        refused.path("id").asText(),
                        refused.path("field").asText(),
                        refused.path("reason").asText());
            } else if (shown == SHOWN + 1) {
                out.println(file.isPresent() ? "…" : "… (--report FILE has them all)");
            }
            write(refused);
        }

        JsonNode summary() {
            if (summary.isEmpty()) {
                throw new StaffApi.Refused("the answer ended too early: import the file again.", null);
            }
            return summary;
        }

        private void write(JsonNode refused) {
            if (file.isEmpty()) {
                return;
            }
            try {
                file.get()
                        .printRecord(
                                refused.path("line").asLong(),
                                noFormula(refused.path("id").asText()),
                                noFormula(refused.path("field").asText()),
                                noFormula(refused.path("reason").asText()));
            } catch (IOException e) {
                throw new StaffApi.Refused("the report cannot be written any further: is the disk full?", e);
            }
        }

        /** What a spreadsheet would take for a formula is text (OWASP, CSV injection). */
        private static String noFormula(String text) {
            return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        }

        @Override
        public void close() throws IOException {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }
}
