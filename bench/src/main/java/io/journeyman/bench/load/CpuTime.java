package io.journeyman.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a shop's processes have used of the processors: the measure that does not suffer from what else the machine does. */
record CpuTime(Map<String, Duration> byPart) {
    /** Of a shop's own process (API, worker and agents), its Postgres and its engine: of these processes and their children. */
    static CpuTime of(List<ProcessHandle> roots) {
        return new CpuTime(roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .collect(Collectors.groupingBy(
                        CpuTime::part,
                        TreeMap::new,
                        Collectors.reducing(
                                Duration.ZERO,
                                process -> process.info().totalCpuDuration().orElse(Duration.ZERO),
                                Duration::plus))));
    }

    private static String part(ProcessHandle process) {
        var program = process.info()
                .command()
                .map(path -> Path.of(path).getFileName().toString())
                .orElse("ended");
        return switch (program) {
            case "java" -> "shop";
            case "temporal", "server" -> "engine";
            default -> program;
        };
    }

    /** Milliseconds for each of so many things done since {@code before}. */
    Map<String, Double> each(CpuTime before, int things) {
        var millis = new TreeMap<String, Double>();
        byPart.forEach((part, time) -> millis.put(
                part,
                Math.round(time.minus(before.byPart().getOrDefault(part, Duration.ZERO))
                                        .toNanos()
                                / 1e5
                                / things)
                        / 10.0));
        return millis;
    }
}
