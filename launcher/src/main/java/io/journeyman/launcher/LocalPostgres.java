package io.journeyman.launcher;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A Postgres 18 of our own, from binaries that come with Maven, with its cluster in the data folder. It listens on loopback
 * only, asks for a password, and commits durably.
 */
final class LocalPostgres implements Server {
    private static final String BINARIES = "postgres-18.6.0";
    private static final String MAJOR = "18";
    private static final String SUPERUSER = "journeyman";
    private static final String DATABASE = "journeyman";
    private static final Duration START = Duration.ofSeconds(60);

    /** One that was ended by force reads its log first; what is cut off there begins anew. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(30);

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final String NOT_YET = "57P03"; // SQLSTATE: cannot connect now
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Pattern NO_CONNECTION =
            Pattern.compile("null|08"); // SQLSTATE's class 08: connection exception

    private final DataFolder folder;
    private final int port;
    private final String password;
    private final Duration patience;
    private Child server;

    private LocalPostgres(DataFolder folder, int port, String password, Duration patience, Child server) {
        this.folder = folder;
        this.port = port;
        this.password = password;
        this.patience = patience;
        this.server = server;
    }

    /** Ends what a crashed run left behind, creates the cluster when there is none, and returns when it answers. */
    static LocalPostgres start(DataFolder folder, int port) {
        return start(folder, port, START);
    }

    /** @param patience with one that does not answer at all */
    static LocalPostgres start(DataFolder folder, int port, Duration patience) {
        endLeftOver(folder);
        Ports.requireFree("Postgres", port);
        var password = folder.secret("postgres");
        var binaries = binaries();
        createCluster(binaries, folder);
        var postgres = new LocalPostgres(folder, port, password, patience, run(binaries, folder, port));
        try {
            postgres.awaitAnswer();
            return postgres;
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    static void endLeftOver(DataFolder folder) {
        Child.endLeftOver(pidFile(folder), "INT", STOP);
    }

    static String url(int port, String password) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s".formatted(port, DATABASE, SUPERUSER, password);
    }

    /** Of the Postgres that an {@code up} runs on this folder; nothing when the folder has none. */
    static java.util.Optional<String> urlOf(DataFolder folder, int port) {
        return folder.existingSecret("postgres").map(password -> url(port, password));
    }

    String url() {
        return url(port, password);
    }

    @Override
    public String name() {
        return "Postgres";
    }

    @Override
    public Child process() {
        return server;
    }

    @Override
    public void startAgain() {
        server = run(binaries(), folder, port);
        awaitAnswer();
    }

    @Override
    public void close() {
        server.stop("INT", STOP); // "fast" shutdown: rolls back what is open and writes a checkpoint
    }

    /** Also one that refuses us, having too many clients or being busy with its recovery, has answered. */
    @Override
    public boolean answers() {
        try (var connection = DriverManager.getConnection(
                url() + "&loginTimeout=%1$d&socketTimeout=%1$d".formatted(ANSWER.toSeconds()))) {
            return connection.isValid((int) ANSWER.toSeconds());
        } catch (SQLException e) {
            return !NO_CONNECTION.matcher(String.valueOf(e.getSQLState())).lookingAt();
        }
    }

    private static Child run(Path binaries, DataFolder folder, int port) {
        dropStaleLock(cluster(folder));
        var command = new ArrayList<>(unprivileged());
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", cluster(folder).toString(), "-p", Integer.toString(port)));
        var settings = Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "200",
                "log_error_verbosity",
                        "terse", // else with the row that broke a rule, and so people's addresses and words
                "shared_buffers", "64MB",
                "jit", "off",
                "log_timezone", "UTC",
                "timezone", "UTC");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return Child.start(
                "Postgres", command, Map.of(), pidFile(folder), folder.logs().resolve("postgres.log"));
    }

    private void awaitAnswer() {
        var begun = System.nanoTime();
        var deadline = begun + patience.toNanos();
        var told = begun;
        while (true) {
            try (var connection = DriverManager.getConnection(url().replace("/" + DATABASE + "?", "/postgres?"))) {
                createDatabase(connection);
                return;
            } catch (SQLException e) {
                var now = System.nanoTime();
                if (NOT_YET.equals(e.getSQLState()) && now - begun < LONGEST_RECOVERY.toNanos()) {
                    deadline = now + patience.toNanos();
                    if (now - told > TELL_EVERY.toNanos()) {
                        told = now;
                        System.err.println(
                                "journeyman: Postgres recovers what it had not yet written when it was ended; %d s so far."
                                        .formatted(Duration.ofNanos(now - begun).toSeconds()));
                    }
                }
                if (now > deadline || (!server.alive() && !waitsForStragglers())) {
                    throw new CannotStart(
                            "Postgres did not start on %s (%s): if its files are broken, restore them from a backup or name another folder with --data; its log is %s."
                                    .formatted(cluster(folder), server.lastWords(), server.log()),
                            e);
                }
                pause();
                if (!server.alive()) {
                    server = run(binaries(), folder, port);
                }
            }
        }
    }

    /** A killed server's processes leave one after another, and the memory that the next one wants is in use until the last has left. */
    private boolean waitsForStragglers() {
        return server.said().contains("pre-existing shared memory block");
    }

