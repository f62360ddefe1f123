package io.journeyman.recommendation.meaning;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * all-MiniLM-L6-v2, quantised, in this process: about 4 ms a sentence. It takes a second and some 100 MB to load, so it is loaded
 * when it is first wanted, in the background, and once for all agents of a JVM. Where it cannot be loaded, the shop is
 * searched by words.
 */
public final class SentenceModel {
    private static final Logger LOG = LoggerFactory.getLogger(SentenceModel.class);

    /** Begins to load when it is first touched. */
    private static final class Loading {
        static final CompletableFuture<EmbeddingModel> MODEL = CompletableFuture.<EmbeddingModel>supplyAsync(
                        AllMiniLmL6V2QuantizedEmbeddingModel::new,
                        load -> Thread.ofPlatform()
                                .daemon()
                                .name("sentence-model")
                                .start(load))
                .whenComplete((model, error) -> {
                    if (error != null) {
                        LOG.error(
                                "the sentence model cannot be loaded: products are found by their words alone", error);
                    }
                });
    }

    /** What a text means; empty while the model is loading, which asking begins. */
    public Optional<Meaning> meaning(String text) {
        CompletableFuture<EmbeddingModel> model = Loading.MODEL;
        return model.state() == CompletableFuture.State.SUCCESS
                ? Optional.of(Meaning.of(model.join().embed(text).content().vector()))
                : Optional.empty();
    }
}
