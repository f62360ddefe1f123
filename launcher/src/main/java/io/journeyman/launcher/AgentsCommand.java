package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./journeyman agents}: adds agents to the shop that is up. It only asks the API. */
@Command(
        name = "./journeyman agents",
        description = "The agents that are added to the shop that is up, besides its own.",
        synopsisSubcommandLabel = "(list | add | remove)",
        footer = {
            "",
            "  JOURNEYMAN_API           where the API is (default: the one of ./journeyman up, by --port-base)",
            "  JOURNEYMAN_STAFF_TOKEN   a staff member's token (default: one signed with JOURNEYMAN_TOKEN_KEY, else the data folder's key)",
            "",
            "  The API adds agents of the hosts in JOURNEYMAN_AGENT_HOSTS only (default: this machine)."
        })
@SuppressWarnings("UnusedVariable") // picocli reads the options for help
final class AgentsCommand implements Runnable {
    private final BiFunction<Optional<String>, Optional<String>, StaffApi> api;

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private StaffTool.Help help = new StaffTool.Help();

    private AgentsCommand(BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        this.api = api;
    }

    /**
     * @param api finds the API by the data folder and the port base, where they are given
     * @return the exit status: 0, 1 when the shop refused it (a sentence says why), 2 for wrong words
     */
    static int run(
            List<String> arguments,
            PrintWriter out,
            PrintWriter err,
            BiFunction<Optional<String>, Optional<String>, StaffApi> api) {
        var command = new AgentsCommand(api);
        return StaffTool.run(
                new CommandLine(command)
                        .addSubcommand(command.new Listing())
                        .addSubcommand(command.new Add())
                        .addSubcommand(command.new Remove()),
                arguments,
                out,
                err);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what: list, add or remove.");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void tell(JsonNode agent) {
        var tools = StreamSupport.stream(agent.path("tools").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        out().printf(
                        "%s at %s: %s (added by %s, %s)%n",
                        agent.path("name").asText(),
                        agent.path("url").asText(),
                        tools,
                        agent.path("registeredBy").asText(),
                        agent.path("since").asText());
    }

    @Command(name = "list", description = "Which agents are added, and their tools.")
    final class Listing implements Runnable {
        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @Override
        public void run() {
            var agents = place.in(api).get("/v1/agents").path("agents");
            if (agents.isEmpty()) {
                out().println("No agent is added.");
            }
            agents.forEach(AgentsCommand.this::tell);
        }
    }

    @Command(
            name = "add",
            description = {
                "Reads the agent's GET /contract, checks it, and adds its tools: they work from the next message on.",
                "For one that is added already, reads its contract anew."
            })
    final class Add implements Runnable {
        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @Parameters(paramLabel = "URL", description = "where it is, such as http://127.0.0.1:5007")
        private String url;

        @Option(names = "--name", paramLabel = "NAME", description = "default: made of its contract's title")
        private String name;

        @Override
        public void run() {
            var wish = Json.mapper().createObjectNode().put("url", url);
            Optional.ofNullable(name).ifPresent(given -> wish.put("name", given));
            tell(place.in(api).post("/v1/agents", wish));
        }
    }

    @Command(name = "remove", description = "Takes an agent away: its tools are gone from the next message on.")
    final class Remove implements Runnable {
        @CommandLine.Mixin
        private StaffTool.Help help = new StaffTool.Help();

        @CommandLine.Mixin
        private StaffTool.Place place = new StaffTool.Place();

        @Parameters(paramLabel = "NAME", description = "of the agent, as list shows it")
        private String name;

        @Override
        public void run() {
            place.in(api)
                    .delete("/v1/agents/"
                            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
            out().printf("%s is not added any more.%n", name);
        }
    }
}
