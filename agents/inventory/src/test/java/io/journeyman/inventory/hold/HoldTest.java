package io.journeyman.inventory.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static TestShop shop;
    private static ContractClient agent;

    @BeforeAll
    static void open() {
        shop = new TestShop();
        agent = shop.client();
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
    void holdsInTheWarehouseFirst() {
        Sku sku = shop.variant(5, 5, 5);

        Hold hold = place(shop.hold(shop.newHold(), new Line(sku, 2)));

        assertThat(hold.status()).isEqualTo(HoldStatus.held);
        assertThat(hold.lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 2));
    }

    @Test
    void aProcessWhoseClockIsHoursAheadSellsNothingTwiceAndLosesNothing() {
        Sku sku = shop.variant(1, 0, 0);
        HoldId first = shop.newHold();
        HoldId second = shop.newHold();
        var ahead = new Holds(() -> shop.now().plus(Duration.ofHours(3)));
        place(shop.hold(first, new Line(sku, 1)));

        assertThat(ahead.expireDue(shop.jdbi(), 1_000)).isPositive();

        place(shop.hold(second, new Line(sku, 1)));
        shop.jdbi().useTransaction(handle -> ahead.allocate(handle, second));
        assertThatThrownBy(() -> shop.jdbi().useTransaction(handle -> ahead.allocate(handle, first)))
                .hasMessageContaining("hold_gone");
        shop.jdbi().useTransaction(handle -> ahead.release(handle, first));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(0, 0));
    }

    @Test
    void aHoldThatAClockAheadEndedEarlyIsHeldAgainByItsJourney() {
        Sku sku = shop.variant(1, 0, 0);
        HoldId hold = shop.newHold();
        place(shop.hold(hold, new Line(sku, 1)));
        new Holds(() -> shop.now().plus(Duration.ofHours(3))).expireDue(shop.jdbi(), 1_000);

        var right = new Holds(shop::now);
        shop.jdbi().useTransaction(handle -> {
            right.renew(handle, hold, shop.now().plus(Duration.ofMinutes(45)));
            right.allocate(handle, hold);
        });

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(0, 0));
    }

    @Test
    void aProcessWhoseClockIsHoursBehindKeepsAHoldNoLongerThanTheOthersDo() {
        Sku sku = shop.variant(1, 0, 0);
        HoldId hold = shop.newHold();
        var behind = new Holds(() -> shop.now().minus(Duration.ofHours(3)));
        shop.jdbi().useTransaction(handle -> behind.place(handle, shop.hold(hold, new Line(sku, 1))));
        shop.pass(Duration.ofHours(2));

        assertThat(behind.expireDue(shop.jdbi(), 1_000)).isZero();
        assertThat(shop.sweep()).isPositive();
        assertThat(behind.expireDue(shop.jdbi(), 1_000)).isZero();

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void takesALineWholeFromOneStoreWhenTheWarehouseHasTooFew() {
        Sku sku = shop.variant(2, 1, 3);

        Hold hold = place(shop.hold(shop.newHold(), new Line(sku, 3)));

        assertThat(hold.lines()).containsExactly(new HeldLine(sku, 3, TestShop.SECOND_STORE));
    }

    @Test
    void neverSplitsALineOverPlaces() {
        Sku sku = shop.variant(2, 2, 2);

        Answer answer = agent.post("/holds", shop.hold(shop.newHold(), new Line(sku, 3)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem().code()).isEqualTo("out_of_stock");
    }

    @Test
    void holdsInTheGivenStoreOnly() {
        Sku sku = shop.variant(9, 1, 0);
        Optional<LocationId> second = Optional.of(TestShop.SECOND_STORE);
        Optional<LocationId> first = Optional.of(TestShop.FIRST_STORE);
        HoldId id = shop.newHold();

        Answer none = agent.post("/holds", shop.hold(id, second, new Line(sku, 1)));
        Hold held = place(shop.hold(id, first, new Line(sku, 1)));

        assertThat(none.problem().code()).isEqualTo("out_of_stock");
        assertThat(none.problem().suggestions()).anyMatch(s -> s.contains("another store"));
        assertThat(held.lines()).containsExactly(new HeldLine(sku, 1, TestShop.FIRST_STORE));
    }

    @Test
    void namesAnUnknownStoreAsSuch() {
        Sku sku = shop.variant(1, 1, 1);

        Answer answer = agent.post(
                "/holds", shop.hold(shop.newHold(), Optional.of(new LocationId("ST-NOWHERE")), new Line(sku, 1)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem().code()).isEqualTo("unknown_store");
    }

    @Test
    void holdsAllLinesOrNoneAndNamesTheMissing() {
        Sku there = shop.variant(5, 0, 0);
        Sku gone = shop.variant(0, 0, 0);
        Sku unknown = new Sku("NO-SUCH-SKU");
        HoldId id = shop.newHold();

        Answer answer =
                agent.post("/holds", shop.hold(id, new Line(there, 1), new Line(gone, 1), new Line(unknown, 1)));

        assertThat(answer.problem().code()).isEqualTo("out_of_stock");
        assertThat(answer.problem().suggestions()).isNotEmpty();
        assertThat(answer.tree().path("skus"))
                .extracting(sku -> sku.asText())
                .containsExactlyInAnyOrder(gone.value(), unknown.value());
        assertThat(shop.stock(there, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(agent.get("/holds/" + id).status()).isEqualTo(404);
    }

    @Test
    void addsUpLinesOfTheSameVariant() {
        Sku sku = shop.variant(25, 0, 0);

        Hold hold = place(shop.hold(shop.newHold(), new Line(sku, 20), new Line(sku, 4)));

        assertThat(hold.lines()).containsExactly(new HeldLine(sku, 24, TestShop.WAREHOUSE));
    }

    @Test
    void holdsOnceWhenTheRequestIsRepeatedUnderTheSameOrAnotherKey() {
        Sku sku = shop.variant(5, 0, 0);
        PlaceHold request = shop.hold(shop.newHold(), new Line(sku, 2));
        ContractClient keyed = agent.withKey("repeat-" + request.holdId());

        Hold first = keyed.post("/holds", request).as(Hold.class);
        Hold again = keyed.post("/holds", request).as(Hold.class);
        Hold otherKey = place(request);

        assertThat(again).isEqualTo(first);
        assertThat(otherKey).isEqualTo(first);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 2));
    }

    @Test
    void refusesOtherLinesUnderAStandingHold() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));

        Answer answer = agent.post("/holds", shop.hold(id, new Line(sku, 3)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem().code()).isEqualTo("hold_differs");
    }

    @Test
    void refusesAHoldWhoseTimeHasPassedOrIsTooFar() {
        Sku sku = shop.variant(5, 0, 0);
        List<Line> lines = List.of(new Line(sku, 1));

        Answer past = agent.post(
                "/holds",
                new PlaceHold(shop.newHold(), lines, Optional.empty(), Optional.empty(), Optional.empty(), shop.now()));
        Answer far = agent.post(
                "/holds",
                new PlaceHold(
                        shop.newHold(),
                        lines,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        shop.now().plus(Duration.ofDays(32))));

        assertThat(past.problem().code()).isEqualTo("hold_gone");
        assertThat(far.problem().code()).isEqualTo("expires_too_late");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void allocatingSellsOnce() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));

        Hold sold = act(id, "allocate");
        Hold again = act(id, "allocate");

        assertThat(sold.status()).isEqualTo(HoldStatus.allocated);
        assertThat(again).isEqualTo(sold);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(3, 0));
    }

    @Test
    void releasingGivesBackOnceWhatIsHeld() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));

        Hold released = act(id, "release");
        act(id, "release");

        assertThat(released.status()).isEqualTo(HoldStatus.released);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void releasingTakesBackOnceWhatIsAllocated() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        act(id, "allocate");

        act(id, "release");
        act(id, "release");

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(agent.post("/holds/" + id + "/allocate").problem().code()).isEqualTo("hold_gone");
    }

    @Test
    void aHoldThatComesAfterItsReleaseHoldsNothing() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();

        Hold tombstone = act(id, "release");
        Hold late = place(shop.hold(id, new Line(sku, 2)));

        assertThat(tombstone.status()).isEqualTo(HoldStatus.released);
        assertThat(late.status()).isEqualTo(HoldStatus.released);
        assertThat(late.lines()).isEmpty();
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(agent.post("/holds/" + id + "/allocate").problem().code()).isEqualTo("hold_gone");
    }

    @Test
    void doUndoDoHoldsNothing() {
        Sku sku = shop.variant(5, 0, 0);
        PlaceHold request = shop.hold(shop.newHold(), new Line(sku, 2));
        place(request);
        act(request.holdId(), "release");

        Hold again = place(request);

        assertThat(again.status()).isEqualTo(HoldStatus.released);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void expiresOnceAndGivesBack() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        shop.sweep();
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 2));

        shop.pass(Duration.ofHours(1));
        shop.sweep();
        shop.sweep();

        assertThat(agent.get("/holds/" + id).as(Hold.class).status()).isEqualTo(HoldStatus.expired);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(agent.post("/holds/" + id + "/allocate").problem().code()).isEqualTo("hold_gone");
    }

    @Test
    void releasingAnExpiredHoldGivesBackNothingMoreAndIsForEver() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        shop.pass(Duration.ofHours(1));
        shop.sweep();

        Hold released = act(id, "release");

        assertThat(released.status()).isEqualTo(HoldStatus.released);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(agent.post(
                                "/holds/" + id + "/renew",
                                new RenewHold(inAnHour().expiresAt()))
                        .problem()
                        .code())
                .isEqualTo("hold_gone");
    }

    @Test
    void renewingMovesTheExpiryAndNeverShortensIt() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        var longer = new RenewHold(shop.now().plus(Duration.ofHours(3)));

        Hold renewed = agent.post("/holds/" + id + "/renew", longer).as(Hold.class);
        Hold late = agent.post("/holds/" + id + "/renew", inAnHour()).as(Hold.class);
        shop.pass(Duration.ofHours(2));
        shop.sweep();

        assertThat(renewed.expiresAt()).isEqualTo(longer.expiresAt());
        assertThat(late.expiresAt()).isEqualTo(longer.expiresAt());
        assertThat(act(id, "allocate").status()).isEqualTo(HoldStatus.allocated);
    }

    @Test
    void renewingAnExpiredHoldGetsItsLinesAgainEvenElsewhere() {
        Sku sku = shop.variant(2, 2, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        shop.pass(Duration.ofHours(1));
        shop.sweep();
        place(shop.hold(shop.newHold(), new Line(sku, 2)));

        Hold renewed = agent.post("/holds/" + id + "/renew", inAnHour()).as(Hold.class);

        assertThat(renewed.status()).isEqualTo(HoldStatus.held);
        assertThat(renewed.lines()).containsExactly(new HeldLine(sku, 2, TestShop.FIRST_STORE));
    }

    @Test
    void renewingAnExpiredHoldWhoseLinesAreGoneHoldsNothing() {
        Sku sku = shop.variant(2, 0, 0);
        Sku free = shop.variant(2, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2), new Line(free, 1)));
        shop.pass(Duration.ofHours(1));
        shop.sweep();
        place(shop.hold(shop.newHold(), new Line(sku, 1)));

        Answer answer = agent.post("/holds/" + id + "/renew", inAnHour());

        assertThat(answer.problem().code()).isEqualTo("hold_gone");
        assertThat(shop.stock(free, TestShop.WAREHOUSE)).isEqualTo(new Stock(2, 0));
        assertThat(agent.get("/holds/" + id).as(Hold.class).status()).isEqualTo(HoldStatus.expired);
    }

    @Test
    void anExpiredHoldIsPlacedAfreshByANewRequest() {
        Sku sku = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2)));
        shop.pass(Duration.ofHours(1));
        shop.sweep();

        Hold hold = place(shop.hold(id, new Line(sku, 3)));

        assertThat(hold.status()).isEqualTo(HoldStatus.held);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 3));
    }

    @Test
    void saysSoWhenThereIsNoSuchHold() {
        HoldId id = shop.newHold();

        assertThat(agent.get("/holds/" + id).problem().code()).isEqualTo("unknown_hold");
        assertThat(agent.post("/holds/" + id + "/allocate").problem().code()).isEqualTo("hold_gone");
        assertThat(agent.post("/holds/" + id + "/renew", inAnHour()).problem().code())
                .isEqualTo("hold_gone");
    }

    @Test
    void aSweepThatIsKilledHalfwayLeavesTheHoldForTheNextOne() throws Exception {
        Sku first = shop.variant(5, 0, 0);
        Sku second = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(first, 2), new Line(second, 1)));
        var later = new Holds(() -> shop.now().plus(Duration.ofHours(1)));
        try (var threads = Executors.newSingleThreadExecutor();
                Handle other = shop.jdbi().open()) {
            other.begin();
            other.execute("SELECT FROM stock WHERE sku = ? FOR UPDATE", second.value());
            Future<Integer> sweep = threads.submit(() -> later.expireDue(shop.jdbi(), 1_000));
            // by then the hold is expired and its first line is back, and it waits for the second one
            killWhoeverWaitsFor(other);
            assertThatThrownBy(sweep::get).hasRootCauseInstanceOf(SQLException.class);
            other.rollback();
        }
        assertThat(agent.get("/holds/" + id).as(Hold.class).status()).isEqualTo(HoldStatus.held);
        assertThat(shop.stock(first, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 2));

        later.expireDue(shop.jdbi(), 1_000);
        later.expireDue(shop.jdbi(), 1_000);

        assertThat(shop.stock(first, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(shop.stock(second, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(shop.card(first, TestShop.WAREHOUSE).movements())
                .extracting(Movement::kind)
                .containsExactly(MovementKind.expired, MovementKind.held, MovementKind.received);
    }

    /** As a crash does: the connection ends in the middle of its transaction. */
    private static void killWhoeverWaitsFor(Handle other) throws InterruptedException {
        // the agent's role may not end what an administrator has begun; the administrator, who connected, may
        other.execute("SET LOCAL ROLE NONE");
        Optional<Integer> waiting = Optional.empty();
        for (int i = 0; i < 500 && waiting.isEmpty(); i++) {
            Thread.sleep(20);
            waiting = other.createQuery(
                            "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))")
                    .mapTo(Integer.class)
                    .findOne();
        }
        other.execute("SELECT pg_terminate_backend(?)", waiting.orElseThrow());
    }

    private static Hold place(PlaceHold request) {
        Answer answer = agent.post("/holds", request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.as(Hold.class);
    }

    private static Hold act(HoldId id, String what) {
        return agent.post("/holds/" + id + "/" + what).as(Hold.class);
    }

    private static RenewHold inAnHour() {
        return new RenewHold(shop.now().plus(Duration.ofHours(1)));
    }
}
