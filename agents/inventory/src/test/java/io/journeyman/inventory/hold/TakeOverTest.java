package io.journeyman.inventory.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order that takes over what a reservation holds. */
@Timeout(120)
class TakeOverTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenRows()).isEmpty();
    }

    @Test
    void getsTheVeryPiecesThatTheStoreKeeps() {
        Sku sku = shop.variant(9, 1, 0);
        Line line = new Line(sku, 1);
        HoldId reserved = reserve(line);
        HoldId order = shop.newHold();

        Hold hold = place(shop.takingOver(reserved, order, line));

        assertThat(hold.status()).isEqualTo(HoldStatus.held);
        assertThat(hold.lines()).containsExactly(new HeldLine(sku, 1, TestShop.FIRST_STORE));
        assertThat(status(reserved)).isEqualTo(HoldStatus.released);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(1, 1));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(9, 0));
    }

    @Test
    void theStockComesBackOnceWhicheverOfThemIsReleased() {
        Sku sku = shop.variant(0, 1, 0);
        Line line = new Line(sku, 1);
        HoldId reserved = reserve(line);
        HoldId order = shop.newHold();
        place(shop.takingOver(reserved, order, line));

        shop.client().post("/holds/" + reserved + "/release");
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(1, 1));
        shop.client().post("/holds/" + order + "/release");

        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void takesOverOnceHoweverOftenItIsAsked() {
        Sku sku = shop.variant(0, 2, 0);
        Line line = new Line(sku, 1);
        HoldId reserved = reserve(line);
        HoldId order = shop.newHold();

        place(shop.takingOver(reserved, order, line));
        Hold again = place(shop.takingOver(reserved, order, line));

        assertThat(again.status()).isEqualTo(HoldStatus.held);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(2, 1));
    }

    @Test
    void leavesTheReservationWhenTheOrderWasCancelledBeforeItCame() {
        Sku sku = shop.variant(0, 1, 0);
        Line line = new Line(sku, 1);
        HoldId reserved = reserve(line);
        HoldId order = shop.newHold();
        shop.client().post("/holds/" + order + "/release");

        Hold late = place(shop.takingOver(reserved, order, line));

        assertThat(late.status()).isEqualTo(HoldStatus.released);
        assertThat(status(reserved)).isEqualTo(HoldStatus.held);
    }

    @Test
    void holdsNothingWhenTheReservationWasCollected() {
        Sku sku = shop.variant(5, 3, 0);
        Line line = new Line(sku, 1);
        HoldId collected = reserve(line);
        shop.client().post("/holds/" + collected + "/allocate");
        HoldId order = shop.newHold();

        Answer answer = shop.client().post("/holds", shop.takingOver(collected, order, line));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem().code()).isEqualTo("hold_gone");
        assertThat(shop.client().get("/holds/" + order).status()).isEqualTo(404);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(2, 0));
    }

    @Test
    void isAnOrdinaryHoldWhenTheReservationKeepsNothingAnyMore() {
        Sku sku = shop.variant(5, 3, 0);
        Line line = new Line(sku, 1);
        HoldId cancelled = reserve(line);
        shop.client().post("/holds/" + cancelled + "/release");
        HoldId expired = reserve(line);
        shop.pass(Duration.ofHours(1));
        shop.sweep();

        for (HoldId ended : List.of(cancelled, expired, shop.newHold())) {
            Hold hold = place(shop.takingOver(ended, shop.newHold(), line));

            assertThat(hold.lines()).containsExactly(new HeldLine(sku, 1, TestShop.WAREHOUSE));
        }
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(3, 0));
    }

    @Test
    void takesNothingElseThanWhatIsHeld() {
        Sku sku = shop.variant(0, 5, 0);
        HoldId reserved = reserve(new Line(sku, 1));

        Answer answer = shop.client().post("/holds", shop.takingOver(reserved, shop.newHold(), new Line(sku, 2)));

        assertThat(answer.problem().code()).isEqualTo("hold_differs");
        assertThat(status(reserved)).isEqualTo(HoldStatus.held);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(5, 1));
    }

    @Test
    void nobodyElseGetsThePieceInBetween() throws Exception {
        int pieces = 30;
        Sku sku = shop.variant(0, pieces, 0);
        Line line = new Line(sku, 1);
        List<Callable<Answer>> orders = new ArrayList<>();
        List<Callable<Answer>> others = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            HoldId reserved = reserve(line);
            orders.add(() -> shop.client().post("/holds", shop.takingOver(reserved, shop.newHold(), line)));
            others.add(() -> shop.client().post("/holds", shop.hold(shop.newHold(), line)));
        }

        List<Answer> answers = atOnce(orders, others);

        assertThat(answers.subList(0, pieces)).extracting(Answer::status).containsOnly(201);
        assertThat(answers.subList(pieces, 2 * pieces))
                .extracting(Answer::status)
                .containsOnly(409);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(pieces, pieces));
    }

    @Test
    void aReservationIsEitherCollectedOrTakenOver() throws Exception {
        int pieces = 30;
        Sku sku = shop.variant(0, pieces, 0);
        Line line = new Line(sku, 1);
        List<Callable<Answer>> orders = new ArrayList<>();
        List<Callable<Answer>> collections = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            HoldId reserved = reserve(line);
            orders.add(() -> shop.client().post("/holds", shop.takingOver(reserved, shop.newHold(), line)));
            collections.add(() -> shop.client().post("/holds/" + reserved + "/allocate"));
        }

        List<Answer> answers = atOnce(orders, collections);

        long taken = answers.stream().filter(a -> a.status() == 201).count();
        long collected = answers.stream().filter(a -> a.status() == 200).count();
        assertThat(taken + collected).isEqualTo(pieces);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock((int) (pieces - collected), (int) taken));
    }

    private static HoldId reserve(Line line) {
        HoldId id = shop.newHold();
        place(shop.hold(id, Optional.of(TestShop.FIRST_STORE), line));
        return id;
    }

    private static Hold place(PlaceHold request) {
        Answer answer = shop.client().post("/holds", request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.as(Hold.class);
    }

    private static HoldStatus status(HoldId id) {
        return shop.client().get("/holds/" + id).as(Hold.class).status();
    }

    /** Both lists side by side; the answers in the order of the lists. */
    private static List<Answer> atOnce(List<Callable<Answer>> some, List<Callable<Answer>> others) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> first = new ArrayList<>();
            List<Future<Answer>> second = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                first.add(threads.submit(some.get(i)));
                second.add(threads.submit(others.get(i)));
            }
            List<Answer> answers = new ArrayList<>();
            for (var future : first) {
                answers.add(future.get());
            }
            for (var future : second) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