    private static void createDatabase(java.sql.Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (found.next()) {
                return;
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    /** initdb works beside the final place, so that a cluster is there whole or not at all. */
    private static void createCluster(Path binaries, DataFolder folder) {
        var cluster = cluster(folder);
        try {
            if (Files.exists(cluster)) {
                requireOurVersion(cluster);
                return;
            }
            var fresh = folder.resolve("postgres.new");
            delete(fresh);
            Files.createDirectory(fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            var passwordFile = folder.resolve("secrets").resolve("postgres");
            var readable = Files.createTempFile(fresh.getParent(), "pw", "");
            Files.copy(passwordFile, readable, StandardCopyOption.REPLACE_EXISTING);
            giveToPostgres(fresh, readable);
            try {
                initdb(binaries, fresh, readable, folder);
            } finally {
                Files.delete(readable);
            }
            Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CannotStart(
                    "the database folder %s cannot be created or read (%s): mend its permissions or name another with --data."
                            .formatted(cluster, e.getMessage()),
                    e);
        }
    }

    private static void requireOurVersion(Path cluster) throws IOException {
        var file = cluster.resolve("PG_VERSION");
        if (!Files.isReadable(file)) {
            throw new CannotStart(
                    "%s is no Postgres database folder: restore it from a backup, or name another folder with --data."
                            .formatted(cluster));
        }
        var version = Files.readString(file).trim();
        if (!version.equals(MAJOR)) {
            throw new CannotStart(
                    "%s was written by Postgres %s and this is Postgres %s: bring it over with pg_upgrade, or name another folder with --data."
                            .formatted(cluster, version, MAJOR));
        }
    }

    private static void initdb(Path binaries, Path cluster, Path passwordFile, DataFolder folder) throws IOException {
        var command = new ArrayList<>(unprivileged());
        command.add(binaries.resolve("bin/initdb").toString());
        command.addAll(List.of("-D", cluster.toString(), "-U", SUPERUSER, "--pwfile", passwordFile.toString()));
        command.addAll(List.of("--auth", "scram-sha-256", "--encoding", "UTF8"));
        command.addAll(List.of("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"));
        var log = folder.logs().resolve("initdb.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new CannotStart(
                        "Postgres could not create its database folder %s: %s tells why.".formatted(cluster, log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while Postgres created its database folder: start again.", e);
        }
    }

    /**
     * Postgres refuses to run as root. A user namespace of its own makes it somebody else who still owns our files; where the
     * kernel forbids that, it becomes nobody and the files are given to nobody.
     */
    private static List<String> unprivileged() {
        if (!Tools.root()) {
            return List.of();
        }
        if (USER_NAMESPACES) {
            return List.of("unshare", "-U");
        }
        if (Tools.onPath("setpriv").isPresent()) {
            return List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups");
        }
        throw new CannotStart("Postgres does not run as root: start as another user, or give DATABASE_URL.");
    }

    private static final boolean USER_NAMESPACES = Tools.root() && succeeds("unshare", "-U", "true");

    private static void giveToPostgres(Path... paths) throws IOException {
        if (!Tools.root() || USER_NAMESPACES) {
            return;
        }
        var nobody = paths[0].getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        for (var path : paths) {
            Files.setOwner(path, nobody);
        }
        for (var above = paths[0].getParent(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new CannotStart(
                        "the user nobody, as whom Postgres runs, cannot enter %s: name a folder outside of it with --data."
                                .formatted(above));
            }
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** After a crash of the machine the process id in Postgres's own lock file may belong to a stranger by now. */
    private static void dropStaleLock(Path cluster) {
        var lock = cluster.resolve("postmaster.pid");
        try {
            if (!Files.exists(lock)) {
                return;
            }
            var owner = Optional.of(Files.readString(lock)
                            .lines()
                            .findFirst()
                            .orElse("")
                            .trim())
                    .filter(first -> first.matches("\\d{1,9}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .filter(ProcessHandle::isAlive);
            if (owner.isEmpty()) {
                Files.delete(lock);
            } else if (owner.get().info().command().orElse("postgres").endsWith("postgres")) {
                throw new CannotStart(
                        "process %d is a Postgres that uses %s: stop it, or name another folder with --data."
                                .formatted(owner.get().pid(), cluster));
            } else {
                Files.delete(lock);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    "%s cannot be read: mend its permissions, or name another folder with --data.".formatted(lock), e);
        }
    }

    private static Path binaries() {
        var place = reachableCache().resolve(BINARIES);
        try {
            if (!Files.isDirectory(place)) {
                Files.createDirectories(place.getParent());
                var fresh = Files.createTempDirectory(place.getParent(), BINARIES + ".");
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(fresh);
                publish(fresh, place);
            }
            return place;
        } catch (IOException e) {
            throw new CannotStart(
                    "Postgres could not be unpacked to %s (%s): make room there, or set XDG_CACHE_HOME to another folder."
                            .formatted(place, e.getMessage()),
                    e);
        }
    }

    private static Path reachableCache() {
        return Tools.root() && !USER_NAMESPACES ? Path.of("/var/cache/journeyman") : Tools.cache();
    }

    private static void publish(Path fresh, Path place) throws IOException {
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(fresh);
            if (!Files.isDirectory(place)) { // else somebody else was quicker, with the same content
                throw e;
            }
        }
    }

    private static void unpack(Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive names a file outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static InputStream archive() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : "Linux";
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while Postgres started: start again.", e);
        }
    }

    private static Path cluster(DataFolder folder) {
        return folder.resolve("postgres");
    }

    private static Path pidFile(DataFolder folder) {
        return folder.resolve("postgres.pid");
    }
}
