package io.journeyman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database module against a real Postgres; here because the server for tests is. */
public class DatabaseTest {
    private static String url;
    private static Database database;

    @BeforeAll
    static void open() {
        url = TestPostgres.freshDatabase();
        Migrations.migrate(url, new Owner("conversation"), "kit");
        database = Database.open(url, new Owner("conversation"));
        database.jdbi().useHandle(h -> h.execute("""
                CREATE TABLE thing (id text PRIMARY KEY, price bigint NOT NULL, currency text NOT NULL, note text,
                    first_seen timestamptz NOT NULL, facts jsonb NOT NULL, skus text[] NOT NULL)
                """));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void mapsRecordsOfIdsMoneyOptionalsInstantsAndJsonThereAndBack() {
        Thing thing = new Thing(
                new OrderId("ord-1"),
                Money.inr(12_345),
                Optional.empty(),
                Instant.parse("2026-11-24T04:00:00.123456Z"),
                Json.tree("{\"a\":[1,2]}"),
                List.of(new Sku("s-1"), new Sku("s-2")));
        Things things = database.jdbi().onDemand(Things.class);

        things.insert(thing, thing.price());

        assertThat(things.find(new OrderId("ord-1"))).contains(thing);
        assertThat(things.find(new OrderId("ord-2"))).isEmpty();
        assertThat(things.ids(List.of(new OrderId("ord-1"), new OrderId("ord-3"))))
                .containsExactly(new OrderId("ord-1"));
    }

    /** Another start of the same code asks nothing of Flyway; other migrations are run, or found to be missing. */
    @Test
    void looksAtMigrationsAgainOnlyWhenTheyAreNotTheOnesThatHaveRun() {
        var owner = new Owner("giftWrapping");
        var fresh = TestPostgres.freshDatabase();
        Migrations.migrate(fresh, owner, "kit");
        try (var other = Database.open(fresh, owner, 2)) {
            other.jdbi().useHandle(h -> h.execute("UPDATE kit_schema_history SET checksum = 1 WHERE version = '1'"));

            Migrations.migrate(fresh, owner, "kit"); // Flyway would refuse that history

            other.jdbi().useHandle(h -> h.execute("COMMENT ON SCHEMA gift_wrapping IS 'migrated to an older state'"));
            assertThatThrownBy(() -> Migrations.migrate(fresh, owner, "kit"))
                    .hasMessageContaining("Migration checksum mismatch");
        }
    }

    @Test
    void keepsAnOwnerOutOfOtherSchemas() {
        Migrations.migrate(url, new Owner("giftWrapping"), "kit");
        try (Database other = Database.open(url, new Owner("giftWrapping"), 2)) {
            String session = other.jdbi()
                    .withHandle(h -> h.createQuery("SELECT current_user || '/' || current_schema")
                            .mapTo(String.class)
                            .one());
            assertThat(session).isEqualTo("journeyman_gift_wrapping/gift_wrapping");
            assertThatThrownBy(() -> other.jdbi().useHandle(h -> h.execute("SELECT * FROM conversation.message")))
                    .isInstanceOf(UnableToExecuteStatementException.class)
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> other.jdbi().useHandle(h -> {
                        h.execute("RESET ROLE");
                        h.execute("SELECT * FROM conversation.message");
                    }))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void migratesFromSeveralProcessesAtOnce() throws Exception {
        String shared = TestPostgres.freshDatabase();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = new java.util.ArrayList<>();
            for (String owner : List.of("conversation", "conversation", "giftWrapping", "giftWrapping")) {
                starts.add(threads.submit(() -> Migrations.migrate(shared, new Owner(owner), "kit")));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        }

        try (Database migrated = Database.open(shared, new Owner("conversation"), 1)) {
            int messages = migrated.jdbi()
                    .withHandle(h -> h.createQuery("SELECT count(*) FROM message")
                            .mapTo(Integer.class)
                            .one());
            assertThat(messages).isZero();
        }
    }

    @Test
    void aCopyOfWhatWasMigratedHasItsTablesAndIsNobodyElses() {
        var owner = new Owner("inventory");
        String one = TestPostgres.freshDatabase(owner, "kit");
        String other = TestPostgres.freshDatabase(owner, "kit");

        try (var mine = Database.open(one, owner, 1);
                var theirs = Database.open(other, owner, 1)) {
            mine.jdbi().useHandle(h -> h.execute("CREATE TABLE mine (n int)"));

            assertThat(tables(mine)).contains("movement", "mine");
            assertThat(tables(theirs)).contains("movement").doesNotContain("mine");
        }
    }

    private static List<String> tables(Database database) {
        return database.jdbi()
                .withHandle(h -> h.createQuery("SELECT tablename FROM pg_tables WHERE schemaname = current_schema")
                        .mapTo(String.class)
                        .list());
    }

    public record Thing(
            OrderId id,
            Money price,
            Optional<String> note,
            Instant firstSeen,
            @org.jdbi.v3.json.Json JsonNode facts,
            List<Sku> skus) {}

    public interface Things {
        @SqlUpdate("""
                INSERT INTO thing (id, price, currency, note, first_seen, facts, skus)
                VALUES (:id, :price, :money.currency, :note, :firstSeen, :facts, :skus)
                """)
        void insert(@BindMethods Thing thing, @BindMethods("money") Money money);

        @SqlQuery("SELECT * FROM thing WHERE id = :id")
        Optional<Thing> find(@Bind("id") OrderId id);

        @SqlQuery("SELECT id FROM thing WHERE id = ANY(:ids)")
        List<OrderId> ids(@Bind("ids") List<OrderId> ids);
    }
}
