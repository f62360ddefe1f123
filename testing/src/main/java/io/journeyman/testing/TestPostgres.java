package io.journeyman.testing;

import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Postgres for tests: one server per JVM, started when first asked for and stopped with the JVM, and a fresh database
 * whenever a test class asks. Its unpacked binaries are cached in {@code ${java.io.tmpdir}/embedded-pg}.
 */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The names of databases that nobody uses: each is copied for whoever asks for what has been migrated in it. */
    private static final Map<Migrated, String> TEMPLATES = new ConcurrentHashMap<>();

    private record Migrated(Owner owner, List<String> shared) {}

    private TestPostgres() {}

    /** The URL, with an administrator as its user, of a new empty database. */
    public static String freshDatabase() {
        return url(created(""));
    }

    /**
     * The same of a new database with the owner's role, schema and empty tables: a copy of one in which {@link Migrations} ran, which
     * takes a small part of the time. What starts on it finds nothing to migrate.
     */
    public static String freshDatabase(Owner owner, String... shared) {
        var template = TEMPLATES.computeIfAbsent(new Migrated(owner, List.of(shared)), _ -> {
            var name = created("");
            Migrations.migrate(url(name), owner, shared);
            return name;
        });
        return url(created(" TEMPLATE " + template));
    }

    private static String created(String how) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + how);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create a database for the test", e);
        }
        return name;
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + Server.RUNNING.getPort() + "/" + database + "?user=postgres";
    }

    /** Started by the first use of {@link #freshDatabase}. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // what a crash would lose does not matter here
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "64MB")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
