package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.recommendation.meaning.MeaningIndex;
import io.journeyman.recommendation.meaning.Nearness;
import io.journeyman.recommendation.meaning.SentenceModel;
import java.util.List;
import java.util.Optional;

/** The products that mean nearly the same as a wish or as another product. None before the sentence model is loaded. */
final class Likeness {
    private static final int MOST = 100;

    /** What is less like the wish than this has nothing to do with it. */
    private static final float LEAST = 0.3f;

    /** The same when the shop knows none of the words: there is always something that is nearest. */
    private static final float LEAST_BY_ITSELF = 0.4f;

    private static final float LEAST_LIKE_CHOSEN = 0.5f;

    /** And what is so much less like it than the nearest is not what was meant. */
    private static final float BESIDE_THE_NEAREST = 0.75f;

    private final MeaningIndex index;
    private final SentenceModel model;

    Likeness(MeaningIndex index, SentenceModel model) {
        this.index = index;
        this.model = model;
    }

    List<ProductId> to(Wish wish) {
        if (wish.sentence().isEmpty() || index.size() == 0) {
            return List.of();
        }
        float least = wish.isUnheardOf() ? LEAST_BY_ITSELF : LEAST;
        return model.meaning(wish.sentence())
                .map(meaning -> index.nearest(meaning, MOST))
                .map(near -> alike(near, least))
                .orElse(List.of());
    }

    List<ProductId> to(ProductId liked) {
        return index.of(liked)
                .map(meaning -> index.nearest(meaning, MOST))
                .map(near -> alike(near, LEAST))
                .orElse(List.of());
    }

    /** The products that are most like what a customer chose before; they come first among what is found, and add nothing to it. */
    List<ProductId> toTheTaste(List<ProductId> chosen) {
        return index.between(chosen)
                .map(meaning -> index.nearest(meaning, MOST))
                .map(near -> alike(near, LEAST_LIKE_CHOSEN))
                .orElse(List.of());
    }

    private static List<ProductId> alike(List<Nearness> near, float least) {
        Optional<Nearness> nearest = near.stream().findFirst();
        float bar = Math.max(
                least, BESIDE_THE_NEAREST * nearest.map(Nearness::cosine).orElse(1f));
        return near.stream()
                .filter(product -> product.cosine() >= bar)
                .map(Nearness::productId)
                .toList();
    }
}
