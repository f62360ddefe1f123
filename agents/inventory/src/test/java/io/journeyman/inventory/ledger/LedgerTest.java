package io.journeyman.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.LedgerDifference;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.StockCard;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.hold.Holds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop for each test, since each damages its books. */
@Timeout(120)
class LedgerTest {
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE movement SET on_hand_change = 9", "DELETE FROM movement", "TRUNCATE movement"})
    void aMovementIsForEver(String change) {
        shop.variant(5, 0, 0);

        assertThatThrownBy(() -> shop.jdbi().useHandle(handle -> handle.execute(change)))
                .rootCause()
                .hasMessageContaining("a movement is for ever");
    }

    @Test
    void tellsWhatMovedNewestFirstAPageAtATime() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId hold = shop.newHold();
        shop.client().post("/holds", shop.hold(hold, new Line(sku, 2)));
        shop.client().post("/holds/" + hold + "/allocate");
        shop.client().post("/holds/" + hold + "/release");

        StockCard card = shop.card(sku, TestShop.WAREHOUSE);

        assertThat(card.onHand()).isEqualTo(5);
        assertThat(card.held()).isZero();
        assertThat(card.available()).isEqualTo(5);
        assertThat(card.movements())
                .extracting(Movement::kind, Movement::onHandChange, Movement::heldChange, Movement::holdId)
                .containsExactly(
                        tuple(MovementKind.returned, 2, 0, Optional.of(hold)),
                        tuple(MovementKind.sold, -2, -2, Optional.of(hold)),
                        tuple(MovementKind.held, 0, 2, Optional.of(hold)),
                        tuple(MovementKind.received, 5, 0, Optional.empty()));
        long second = card.movements().get(1).id();
        assertThat(shop.client()
                        .get("/stock/" + sku + "/WH?limit=1&before=" + second)
                        .as(StockCard.class)
                        .movements())
                .containsExactly(card.movements().get(2));
    }

    @Test
    void knowsNoCardOfWhatWasNeverThere() {
        Sku sku = shop.newVariant("never", "M", "blue");

        assertThat(shop.client().get("/stock/" + sku + "/WH").problem().code()).isEqualTo("unknown_stock");
    }

    @Test
    void findsABalanceThatItsMovementsDoNotComeTo() {
        Sku sku = shop.variant(5, 3, 0);
        assertThat(shop.ledger().addsUp()).isTrue();

        shop.jdbi().useHandle(handle -> handle.execute("UPDATE stock SET on_hand = 7 WHERE location = 'WH'"));

        LedgerCheck check = shop.ledger();
        assertThat(check.addsUp()).isFalse();
        assertThat(check.balances()).isEqualTo(3);
        assertThat(check.differences()).containsExactly(new LedgerDifference(sku, TestShop.WAREHOUSE, 7, 5, 0, 0, 0));
    }

    @Test
    void findsPiecesThatNoHoldSpeaksFor() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId hold = shop.newHold();
        shop.client().post("/holds", shop.hold(hold, new Line(sku, 2)));

        shop.jdbi().useHandle(handle -> handle.execute("UPDATE hold SET status = 'released'"));

        assertThat(shop.ledger().differences())
                .containsExactly(new LedgerDifference(sku, TestShop.WAREHOUSE, 5, 5, 2, 2, 0));
    }

    @Test
    void aHoldWhosePiecesTheStockDoesNotKnowKeepsNoOtherFromExpiring() {
        Sku damaged = shop.variant(5, 0, 0);
        Sku sound = shop.variant(5, 0, 0);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(damaged, 2)));
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sound, 2)));
        shop.jdbi().useHandle(handle -> handle.execute("UPDATE stock SET held = 0 WHERE sku = ?", damaged.value()));
        var later = new Holds(() -> shop.now().plus(Duration.ofHours(1)));

        assertThatThrownBy(() -> later.expireDue(shop.jdbi(), 100)).hasMessageContaining("disagree");

        assertThat(shop.card(sound, TestShop.WAREHOUSE).held()).isZero();
    }

    @Test
    void addsUpAtEveryMomentWhileEverythingMoves() throws Exception {
        List<Sku> skus = List.of(shop.variant(60, 0, 0), shop.variant(60, 0, 0));
        List<LedgerCheck> checks = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> buyers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                buyers.add(threads.submit(() -> {
                    HoldId hold = shop.newHold();
                    shop.client().post("/holds", shop.hold(hold, new Line(skus.get(0), 1), new Line(skus.get(1), 1)));
                    shop.client().post("/holds/" + hold + "/allocate");
                }));
            }
            while (!buyers.stream().allMatch(Future::isDone)) {
                checks.add(shop.ledger());
            }
        }

        assertThat(checks).isNotEmpty().allMatch(LedgerCheck::addsUp);
        assertThat(shop.card(skus.getFirst(), TestShop.WAREHOUSE).onHand()).isEqualTo(20);
    }
}
