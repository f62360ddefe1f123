package io.journeyman.launcher;

import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.contracts.Contract;
import io.journeyman.launcher.probe.ContractProbe;
import io.journeyman.launcher.probe.ContractProbe.Findings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./journeyman contract-test}: whether an agent keeps its contract, whoever wrote it and in whatever language. */
@Command(
        name = "./journeyman contract-test",
        description = {
            "Asks an agent what its contract allows, and what it does not, and holds each answer to the contract:",
            "an answer to each, no 5xx, none that the contract does not have, a problem (RFC 9457) for what is not allowed, and the",
            "same answer to a change that is asked again under its key. It begins with the contract's examples.",
            "",
            "It asks for real, and writes what it is allowed to write: use an agent whose data may be spoilt."
        },
        footer = {
            "",
            "  JOURNEYMAN_SERVICE_SECRET   signs the tokens of an agent of the house (default: the data folder's)"
        })
@SuppressWarnings("UnusedVariable") // picocli reads the options for help
final class ContractTestCommand implements Callable<Integer> {
    private static final int MOST_INPUTS = 1_000_000;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private StaffTool.Help help = new StaffTool.Help();

    @Parameters(paramLabel = "URL", description = "where the agent is, such as http://127.0.0.1:5003")
    private URI url;

    @Option(
            names = "--contract",
            paramLabel = "FILE",
            required = true,
            description = "such as contracts/inventory.json")
    private Path file;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many (default ${DEFAULT-VALUE})")
    private int inputs;

    @Option(names = "--seed", paramLabel = "S", description = "what chance is drawn from (default: any; it is printed)")
    private Long seed;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "of a caller, where the agent wants one of its own kind")
    private String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "data folder of ./journeyman up, for its service secret")
    private String data;

    @Option(
            names = "--known",
            paramLabel = "FIELD=VALUE",
            description = "a value of something that is there, such as sku=P-1002-L-BLUE; may be said many times")
    private List<String> known = List.of();

    private ContractTestCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @return the exit status: 0, 1 when the contract is not kept, 2 for wrong words */
    static int run(List<String> arguments, PrintWriter out, PrintWriter err, Map<String, String> environment) {
        return StaffTool.run(new CommandLine(new ContractTestCommand(environment)), arguments, out, err);
    }

    @Override
    public Integer call() {
        if (inputs < 1 || inputs > MOST_INPUTS) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--inputs is 1 to " + MOST_INPUTS + ".");
        }
        var contract = contract();
        long drawn = Optional.ofNullable(seed)
                .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));
        try {
            var findings = new ContractProbe(contract, url, token(contract), known(), drawn).run(inputs);
            tell(findings, drawn);
            return findings.faults().isEmpty() ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStart("%s could not be asked: %s.".formatted(url, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted.", e);
        }
    }

    private Contract contract() {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        try {
            return Contract.parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "%s cannot be read.".formatted(file), e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("%s is no contract: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private Map<String, List<String>> known() {
        return known.stream()
                .map(said -> said.split("=", 2))
                .filter(said -> said.length == 2)
                .collect(Collectors.groupingBy(
                        said -> said[0], Collectors.mapping(said -> said[1], Collectors.toList())));
    }

    private Supplier<Optional<String>> token(Contract contract) {
        if (token != null) {
            return () -> Optional.of(token);
        }
        var words = data == null ? List.<String>of() : List.of("--data", data);
        return Optional.ofNullable(environment.get("JOURNEYMAN_SERVICE_SECRET"))
                .or(() -> Options.parse(words, environment).data().existingSecret("service"))
                .filter(secret -> contract.secured())
                .map(secret -> new ServiceTokens(secret, "contract-test", InstantSource.system()))
                .<Supplier<Optional<String>>>map(tokens -> () -> Optional.of(tokens.forAgent(contract.name())))
                .orElse(Optional::empty);
    }

    private void tell(Findings findings, long drawn) {
        var out = spec.commandLine().getOut();
        out.printf("%-26s %8s %11s %9s  %s%n", "operation", "allowed", "not allowed", "repeated", "answers");
        findings.counts()
                .forEach((operation, counts) -> out.printf(
                        "%-26s %8d %11d %9d  %s%n",
                        operation,
                        counts.allowed(),
                        counts.refused(),
                        counts.repeated(),
                        ContractProbe.shown(counts.statuses())));
        findings.faults().forEach(fault -> {
            out.printf("%n%s: %s%n  %s%n", fault.operation(), fault.wrong(), fault.request());
            fault.status().ifPresent(status -> out.printf("  answered %d%n", status));
        });
        out.printf("%n%d inputs, seed %d: ", findings.inputs(), drawn);
        out.println(
                findings.faults().isEmpty()
                        ? "every answer is as the contract says."
                        : "%d answers are not as the contract says."
                                .formatted(findings.faults().size()));
    }
}
