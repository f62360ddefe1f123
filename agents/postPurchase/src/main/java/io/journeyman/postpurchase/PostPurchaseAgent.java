package io.journeyman.postpurchase;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.postpurchase.imports.HistoryImport;
import io.journeyman.postpurchase.imports.ImportResource;

/** Orders: their record, what became of them, and what their customers may know of them. */
public final class PostPurchaseAgent implements Agent {
    @Override
    public String name() {
        return "postPurchase";
    }

    @Override
    public int defaultPort() {
        return 5004;
    }

    @Override
    public void register(AgentEnvironment environment) {
        environment.jersey(new OrderResource(environment.jdbi(), environment.idempotency(), environment.clock()));
        environment.jersey(new ImportResource(
                new HistoryImport(environment.clock()), environment.idempotency(), environment.jdbi()));
    }
}
