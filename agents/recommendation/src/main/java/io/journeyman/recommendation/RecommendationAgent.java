package io.journeyman.recommendation;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.recommendation.imports.CatalogueImport;
import io.journeyman.recommendation.imports.ImportResource;

/** Catalogue and prices: what fits a wish, what stands in for it, what goes with it, what it costs. */
public final class RecommendationAgent implements Agent {
    /** The shop's: every price of the catalogue is in it, and delivery, offers and tax are in it too. */
    private static final String CURRENCY = "INR";

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
        var imports = new CatalogueImport(environment.jdbi(), CURRENCY);
        if (environment.sampleShop()) {
            new SampleCatalogue(environment.jdbi(), imports).loadIfEmpty();
        }
        Shelf shelf = environment.jdbi().onDemand(Shelf.class);
        var recommender = new Recommender(shelf, environment.clock());
        environment.jersey(new CatalogueResource(shelf, recommender, CURRENCY, environment.clock()));
        environment.jersey(new ImportResource(imports, environment.idempotency()));
    }
}
