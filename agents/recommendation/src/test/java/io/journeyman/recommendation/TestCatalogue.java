package io.journeyman.recommendation;

import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.recommendation.bundle.Bundles;
import io.journeyman.recommendation.imports.CatalogueImport;
import io.journeyman.recommendation.meaning.Learning;
import io.journeyman.recommendation.meaning.MeaningIndex;
import io.journeyman.recommendation.meaning.SentenceModel;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A catalogue of its own, and what the agent searches it with. */
final class TestCatalogue implements AutoCloseable {
    private static final Duration LONGEST_LEARNING = Duration.ofMinutes(5);

    private final Database database;
    private final CatalogueImport imports;
    private final Shelf shelf;
    private final MeaningIndex index = new MeaningIndex();
    private final SentenceModel model = new SentenceModel();
    private final Likeness likeness = new Likeness(index, model);
    private final Learning learning;

    private TestCatalogue() {
        Owner owner = new Owner("recommendation");
        String url = TestPostgres.freshDatabase(owner, "kit");
        database = Database.open(url, owner, Database.CONNECTIONS, RecommendationAgent.PLANNED_ONCE);
        imports = new CatalogueImport("INR");
        shelf = database.jdbi().onDemand(Shelf.class);
        learning = new Learning(database.jdbi(), index, model);
    }

    static TestCatalogue empty() {
        return new TestCatalogue();
    }

    static TestCatalogue withSampleShop() {
        var catalogue = new TestCatalogue();
        new SampleCatalogue(catalogue.jdbi(), catalogue.imports).loadIfEmpty();
        return catalogue;
    }

    Jdbi jdbi() {
        return database.jdbi();
    }

    Shelf shelf() {
        return shelf;
    }

    Likeness likeness() {
        return likeness;
    }

    MeaningIndex index() {
        return index;
    }

    Learning learning() {
        return learning;
    }

    Recommender recommender() {
        return new Recommender(shelf, likeness, new Bundles(jdbi(), InstantSource.system()), InstantSource.system());
    }

    Wish wish(GetRecommendations asked) {
        return Wish.of(asked, shelf, Instant.now());
    }

    void take(List<ImportProduct> products) {
        jdbi().useTransaction(handle -> imports.take(handle, products));
    }

    void learnEverything() {
        long end = System.nanoTime() + LONGEST_LEARNING.toNanos();
        while (unlearned() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still to learn: " + unlearned());
            }
            learning.goOn();
        }
        learning.goOn();
    }

    private int unlearned() {
        return jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM meaning WHERE vector IS NULL")
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
