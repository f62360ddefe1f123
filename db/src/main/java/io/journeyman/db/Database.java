package io.journeyman.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * One owner's connections: every session runs under the owner's role with its schema as the search path, so that a query
 * cannot reach another owner's tables whatever user the URL names (that user must be a member of the role). Statements,
 * lock waits and idle transactions have time limits. An exception never carries a statement's values: they are people's words and
 * addresses, and exceptions end in logs and in workflows' histories.
 */
public final class Database implements AutoCloseable {
    /** Enough for one agent: requests are short, and the limit keeps a crowd of agents below Postgres' own limit. */
    public static final int CONNECTIONS = 8;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new JourneymanPlugin());
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** @param url {@code jdbc:postgresql://host:port/database?user=…&password=…} */
    public static Database open(String url, Owner owner) {
        return open(url, owner, CONNECTIONS);
    }

    public static Database open(String url, Owner owner, int connections) {
        return open(url, owner, connections, Map.of());
    }

    /** @param settings Postgres' own, of each session, by their names; no value has a space */
    public static Database open(String url, Owner owner, int connections, Map<String, String> settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(owner.name());
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(2_000);
        config.setInitializationFailTimeout(10_000);
        config.addDataSourceProperty("options", sessionOptions(owner, settings));
        config.addDataSourceProperty("ApplicationName", "journeyman-" + owner.name());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new Database(new HikariDataSource(config));
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }

    static String sessionOptions(Owner owner, Map<String, String> settings) {
        return "-c role=" + owner.role() + " -c search_path=" + owner.schema()
                + " -c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000"
                + settings.entrySet().stream()
                        .map(setting -> " -c " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }
}
