package io.journeyman.inventory.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.GiveBack;
import io.journeyman.contracts.Inventory.GoodsDesk;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.IncomingDifference;
import io.journeyman.contracts.Inventory.IncomingLine;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.Waiting;
import io.journeyman.contracts.Inventory.WaitingLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sold before it is there. Today is 24 November 2026 in each of these shops. */
@Timeout(120)
class PromiseTest {
    private static final LocalDate SOON = LocalDate.parse("2026-12-01");
    private static final LocalDate LATER = LocalDate.parse("2026-12-15");

    private TestShop shop;
    private boolean damaged;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        if (!damaged) {
            assertThat(shop.brokenRows()).isEmpty();
            assertThat(shop.ledger().addsUp()).isTrue();
        }
        shop.close();
    }

    // ---- promising ----------------------------------------------------------------------------------------------

    @Test
    void saysThatItCanBeOrderedNowAndByWhenItComes() {
        Sku sku = shop.variant("kurta", "M", "blue", 0, 0, 0);
        shop.announce("PO-1", SOON, sku, 10, 0);
        shop.announce("PO-2", LATER, sku, 10, 4);

        Availability answer = check("kurta");

        assertThat(answer.variants().getFirst().expected().orElseThrow().dueOn())
                .isEqualTo(SOON);
        assertThat(answer.variants().getFirst().orderAhead()).contains(new OrderAhead(LATER, 4));
        assertThat(answer.suggestions())
                .first()
                .isEqualTo("M in blue comes to the shop on 2026-12-01. It can be ordered now for 2026-12-15.");
    }

    @Test
    void saysOfSeveralProductsForWhichDayTheyCanBeOrdered() {
        Sku medium = shop.variant("kurta", "M", "blue", 0, 0, 0);
        Sku large = shop.variant("kurta", "L", "blue", 0, 0, 0);
        Sku there = shop.variant("shawl", "ONE", "red", 1, 0, 0);
        shop.variant("saree", "ONE", "red", 0, 0, 0);
        shop.announce("PO-1", SOON, medium, 10, 0);
        shop.announce("PO-2", LATER, medium, 10, 4);
        shop.announce("PO-3", LATER.plusDays(7), large, 10, 2);
        shop.announce("PO-4", SOON, there, 10, 2);

        assertThat(lookUp(Optional.empty(), Optional.empty()))
                .containsExactly(
                        new ProductStock(new ProductId("kurta"), 0, Optional.of(new OrderAhead(LATER, 4))),
                        new ProductStock(new ProductId("shawl"), 1),
                        new ProductStock(new ProductId("saree"), 0));
        assertThat(lookUp(Optional.of(" l "), Optional.empty()))
                .first()
                .isEqualTo(
                        new ProductStock(new ProductId("kurta"), 0, Optional.of(new OrderAhead(LATER.plusDays(7), 2))));
        assertThat(lookUp(Optional.empty(), Optional.of("Bandra")))
                .allSatisfy(product -> assertThat(product.orderAhead()).isEmpty());

        place(shop.ahead(shop.newHold(), LATER, new Line(medium, 4)));
        assertThat(lookUp(Optional.of("M"), Optional.empty()).getFirst().orderAhead())
                .isEmpty();
    }

    @Test
    void promisesADayUntilItIsOverInTheShop() {
        LocalDate today = LocalDate.parse("2026-11-24");
        Sku sku = shop.variant("kurta", "M", "blue", 0, 0, 0);
        shop.announce("PO-1", today, sku, 10, 10);
        shop.pass(Duration.between(shop.now(), Instant.parse("2026-11-24T18:29:59Z")));
        place(shop.ahead(shop.newHold(), today, new Line(sku, 1)));
        assertThat(check("kurta").variants().getFirst().expected()).isPresent();

        shop.pass(Duration.ofSeconds(1));

        assertThat(shop.client()
                        .post("/holds", shop.ahead(shop.newHold(), today, new Line(sku, 1)))
                        .problem()
                        .code())
                .isEqualTo("out_of_stock");
        assertThat(check("kurta").variants().getFirst().expected()).isEmpty();
    }

    private List<ProductStock> lookUp(Optional<String> size, Optional<String> store) {
        return shop.client()
                .post(
                        "/stock/lookup",
                        new LookUpStock(
                                Stream.of("kurta", "shawl", "saree")
                                        .map(ProductId::new)
                                        .toList(),
                                size,
                                Optional.empty(),
                                store))
                .as(ProductStocks.class)
                .products();
    }

    @Test
    void promisesNothingThatTheShopDoesNotAllow() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 10, 3);

        Hold three = place(shop.ahead(shop.newHold(), SOON, new Line(sku, 3)));
        Answer fourth = shop.client().post("/holds", shop.ahead(shop.newHold(), SOON, new Line(sku, 1)));

        assertThat(three.lines()).isEmpty();
        assertThat(three.incoming())
                .containsExactly(new IncomingLine(sku, 3, Optional.of(new DeliveryId("PO-1")), Optional.of(SOON)));
        assertThat(fourth.problem().code()).isEqualTo("out_of_stock");
        assertThat(line("PO-1")).isEqualTo(new DeliveryLine(sku, 10, 0, 3, 3));
    }

    @Test
    void promisesNothingToWhomDidNotAgreeToWait() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", LATER, sku, 10, 10);

        Answer now = shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)));
        Answer tooLate = shop.client().post("/holds", shop.ahead(shop.newHold(), SOON, new Line(sku, 1)));

        assertThat(now.problem().code()).isEqualTo("out_of_stock");
        assertThat(tooLate.problem().code()).isEqualTo("out_of_stock");
    }

    @Test
    void whatIsThereIsTakenFirstAndOtherLinesToo() {
        Sku there = shop.variant(1, 0, 0);
        Sku toCome = shop.variant(1, 0, 0);
        shop.announce("PO-1", SOON, there, 10, 10);
        shop.announce("PO-2", SOON, toCome, 10, 10);

        Hold hold = place(shop.ahead(shop.newHold(), SOON, new Line(there, 1), new Line(toCome, 2)));

        assertThat(hold.lines()).containsExactly(new HeldLine(there, 1, TestShop.WAREHOUSE));
        assertThat(hold.incoming()).extracting(IncomingLine::sku).containsExactly(toCome);
        assertThat(shop.stock(toCome, TestShop.WAREHOUSE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void holdsAllLinesOrNone() {
        Sku toCome = shop.variant(0, 0, 0);
        Sku never = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, toCome, 10, 10);

        Answer answer =
                shop.client().post("/holds", shop.ahead(shop.newHold(), SOON, new Line(toCome, 1), new Line(never, 1)));

        assertThat(answer.problem().code()).isEqualTo("out_of_stock");
        assertThat(line("PO-1").waiting()).isZero();
    }

    @Test
    void theSameHoldAgainIsPromisedOnce() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 10, 10);
        PlaceHold wanted = shop.ahead(shop.newHold(), SOON, new Line(sku, 2));

        Hold first = place(wanted);
        Hold again = place(wanted);

        assertThat(again).isEqualTo(first);
        assertThat(line("PO-1").waiting()).isEqualTo(2);
    }

    @Test
    void aDayThatHasPassedIsPromisedToNobodyElse() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 10, 10);
        shop.pass(Duration.ofDays(8));

        Answer answer = shop.client().post("/holds", shop.ahead(shop.newHold(), LATER, new Line(sku, 1)));

        assertThat(answer.problem().code()).isEqualTo("out_of_stock");
    }

    // ---- undoing ------------------------------------------------------------------------------------------------

    @Test
    void releasedBeforeItComesNothingIsPromised() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 1, 1);
        HoldId id = shop.newHold();
        act(id, "release");

        Hold late = place(shop.ahead(id, SOON, new Line(sku, 1)));

        assertThat(late.status()).isEqualTo(HoldStatus.released);
        assertThat(late.incoming()).isEmpty();
        assertThat(line("PO-1").waiting()).isZero();
    }

    @Test
    void whatIsReleasedOrExpiresIsPromisedToOthers() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 1, 1);
        HoldId first = shop.newHold();
        place(shop.ahead(first, SOON, new Line(sku, 1)));

        Hold released = act(first, "release");
        HoldId second = shop.newHold();
        place(shop.ahead(second, SOON, new Line(sku, 1)));
        shop.pass(Duration.ofHours(2));
        shop.sweep();
        Hold expired = get(second);
        Hold third = place(shop.ahead(shop.newHold(), SOON, new Line(sku, 1)));

        assertThat(released.incoming()).isEmpty();
        assertThat(expired.status()).isEqualTo(HoldStatus.expired);
        assertThat(expired.incoming()).isEmpty();
        assertThat(third.incoming()).hasSize(1);
    }

    @Test
    void anExpiredHoldIsPromisedItsPiecesAnewWhenItIsRenewed() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 1, 1);
        HoldId id = shop.newHold();
        place(shop.ahead(id, SOON, new Line(sku, 1)));
        shop.pass(Duration.ofHours(2));
        shop.sweep();

        Hold renewed = renew(id).as(Hold.class);

        assertThat(renewed.status()).isEqualTo(HoldStatus.held);
        assertThat(renewed.incoming()).hasSize(1);
    }

    @Test
    void aSoldHoldIsUndoneWithWhatCameAndWhatIsToCome() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 3, 3);
        HoldId id = sold(sku, 3);
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 1));

        Hold released = act(id, "release");

        assertThat(released.status()).isEqualTo(HoldStatus.released);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(1, 0));
        assertThat(line("PO-1")).isEqualTo(new DeliveryLine(sku, 3, 1, 3, 0));
    }

    @Test
    void piecesAreGivenBackOnceThoseToComeFirst() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 3, 3);
        HoldId id = sold(sku, 3);
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 2));
        var one = new GiveBack(new BookingId("CAN-1"), List.of(new StockLine(sku, 1)));

        Hold first = giveBack(id, one).as(Hold.class);
        Hold again = giveBack(id, one).as(Hold.class);
        Hold second = giveBack(id, new GiveBack(new BookingId("CAN-2"), List.of(new StockLine(sku, 1))))
                .as(Hold.class);

        assertThat(first.incoming()).isEmpty();
        assertThat(first.lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(again).isEqualTo(first);
        assertThat(second.lines()).containsExactly(new HeldLine(sku, 1, TestShop.WAREHOUSE));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void givesBackAllThatIsWantedOrNothing() {
        Sku sku = shop.variant(5, 0, 0);
        Sku other = shop.variant(5, 0, 0);
        HoldId id = shop.newHold();
        place(shop.hold(id, new Line(sku, 2), new Line(other, 2)));

        Answer tooMany = giveBack(
                id, new GiveBack(new BookingId("CAN-1"), List.of(new StockLine(sku, 1), new StockLine(other, 3))));
        Hold kept = get(id);
        Hold fewer = giveBack(id, new GiveBack(new BookingId("CAN-2"), List.of(new StockLine(other, 2))))
                .as(Hold.class);
        Answer otherwise = giveBack(id, new GiveBack(new BookingId("CAN-2"), List.of(new StockLine(other, 1))));
        act(id, "release");
        Answer gone = giveBack(id, new GiveBack(new BookingId("CAN-3"), List.of(new StockLine(sku, 1))));

        assertThat(tooMany.problem().code()).isEqualTo("too_many");
        assertThat(kept.lines()).hasSize(2);
        assertThat(fewer.lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(otherwise.problem().code()).isEqualTo("booking_differs");
        assertThat(gone.problem().code()).isEqualTo("hold_gone");
        assertThat(shop.stock(other, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    // ---- coming -------------------------------------------------------------------------------------------------

    @Test
    void whatComesGoesToTheOldestPromiseFirstAndOnlyTheRestIsFree() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 10, 10);
        HoldId first = sold(sku, 2);
        HoldId second = shop.newHold();
        place(shop.ahead(second, SOON, new Line(sku, 2)));
        HoldId third = sold(sku, 1);

        shop.client().post("/receipts", shop.receipt("PO-1", sku, 3));
        Hold whole = get(first);
        Hold half = get(second);
        Hold none = get(third);
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 7));

        assertThat(whole.incoming()).isEmpty();
        assertThat(whole.lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(half.lines()).containsExactly(new HeldLine(sku, 1, TestShop.WAREHOUSE));
        assertThat(half.incoming()).extracting(IncomingLine::quantity).containsExactly(1);
        assertThat(none.incoming()).extracting(IncomingLine::quantity).containsExactly(1);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(10 - 2 - 1, 2));
        assertThat(line("PO-1")).isEqualTo(new DeliveryLine(sku, 10, 10, 10, 0));
    }

    @Test
    void aHeldPromiseThatCameIsSoldByItsAllocation() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);
        HoldId id = shop.newHold();
        place(shop.ahead(id, SOON, new Line(sku, 2)));
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 1));

        Hold sold = act(id, "allocate");
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 1));

        assertThat(sold.incoming()).extracting(IncomingLine::quantity).containsExactly(1);
        assertThat(get(id).lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(0, 0));
    }

    @Test
    void whatComesWithoutBeingAnnouncedIsFree() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 1);
        sold(sku, 1);

        shop.client().post("/receipts", shop.receipt("PO-1", sku, 5));

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(4, 0));
        assertThat(line("PO-1")).isEqualTo(new DeliveryLine(sku, 2, 5, 1, 0));
    }

    /** Whoever reads a hold ships by it: pieces that are in neither list would not be in any parcel. */
    @Test
    void aHoldIsToldAsItStandsAtOneMomentAlsoWhileItsPiecesCome() throws Exception {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);
        HoldId id = sold(sku, 2);

        Hold seen = whileItComes("promise", sku, () -> shop.client().get("/holds/" + id))
                .as(Hold.class);

        assertThat(seen.lines()).isEmpty();
        assertThat(seen.incoming()).extracting(IncomingLine::quantity).containsExactly(2);
        assertThat(get(id).lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
    }

    @Test
    void theSameHoldAgainIsTheSameAlsoWhileItsPiecesCome() throws Exception {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);
        PlaceHold wanted = shop.ahead(shop.newHold(), SOON, new Line(sku, 2));
        place(wanted);

        Hold again = whileItComes("promise", sku, () -> shop.client().post("/holds", wanted))
                .as(Hold.class);

        assertThat(again.lines()).containsExactly(new HeldLine(sku, 2, TestShop.WAREHOUSE));
        assertThat(again.incoming()).isEmpty();
    }

    @Test
    void whatComesIsToldAsToComeOrAsThere() throws Exception {
        Sku sku = shop.variant("kurta", "M", "blue", 0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);

        Availability seen = whileItComes(
                        "delivery", sku, () -> shop.client().post("/inventory/check", question("kurta")))
                .as(Availability.class);

        assertThat(seen.variants().getFirst().orderAhead()).contains(new OrderAhead(SOON, 2));
        assertThat(check("kurta").available()).isEqualTo(2);
    }

    @Test
    void whatComesIsToldOfSeveralProductsAsToComeOrAsThere() throws Exception {
        Sku sku = shop.variant("kurta", "M", "blue", 0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);
        var wanted =
                new LookUpStock(List.of(new ProductId("kurta")), Optional.empty(), Optional.empty(), Optional.empty());

        ProductStocks seen = whileItComes("delivery", sku, () -> shop.client().post("/stock/lookup", wanted))
                .as(ProductStocks.class);

        assertThat(seen.products())
                .containsExactly(new ProductStock(new ProductId("kurta"), 0, Optional.of(new OrderAhead(SOON, 2))));
    }

    // ---- changing -----------------------------------------------------------------------------------------------

    @Test
    void whoWaitsLearnsTheNewDay() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 2, 2);
        HoldId id = sold(sku, 1);

        announceWithoutWord("PO-1", LATER, sku, 2);

        assertThat(get(id).incoming())
                .containsExactly(new IncomingLine(sku, 1, Optional.of(new DeliveryId("PO-1")), Optional.of(LATER)));
        assertThat(line("PO-1").promisable()).isEqualTo(2);
    }

    @Test
    void theNewestPromisesOfAShorterDeliveryGoToTheNextThatHasRoom() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        HoldId first = sold(sku, 2);
        HoldId second = sold(sku, 1);
        HoldId third = sold(sku, 1);
        shop.announce("PO-2", LATER, sku, 5, 1);

        shop.announce("PO-1", SOON, sku, 2, 4);

        assertThat(delivery(first)).contains("PO-1");
        assertThat(delivery(second)).contains("PO-2");
        assertThat(delivery(third)).isEmpty();
        assertThat(desk().unserved()).containsExactly(new WaitingLine(third, sku, 1, shop.now(), true));
        assertThat(desk().deliveries())
                .extracting(delivery -> delivery.deliveryId() + " " + delivery.promisable() + " " + delivery.waiting())
                .containsExactly("PO-1 2 2", "PO-2 1 1");
    }

    @Test
    void whatIsCalledOffIsServedByTheNextAnnouncementOldestFirst() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 3, 3);
        HoldId first = sold(sku, 1);
        HoldId second = sold(sku, 1);
        HoldId third = shop.newHold();
        place(shop.ahead(third, SOON, new Line(sku, 1)));

        shop.client().post("/deliveries/PO-1/cancel").as(Delivery.class);
        Hold none = get(first);
        Answer refused = shop.client().post("/holds/" + third + "/allocate");
        shop.announce("PO-2", LATER, sku, 2, 2);

        assertThat(none.incoming()).containsExactly(new IncomingLine(sku, 1, Optional.empty(), Optional.empty()));
        assertThat(refused.problem().code()).isEqualTo("hold_gone");
        assertThat(delivery(first)).contains("PO-2");
        assertThat(delivery(second)).contains("PO-2");
        assertThat(delivery(third)).isEmpty();
        assertThat(line("PO-1").waiting()).isZero();
    }

    @Test
    void fewerAreAllowedAndNoPromiseIsBroken() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        HoldId id = sold(sku, 3);

        shop.announce("PO-1", SOON, sku, 4, 0);

        assertThat(delivery(id)).contains("PO-1");
        assertThat(line("PO-1")).isEqualTo(new DeliveryLine(sku, 4, 0, 3, 3));
    }

    @Test
    void aLineThatIsLeftOutComesNoMore() {
        Sku sku = shop.variant(0, 0, 0);
        Sku other = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        HoldId id = sold(sku, 3);

        shop.announce("PO-1", SOON, other, 4, 4);

        assertThat(delivery(id)).isEmpty();
    }

    @Test
    void whatHasBegunToComeComesToTheSamePlace() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        sold(sku, 2);
        shop.client().post("/receipts", shop.receipt("PO-1", sku, 1));

        Answer elsewhere = shop.client()
                .put(
                        "/deliveries/PO-1",
                        new AnnounceDelivery(
                                TestShop.FIRST_STORE, SOON, List.of(new AnnouncedLine(sku, 4, Optional.empty()))));

        assertThat(elsewhere.problem().code()).isEqualTo("delivery_begun");
    }

    // ---- who waits ----------------------------------------------------------------------------------------------

    @Test
    void staffSeeWhoWaitsInTheirOrder() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        HoldId first = sold(sku, 2);
        HoldId second = shop.newHold();
        place(shop.ahead(second, SOON, new Line(sku, 1)));

        Waiting waiting = shop.client().get("/deliveries/PO-1/waiting").as(Waiting.class);

        assertThat(waiting)
                .isEqualTo(new Waiting(
                        3,
                        List.of(
                                new WaitingLine(first, sku, 2, shop.now(), true),
                                new WaitingLine(second, sku, 1, shop.now(), false))));
        assertThat(shop.client().get("/deliveries/PO-9/waiting").problem().code())
                .isEqualTo("unknown_delivery");
    }

    // ---- what the schema and the audit see -----------------------------------------------------------------------

    @Test
    void theSchemaRefusesMorePromisesThanPieces() {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        sold(sku, 3);

        assertThatThrownBy(
                        () -> shop.jdbi().useHandle(handle -> handle.execute("UPDATE delivery_line SET promised = 5")))
                .hasMessageContaining("never_promised_twice");
        assertThatThrownBy(
                        () -> shop.jdbi().useHandle(handle -> handle.execute("UPDATE delivery_line SET announced = 2")))
                .hasMessageContaining("never_promised_twice");
        assertThatThrownBy(() -> shop.jdbi().useHandle(handle -> handle.execute("DELETE FROM incoming")))
                .hasMessageContaining("for ever");
    }

    @Test
    void theAuditSeesPiecesThatNobodyWaitsFor() {
        damaged = true;
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-1", SOON, sku, 4, 4);
        sold(sku, 3);

        shop.jdbi().useHandle(handle -> handle.execute("UPDATE delivery_line SET promised = 2"));

        assertThat(shop.ledger().addsUp()).isFalse();
        assertThat(shop.ledger().incoming())
                .containsExactly(new IncomingDifference(new DeliveryId("PO-1"), sku, 2, 3, 3));
    }

    private HoldId sold(Sku sku, int quantity) {
        HoldId id = shop.newHold();
        place(shop.ahead(id, SOON, new Line(sku, quantity)));
        act(id, "allocate");
        return id;
    }

    private Hold place(PlaceHold wanted) {
        return shop.client().post("/holds", wanted).as(Hold.class);
    }

    private Hold act(HoldId id, String action) {
        return shop.client().post("/holds/" + id + "/" + action).as(Hold.class);
    }

    private Answer renew(HoldId id) {
        return shop.client()
                .post("/holds/" + id + "/renew", new RenewHold(shop.now().plus(Duration.ofHours(1))));
    }

    private Answer giveBack(HoldId id, GiveBack wanted) {
        return shop.client().post("/holds/" + id + "/give-back", wanted);
    }

    private Hold get(HoldId id) {
        return shop.client().get("/holds/" + id).as(Hold.class);
    }

    private Optional<String> delivery(HoldId id) {
        return get(id).incoming().getFirst().deliveryId().map(DeliveryId::value);
    }

    private DeliveryLine line(String delivery) {
        return shop.client()
                .get("/deliveries/" + delivery)
                .as(Delivery.class)
                .lines()
                .getFirst();
    }

    private void announceWithoutWord(String id, LocalDate dueOn, Sku sku, int units) {
        shop.client()
                .put(
                        "/deliveries/" + id,
                        new AnnounceDelivery(
                                TestShop.WAREHOUSE, dueOn, List.of(new AnnouncedLine(sku, units, Optional.empty()))));
    }

    private GoodsDesk desk() {
        return shop.client().get("/desk").as(GoodsDesk.class);
    }

    /** What is asked for and gets as far as the table, when two pieces come of the delivery. */
    private Answer whileItComes(String table, Sku sku, Callable<Answer> asked) throws Exception {
        return shop.meanwhile(
                handle -> handle.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE"),
                asked,
                handle -> shop.receive(handle, shop.receipt("PO-1", sku, 2)));
    }

    private Availability check(String product) {
        return shop.client().post("/inventory/check", question(product)).as(Availability.class);
    }

    private static CheckInventory question(String product) {
        return new CheckInventory(new ProductId(product), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
