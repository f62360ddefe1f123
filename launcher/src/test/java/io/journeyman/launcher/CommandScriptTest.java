package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the shell script runs, with a Java and a Maven that are played. */
@Timeout(60)
class CommandScriptTest {
    @TempDir
    Path root;

    @Test
    void runsWhatItHasJustBuiltAndNothingOfAnOlderVersion() throws Exception {
        Files.copy(Path.of("..", "journeyman"), root.resolve("journeyman"));
        file("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
        program("jdk/bin/javac", "exit 0");
        program("jdk/bin/java", "printf '%s\\n' \"$@\"");
        program(
                "bin/mvn",
                "mkdir -p launcher/target/lib && touch launcher/target/launcher-2.0.jar launcher/target/lib/kit-2.0.jar");
        file("launcher/target/launcher-1.0.jar", "");
        file("launcher/target/lib/kit-1.0.jar", "");

        assertThat(run("token", "inventory"))
                .containsSequence(
                        "-cp",
                        "%1$s/launcher/target/launcher-2.0.jar:%1$s/launcher/target/lib/kit-2.0.jar"
                                .formatted(root.toRealPath()),
                        "io.journeyman.launcher.Main",
                        "token",
                        "inventory");
    }

    private List<String> run(String... words) throws IOException, InterruptedException {
        var script = new ProcessBuilder("sh", root.resolve("journeyman").toString(), words[0], words[1]);
        script.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        script.environment().merge("PATH", root.resolve("bin") + ":", (path, played) -> played + path);
        var process = script.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private void program(String name, String commands) throws IOException {
        file(name, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), content);
    }
}
