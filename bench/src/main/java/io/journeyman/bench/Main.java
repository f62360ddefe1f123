package io.journeyman.bench;

import io.journeyman.bench.chaos.ChaosCommand;
import io.journeyman.bench.load.BenchCommand;
import io.journeyman.launcher.CannotStart;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code journeyman chaos} and {@code journeyman bench}, behind the shell script: tools for developers, in no image. */
@Command(
        name = "journeyman",
        subcommands = {BenchCommand.class, ChaosCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof CannotStart) {
                System.err.println("journeyman: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        System.exit(command.execute(arguments));
    }
}
