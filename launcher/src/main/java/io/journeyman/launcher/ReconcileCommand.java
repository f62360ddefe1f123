package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./journeyman payments reconcile}: each difference is told as it is found, and none is kept, however many payments there are. */
@Command(
        name = "reconcile",
        description = {
            "Compares payments and refunds with the gateway's own books, and lists every difference. It changes nothing.",
            "Ends with 0 when there is none, and with 3 when there are some."
        })
@SuppressWarnings("UnusedVariable") // picocli reads the options for help
final class ReconcileCommand implements Callable<Integer> {
    private static final int DIFFERENT = 3;

    /** The gateway is asked about each payment of a page, one by one, before the API loses its patience (10 s). */
    private static final int PAGE = 20;

    private final BiFunction<Optional<String>, Optional<String>, StaffApi> api;

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private StaffTool.Help help = new StaffTool.Help();

    @CommandLine.Mixin
    private StaffTool.Place place = new StaffTool.Place();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "begun since: today, 2026-11-24, or 2026-11-24T08:00:00Z")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "begun before (default: two minutes ago; what is on its way may differ only because of that)")
    private Instant to;

    @Option(names = "--csv", paramLabel = "FILE", description = "writes the differences there, too")
    private Path csv;

    ReconcileCommand(BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        this.api = api;
    }

    @Override
    public Integer call() throws IOException {
        if (csv == null) {
            return compare(difference -> {});
        }
        try (var file = new CSVPrinter(
                Files.newBufferedWriter(csv),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader("kind", "orderId", "attempt", "refundId", "ours", "gateway's")
                        .get())) {
            return compare(difference -> file.printRecord(
                    difference.path("kind").asText(),
                    difference.path("orderId").asText(),
                    difference.path("attempt").asText(),
                    difference.path("refundId").asText(),
                    difference.path("ours").asText(),
                    difference.path("gateways").asText()));
        } catch (IOException e) {
            throw new StaffApi.Refused("the differences could not be written to " + csv + ": name another file.", e);
        }
    }

    private interface Sink {
        void write(JsonNode difference) throws IOException;
    }

    private int compare(Sink sink) throws IOException {
        var staff = place.in(api);
        String window = "/v1/payments/reconciliation?limit=" + PAGE + "&from=" + from + (to == null ? "" : "&to=" + to);
        long checked = 0;
        long different = 0;
        Optional<String> after = Optional.empty();
        do {
            var page = staff.get(window
                    + after.map(cursor -> "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                            .orElse(""));
            checked += page.path("checked").asLong();
            for (JsonNode difference : page.path("differences")) {
                different++;
                tell(difference);
                sink.write(difference);
            }
            after = Optional.ofNullable(page.path("next").asText(null));
        } while (after.isPresent());
        out().printf("%d entries compared, %d differences.%n", checked, different);
        out().flush();
        return different == 0 ? CommandLine.ExitCode.OK : DIFFERENT;
    }

    private void tell(JsonNode difference) {
        out().printf(
                        Locale.ROOT,
                        "%-16s %2s  %-26s here: %-28s gateway: %s%s%n",
                        difference.path("orderId").asText("-"),
                        difference.path("attempt").asText("-"),
                        difference.path("kind").asText().replace('_', ' '),
                        difference.path("ours").asText("nothing"),
                        difference.path("gateways").asText("nothing"),
                        difference.has("refundId")
                                ? " (refund " + difference.path("refundId").asText() + ")"
                                : "");
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
