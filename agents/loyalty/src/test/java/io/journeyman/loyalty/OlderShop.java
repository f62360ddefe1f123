package io.journeyman.loyalty;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** A database as an earlier version of the agent left it. */
public final class OlderShop {
    private OlderShop() {}

    /** Migrates an empty database up to {@code version} only, and puts {@code rows} there. */
    public static void at(String url, String version, String rows) {
        Jdbi admin = Jdbi.create(url);
        admin.useHandle(handle -> handle.execute("""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'journeyman_loyalty') THEN
                        CREATE ROLE journeyman_loyalty NOLOGIN NOINHERIT;
                    END IF;
                END $$;
                CREATE SCHEMA loyalty AUTHORIZATION journeyman_loyalty;
                """));
        Flyway.configure()
                .dataSource(url, null, null)
                .jdbcProperties(Map.of("options", "-c role=journeyman_loyalty -c search_path=loyalty"))
                .schemas("loyalty")
                .locations("classpath:db/migrations/loyalty")
                .target(version)
                .load()
                .migrate();
        admin.useHandle(handle -> {
            handle.execute("SET search_path TO loyalty");
            handle.createScript(rows).execute();
        });
    }
}
