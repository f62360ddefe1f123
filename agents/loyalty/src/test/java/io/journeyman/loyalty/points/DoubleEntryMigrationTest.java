package io.journeyman.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.journeyman.loyalty.OlderShop;
import io.journeyman.testing.TestPostgres;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A shop that kept its points in single entry comes over with all it had. */
class DoubleEntryMigrationTest {
    private static final Owner LOYALTY = new Owner("loyalty");

    private final String url = TestPostgres.freshDatabase();

    @Test
    void takesOverEveryAccountWithItsHistory() {
        OlderShop.at(url, "1", """
                INSERT INTO account (customer_id, points, reserved, orders, opened_at) VALUES
                    ('a', 320, 40, 2, now() - interval '400 days'), ('b', 0, 0, 0, now()), ('debt', -20, 0, 0, now());
                INSERT INTO benefits (order_id, customer_id, status, points, earned, opened_at, changed_at) VALUES
                    ('under-way', 'a', 'reserved', 40, 0, now(), now()),
                    ('paid', 'a', 'committed', 100, 20, now() - interval '9 days', now() - interval '8 days'),
                    ('given-up', 'a', 'released', 70, 0, now() - interval '7 days', now() - interval '6 days'),
                    ('undone', 'a', 'released', 30, 10, now() - interval '5 days', now() - interval '3 days'),
                    ('never-came', NULL, 'released', 0, 0, now(), now()),
                    ('owed', 'debt', 'released', 0, 20, now() - interval '5 days', now());
                INSERT INTO points_entry (at, customer_id, kind, points, order_id) VALUES
                    (now() - interval '400 days', 'a', 'opening', 400, NULL),
                    (now() - interval '8 days', 'a', 'spent', -100, 'paid'),
                    (now() - interval '8 days', 'a', 'earned', 20, 'paid'),
                    (now() - interval '4 days', 'a', 'spent', -30, 'undone'),
                    (now() - interval '4 days', 'a', 'earned', 10, 'undone'),
                    (now() - interval '3 days', 'a', 'given_back', 30, 'undone'),
                    (now() - interval '3 days', 'a', 'taken_back', -10, 'undone'),
                    (now(), 'debt', 'taken_back', -20, 'owed');
                """);

        Migrations.migrate(url, LOYALTY, "kit");

        try (var database = Database.open(url, LOYALTY, 1)) {
            Jdbi jdbi = database.jdbi();
            assertThat(texts(jdbi, """
                    SELECT kind || ' ' || points || coalesce(' ' || order_id, '') FROM ledger_entry
                    WHERE customer_id = 'a' ORDER BY id"""))
                    .containsExactly(
                            "opening 400",
                            "reserved 100 paid",
                            "spent 100 paid",
                            "earned 20 paid",
                            "reserved 70 given-up",
                            "freed 70 given-up",
                            "reserved 30 undone",
                            "spent 30 undone",
                            "earned 10 undone",
                            "given_back 30 undone",
                            "taken_back 10 undone",
                            "reserved 40 under-way");
            assertThat(texts(jdbi, """
                    SELECT concat(customer_id, ' ', sum(points)) FROM points_entry GROUP BY customer_id ORDER BY 1""")).containsExactly("a 320", "debt -20");
            assertThat(texts(jdbi, """
                    SELECT kind FROM ledger_entry
                    WHERE customer_id = 'a' AND expires_at BETWEEN now() + interval '89 days' AND now() + interval '90 days'"""))
                    .as("what would have expired long ago is good for 90 more days")
                    .containsExactly("opening");
            assertThat(texts(jdbi, "SELECT customer_id FROM account WHERE lapses_at IS NULL"))
                    .containsExactly("b");
        }
    }

    @Test
    void refusesBooksThatDoNotAddUp() {
        OlderShop.at(url, "1", "INSERT INTO account (customer_id, points, opened_at) VALUES ('a', 7, now())");

        assertThatThrownBy(() -> Migrations.migrate(url, LOYALTY, "kit"))
                .hasStackTraceContaining("an account differs from its entries");
    }

    private static List<String> texts(Jdbi jdbi, String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
