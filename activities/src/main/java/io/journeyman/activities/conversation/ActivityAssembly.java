package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.activities.cancellation.AgentCancellations;
import io.journeyman.activities.delivery.UnsentOrders;
import io.journeyman.activities.fulfillment.AgentFulfillment;
import io.journeyman.activities.inventory.AgentInventory;
import io.journeyman.activities.loyalty.AgentLoyalty;
import io.journeyman.activities.model.ModelAnswer;
import io.journeyman.activities.model.ModelQuestion;
import io.journeyman.activities.model.SalesModel;
import io.journeyman.activities.orders.AgentOrders;
import io.journeyman.activities.payment.AgentCredit;
import io.journeyman.activities.payment.AgentKeptCards;
import io.journeyman.activities.payment.AgentPayment;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.activities.replay.StoredReplays;
import io.journeyman.activities.returns.AgentReturns;
import io.journeyman.activities.review.AgentReviews;
import io.journeyman.contracts.Contract;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Puts the activities together for a worker, by plain constructors. Migrations of {@link #OWNER} have run before. */
public final class ActivityAssembly implements AutoCloseable {
    public static final Owner OWNER = new Owner("conversation");

    private static final int CONNECTIONS = 16;
    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final Duration GATEWAY = Duration.ofSeconds(30);

    private final Database database;
    private final List<Object> activities;
    private final AgentClient fulfillment;

    /**
     * @param databaseUrl {@code jdbc:postgresql://host:port/database?user=…&password=…}
     * @param agents base URLs by name; tools of an agent that is not named here are not offered
     * @param serviceSecret of at least 32 bytes, shared with the agents
     */
    public record Config(String databaseUrl, Map<String, URI> agents, String serviceSecret) {
        private static final List<String> NEEDED =
                List.of("recommendation", "inventory", "fulfillment", "payment", "postPurchase", "loyalty");

        public Config {
            Map<String, URI> given = Map.copyOf(agents);
            List<String> missing =
                    NEEDED.stream().filter(agent -> !given.containsKey(agent)).toList();
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("no URL is given for the agents " + String.join(", ", missing));
            }
            agents = given;
        }
    }

    private ActivityAssembly(
            Config config, Database database, InstantSource clock, Function<ModelQuestion, ModelAnswer> model) {
        this.database = database;
        Jdbi jdbi = database.jdbi();
        ServiceTokens tokens = new ServiceTokens(config.serviceSecret(), "worker", clock);
        List<Contract> contracts = Contract.AGENTS.stream()
                .filter(config.agents()::containsKey)
                .map(Contract::load)
                .toList();
        Map<String, AgentClient> agents = new HashMap<>();
        for (Contract contract : contracts) {
            String name = contract.name();
            Duration timeout = name.equals("payment") ? GATEWAY : QUICK;
            agents.put(name, new AgentClient(contract, config.agents().get(name), tokens, timeout));
        }
        Toolbox toolbox = new Toolbox(
                contracts,
                agents,
                (contract, url) -> contract.secured()
                        ? new AgentClient(contract, url, tokens, QUICK)
                        : AgentClient.withoutToken(contract, url, QUICK));
        Quotes quotes = new Quotes(jdbi);
        this.fulfillment = agents.get("fulfillment");
        this.activities = List.of(
                new StoredConversation(jdbi, clock, toolbox, model),
                new Uncollected(jdbi, clock, agents),
                new Reminding(jdbi, clock, agents),
                new ToolCalls(jdbi, clock, toolbox),
                new AgentInventory(agents.get("inventory"), quotes),
                new AgentFulfillment(agents.get("fulfillment"), agents.get("inventory"), quotes),
                new AgentLoyalty(agents.get("loyalty"), quotes),
                new AgentOrders(agents.get("postPurchase"), quotes),
                new AgentReturns(agents.get("postPurchase"), quotes),
                new AgentCancellations(agents.get("postPurchase"), quotes),
                new AgentReviews(agents.get("postPurchase")),
                new AgentPayment(agents.get("payment"), quotes),
                new AgentCredit(agents.get("payment"), quotes),
                new AgentKeptCards(agents.get("payment"), quotes));
    }

    public static ActivityAssembly open(Config config, SalesModel model, InstantSource clock) {
        return open(config, model::ask, clock);
    }

    static ActivityAssembly open(Config config, Function<ModelQuestion, ModelAnswer> model, InstantSource clock) {
        Database database = Database.open(config.databaseUrl(), OWNER, CONNECTIONS);
        return new ActivityAssembly(config, database, clock, model);
    }

    /** The steps of a payment's replay; whoever owns the orders' money is known to the worker only. */
    public StoredReplays replays(StoredReplays.Owner owner, InstantSource clock) {
        return new StoredReplays(database.jdbi(), clock, owner);
    }

    /** Orders from before deliveries were journeys. */
    public UnsentOrders unsentOrders(InstantSource clock) {
        return new UnsentOrders(database.jdbi(), fulfillment, clock);
    }

    /** What the worker registers: implementations of the activity interfaces, and one {@code DynamicActivity} for the tools. */
    public Object[] activities() {
        return activities.toArray();
    }

    @Override
    public void close() {
        database.close();
    }
}
