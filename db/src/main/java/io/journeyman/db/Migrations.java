package io.journeyman.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Brings an owner's role, schema and tables up to date. The role owns its schema and is granted nothing else; the migrations
 * run as that role. Safe to run at the same time from several processes.
 */
public final class Migrations {
    /** Taken while roles and schemas are made, so that two starting processes do not collide. */
    private static final long LOCK = 0x4a4f55524e4559L;

    /** With the owner's schema beside it: taken while that owner's migrations run. */
    private static final int ONE_AT_A_TIME = 0x4a4f5552;

    private static final String UP_TO_DATE = "migrated to ";

    private Migrations() {}

    /**
     * Runs {@code db/migrations/<owner>}, after {@code db/migrations/<shared>} for each shared folder (an agent's is {@code
     * kit}), which keep a history of their own, so that their versions never clash with the owner's. Where the same migrations have
     * run already, which the schema's comment says by their digest, Flyway stays out of it: it takes an agent as long to load as
     * all the rest of its start.
     *
     * @param adminUrl a user who may create roles and schemas, or one for whom both are there already
     */
    public static void migrate(String adminUrl, Owner owner, String... shared) {
        prepare(adminUrl, owner);
        // Flyway's own lock comes too late: of two that find no history yet, one fails to write its first line.
        try (Connection lock = DriverManager.getConnection(adminUrl);
                Statement statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d, hashtext('%s'))".formatted(ONE_AT_A_TIME, owner.schema()));
            String wanted = UP_TO_DATE
                    + MigrationFiles.of(Stream.concat(Stream.of(shared), Stream.of(owner.name()))
                                    .toList())
                            .digest();
            if (isSaid(statement, owner, wanted)) {
                return;
            }
            for (String folder : shared) {
                run(adminUrl, owner, folder, folder + "_schema_history");
            }
            run(adminUrl, owner, owner.name(), "flyway_schema_history");
            say(statement, owner, wanted);
        } catch (SQLException e) {
            throw cannotPrepare(owner, e);
        }
    }

    private static boolean isSaid(Statement statement, Owner owner, String wanted) throws SQLException {
        return yes(
                statement,
                "SELECT obj_description(to_regnamespace('%s'), 'pg_namespace') = '%s'"
                        .formatted(owner.schema(), wanted));
    }

    private static void say(Statement statement, Owner owner, String reached) throws SQLException {
        statement.execute("SET ROLE " + owner.role());
        statement.execute("COMMENT ON SCHEMA %s IS '%s'".formatted(owner.schema(), reached));
    }

    private static void run(String url, Owner owner, String folder, String history) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, null, null)
                .jdbcProperties(Map.of("options", "-c role=" + owner.role() + " -c search_path=" + owner.schema()))
                .schemas(owner.schema())
                .defaultSchema(owner.schema())
                .createSchemas(false)
                .locations("classpath:db/migrations/" + folder)
                .failOnMissingLocations(!folder.equals(owner.name()))
                .table(history)
                // a shared folder may have filled the schema before the owner's first migration
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static void prepare(String url, Owner owner) {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                createRole(statement, owner);
                if (!yes(
                        statement,
                        "SELECT EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = '" + owner.schema()
                                + "')")) {
                    statement.execute("CREATE SCHEMA " + owner.schema() + " AUTHORIZATION " + owner.role());
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw cannotPrepare(owner, e);
        }
    }

    private static IllegalStateException cannotPrepare(Owner owner, SQLException e) {
        return new IllegalStateException("cannot prepare the database for " + owner.name() + ": " + e.getMessage(), e);
    }

    private static void createRole(Statement statement, Owner owner) throws SQLException {
        // Roles are the cluster's, the lock above is the database's: another database's owner may win the race.
        statement.execute("""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
                        CREATE ROLE %1$s NOLOGIN NOINHERIT;
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN
                    NULL;
                END $$
                """.formatted(owner.role()));
        if (!yes(statement, "SELECT pg_has_role(current_user, '" + owner.role() + "', 'MEMBER')")) {
            statement.execute("GRANT " + owner.role() + " TO current_user");
        }
    }

    private static boolean yes(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
