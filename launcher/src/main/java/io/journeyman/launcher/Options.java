package io.journeyman.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param words the command and its names: {@code up}, {@code agent inventory}…
 * @param databaseUrl somebody else's Postgres, as an administrator; then none is started
 * @param temporalAddress somebody else's Temporal, host:port; then none is started
 * @param sample whether an empty shop is filled with the sample one
 */
record Options(
        List<String> words,
        DataFolder data,
        Ports ports,
        Optional<String> databaseUrl,
        Optional<String> temporalAddress,
        boolean sample) {

    /** Arguments win over the environment; everything has a default that works on a laptop. */
    static Options parse(List<String> arguments, Map<String, String> environment) {
        var words = new java.util.ArrayList<String>();
        var data = Optional.<String>empty();
        var base = value(environment, "JOURNEYMAN_PORT_BASE");
        var sample = true;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            var name = argument.replaceFirst("=.*", "");
            switch (name) {
                case "--data" -> data = Optional.of(valueOf(argument, rest));
                case "--port-base" -> base = Optional.of(valueOf(argument, rest));
                case "--no-sample" -> sample = false;
                default -> {
                    if (name.startsWith("-")) {
                        throw new CannotStart(
                                "%s is not an option here: ./journeyman help shows them.".formatted(name));
                    }
                    words.add(argument);
                }
            }
        }
        return new Options(
                List.copyOf(words),
                data(data, environment),
                base.map(Options::portBase).orElse(Ports.DEFAULT),
                value(environment, "DATABASE_URL").map(Options::postgresUrl),
                value(environment, "TEMPORAL_ADDRESS").map(Options::hostAndPort),
                sample);
    }

    /** The data folder that any command is about, whatever else it is told. */
    static DataFolder dataOf(List<String> arguments, Map<String, String> environment) {
        var named = Optional.<String>empty();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.startsWith("--data=")) {
                named = Optional.of(argument.substring("--data=".length()));
            } else if (argument.equals("--data") && i + 1 < arguments.size()) {
                named = Optional.of(arguments.get(i + 1));
            }
        }
        return data(named, environment);
    }

    private static DataFolder data(Optional<String> named, Map<String, String> environment) {
        var home = value(environment, "JOURNEYMAN_HOME").map(Path::of).orElse(Path.of(""));
        return new DataFolder(named.or(() -> value(environment, "JOURNEYMAN_DATA"))
                .map(Path::of)
                .orElse(home.resolve(".journeyman")));
    }

    private static String valueOf(String argument, java.util.Iterator<String> rest) {
        var equals = argument.indexOf('=');
        if (equals >= 0) {
            return argument.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new CannotStart("%s needs a value: ./journeyman help shows which.".formatted(argument));
        }
        return rest.next();
    }

    private static Ports portBase(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new CannotStart(
                    "the port base must be a number, and '%s' is none: try --port-base 6000.".formatted(text));
        }
        return new Ports(Integer.parseInt(text));
    }

    private static String postgresUrl(String text) {
        if (!text.startsWith("jdbc:postgresql://")) {
            throw new CannotStart(
                    "DATABASE_URL must look like jdbc:postgresql://host:5432/journeyman?user=admin&password=secret: mend or unset it.");
        }
        return text;
    }

    private static String hostAndPort(String text) {
        if (!text.matches(".+:\\d{1,5}")) {
            throw new CannotStart("TEMPORAL_ADDRESS must look like host:7233: mend or unset it.");
        }
        return text;
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
