package io.journeyman.launcher;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What the commands of staff have in common. They only ask the API, as the staff console does. */
final class StaffTool {
    private StaffTool() {}

    /** @return the exit status: 0, 1 when it could not be done (a sentence says why), 2 for wrong words */
    static int run(CommandLine line, List<String> arguments, PrintWriter out, PrintWriter err) {
        return line.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof StaffApi.Refused || failure instanceof CannotStart) {
                        command.getErr().println("journeyman: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .execute(arguments.toArray(String[]::new));
    }

    /** Where somebody can be asked, and looks; a pipe has none. */
    static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    @SuppressWarnings("UnusedVariable") // picocli reads the option for help
    static final class Help {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "this page")
        private boolean wanted;
    }

    /** Where the shop is. */
    static final class Place {
        @Option(names = "--data", paramLabel = "DIR", description = "data folder of ./journeyman up")
        private String data;

        @Option(names = "--port-base", paramLabel = "N", description = "where its ports are counted from")
        private String portBase;

        /** @param api finds the API by the data folder and the port base, where they are given */
        StaffApi in(BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
            return api.apply(Optional.ofNullable(data), Optional.ofNullable(portBase));
        }
    }
}
