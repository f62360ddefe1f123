package io.journeyman.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Each part of {@code ./journeyman bench} at a tiny size, on a real shop: what it counts must have happened. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchTest {
    /** A turn with one tool read, and a confirmed order, take no more than this (design §11). */
    private static final int EVENTS_OF_A_TURN = 12;

    private static final int EVENTS_OF_AN_ORDER = 38;

    private BenchShop shop;

    @BeforeAll
    void up() throws Exception {
        shop = BenchShop.unmeasured();
    }

    @AfterAll
    void down() throws Exception {
        shop.close();
    }

    @Test
    void measuresCheckoutsThatTheShopHasConfirmed() throws Exception {
        var checkouts = new Checkouts(Proposals.prepare(shop));

        var pace = checkouts.product(3, checkouts.prepare(6));

        assertThat(pace.count()).isEqualTo(6);
        assertThat(pace.p50()).isPositive().isLessThanOrEqualTo(pace.p99());
        assertThat(ordersConfirmed()).isEqualTo(6);
        assertThat(HistorySize.of(shop.client(), "checkout-" + checkouts.latestOrder())
                        .events())
                .isBetween(20L, (long) EVENTS_OF_AN_ORDER);
    }

    @Test
    void comparesWithTheSameTransitionsOnTheBareEngine() throws Exception {
        try (var bare = BareEngine.start(shop.client())) {
            var pace = Pace.of(2, List.of(bare::checkout, bare::checkout, bare::checkout));

            assertThat(pace.count()).isEqualTo(3);
        }
    }

    @Test
    void measuresTurnsWhoseHistoryDoesNotGrow() throws Exception {
        var measured = Turns.begin(shop).measure(30, 5);

        assertThat(measured.pace().count()).isEqualTo(5);
        assertThat(measured.early().events()).isBetween(7L, (long) EVENTS_OF_A_TURN);
        assertThat(measured.late().events()).isEqualTo(measured.early().events());
        assertThat(measured.slow().events()).isBetween(measured.early().events() + 6, 24L);
    }

    @Test
    void holdsALoudCustomerBackAndAnswersTheQuietOne() throws Exception {
        var measured = Neighbours.measure(shop, Duration.ofSeconds(4));

        assertThat(measured.sent()).isGreaterThan(100);
        assertThat(measured.answered()).isPositive().isLessThan(measured.sent() / 3);
        assertThat(measured.beside().count()).isPositive();
    }

    private int ordersConfirmed() throws Exception {
        try (var connection = DriverManager.getConnection(shop.databaseUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM post_purchase.order_state WHERE status = 'confirmed'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
