package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./journeyman payments}: the bad night's command. It only asks the API, as the staff console does. */
@Command(
        name = "./journeyman payments",
        description = "Payments: look at failed ones, have them tried again, compare all with the gateway's books.",
        synopsisSubcommandLabel = "(list | replay | reconcile)",
        footer = {
            "",
            "  JOURNEYMAN_API           where the API is (default: the one of ./journeyman up, by --port-base)",
            "  JOURNEYMAN_STAFF_TOKEN   a staff member's token (default: one signed with JOURNEYMAN_TOKEN_KEY, else the data folder's key)"
        })
@SuppressWarnings("UnusedVariable") // picocli reads the options for help
final class PaymentsCommand implements Runnable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final BiFunction<Optional<String>, Optional<String>, StaffApi> api;

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private StaffTool.Help help = new StaffTool.Help();

    private PaymentsCommand(BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        this.api = api;
    }

    /**
     * @param api finds the API by the data folder and the port base, where they are given
     * @return the exit status: 0, 1 when it could not be done, 2 for wrong words
     */
    static int run(
            List<String> arguments,
            PrintWriter out,
            PrintWriter err,
            BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        var command = new PaymentsCommand(api);
        var line = new CommandLine(command)
                .addSubcommand(command.new ListFailed())
                .addSubcommand(command.new ReplayFailed())
                .addSubcommand(new ReconcileCommand(api))
                .registerConverter(Instant.class, new Moment());
        return StaffTool.run(line, arguments, out, err);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say list, replay or reconcile.");
    }

    /** Which payments. What is left out does not matter. */
    static final class Which {
        @Option(
                names = "--failure",
                paramLabel = "CODE",
                description = "insufficient_funds, expired_card, network_error, unresolved, payment_not_made…")
        private String failure;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "failed since: today, 2026-11-24, or 2026-11-24T08:00:00Z")
        private Instant from;

        @Option(names = "--to", paramLabel = "TIME", description = "failed before")
        private Instant to;

        @Option(names = "--least", paramLabel = "AMOUNT", description = "of at least so much, in minor units")
        private Long least;

        @Option(names = "--most", paramLabel = "AMOUNT", description = "of at most so much, in minor units")
        private Long most;

        @Option(names = "--channel", paramLabel = "NAME", description = "web, whatsapp…")
        private String channel;

        @Option(names = "--customer", paramLabel = "ID", description = "of one customer")
        private String customer;

        ObjectNode json() {
            var json = Json.mapper().createObjectNode();
            put(json, "failure", failure);
            put(json, "from", from);
            put(json, "to", to);
            put(json, "leastMinor", least);
            put(json, "mostMinor", most);
            put(json, "channel", channel);
            put(json, "customerId", customer);
            return json;
        }

        private static void put(ObjectNode json, String name, Object value) {
            if (value != null) {
                json.set(name, Json.mapper().valueToTree(value));
            }
        }
    }

    @Command(name = "list", description = "Orders whose payment failed and is not paid since, newest first.")
    final class ListFailed implements Runnable {
        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @CommandLine.Mixin
        private Which which = new Which();

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default ${DEFAULT-VALUE})")
        private int limit = 50;

        @Override
        public void run() {
            var query = which.json().properties().stream()
                    .map(field -> "&" + field.getKey() + "="
                            + java.net.URLEncoder.encode(
                                    field.getValue().asText(), java.nio.charset.StandardCharsets.UTF_8))
                    .collect(Collectors.joining());
            var failed = place.in(api)
                    .get("/v1/payments/failed?limit=" + limit + query)
                    .path("payments");
            table(failed);
            out().println(failed.isEmpty() ? "No payment has failed." : failed.size() + " failed payments.");
            out().flush();
        }
    }

    @Command(
            name = "replay",
            description = {
                "Has failed payments tried again, by the method given last. Each order is charged once, whoever else pays or asks.",
                "It first says what it would do; nothing is tried before you agree."
            })
    final class ReplayFailed implements Runnable {
        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @ArgGroup(multiplicity = "1")
        private Chosen chosen;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for the record")
        private String reason;

        @Option(names = "--dry-run", description = "only says what it would do")
        private boolean dryRun;

        @Option(names = "--yes", description = "does not ask before it begins")
        private boolean yes;

        @Option(names = "--rate", paramLabel = "N", description = "orders a second at most (default ${DEFAULT-VALUE})")
        private int rate = 5;

        @Option(names = "--cap", paramLabel = "N", description = "orders at most (default ${DEFAULT-VALUE})")
        private int cap = 1_000;

        @Option(
                names = "--honour-price-until",
                paramLabel = "TIME",
                description = "charges the quoted amount until then, also where the quote has passed")
        private Instant honourPriceUntil;

        @Option(names = "--csv", paramLabel = "FILE", description = "writes the report there")
        private Path csv;

        /** Named orders, all failed payments, or those that fit. */
        static final class Chosen {
            @Option(names = "--order", paramLabel = "ID", description = "this order; may be given again")
            private List<String> orders;

            @Option(names = "--all", description = "every failed payment")
            private boolean all;

            @ArgGroup(exclusive = false, multiplicity = "1")
            private Which which;
        }

        @Override
        public void run() {
            var staff = place.in(api);
            var wish = Json.mapper().createObjectNode().put("reason", reason).put("ratePerSecond", rate);
            if (chosen.orders != null) {
                chosen.orders.forEach(wish.putArray("orderIds")::add);
            } else {
                wish.set("filter", chosen.all ? Json.mapper().createObjectNode() : chosen.which.json());
                wish.put("cap", cap);
            }
            if (honourPriceUntil != null) {
                wish.put("honourPriceUntil", honourPriceUntil.toString());
            }
            var dry = staff.post("/v1/payments/replays", wish.deepCopy().put("dryRun", true));
            forecast(dry);
            if (dryRun
                    || dry.path("would").path("try_again").asInt()
                                    + dry.path("would").path("needs_customer").asInt()
                            == 0) {
                return;
            }
            if (!yes && !agreed()) {
                out().println("Nothing was tried.");
                out().flush();
                return;
            }
            report(staff, followed(staff, staff.post("/v1/payments/replays", wish)));
        }

        private void forecast(JsonNode dry) {
            table(dry.path("payments"));
            dry.path("would")
                    .properties()
                    .forEach(what -> out().println(words(what.getKey()) + ": " + what.getValue()));
            dry.path("totals")
                    .forEach(total -> out().println(
                                    "in all " + Json.convert(total, Money.class).shown()));
            out().flush();
        }

        private boolean agreed() {
            return StaffTool.terminal()
                    .orElseThrow(() -> new StaffApi.Refused("nobody can be asked here: say --yes, or --dry-run.", null))
                    .readLine("Try these payments again? (yes/no) ")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .equals("yes");
        }

        /** Until it has ended; it goes on when this command is stopped. */
        private JsonNode followed(StaffApi api, JsonNode begun) {
            String path = path(begun);
            out().println("Replay " + begun.path("replayId").asText() + " runs; it goes on without this command.");
            out().flush();
            boolean shown = StaffTool.terminal().isPresent();
            int all = begun.path("left").asInt() + tried(begun);
            try (ProgressBar bar = shown
                    ? new ProgressBarBuilder()
                            .setTaskName("payments")
                            .setInitialMax(all)
                            .build()
                    : null) {
                while (true) {
                    var now = api.get(path);
                    if (bar != null) {
                        bar.stepTo(tried(now));
                        bar.setExtraMessage(now.path("status").asText());
                    }
                    if (now.has("endedAt")) {
                        return now;
                    }
                    pause();
                }
            }
        }

        private void report(StaffApi api, JsonNode ended) {
            ended.path("results")
                    .properties()
                    .forEach(result -> out().println(words(result.getKey()) + ": " + result.getValue()));
            if (csv != null) {
                try {
                    Files.writeString(csv, api.text(path(ended) + "/report.csv"));
                } catch (IOException e) {
                    throw new StaffApi.Refused("the report could not be written to " + csv + ": name another file.", e);
                }
                out().println("The report is in " + csv + ".");
            }
            out().flush();
        }

        private static String path(JsonNode replay) {
            return "/v1/payments/replays/" + replay.path("replayId").asText();
        }

        private static int tried(JsonNode replay) {
            int tried = 0;
            for (var count : replay.path("results")) {
                tried += count.asInt();
            }
            return tried;
        }

        private static void pause() {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StaffApi.Refused("interrupted; the replay goes on.", e);
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void table(JsonNode payments) {
        for (JsonNode payment : payments) {
            out().printf(
                            Locale.ROOT,
                            "%-16s %12s  %-20s %-10s %s  %s%n",
                            payment.path("orderId").asText(),
                            Json.convert(payment.path("total"), Money.class).shown(),
                            payment.path("failure").asText(),
                            payment.path("channel").asText(),
                            payment.path("failedAt").asText(),
                            payment.path("live").asBoolean() ? "waits" : "ended");
        }
    }

    private static String words(String code) {
        return code.replace('_', ' ');
    }

    /** A moment as people type it. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            var zone = ZoneId.systemDefault();
            try {
                if (text.equals("today")) {
                    return LocalDate.now(zone).atStartOfDay(zone).toInstant();
                }
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
            } catch (DateTimeException e) {
                throw new CommandLine.TypeConversionException(
                        "'" + text + "' is no time: say today, 2026-11-24 or 2026-11-24T08:00:00Z");
            }
        }
    }
}
