package io.journeyman.postpurchase;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.postpurchase.cancellation.CancellationResource;
import io.journeyman.postpurchase.imports.HistoryImport;
import io.journeyman.postpurchase.imports.ImportResource;
import io.journeyman.postpurchase.returns.ReturnResource;
import io.journeyman.postpurchase.review.ReviewResource;
import io.journeyman.postpurchase.warranty.WarrantyResource;

/** Orders: their record, what became of them, what their customers may know of them, what is not sent, what comes back, and what they think of the rest. */
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
        environment.requireCurrency("orders", "SELECT currency FROM placed_order LIMIT 1");
        environment.jersey(new OrderResource(environment.jdbi(), environment.idempotency(), environment.clock()));
        environment.jersey(new ImportResource(new HistoryImport(environment.clock()), environment.idempotency()));
        ReturnResource.begin(environment.jdbi());
        environment.jersey(new ReturnResource(environment.jdbi(), environment.idempotency(), environment.clock()));
        environment.jersey(
                new CancellationResource(environment.jdbi(), environment.idempotency(), environment.clock()));
        environment.jersey(new WarrantyResource(environment.jdbi(), environment.clock()));
        environment.jersey(new ReviewResource(environment.jdbi(), environment.idempotency(), environment.clock()));
    }
}
