package io.journeyman.inventory;

import io.journeyman.inventory.hold.HoldResource;
import io.journeyman.inventory.hold.Holds;
import io.journeyman.inventory.sample.SampleStock;
import io.journeyman.inventory.stock.StockResource;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import java.time.Duration;

/** The inventory agent: stock per variant and location, and holds on it. */
public final class InventoryAgent implements Agent {
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);
    private static final int HOLDS_PER_SWEEP = 500;

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public int defaultPort() {
        return 5003;
    }

    @Override
    public void register(AgentEnvironment environment) {
        var jdbi = environment.jdbi();
        var holds = new Holds(environment.clock());
        if (environment.sampleShop()) {
            var sample =
                    new SampleStock(environment.sample("catalogue.json"), environment.sample("inventory/stock.json"));
            jdbi.useTransaction(
                    handle -> sample.load(handle, environment.clock().instant()));
        }
        environment.jersey(new StockResource(jdbi));
        environment.jersey(new HoldResource(holds, environment.idempotency(), jdbi));
        environment.every(BETWEEN_SWEEPS, () -> holds.expireDue(jdbi, HOLDS_PER_SWEEP));
    }
}
