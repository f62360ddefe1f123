package io.journeyman.recommendation;

import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.recommendation.bundle.BundleResource;
import io.journeyman.recommendation.bundle.Bundles;
import io.journeyman.recommendation.imports.CatalogueImport;
import io.journeyman.recommendation.imports.ImportResource;
import io.journeyman.recommendation.meaning.Learning;
import io.journeyman.recommendation.meaning.MeaningIndex;
import io.journeyman.recommendation.meaning.SentenceModel;
import io.journeyman.recommendation.warranty.WarrantyResource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Catalogue and prices: what fits a wish, what stands in for it, what goes with it, what it costs. */
public final class RecommendationAgent implements Agent {
    /** How soon what is new is found by its meaning too; a shop that starts has other things to do first. */
    private static final Duration LEARN_AFTER = Duration.ofSeconds(3);

    /**
     * A search is one large statement, the same for every wish: to plan it anew for each takes as long as to run it. Its plan does not
     * depend on the wish, since what was not asked for is passed over while it runs.
     */
    static final Map<String, String> PLANNED_ONCE = Map.of("plan_cache_mode", "force_generic_plan");

    /**
     * The first search of a process loads its classes and plans its statements, for seconds on a busy machine: so it is the agent's own,
     * and nobody waits for it.
     */
    private static final GetRecommendations FIRST_SEARCH = new GetRecommendations(
            Optional.of("shirt for men under 2000 not red"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("M"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Override
    public String name() {
        return "recommendation";
    }

    @Override
    public int defaultPort() {
        return 5002;
    }

    @Override
    public Map<String, String> sessionSettings() {
        return PLANNED_ONCE;
    }

    @Override
    public void register(AgentEnvironment environment) {
        environment.requireCurrency("prices", "SELECT currency FROM product LIMIT 1");
        var imports = new CatalogueImport(ShopCurrency.here().code());
        if (environment.sampleShop()) {
            new SampleCatalogue(environment.jdbi(), imports).loadIfEmpty();
        }
        Shelf shelf = environment.jdbi().onDemand(Shelf.class);
        var index = new MeaningIndex();
        var model = new SentenceModel();
        environment.every(LEARN_AFTER, new Learning(environment.jdbi(), index, model)::goOn);
        var bundles = new Bundles(environment.jdbi(), environment.clock());
        var recommender = new Recommender(shelf, new Likeness(index, model), bundles, environment.clock());
        environment.atStart(() -> recommender.recommend(FIRST_SEARCH));
        environment.jersey(
                new CatalogueResource(shelf, recommender, ShopCurrency.here().code(), environment.clock()));
        environment.jersey(new ImportResource(imports, environment.idempotency()));
        environment.jersey(new BundleResource(bundles, environment.idempotency()));
        environment.jersey(new WarrantyResource(environment.jdbi(), environment.idempotency()));
    }
}
