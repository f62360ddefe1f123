package io.journeyman.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Tomorrow's workflows: this module's sources with a change, compiled and loaded beside today's classes. One more step in the checkout and
 * in the reservation is CONTRIBUTING's example to the letter, so that what stands there is what these tests run.
 */
final class ChangedCode implements AutoCloseable {
    /** What the new step tells the customer. */
    static final String NEWS = "stock_held";

    private static final Path ROOT = Path.of(System.getProperty("journeyman.root"));
    private static final Path SOURCES = ROOT.resolve("workflows/src/main/java");
    private static final String OURS = "io.journeyman.workflows.";
    private static final Pattern EXAMPLE = Pattern.compile("( +)if \\(Workflow\\.getVersion\\(.*\\R(?s:.*?)\\R\\1}\\R");

    private final Path folder;
    private final Loader classes;

    private ChangedCode(Map<String, UnaryOperator<String>> changes) throws IOException {
        this.folder = Files.createTempDirectory("journeyman-changed-");
        compile(changes);
        this.classes = new Loader(folder.resolve("classes"));
    }

    /** Changed as CONTRIBUTING says. */
    static ChangedCode asContributingSays() throws IOException {
        return withStep(example());
    }

    /** The same new step, for whoever forgets that customers are in the middle. */
    static ChangedCode withoutItsVersion() throws IOException {
        var lines = example().lines().toList();
        return withStep(String.join("\n", lines.subList(1, lines.size() - 1)));
    }

    /** Conversations that continue as new after so many events: what else takes a hundred turns is there after a few. */
    static ChangedCode withRunsOf(int events) throws IOException {
        return ofConversation("LONG_HISTORY = 2_000;", "LONG_HISTORY = " + events + ";");
    }

    /** Conversations that end when nothing was said for so long. */
    static ChangedCode withIdleSeconds(int seconds) throws IOException {
        return ofConversation("IDLE = Duration.ofMinutes(10);", "IDLE = Duration.ofSeconds(" + seconds + ");");
    }

    private static ChangedCode ofConversation(String today, String changed) throws IOException {
        return new ChangedCode(Map.of("TurnByTurnConversation.java", code -> {
            assertThat(code).contains(today);
            return code.replace(today, changed);
        }));
    }

    private static ChangedCode withStep(String step) throws IOException {
        return new ChangedCode(Map.of(
                "SagaCheckout.java", code -> before("payment.pay()", step, code),
                "StoreReservation.java", code -> before("switch (store.createCollection(", step, code)));
    }

    /** A worker of the changed code that has no version. */
    AutoCloseable startPlain(WorkflowClient client, List<Object> activities) {
        return (AutoCloseable) call(
                "JourneymanWorker", "start", new Class<?>[] {WorkflowClient.class, List.class}, client, activities);
    }

    /** A worker of the changed code; its version is the hash of that code. */
    AutoCloseable start(WorkflowClient client, List<Object> activities) {
        var version = ofChangedCode();
        return (AutoCloseable) call(
                "JourneymanWorker",
                "start",
                new Class<?>[] {WorkflowClient.class, List.class, version.getClass(), boolean.class},
                client,
                activities,
                version,
                true);
    }

    String buildId() {
        return ofChangedCode().toString().replaceAll(".*buildId=|]", "");
    }

    Class<?>[] workflows() {
        return (Class<?>[]) call("JourneymanWorker", "workflows", new Class<?>[0]);
    }

    private Object ofChangedCode() {
        return call("WorkerVersion", "ofThisCode", new Class<?>[0]);
    }

    private Object call(String type, String method, Class<?>[] types, Object... arguments) {
        try {
            return classes.loadClass(OURS + type).getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String example() throws IOException {
        var found = EXAMPLE.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
        assertThat(found.find()).as("CONTRIBUTING's example").isTrue();
        assertThat(found.group()).contains(NEWS);
        return found.group();
    }

    private void compile(Map<String, UnaryOperator<String>> changes) throws IOException {
        for (var source : sources()) {
            var changed = changes.getOrDefault(source.getFileName().toString(), UnaryOperator.identity())
                    .apply(Files.readString(source));
            var copy = folder.resolve("sources").resolve(SOURCES.relativize(source));
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, changed);
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-proc:none", "-d", folder.resolve("classes").toString());
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(copies()))
                    .call();
            assertThat(compiled).as("it compiles: %s", said).isTrue();
        }
    }

    /** The code with the step in front of the one line that holds {@code place}. */
    private static String before(String place, String step, String code) {
        var lines = code.lines().toList();
        var there = lines.stream().filter(line -> line.contains(place)).toList();
        assertThat(there).as("lines with %s, where the new step goes", place).hasSize(1);
        return lines.stream()
                .flatMap(line -> line.equals(there.getFirst()) ? Stream.of(step, line) : Stream.of(line))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static List<Path> sources() throws IOException {
        return javaFiles(SOURCES);
    }

    private List<Path> copies() throws IOException {
        return javaFiles(folder.resolve("sources"));
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The changed module's own classes; everything else is shared with the tests. */
    private static final class Loader extends URLClassLoader {
        Loader(Path classes) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, ChangedCode.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
