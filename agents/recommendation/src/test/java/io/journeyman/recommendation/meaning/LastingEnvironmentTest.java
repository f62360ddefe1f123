package io.journeyman.recommendation.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end while its sentence model is loaded. */
@Timeout(120)
class LastingEnvironmentTest {
    private static final int ASKED_TO_END = 143;

    @TempDir
    Path folder;

    @Test
    void endsAsItWasAskedToAndIsNotAborted() throws Exception {
        for (int afterMillis : List.of(0, 150, 400)) {
            var process = loading();
            try (var said = process.inputReader()) {
                assertThat(said.readLine()).isEqualTo("loading");
                Thread.sleep(afterMillis);
                process.destroy();

                assertThat(process.waitFor()).isEqualTo(ASKED_TO_END);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void leavesNoFileBehindWhenItIsKilled() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux lets go of a file that is in use");
        var process = loading();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("loading");

            process.destroyForcibly().waitFor();

            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process loading() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loads.class.getName())
                .directory(folder.toFile())
                .redirectError(new File("/dev/null"))
                .start();
    }

    /** Loads the model again and again. */
    static final class Loads {
        private Loads() {}

        public static void main(String[] arguments) throws IOException, OrtException {
            byte[] model;
            try (var file = Loads.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
                model = file.readAllBytes();
            }
            var environment = LastingEnvironment.get();
            System.out.println("loading");
            while (true) {
                try (var options = new OrtSession.SessionOptions()) {
                    environment.createSession(model, options).close();
                }
            }
        }
    }
}
