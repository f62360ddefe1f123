package io.journeyman.launcher;

import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.api.StaffTokenMain;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;

/** The {@code journeyman} command, behind its shell script. */
public final class Main {
    private static final Map<String, StaffCommand> STAFF_TOOLS =
            Map.of("payments", PaymentsCommand::run, "import", ImportCommand::run, "agents", AgentsCommand::run);

    private Main() {}

    /** A command that asks the API, as one of the staff. */
    private interface StaffCommand {
        int run(
                List<String> arguments,
                PrintWriter out,
                PrintWriter err,
                BiFunction<Optional<String>, Optional<String>, StaffApi> api);
    }

    public static void main(String[] arguments) {
        try {
            var environment =
                    Options.dataOf(List.of(arguments), System.getenv()).memory().completed(System.getenv());
            var staffTool = arguments.length == 0 ? null : STAFF_TOOLS.get(arguments[0]);
            if (staffTool != null) {
                System.exit(asked(staffTool, List.of(arguments).subList(1, arguments.length), environment));
            }
            if (arguments.length > 0 && arguments[0].equals("contract-test")) {
                System.exit(ContractTestCommand.run(
                        List.of(arguments).subList(1, arguments.length),
                        stream(System.out),
                        stream(System.err),
                        environment));
            }
            run(Options.parse(List.of(arguments), environment), environment);
        } catch (CannotStart e) {
            System.err.println("journeyman: " + e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            // what has started by then would go on without the rest
            LoggerFactory.getLogger(Main.class).error("The command ends", e);
            System.err.println("journeyman: it cannot go on (%s): the trace above tells where.".formatted(e));
            System.exit(1);
        }
    }

    private static void run(Options options, Map<String, String> environment) {
        var words = options.words();
        var command = words.isEmpty() ? "" : words.getFirst();
        switch (command) {
            case "up" -> throw Up.start(options, environment).awaitFailure();
            case "engine" -> throw Up.startEngine(options).awaitFailure();
            case "agent" -> alone("the agent", Agents.start(agent(words), variables(options, environment)));
            case "worker" -> {
                var shop = Shop.elsewhere(options, environment);
                alone("the worker", shop.startWorker(shop.model(), isCurrent(environment)));
            }
            case "staff-token" -> System.out.println(staffToken(options, environment));
            case "token" -> System.out.println(serviceToken(options, environment));
            case "api" -> alone("the API", Shop.elsewhere(options, environment).startApi());
            default -> throw new CannotStart("'%s' is not a command: ./journeyman help shows them.".formatted(command));
        }
    }

    private static boolean isCurrent(Map<String, String> environment) {
        return Boolean.parseBoolean(environment.getOrDefault("JOURNEYMAN_WORKER_CURRENT", "false"));
    }

    private static int asked(StaffCommand command, List<String> arguments, Map<String, String> environment) {
        return command.run(
                arguments,
                stream(System.out),
                stream(System.err),
                (data, portBase) -> StaffApi.of(data, portBase, environment));
    }

    private static PrintWriter stream(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static io.journeyman.kit.Agent agent(List<String> words) {
        if (words.size() != 2) {
            throw new CannotStart("name one agent, such as: ./journeyman %s inventory.".formatted(words.getFirst()));
        }
        return new Agents().named(words.getLast());
    }

    /** With which a person on this machine calls the agent that is named, for five minutes: whoever may read the secret may. */
    static String serviceToken(Options options, Map<String, String> environment) {
        return new ServiceTokens(
                        variables(options, environment).get("JOURNEYMAN_SERVICE_SECRET"),
                        StaffApi.whoAsks(),
                        InstantSource.system())
                .forAgent(agent(options.words()).name());
    }

    /** By which somebody of the staff signs in: whoever may read the key may. */
    static String staffToken(Options options, Map<String, String> environment) {
        var words = options.words();
        var key = Optional.ofNullable(environment.get("JOURNEYMAN_TOKEN_KEY"))
                .filter(text -> !text.isBlank())
                .or(() -> options.data().existingSecret("token"));
        try {
            return StaffTokenMain.token(key, words.size() == 2 ? words.getLast() : "");
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e.getMessage(), e);
        }
    }

    private static Map<String, String> variables(Options options, Map<String, String> environment) {
        return Shop.elsewhere(options, environment).variables();
    }

    private static void alone(String name, AutoCloseable part) {
        var running = new Running();
        running.add(name, part);
        System.out.println(name + " is up. Ctrl-C stops it.");
        throw running.awaitFailure();
    }
}
