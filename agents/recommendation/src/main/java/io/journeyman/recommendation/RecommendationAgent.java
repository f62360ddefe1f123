package io.journeyman.recommendation;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;

/** Catalogue and prices: what fits a wish, what stands in for it, what goes with it, what it costs. */
public final class RecommendationAgent implements Agent {
    @Override
    public String name() {
        return "recommendation";
    }

    @Override
    public int defaultPort() {
        return 5002;
    }

    @Override
    public void register(AgentEnvironment environment) {
        if (environment.sampleShop()) {
            new SampleCatalogue(environment.jdbi()).loadIfEmpty();
        }
        Shelf shelf = environment.jdbi().onDemand(Shelf.class);
        environment.jersey(new CatalogueResource(shelf, new Recommender(shelf)));
    }
}
