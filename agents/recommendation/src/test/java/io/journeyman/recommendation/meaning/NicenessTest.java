package io.journeyman.recommendation.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {
    @Test
    void aThreadStepsBackAndNoOtherDoes() throws Exception {
        var niceOfIt = new CompletableFuture<Integer>();
        var thread = Thread.ofPlatform().start(() -> {
            boolean stepsBack = Niceness.letOthersGoFirst();
            niceOfIt.complete(stepsBack ? nice() : -1);
        });
        thread.join();

        assertThat(niceOfIt.join()).isEqualTo(10);
        assertThat(nice()).isZero();
    }

    /** The calling thread's, the 19th field of its stat, after the name in parentheses; proc(5). */
    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
