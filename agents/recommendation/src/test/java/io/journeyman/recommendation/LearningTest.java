package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Sku;
import io.journeyman.recommendation.meaning.Learning;
import io.journeyman.recommendation.meaning.Meaning;
import io.journeyman.recommendation.meaning.MeaningIndex;
import io.journeyman.recommendation.meaning.SentenceModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final ProductId ID = new ProductId("THING");

    private TestCatalogue catalogue;

    @BeforeEach
    void open() {
        catalogue = TestCatalogue.empty();
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void learnsAgainWhatChangedAndNothingElse() {
        catalogue.take(List.of(thing("A tent for two in the mountains", 100_000)));
        catalogue.learnEverything();
        Meaning tent = meaning(catalogue.index());
        long change = change();

        catalogue.take(List.of(thing("A tent for two in the mountains", 90_000)));
        catalogue.learnEverything();
        assertThat(change()).as("another price means the same").isEqualTo(change);

        catalogue.take(List.of(thing("A silver necklace with pearls", 90_000)));
        catalogue.learnEverything();
        assertThat(change()).isGreaterThan(change);
        assertThat(meaning(catalogue.index())).isNotEqualTo(tent);
    }

    @Test
    void takesOverWhatAnotherProcessLearned() {
        catalogue.take(List.of(thing("A tent for two in the mountains", 100_000)));
        catalogue.learnEverything();
        var index = new MeaningIndex();
        var other = new Learning(catalogue.jdbi(), index, new SentenceModel());

        other.goOn();
        assertThat(meaning(index)).isEqualTo(meaning(catalogue.index()));

        catalogue.take(List.of(thing("A silver necklace with pearls", 90_000)));
        catalogue.learnEverything();
        other.goOn();
        assertThat(meaning(index)).isEqualTo(meaning(catalogue.index()));
    }

    @Test
    void leavesTheLearningToWhoeverIsAtIt() {
        catalogue.take(List.of(thing("A tent for two in the mountains", 100_000)));

        catalogue.jdbi().useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('recommendation.meaning'))");
            CompletableFuture.runAsync(catalogue.learning()::goOn).join();
            assertThat(catalogue.index().size()).isZero();
        });

        catalogue.learnEverything();
        assertThat(catalogue.index().size()).isOne();
    }

    private static Meaning meaning(MeaningIndex index) {
        return index.of(ID).orElseThrow();
    }

    private long change() {
        return catalogue
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT change FROM meaning")
                        .mapTo(Long.class)
                        .one());
    }

    private static ImportProduct thing(String description, long minor) {
        return new ImportProduct(
                ID,
                "Thing",
                description,
                Optional.empty(),
                List.of("Things"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(new ImportVariant(
                        new Sku("THING-1"),
                        Optional.empty(),
                        Optional.empty(),
                        Money.inr(minor),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of())));
    }
}
