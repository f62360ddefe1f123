package io.journeyman.recommendation.meaning;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * all-MiniLM-L6-v2, quantised, in this process: about 4 ms a sentence. It takes a second of a processor and some 100 MB to load, so it
 * is loaded when it is first wanted, in the background and behind everybody else, and once for all agents of a JVM. Where it cannot be
 * loaded, the shop is searched by words.
 */
public final class SentenceModel {
    private static final Logger LOG = LoggerFactory.getLogger(SentenceModel.class);

    /** Begins to load when it is first touched. */
    private static final class Loading {
        static final CompletableFuture<EmbeddingModel> MODEL = CompletableFuture.<EmbeddingModel>supplyAsync(
                        () -> {
                            LOG.debug("the sentence model is loaded behind others: {}", Niceness.letOthersGoFirst());
                            return new MiniLm();
                        },
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

    /**
     * The model of langchain4j's jar. It computes in its caller's thread: the threads that it would start otherwise wait for each
     * other by spinning, on cores that the shop wants too.
     */
    private static final class MiniLm extends AbstractInProcessEmbeddingModel {
        private static final String FILE = "/all-minilm-l6-v2-q";

        private final OnnxBertBiEncoder encoder;

        MiniLm() {
            super(Runnable::run);
            OrtEnvironment environment = LastingEnvironment.get();
            try (var options = new OrtSession.SessionOptions();
                    InputStream model = open(FILE + ".onnx");
                    InputStream tokenizer = open(FILE + "-tokenizer.json")) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                encoder = new OnnxBertBiEncoder(
                        environment,
                        environment.createSession(model.readAllBytes(), options),
                        tokenizer,
                        PoolingMode.MEAN);
            } catch (OrtException e) {
                throw new IllegalStateException("the sentence model does not run on this machine", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static InputStream open(String file) throws IOException {
            InputStream open = AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(file);
            if (open == null) {
                throw new FileNotFoundException("not on the class path: " + file);
            }
            return open;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }

    /** What a text means; empty while the model is loading, which asking begins. */
    public Optional<Meaning> meaning(String text) {
        CompletableFuture<EmbeddingModel> model = Loading.MODEL;
        return model.state() == CompletableFuture.State.SUCCESS
                ? Optional.of(Meaning.of(model.join().embed(text).content().vector()))
                : Optional.empty();
    }
}
