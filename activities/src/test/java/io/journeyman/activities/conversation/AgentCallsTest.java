package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.cancellation.AgentCancellations;
import io.journeyman.activities.cancellation.CancellationActivities;
import io.journeyman.activities.cancellation.RecordedCancellation;
import io.journeyman.activities.fulfillment.AddressOutcome;
import io.journeyman.activities.fulfillment.AgentFulfillment;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.fulfillment.WithdrawalOutcome;
import io.journeyman.activities.inventory.AgentInventory;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.AgentLoyalty;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.orders.AgentOrders;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.activities.payment.AgentCredit;
import io.journeyman.activities.payment.AgentKeptCards;
import io.journeyman.activities.payment.AgentPayment;
import io.journeyman.activities.payment.CaptureOutcome;
import io.journeyman.activities.payment.CreditActivities;
import io.journeyman.activities.payment.CreditActivities.CreditOutcome;
import io.journeyman.activities.payment.CreditActivities.RefundedPart;
import io.journeyman.activities.payment.KeptCardActivities;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentActivities.PartRefund;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.RefundOutcome;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.activities.returns.AgentReturns;
import io.journeyman.activities.returns.ExchangeStands;
import io.journeyman.activities.returns.InspectedReturn;
import io.journeyman.activities.returns.RecordedReturn;
import io.journeyman.activities.returns.ReturnActivities;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Fulfillment.AddressChange;
import io.journeyman.contracts.Fulfillment.Collection;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.Fulfillment.Withdrawal;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.IncomingLine;
import io.journeyman.contracts.Inventory.ReturnedStock;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.ReturnedBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.CreditRefund;
import io.journeyman.contracts.Payment.CreditUse;
import io.journeyman.contracts.Payment.ForgottenCards;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.Payment.UseStatus;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.PostPurchase.Cancellation;
import io.journeyman.contracts.PostPurchase.CancellationState;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.CancelledLine;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.Exchange;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderState;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PostPurchase.ReturnState;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReturnedLine;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orchestrator's side of the contracts: what the activities send fits them, and what comes back becomes an outcome. */
class AgentCallsTest {
    private static final Instant SOON = Instant.parse("2026-11-24T11:00:00Z");
    private static final QuoteId DELIVERED = new QuoteId("quote-delivered");
    private static final QuoteId COLLECTED = new QuoteId("quote-collected");
    private static final QuoteId TAKING_OVER = new QuoteId("quote-taking-over");
    private static final QuoteId RETURNED = new QuoteId("quote-returned");
    private static final QuoteId EXCHANGED = new QuoteId("quote-exchanged");
    private static final QuoteId PARTLY_CREDIT = new QuoteId("quote-partly-credit");
    private static final ReturnId BACK = new ReturnId("RT-1");
    private static final QuoteId CANCELLED = new QuoteId("quote-cancelled");
    private static final CancellationId STOP = new CancellationId("CN-1");
    private static final QuoteId MOVED = new QuoteId("quote-moved");
    private static final QuoteId FORGOTTEN = new QuoteId("quote-cards");
    private static final AddressChangeId MOVE = new AddressChangeId("AC-1");
    private static final OrderId ORDER = new OrderId("JM-1");
    private static final HoldId HOLD = new HoldId("JM-1");
    private static final PaymentMethod CARD =
            new PaymentMethod(MethodKind.card, Optional.of(new PaymentToken("tok-1")));
    private static final ReservationId RESERVATION = new ReservationId("RS-1");

    private static Database database;
    private static Quotes quotes;

    private ScriptedAgents agents;
    private InventoryActivities inventory;
    private FulfillmentActivities fulfillment;
    private LoyaltyActivities loyalty;
    private OrderActivities orders;
    private PaymentActivities payment;
    private CreditActivities credit;
    private KeptCardActivities keptCards;
    private ReturnActivities returns;
    private CancellationActivities cancellations;

    @BeforeAll
    static void storeQuotes() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        ConversationId conversation =
                new ConversationStore(database.jdbi(), InstantSource.system()).forCustomer(new CustomerId("cust-1"));
        database.jdbi().useTransaction(handle -> {
            Proposals.insert(handle, proposal(conversation, DELIVERED, "Checkout"), "c1", SOON);
            Proposals.insert(handle, proposal(conversation, COLLECTED, "Reservation"), "c2", SOON);
            Proposals.insert(
                    handle,
                    proposal(conversation, TAKING_OVER, "Checkout", Optional.of(RESERVATION), Optional.empty()),
                    "c3",
                    SOON);
            Proposals.insert(
                    handle,
                    proposal(conversation, PARTLY_CREDIT, "Checkout", Optional.empty(), Optional.of(Money.inr(94_700))),
                    "c5",
                    SOON);
            Proposals.insert(handle, proposal(conversation, RETURNED, "Return"), "c4", SOON);
            Proposals.insert(handle, proposal(conversation, CANCELLED, "Cancellation"), "c8", SOON);
            Proposals.insert(handle, exchange(conversation), "c6", SOON);
            Proposals.insert(handle, proposal(conversation, MOVED, "AddressChange"), "c7", SOON);
            Proposals.insert(handle, removal(conversation), "c9", SOON);
        });
        quotes = new Quotes(database.jdbi());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void open() {
        agents = new ScriptedAgents();
        inventory = new AgentInventory(agents.client("inventory", Duration.ofSeconds(2)), quotes);
        fulfillment = new AgentFulfillment(agents.client("fulfillment"), agents.client("inventory"), quotes);
        loyalty = new AgentLoyalty(agents.client("loyalty"), quotes);
        payment = new AgentPayment(agents.client("payment"), quotes);
        credit = new AgentCredit(agents.client("payment"), quotes);
        keptCards = new AgentKeptCards(agents.client("payment"), quotes);
        orders = new AgentOrders(agents.client("postPurchase"), quotes);
        returns = new AgentReturns(agents.client("postPurchase"), quotes);
        cancellations = new AgentCancellations(agents.client("postPurchase"), quotes);
    }

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @Test
    void holdsWhatTheQuoteSaysWithAKeyThatARepeatKeeps() {
        agents.answers("inventory.placeHold", 201, hold(HoldStatus.held));

        assertThat(inventory.placeHold(HOLD, DELIVERED, SOON)).isEqualTo(new HoldOutcome.Held(SOON));
        inventory.placeHold(HOLD, DELIVERED, SOON);

        var seen = agents.seen("inventory.placeHold");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
        assertThat(seen.getFirst().body().at("/lines/0/quantity").asInt()).isEqualTo(2);
    }

    @Test
    void aReservationIsHeldInItsStore() {
        agents.answers("inventory.placeHold", 201, hold(HoldStatus.held));

        inventory.placeHold(HOLD, COLLECTED, SOON);

        assertThat(agents.seen("inventory.placeHold")
                        .getFirst()
                        .body()
                        .path("storeId")
                        .asText())
                .isEqualTo("ST-BLR-1");
    }

    @Test
    void anOrderOfAReservationTakesOverWhatThatOneHolds() {
        agents.answers("inventory.placeHold", 201, hold(HoldStatus.held));

        inventory.placeHold(HOLD, TAKING_OVER, SOON);

        var body = agents.seen("inventory.placeHold").getFirst().body();
        assertThat(body.path("insteadOf").asText()).isEqualTo(RESERVATION.value());
        assertThat(body.has("storeId")).isFalse();
    }

    @Test
    void aCancellationIsRecordedAsItsQuoteSays() {
        agents.answers("postPurchase.recordCancellation", 201, cancelled(CancellationStatus.requested));

        assertThat(cancellations.recordCancellation(STOP, CANCELLED))
                .isEqualTo(new RecordedCancellation.Recorded(
                        ORDER, "TRACK-1", true, Money.inr(304_700), Money.inr(299_800), Money.inr(299_800)));

        var sent = agents.seen("postPurchase.recordCancellation").getFirst();
        assertThat(sent.key()).contains("record-CN-1");
        assertThat(sent.body().at("/lines/0/quantity").asInt()).isEqualTo(2);
        assertThat(sent.body().at("/refund/minor").asLong()).isEqualTo(304_700);
        agents.answers("postPurchase.recordCancellation", 201, cancelled(CancellationStatus.closed));
        assertThat(cancellations.recordCancellation(STOP, CANCELLED))
                .isEqualTo(new RecordedCancellation.Refused("cancellation_closed"));
        agents.refuses("postPurchase.recordCancellation", 409, "already_delivered");
        assertThat(cancellations.recordCancellation(STOP, CANCELLED))
                .isEqualTo(new RecordedCancellation.Refused("already_delivered"));
    }

    @Test
    void aCancellationIsAcceptedClosedAndSettledUnderItsId() {
        agents.answers("postPurchase.acceptCancellation", 200, cancelled(CancellationStatus.accepted));
        agents.answers("postPurchase.closeCancellation", 200, new CancellationState(STOP, CancellationStatus.closed));
        agents.answers("postPurchase.settleCancellation", 200, cancelled(CancellationStatus.settled));

        assertThat(cancellations.acceptCancellation(STOP)).isEqualTo(Money.inr(304_700));
        cancellations.closeCancellation(STOP);
        cancellations.settleCancellation(STOP, Settlement.nothing_due, "");

        assertThat(agents.seen("postPurchase.acceptCancellation").getFirst().path())
                .isEqualTo("/cancellations/CN-1/accept");
        assertThat(agents.seen("postPurchase.closeCancellation").getFirst().key())
                .contains("close-CN-1");
        assertThat(agents.seen("postPurchase.settleCancellation")
                        .getFirst()
                        .body()
                        .has("reference"))
                .isFalse();
    }

    @Test
    void anOrderOfWhichNothingIsLeftIsCancelled() {
        agents.answers("postPurchase.getOrder", 200, order());
        assertThat(cancellations.isOrderCancelled(ORDER)).isFalse();
        assertThat(agents.seen("postPurchase.getOrder").getFirst().path()).isEqualTo("/orders/" + ORDER);

        agents.answers("postPurchase.getOrder", 200, order(OrderStatus.cancelled));
        assertThat(cancellations.isOrderCancelled(ORDER)).isTrue();
    }

    @Test
    void piecesAreTakenOutOfTheirParcelsOrHaveLeft() {
        var lines = List.of(
                new ShippedLine(Shop.BLUE_M, 1, Optional.of(new LocationId("ST-BLR-1"))),
                new ShippedLine(Shop.BLUE_M, 1, Optional.of(new LocationId("WH-BLR"))));
        agents.answers("fulfillment.withdrawPieces", 201, new Withdrawal(STOP, ORDER, ShipmentStatus.cancelled, lines));
        assertThat(fulfillment.withdrawPieces(STOP, CANCELLED, "TRACK-1"))
                .isEqualTo(new WithdrawalOutcome.Withdrawn(ORDER, lines));
        assertThat(agents.seen("fulfillment.withdrawPieces")
                        .getFirst()
                        .body()
                        .path("trackingId")
                        .asText())
                .isEqualTo("TRACK-1");

        agents.refuses("fulfillment.withdrawPieces", 409, "already_shipped");
        assertThat(fulfillment.withdrawPieces(STOP, CANCELLED, "TRACK-1"))
                .isEqualTo(new WithdrawalOutcome.TooLate("already_shipped"));
        agents.refuses("fulfillment.withdrawPieces", 409, "kept_longer");
        assertThat(fulfillment.withdrawPieces(STOP, CANCELLED, "TRACK-1"))
                .isEqualTo(new WithdrawalOutcome.TooLate("kept_longer"));
        agents.refuses("fulfillment.withdrawPieces", 409, "withdrawal_differs");
        assertThatThrownBy(() -> fulfillment.withdrawPieces(STOP, CANCELLED, "TRACK-1"))
                .isInstanceOf(ApplicationFailure.class);

        agents.answers(
                "inventory.takeBackReturn",
                201,
                new ReturnedStock(
                        new BookingId("CN-1.WH-BLR"),
                        TransferStatus.arrived,
                        Optional.of(new LocationId("WH-BLR")),
                        List.of()));
        inventory.takeBackCancelled(STOP, lines);
        assertThat(agents.seen("inventory.takeBackReturn"))
                .extracting(seen -> seen.body().path("returnId").asText())
                .containsExactly("CN-1.ST-BLR-1", "CN-1.WH-BLR");

        agents.answers("inventory.giveBackPieces", 200, hold(HoldStatus.allocated));
        inventory.giveBackPieces(HOLD, STOP, lines);
        assertThat(agents.seen("inventory.giveBackPieces").getFirst().body().toString())
                .isEqualTo("{\"giveBackId\":\"CN-1\",\"lines\":[{\"sku\":\"%s\",\"units\":2}]}".formatted(Shop.BLUE_M));
    }

    @Test
    void whatIsToComeWaitsInAParcelOfItsOwnAndIsToldWhenItIsHere() {
        var due = LocalDate.of(2026, 12, 10);
        var sku = new Sku("P-1-M-BLUE");
        var waiting = new IncomingLine(sku, 1, Optional.of(new DeliveryId("PO-1")), Optional.of(due));
        agents.answers("inventory.getHold", 200, new Hold(HOLD, HoldStatus.held, List.of(), List.of(waiting), SOON));
        agents.answers("fulfillment.createShipment", 201, created());

        fulfillment.createShipment(ORDER, DELIVERED);

        assertThat(agents.seen("fulfillment.createShipment")
                        .getFirst()
                        .body()
                        .path("lines")
                        .toString())
                .isEqualTo("[{\"sku\":\"P-1-M-BLUE\",\"quantity\":1,\"comesOn\":\"2026-12-10\"}]");

        agents.answers("fulfillment.getShipment", 200, awaiting(sku, due));
        assertThat(fulfillment.tellAwaited(ORDER).parcels().getFirst().awaitedOn())
                .contains(due);
        assertThat(agents.seen("fulfillment.tellAwaited")).as("nothing is new").isEmpty();

        var calledOff = new IncomingLine(sku, 1, Optional.empty(), Optional.empty());
        agents.answers(
                "inventory.getHold", 200, new Hold(HOLD, HoldStatus.allocated, List.of(), List.of(calledOff), SOON));
        assertThat(fulfillment.tellAwaited(ORDER).parcels().getFirst().calledOff())
                .isTrue();

        agents.answers("fulfillment.tellAwaited", 200, created());
        agents.answers(
                "inventory.getHold",
                200,
                new Hold(
                        HOLD,
                        HoldStatus.allocated,
                        List.of(new HeldLine(sku, 1, new LocationId("WH-BLR"))),
                        List.of(),
                        SOON));
        assertThat(fulfillment.tellAwaited(ORDER).awaits()).isFalse();
        assertThat(agents.seen("fulfillment.tellAwaited")
                        .getFirst()
                        .body()
                        .path("lines")
                        .toString())
                .isEqualTo("[{\"sku\":\"P-1-M-BLUE\",\"shipsFrom\":\"WH-BLR\"}]");
    }

    private static Shipment awaiting(Sku sku, LocalDate due) {
        return new Shipment(
                ORDER,
                ShipmentStatus.created,
                Optional.of("TRK-1"),
                Optional.of(due.plusDays(2)),
                List.of(new Parcel(
                        new ParcelId("TRK-1-1"),
                        Optional.of(ORDER),
                        ParcelStatus.created,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new ParcelLine(sku, 1)),
                        due.plusDays(2),
                        Optional.empty(),
                        List.of(),
                        Optional.of(due),
                        Optional.empty(),
                        Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anOrderIsSentElsewhereOrHasLeft() {
        LocalDate due = LocalDate.of(2026, 12, 3);
        agents.answers(
                "fulfillment.changeAddress",
                201,
                new AddressChange(
                        MOVE, new OrderId("JM-1.2"), due, Optional.of(List.of(new ParcelLine(Shop.BLUE_M, 1)))));
        assertThat(fulfillment.changeAddress(MOVE, MOVED))
                .isEqualTo(new AddressOutcome.Changed(ORDER, due, Optional.of(List.of(Shop.BLUE_M))));
        var sent = agents.seen("fulfillment.changeAddress").getFirst();
        assertThat(sent.key()).contains("move-AC-1");
        assertThat(sent.body().path("trackingId").asText()).isEqualTo("TRACK-1");

        agents.refuses("fulfillment.changeAddress", 409, "already_shipped");
        assertThat(fulfillment.changeAddress(MOVE, MOVED))
                .isEqualTo(new AddressOutcome.Refused(ORDER, "already_shipped"));
        agents.refuses("fulfillment.changeAddress", 409, "change_differs");
        assertThatThrownBy(() -> fulfillment.changeAddress(MOVE, MOVED)).isInstanceOf(ApplicationFailure.class);

        agents.answers("postPurchase.recordAddress", 200, new OrderState(ORDER, OrderStatus.confirmed, List.of()));
        orders.recordAddress(MOVE, MOVED);
        assertThat(agents.seen("postPurchase.recordAddress").getFirst().path()).isEqualTo("/orders/JM-1/address");
    }

    private static Cancellation cancelled(CancellationStatus status) {
        return new Cancellation(
                STOP,
                ORDER,
                new CustomerId("cust-1"),
                CANCELLED,
                status,
                List.of(new CancelledLine(
                        Shop.BLUE_M,
                        Shop.KURTA,
                        "Indigo Kurta",
                        "M",
                        "blue",
                        2,
                        Money.inr(149_900),
                        Money.inr(299_800))),
                Money.inr(299_800),
                Money.inr(299_800),
                Money.inr(304_700),
                true,
                Optional.of("TRACK-1"),
                status == CancellationStatus.settled ? Optional.of(Settlement.nothing_due) : Optional.empty(),
                Optional.empty(),
                SOON);
    }

    @Test
    void aReturnIsRecordedAsItsQuoteSays() {
        agents.answers("postPurchase.recordReturn", 201, returned(ReturnStatus.requested));

        assertThat(returns.recordReturn(BACK, RETURNED))
                .isEqualTo(new RecordedReturn.Recorded(ORDER, "RL-1", false, List.of(ORDER), Optional.empty()));

        var body = agents.seen("postPurchase.recordReturn").getFirst().body();
        assertThat(body.path("orderId").asText()).isEqualTo(ORDER.value());
        assertThat(body.at("/fee/minor").asLong()).isEqualTo(4_900);
        assertThat(body.at("/refund/minor").asLong()).isEqualTo(294_900);
        agents.answers("postPurchase.recordReturn", 201, returned(ReturnStatus.cancelled));
        assertThat(returns.recordReturn(BACK, RETURNED)).isEqualTo(new RecordedReturn.Refused("return_cancelled"));
        agents.refuses("postPurchase.recordReturn", 409, "window_over");
        assertThat(returns.recordReturn(BACK, RETURNED)).isEqualTo(new RecordedReturn.Refused("window_over"));
    }

    @Test
    void anExchangeIsRecordedOnBothSidesAsItsQuoteSays() {
        agents.answers("postPurchase.recordReturn", 201, returned(ReturnStatus.requested));
        agents.answers("postPurchase.recordOrder", 201, order());

        returns.recordReturn(BACK, EXCHANGED);
        orders.recordOrder(new OrderId("JM-2"), "run-1", EXCHANGED);

        var back = agents.seen("postPurchase.recordReturn").getFirst().body();
        assertThat(back.path("orderId").asText()).isEqualTo(ORDER.value());
        assertThat(back.at("/refund/minor").asLong()).isZero();
        assertThat(back.at("/exchange/orderId").asText()).isEqualTo("JM-2");
        assertThat(back.at("/exchange/credit/minor").asLong()).isEqualTo(140_000);
        var comes = agents.seen("postPurchase.recordOrder").getFirst().body();
        assertThat(comes.at("/total/minor").asLong()).isEqualTo(49_900);
        assertThat(comes.at("/warranties/0/months").asInt()).isEqualTo(24);
        assertThat(comes.at("/exchange/returnId").asText()).isEqualTo(BACK.value());
        assertThat(comes.at("/exchange/credit/minor").asLong()).isEqualTo(140_000);
    }

    @Test
    void whatPaysInExchangeEarnsPointsLikeMoney() {
        agents.answers(
                "loyalty.commitBenefits", 200, new Benefits(new OrderId("JM-2"), BenefitsStatus.committed, 0, 18));

        assertThat(loyalty.commitBenefits(new OrderId("JM-2"), EXCHANGED)).isEqualTo(18);

        assertThat(agents.seen("loyalty.commitBenefits")
                        .getFirst()
                        .body()
                        .at("/paid/minor")
                        .asLong())
                .isEqualTo(189_900);
    }

    @Test
    void theReturnsRecordSaysWhetherTheOtherPieceIsSent() {
        agents.answers("postPurchase.getReturn", 200, returned(ReturnStatus.requested, ExchangeState.open));
        assertThat(returns.exchangeStands(BACK)).isEqualTo(new ExchangeStands.Open());
        agents.answers("postPurchase.getReturn", 200, returned(ReturnStatus.inspected, ExchangeState.agreed));
        assertThat(returns.exchangeStands(BACK)).isEqualTo(new ExchangeStands.Agreed());
        agents.answers("postPurchase.getReturn", 200, returned(ReturnStatus.not_received, ExchangeState.off));
        assertThat(returns.exchangeStands(BACK)).isEqualTo(new ExchangeStands.Off("return_not_received"));
        agents.answers("postPurchase.getReturn", 200, returned(ReturnStatus.refunded, ExchangeState.off));
        assertThat(returns.exchangeStands(BACK)).isEqualTo(new ExchangeStands.Off("exchange_off"));
        agents.refuses("postPurchase.getReturn", 404, "unknown_return");
        assertThat(returns.exchangeStands(BACK)).isEqualTo(new ExchangeStands.Off("return_cancelled"));
    }

    @Test
    void anExchangeIsDecidedUnderAKeyThatARepeatKeeps() {
        agents.answers("postPurchase.settleExchange", 200, returned(ReturnStatus.inspected, ExchangeState.agreed));

        assertThat(returns.settleExchange(BACK, true).exchange()).contains(ExchangeState.agreed);
        returns.settleExchange(BACK, true);

        var seen = agents.seen("postPurchase.settleExchange");
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
        assertThat(seen.getFirst().body().path("agreed").asBoolean()).isTrue();
    }

    @Test
    void whatComesInExchangeIsPromisedForTheDayThatCountsFromItsSending() {
        agents.refuses("inventory.getHold", 404, "unknown_hold");
        agents.answers(
                "fulfillment.askDeliveryOptions",
                200,
                new DeliveryOptions(List.of(new DeliveryOption(
                        "standard", "Standard", Money.inr(0), LocalDate.of(2026, 12, 9), Optional.empty()))));
        agents.answers("fulfillment.createShipment", 201, created());

        fulfillment.createShipment(ORDER, EXCHANGED);

        assertThat(agents.seen("fulfillment.createShipment")
                        .getFirst()
                        .body()
                        .path("promisedDate")
                        .asText())
                .isEqualTo("2026-12-09");
    }

    @Test
    void anInspectionAnswersWhatIsTakenAndDue() {
        agents.answers("postPurchase.inspectReturn", 200, returned(ReturnStatus.inspected));
        var found = new InspectReturn(
                "staff-ravi", List.of(new InspectedLine(Shop.BLUE_M, 1, 1, Optional.of(ReturnRefusal.worn))));

        assertThat(returns.inspectReturn(BACK, found))
                .isEqualTo(new InspectedReturn(
                        List.of(new StockLine(Shop.BLUE_M, 1)),
                        Money.inr(270_000),
                        Money.inr(274_900),
                        Money.inr(280_000),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new StockLine(Shop.BLUE_M, 1))));
        returns.inspectReturn(BACK, found);
        returns.inspectReturn(
                BACK, new InspectReturn("staff-ravi", List.of(new InspectedLine(Shop.BLUE_M, 2, 0, Optional.empty()))));

        assertThat(agents.seen("postPurchase.inspectReturn").stream()
                        .map(seen -> seen.key().orElseThrow())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aReturnIsClosedSettledAndBookedUnderItsId() {
        agents.answers("postPurchase.closeReturn", 200, new ReturnState(BACK, ReturnStatus.not_received));
        assertThat(returns.closeReturn(BACK, Closing.not_received)).isEqualTo(ReturnStatus.not_received);
        agents.refuses("postPurchase.closeReturn", 409, "return_inspected");
        assertThat(returns.closeReturn(BACK, Closing.not_received)).isEqualTo(ReturnStatus.inspected);
        agents.answers("postPurchase.settleReturn", 200, returned(ReturnStatus.refunded));
        returns.settleReturn(BACK, Settlement.by_hand, "UPI 1");
        agents.answers(
                "inventory.takeBackReturn",
                201,
                new ReturnedStock(
                        new BookingId(BACK.value()),
                        TransferStatus.arrived,
                        Optional.empty(),
                        List.of(new StockLine(Shop.BLUE_M, 1))));
        inventory.takeBackReturn(BACK, List.of(new StockLine(Shop.BLUE_M, 1)));
        agents.answers("loyalty.returnBenefits", 200, new ReturnedBenefits(ORDER, BACK, 9, 4));
        assertThat(loyalty.returnBenefits(ORDER, BACK, Money.inr(1), Money.inr(2)))
                .isEqualTo(5);

        assertThat(agents.seen("inventory.takeBackReturn").getFirst().key()).contains("take-back-RT-1");
    }

    @Test
    void whatGoesBackToACustomerComesFromWhereItsHoldKeepsItAndFromWhatTheySentIn() {
        var id = new OrderId(BACK.value());
        agents.answers(
                "inventory.getHold",
                200,
                new Hold(
                        new HoldId(BACK.value()),
                        HoldStatus.held,
                        List.of(new HeldLine(Shop.BLUE_M, 1, new LocationId("ST-MUM-1"))),
                        List.of(),
                        SOON));
        agents.answers("fulfillment.sendBack", 201, created());

        assertThat(fulfillment.sendBack(
                        id,
                        BACK,
                        ORDER,
                        new CustomerId("cust-1"),
                        SentBackBecause.replaced,
                        List.of(new StockLine(Shop.BLUE_M, 1)),
                        List.of(new StockLine(Shop.BLUE_M, 2))))
                .isEqualTo(created().trackingId().orElseThrow());

        var lines = agents.seen("fulfillment.sendBack").getFirst().body().path("lines");
        assertThat(lines.get(0).path("shipsFrom").asText()).isEqualTo("ST-MUM-1");
        assertThat(lines.get(1).has("shipsFrom")).isFalse();
        assertThat(lines.get(1).path("quantity").asInt()).isEqualTo(2);
    }

    @Test
    void whatFailedIsBookedAsDamagedUnderItsReturnsId() {
        agents.answers(
                "inventory.takeBackReturn",
                201,
                new ReturnedStock(
                        new BookingId(BACK.value()),
                        TransferStatus.arrived,
                        Optional.empty(),
                        List.of(new StockLine(Shop.BLUE_M, 1))));

        inventory.writeOffReturn(BACK, List.of(new StockLine(Shop.BLUE_M, 1)));

        var seen = agents.seen("inventory.takeBackReturn").getFirst();
        assertThat(seen.key()).contains("write-off-RT-1");
        assertThat(seen.body().path("damaged").asBoolean()).isTrue();
    }

    @Test
    void everyAnswerOfARefundIsAnOutcome() {
        var id = new RefundId("RT-1");
        agents.answers("payment.refundPayment", 200, refund(RefundStatus.refunded));
        assertThat(payment.refund(ORDER, 1, id, Money.inr(5))).isEqualTo(new RefundOutcome.Refunded());
        agents.answers("payment.refundPayment", 200, refund(RefundStatus.pending));
        assertThat(payment.refund(ORDER, 1, id, Money.inr(5))).isEqualTo(new RefundOutcome.Pending());
        agents.refuses("payment.refundPayment", 422, "refund_too_large");
        assertThat(payment.refund(ORDER, 1, id, Money.inr(5))).isEqualTo(new RefundOutcome.Failed("refund_too_large"));
        assertThat(payment.refundAsFarAsItGoes(ORDER, 1, id, Money.inr(9)))
                .isEqualTo(new PartRefund(Money.inr(9), new RefundOutcome.Failed("refund_too_large")));
        agents.refuses("payment.refundPayment", 422, "nothing_left");
        assertThat(payment.refundAsFarAsItGoes(ORDER, 1, id, Money.inr(9)))
                .isEqualTo(new PartRefund(Money.inr(0), new RefundOutcome.Refunded()));
        agents.answers("payment.refundPayment", 200, refund(RefundStatus.refunded));
        assertThat(payment.refundAsFarAsItGoes(ORDER, 1, id, Money.inr(9)))
                .isEqualTo(new PartRefund(refund(RefundStatus.refunded).amount(), new RefundOutcome.Refunded()));
        agents.answers("payment.inquireRefund", 200, refund(RefundStatus.failed));
        assertThat(payment.inquireRefund(id)).isEqualTo(new RefundOutcome.Failed("account_closed"));
        payment.inquireRefund(id);

        assertThat(agents.seen("payment.inquireRefund").stream()
                        .map(seen -> seen.key().orElseThrow()))
                .doesNotHaveDuplicates();
        assertThat(agents.seen("payment.refundPayment").stream()
                        .map(seen -> seen.key().orElseThrow())
                        .distinct())
                .hasSize(1);
    }

    private static Refund refund(RefundStatus status) {
        return new Refund(
                ORDER,
                1,
                new RefundId("RT-1"),
                status,
                Money.inr(5),
                Money.inr(5),
                status == RefundStatus.failed ? Optional.of("account_closed") : Optional.empty());
    }

    private static Return returned(ReturnStatus status) {
        return returned(status, Optional.empty());
    }

    private static Return returned(ReturnStatus status, ExchangeState exchange) {
        return returned(status, Optional.of(new Exchange(new OrderId("JM-2"), Money.inr(140_000), exchange)));
    }

    private static Return returned(ReturnStatus status, Optional<Exchange> exchange) {
        return new Return(
                BACK,
                ORDER,
                new CustomerId("cust-1"),
                RETURNED,
                status,
                ReturnReason.does_not_fit,
                List.of(new ReturnedLine(
                        Shop.BLUE_M,
                        Shop.KURTA,
                        "Indigo Kurta",
                        "M",
                        "blue",
                        2,
                        Money.inr(149_900),
                        Money.inr(274_900),
                        1,
                        1,
                        Optional.of(ReturnRefusal.worn))),
                Money.inr(4_900),
                Money.inr(270_000),
                Money.inr(274_900),
                Money.inr(280_000),
                List.of(ORDER),
                "RL-1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                exchange,
                Optional.empty(),
                Optional.empty(),
                SOON);
    }

    @Test
    void everyAnswerOfAHoldIsAnOutcome() {
        agents.answers(
                "inventory.placeHold",
                409,
                Map.of(
                        "type",
                        "about:blank",
                        "title",
                        "out of stock",
                        "status",
                        409,
                        "code",
                        "out_of_stock",
                        "detail",
                        "gone",
                        "suggestions",
                        List.of(),
                        "skus",
                        List.of("P-1-M-BLUE")));
        assertThat(inventory.placeHold(HOLD, DELIVERED, SOON))
                .isEqualTo(new HoldOutcome.OutOfStock(List.of(new Sku("P-1-M-BLUE"))));

        agents.answers("inventory.placeHold", 201, hold(HoldStatus.released));
        assertThat(inventory.placeHold(HOLD, DELIVERED, SOON)).isEqualTo(new HoldOutcome.Gone());

        agents.refuses("inventory.renewHold", 409, "hold_gone");
        assertThat(inventory.renewHold(HOLD, DELIVERED, SOON)).isEqualTo(new HoldOutcome.Gone());

        agents.refuses("inventory.allocateHold", 409, "hold_gone");
        assertThat(inventory.allocateHold(HOLD)).isEqualTo(new HoldOutcome.Gone());
        agents.answers("inventory.allocateHold", 200, hold(HoldStatus.allocated));
        assertThat(inventory.allocateHold(HOLD)).isEqualTo(new HoldOutcome.Held(SOON));
        assertThat(agents.seen("inventory.allocateHold").stream()
                        .map(seen -> seen.key().orElseThrow()))
                .as("what was refused is not refused again for its key, once it is held anew")
                .doesNotHaveDuplicates();

        agents.answers("inventory.releaseHold", 200, hold(HoldStatus.released));
        inventory.releaseHold(HOLD);
    }

    @Test
    void aRefusalWithoutAnOutcomeIsNotRetriedAndSaysNothingPersonal() {
        agents.refuses("inventory.placeHold", 409, "hold_differs");

        assertThatThrownBy(() -> inventory.placeHold(HOLD, DELIVERED, SOON))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("hold_differs");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).doesNotContain("It is so");
                });
    }

    @Test
    void whatARepeatMayCureIsRetried() {
        retried(503, "{}", Map.of(), Duration.ZERO, "agent_answered_503");
        retried(401, "{\"code\":\"unauthorised\"}", Map.of(), Duration.ZERO, "agent_refuses_token");
        retried(429, "{}", Map.of("Retry-After", "7"), Duration.ZERO, "agent_answered_429");
        retried(409, "{\"code\":\"in_flight\"}", Map.of("Retry-After", "1"), Duration.ZERO, "agent_in_flight");
        retried(201, "<html>", Map.of(), Duration.ZERO, "agent_garbage");
        retried(201, "null", Map.of(), Duration.ZERO, "agent_garbage");
        retried(201, "{}", Map.of(), Duration.ZERO, "agent_garbage");
        retried(200, Json.write(hold(HoldStatus.held)), Map.of(), Duration.ZERO, "agent_garbage");
        retried(404, "not found", Map.of(), Duration.ZERO, "agent_garbage");
        retried(201, "{}", Map.of(), Duration.ofSeconds(4), "agent_timeout");
    }

    @Test
    void anAgentThatIsNotThereIsRetried() {
        ScriptedAgents gone = new ScriptedAgents();
        InventoryActivities nobody = new AgentInventory(gone.client("inventory"), quotes);
        gone.close();

        assertThatThrownBy(() -> nobody.allocateHold(HOLD))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("agent_unreachable");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void aQuoteThatIsNotThereIsNotRetried() {
        assertThatThrownBy(() -> inventory.placeHold(HOLD, new QuoteId("quote-none"), SOON))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("quote_unknown");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    @Test
    void piecesLeaveFromWhereTheirHoldKeepsThem() {
        agents.answers(
                "inventory.getHold",
                200,
                new Hold(
                        HOLD,
                        HoldStatus.held,
                        List.of(
                                new HeldLine(new Sku("P-1-M-BLUE"), 1, new LocationId("WH-BLR")),
                                new HeldLine(new Sku("P-2-M-RED"), 2, new LocationId("ST-MUM-1"))),
                        List.of(),
                        SOON));
        agents.answers("fulfillment.createShipment", 201, created());

        fulfillment.createShipment(ORDER, DELIVERED);

        assertThat(agents.seen("fulfillment.createShipment").getFirst().body().path("lines"))
                .extracting(line ->
                        line.path("sku").asText() + " " + line.path("shipsFrom").asText())
                .containsExactly("P-1-M-BLUE WH-BLR", "P-2-M-RED ST-MUM-1");
    }

    @Test
    void nothingIsShippedWhileNobodyKnowsWhereThePiecesLie() {
        agents.refuses("inventory.getHold", 503, "agent_unreachable");

        assertThatThrownBy(() -> fulfillment.createShipment(ORDER, DELIVERED)).isInstanceOf(ApplicationFailure.class);
        assertThat(agents.seen("fulfillment.createShipment")).isEmpty();
    }

    @Test
    void parcelsAreSentAndLookedAfter() {
        agents.answers("fulfillment.sendShipment", 200, created());
        assertThat(fulfillment
                        .sendShipment(ORDER, ORDER, new CustomerId("cust-1"))
                        .parcels())
                .hasSize(1);

        agents.refuses("fulfillment.sendShipment", 409, "cancelled");
        assertThat(fulfillment
                        .sendShipment(ORDER, ORDER, new CustomerId("cust-1"))
                        .cancelled())
                .isTrue();

        agents.answers("fulfillment.getShipment", 200, created());
        assertThat(fulfillment.parcels(ORDER).newsExpectedAt()).contains(SOON);
    }

    private static Shipment created() {
        var day = LocalDate.of(2026, 11, 28);
        return new Shipment(
                ORDER,
                ShipmentStatus.created,
                Optional.of("TRK-1"),
                Optional.of(day),
                List.of(new Parcel(
                        new ParcelId("TRK-1-1"),
                        Optional.of(ORDER),
                        ParcelStatus.created,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        day,
                        Optional.empty(),
                        List.of())),
                Optional.of(SOON),
                Optional.empty());
    }

    @Test
    void parcelsAndCollectionsAreCreatedOrRefused() {
        agents.refuses("inventory.getHold", 404, "unknown_hold");
        agents.answers(
                "fulfillment.createShipment",
                201,
                new Shipment(
                        ORDER,
                        ShipmentStatus.created,
                        Optional.of("TRK-1"),
                        Optional.of(LocalDate.of(2026, 11, 28)),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(fulfillment.createShipment(ORDER, DELIVERED)).isEqualTo(new FulfillmentOutcome.Created("TRK-1"));

        agents.refuses("fulfillment.createShipment", 409, "option_gone");
        assertThat(fulfillment.createShipment(ORDER, DELIVERED))
                .isEqualTo(new FulfillmentOutcome.Refused("option_gone"));

        Collection collection = new Collection(
                RESERVATION,
                CollectionStatus.waiting,
                Optional.of(new LocationId("ST-BLR-1")),
                Optional.of("4711"),
                Optional.of(SOON));
        agents.answers("fulfillment.createCollection", 201, collection);
        assertThat(fulfillment.createCollection(RESERVATION, COLLECTED, SOON))
                .isEqualTo(new FulfillmentOutcome.Created("4711"));

        agents.answers(
                "fulfillment.cancelShipment",
                200,
                new Shipment(
                        ORDER,
                        ShipmentStatus.cancelled,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        agents.answers("fulfillment.markCollected", 200, collection);
        agents.answers("fulfillment.keepCollection", 200, collection);
        agents.answers("fulfillment.cancelCollection", 200, collection);
        fulfillment.cancelShipment(ORDER);
        fulfillment.keepCollection(RESERVATION, SOON);
        fulfillment.markCollected(RESERVATION);
        fulfillment.cancelCollection(RESERVATION);
    }

    @Test
    void whatAnOrdersCustomerCollectsIsKeptLongerOrIsOver() {
        agents.answers("fulfillment.keepOrderCollection", 200, storeCollection(CollectionStatus.ready));
        assertThat(fulfillment.keepOrder(ORDER, SOON)).isEqualTo("extended");
        agents.answers("fulfillment.keepOrderCollection", 200, storeCollection(CollectionStatus.picked_up));
        assertThat(fulfillment.keepOrder(ORDER, SOON)).isEqualTo("too_late");
        agents.refuses("fulfillment.keepOrderCollection", 409, "not_collected");
        assertThat(fulfillment.keepOrder(ORDER, SOON)).isEqualTo("too_late");
        agents.refuses("fulfillment.keepOrderCollection", 409, "too_far");
        assertThat(fulfillment.keepOrder(ORDER, SOON)).isEqualTo("too_far");
    }

    private static StoreCollection storeCollection(CollectionStatus status) {
        return new StoreCollection(ORDER, new LocationId("ST-BLR-1"), Optional.empty(), status, "7KXM4P", SOON);
    }

    @Test
    void benefitsAreReservedOrGone() {
        agents.answers("loyalty.reserveBenefits", 201, new Benefits(ORDER, BenefitsStatus.reserved, 0, 0));
        assertThat(loyalty.reserveBenefits(ORDER, DELIVERED)).isEqualTo(LoyaltyActivities.BenefitsOutcome.reserved);

        agents.refuses("loyalty.reserveBenefits", 409, "benefits_gone");
        assertThat(loyalty.reserveBenefits(ORDER, DELIVERED))
                .isEqualTo(LoyaltyActivities.BenefitsOutcome.benefits_gone);

        agents.answers("loyalty.commitBenefits", 200, new Benefits(ORDER, BenefitsStatus.committed, 0, 27));
        assertThat(loyalty.commitBenefits(ORDER, DELIVERED)).isEqualTo(27);
        assertThat(agents.seen("loyalty.commitBenefits")
                        .getFirst()
                        .body()
                        .at("/paid/minor")
                        .asLong())
                .isEqualTo(294_700);

        agents.answers("loyalty.releaseBenefits", 200, new Benefits(ORDER, BenefitsStatus.released, 0, 0));
        loyalty.releaseBenefits(ORDER);
    }

    private static Order order() {
        return order(OrderStatus.pending);
    }

    private static Order order(OrderStatus status) {
        Quote quote = quotes.get(DELIVERED);
        return new Order(
                ORDER,
                quote.customerId(),
                status,
                quote.lines(),
                quote.discount(),
                quote.delivery().orElseThrow().fee(),
                quote.taxIncluded(),
                quote.total(),
                LocalDate.of(2026, 11, 28),
                Optional.empty(),
                SOON,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    @Test
    void anOrderThatWasCancelledMeanwhileEarnsNothing() {
        agents.refuses("loyalty.commitBenefits", 409, "benefits_gone");

        assertThat(loyalty.commitBenefits(ORDER, DELIVERED)).isZero();
    }

    @Test
    void anOrderIsRecordedAndMovedOn() {
        agents.answers("postPurchase.recordOrder", 201, order());
        assertThat(orders.recordOrder(ORDER, "run1", DELIVERED)).isEqualTo(OrderStatus.pending);
        assertThat(orders.recordOrder(ORDER, "run2", DELIVERED)).isEqualTo(OrderStatus.pending);
        assertThat(agents.seen("postPurchase.recordOrder"))
                .extracting(ScriptedAgents.Seen::key)
                .doesNotHaveDuplicates();

        agents.answers(
                "postPurchase.transitionOrder", 200, new OrderState(ORDER, OrderStatus.payment_failed, List.of()));
        assertThat(orders.transitionOrder(ORDER, "run1", OrderStatus.payment_failed, "expired_card", ""))
                .isEqualTo(OrderStatus.payment_failed);
        var sent = agents.seen("postPurchase.transitionOrder").getFirst();
        assertThat(sent.body().path("reason").asText()).isEqualTo("expired_card");
        assertThat(sent.body().has("trackingId")).isFalse();
    }

    @Test
    void everyAnswerAboutAPaymentIsAnOutcome() {
        outcome(Outcome.secured, AttemptStatus.captured, Optional.empty());
        assertThat(secure()).isEqualTo(new SecureOutcome.Secured(SecureOutcome.As.captured));
        outcome(Outcome.secured, AttemptStatus.authorised, Optional.empty());
        assertThat(secure()).isEqualTo(new SecureOutcome.Secured(SecureOutcome.As.authorised));
        outcome(Outcome.secured, AttemptStatus.refunded, Optional.empty());
        assertThat(secure()).isEqualTo(new SecureOutcome.Declined("refunded", List.of("Use another card")));
        outcome(Outcome.declined, AttemptStatus.declined, Optional.of("expired_card"));
        assertThat(secure()).isEqualTo(new SecureOutcome.Declined("expired_card", List.of("Use another card")));
        outcome(Outcome.needs_customer, AttemptStatus.open, Optional.of("three_d_secure"));
        assertThat(secure()).isEqualTo(new SecureOutcome.NeedsCustomer("three_d_secure"));
        outcome(Outcome.pending, AttemptStatus.open, Optional.empty());
        assertThat(secure()).isEqualTo(new SecureOutcome.Pending());
        outcome(Outcome.unknown, AttemptStatus.open, Optional.of("network_error"));
        assertThat(secure()).isEqualTo(new SecureOutcome.Unknown());

        var sent = agents.seen("payment.securePayment");
        assertThat(sent).extracting(ScriptedAgents.Seen::key).containsOnly(Optional.of("secure-JM-1-1"));
        assertThat(sent.getFirst().body().at("/amount/minor").asLong()).isEqualTo(294_700);
        assertThat(sent.getFirst().body().path("customerId").asText()).isEqualTo("cust-1");
    }

    @Test
    void storeCreditPaysItsPartAndTheCardTheRest() {
        OrderId use = new OrderId("JM-1.later");
        agents.answers(
                "payment.reserveCredit",
                201,
                new CreditUse(new CreditId("JM-1.later"), Optional.of(ORDER), UseStatus.reserved, Money.inr(94_700)));
        agents.answers(
                "payment.spendCredit",
                200,
                new CreditUse(new CreditId("JM-1.later"), Optional.of(ORDER), UseStatus.spent, Money.inr(94_700)));
        agents.answers(
                "payment.releaseCredit",
                200,
                new CreditUse(new CreditId("JM-1.later"), Optional.of(ORDER), UseStatus.released, Money.inr(94_700)));
        outcome(Outcome.secured, AttemptStatus.authorised, Optional.empty());

        assertThat(credit.reserveCredit(use, ORDER, PARTLY_CREDIT)).isEqualTo(CreditOutcome.reserved);
        payment.secure(ORDER, 1, PARTLY_CREDIT, CARD);
        credit.spendCredit(use);
        credit.releaseCredit(use);

        var reserved = agents.seen("payment.reserveCredit").getFirst();
        assertThat(reserved.key()).contains("reserve-credit-JM-1.later");
        assertThat(reserved.body().at("/amount/minor").asLong()).isEqualTo(94_700);
        assertThat(reserved.body().at("/orderTotal/minor").asLong()).isEqualTo(294_700);
        assertThat(reserved.body().path("customerId").asText()).isEqualTo("cust-1");
        assertThat(agents.seen("payment.securePayment")
                        .getFirst()
                        .body()
                        .at("/amount/minor")
                        .asLong())
                .isEqualTo(200_000);
        agents.refuses("payment.reserveCredit", 409, "credit_gone");
        assertThat(credit.reserveCredit(use, ORDER, PARTLY_CREDIT)).isEqualTo(CreditOutcome.credit_gone);
    }

    @Test
    void ofARefundTheCreditIsGivenBackAndTheRestAnswered() {
        agents.answers(
                "payment.refundCredit",
                200,
                new CreditRefund(new RefundId("RT-1"), ORDER, Money.inr(30), Money.inr(70)));

        assertThat(credit.refundCredit(ORDER, new RefundId("RT-1"), Money.inr(100)))
                .isEqualTo(Money.inr(70));

        assertThat(agents.seen("payment.refundCredit").getFirst().key()).contains("refund-credit-RT-1");
    }

    @Test
    void ofAnOrderThatPaidAPartAsMuchIsGivenBackAsIsLeftOfIt() {
        agents.answers(
                "payment.refundCredit",
                200,
                new CreditRefund(new RefundId("RT-1.JM-2"), ORDER, Money.inr(20), Money.inr(30)));

        assertThat(credit.refundCreditOfPart(ORDER, new RefundId("RT-1.JM-2"), Money.inr(100)))
                .isEqualTo(new RefundedPart(Money.inr(20), Money.inr(30)));

        var asked = agents.seen("payment.refundCredit").getFirst();
        assertThat(asked.key()).contains("refund-credit-RT-1.JM-2");
        assertThat(asked.body().path("asFarAsItGoes").asBoolean()).isTrue();
    }

    @Test
    void keptCardsAreForgottenByWhatTheirCustomerKnowsOfThem() {
        agents.answers(
                "payment.forgetCards",
                200,
                new ForgottenCards(new CardRemovalId("CR-1"), List.of(new OrderId("JM-7"))));

        assertThat(keptCards.forgetCards(new CardRemovalId("CR-1"), FORGOTTEN))
                .isEqualTo(new KeptCardActivities.Forgotten(1, List.of(new OrderId("JM-7"))));

        var asked = agents.seen("payment.forgetCards").getFirst();
        assertThat(asked.key()).contains("forget-cards-CR-1");
        assertThat(asked.body().path("customerId").asText()).isEqualTo("cust-1");
        assertThat(asked.body().path("cards").toString())
                .isEqualTo("[{\"brand\":\"Visa\",\"last4\":\"4242\",\"expires\":\"12/30\"}]");
        assertThatThrownBy(() -> keptCards.forgetCards(new CardRemovalId("CR-1"), DELIVERED))
                .hasMessageContaining("forgets no card");
    }

    @Test
    void aCardThatWasForgottenMeanwhileIsDeclined() {
        agents.refuses("payment.securePayment", 422, "unknown_token");

        assertThat(payment.secure(ORDER, 1, DELIVERED, CARD))
                .isInstanceOfSatisfying(
                        SecureOutcome.Declined.class,
                        declined -> assertThat(declined.code()).isEqualTo("unknown_token"));
    }

    @Test
    void cashOnDeliveryIsAskedForWithoutACard() {
        outcome(Outcome.secured, AttemptStatus.due_on_delivery, Optional.empty());

        SecureOutcome secured =
                payment.secure(ORDER, 1, DELIVERED, new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));

        assertThat(secured).isEqualTo(new SecureOutcome.Secured(SecureOutcome.As.due_on_delivery));
        assertThat(agents.seen("payment.securePayment").getFirst().body().has("token"))
                .isFalse();
    }

    @Test
    void aRequestThatDoesNotFitThePaymentContractIsNoticed() {
        agents.fails("payment.capturePayment", 400, "{}", Map.of(), Duration.ZERO);

        assertThatThrownBy(() -> payment.capture(ORDER, 101, new Money(-1, "INR")))
                .isInstanceOf(RuntimeException.class);

        assertThat(agents.takeViolations()).anyMatch(violation -> violation.startsWith("payment.capturePayment"));
    }

    @Test
    void theAttemptsSoFarNameTheSecuredAndTheUnsettledOne() {
        agents.answers(
                "payment.getAttempts",
                200,
                new Attempts(
                        ORDER,
                        List.of(
                                attempt(1, Outcome.declined, AttemptStatus.declined, Optional.of("expired_card")),
                                attempt(2, Outcome.unknown, AttemptStatus.open, Optional.of("network_error")),
                                attempt(3, Outcome.secured, AttemptStatus.captured, Optional.empty())),
                        Optional.empty()));

        assertThat(payment.attempts(ORDER))
                .isEqualTo(new PaymentActivities.AttemptsSoFar(
                        3, 3, 2, Optional.of(CARD), Optional.empty(), Optional.empty()));
    }

    @Test
    void anAttemptThatTheCustomerHasNotConfirmedIsUnsettledToo() {
        agents.answers(
                "payment.getAttempts",
                200,
                new Attempts(
                        ORDER,
                        List.of(attempt(1, Outcome.needs_customer, AttemptStatus.open, Optional.of("three_d_secure"))),
                        Optional.empty()));

        assertThat(payment.attempts(ORDER))
                .isEqualTo(new PaymentActivities.AttemptsSoFar(
                        1, 0, 1, Optional.of(CARD), Optional.empty(), Optional.empty()));
    }

    @Test
    void aCaptureIsDoneOrRefusedAndAVoidJustDone() {
        agents.answers(
                "payment.capturePayment", 200, attempt(1, Outcome.secured, AttemptStatus.captured, Optional.empty()));
        assertThat(payment.capture(ORDER, 1, Money.inr(5))).isEqualTo(CaptureOutcome.captured);
        agents.refuses("payment.capturePayment", 409, "not_authorised");
        assertThat(payment.capture(ORDER, 1, Money.inr(5))).isEqualTo(CaptureOutcome.refused);

        agents.answers("payment.voidPayment", 200, attempt(1, Outcome.secured, AttemptStatus.voided, Optional.empty()));
        payment.voidAttempt(ORDER, 1);
        assertThat(agents.seen("payment.voidPayment").getFirst().path()).isEqualTo("/attempts/JM-1/1/void");
    }

    @Test
    void eachInquiryIsANewQuestion() {
        agents.answers(
                "payment.inquireAttempt",
                200,
                attempt(1, Outcome.declined, AttemptStatus.declined, Optional.of("not_received")));

        assertThat(payment.inquire(ORDER, 1))
                .isEqualTo(new SecureOutcome.Declined("not_received", List.of("Use another card")));
        payment.inquire(ORDER, 1);

        assertThat(agents.seen("payment.inquireAttempt"))
                .extracting(ScriptedAgents.Seen::key)
                .doesNotHaveDuplicates();
    }

    private SecureOutcome secure() {
        return payment.secure(ORDER, 1, DELIVERED, CARD);
    }

    private void outcome(Outcome outcome, AttemptStatus status, Optional<String> code) {
        agents.answers("payment.securePayment", 201, attempt(1, outcome, status, code));
    }

    private static Attempt attempt(int number, Outcome outcome, AttemptStatus status, Optional<String> code) {
        return new Attempt(
                ORDER,
                number,
                outcome,
                status,
                code,
                Optional.empty(),
                List.of("Use another card"),
                Money.inr(294_700),
                Optional.of(CARD.kind()),
                CARD.token(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void retried(int status, String body, Map<String, String> headers, Duration delay, String type) {
        // a client of its own, for an agent that fails so often is not asked any more
        InventoryActivities fresh = new AgentInventory(agents.client("inventory", Duration.ofSeconds(2)), quotes);
        agents.fails("inventory.placeHold", status, body, headers, delay);
        assertThatThrownBy(() -> fresh.placeHold(HOLD, DELIVERED, SOON))
                .as(type)
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    private static Hold hold(HoldStatus status) {
        return new Hold(HOLD, status, List.of(), List.of(), SOON);
    }

    /** Order JM-2 of ₹1,899 for a kurta of ₹1,400 that goes back. */
    private static Proposal exchange(ConversationId conversation) {
        var back = new PricedLine(Shop.BLUE_M, Shop.KURTA, "Indigo Kurta", "M", "blue", 1, Money.inr(140_000));
        Quote quote = new Quote(
                EXCHANGED,
                conversation,
                new CustomerId("cust-1"),
                "web",
                List.of(new PricedLine(Shop.BLUE_M, Shop.KURTA, "Indigo Kurta", "L", "blue", 1, Money.inr(189_900))),
                Money.inr(189_900),
                List.of(),
                Money.inr(0),
                0,
                Optional.of(new Quote.Delivery(
                        Shop.HOME,
                        "standard",
                        "Standard",
                        Money.inr(0),
                        Optional.empty(),
                        LocalDate.of(2026, 12, 20),
                        Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Quote.Exchanged(
                        new OrderId("JM-2"),
                        BACK,
                        new Quote.Returned(
                                ORDER,
                                ReturnReason.does_not_fit,
                                List.of(new ReturnLine(Shop.BLUE_M, 1, Optional.empty())),
                                Money.inr(0),
                                false,
                                false),
                        List.of(back),
                        Money.inr(140_000),
                        Money.inr(140_000),
                        Money.inr(0))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Money.inr(5_000),
                Money.inr(49_900),
                Optional.empty(),
                SOON,
                List.of(new LineWarranty(Shop.BLUE_M, 24)));
        return new Proposal(
                new ProposalId("prop-exchanged"), "Checkout", Proposal.Status.open, "JM-2", 1, "web", quote, SOON);
    }

    private static Proposal removal(ConversationId conversation) {
        Quote quote = new Quote(
                FORGOTTEN,
                conversation,
                new CustomerId("cust-1"),
                "web",
                List.of(),
                Money.inr(0),
                List.of(),
                Money.inr(0),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Quote.Forgotten(
                        List.of(new KeptCard("Visa", "4242", Optional.of("12/30"), "Visa ending 4242", List.of())))),
                Money.inr(0),
                Money.inr(0),
                Optional.empty(),
                SOON,
                List.of());
        return new Proposal(
                new ProposalId("prop-" + FORGOTTEN),
                "CardRemoval",
                Proposal.Status.open,
                "CR-1",
                1,
                "web",
                quote,
                SOON);
    }

    private static Proposal proposal(ConversationId conversation, QuoteId id, String kind) {
        return proposal(conversation, id, kind, Optional.empty(), Optional.empty());
    }

    private static Proposal proposal(
            ConversationId conversation,
            QuoteId id,
            String kind,
            Optional<ReservationId> takingOver,
            Optional<Money> credit) {
        boolean moved = kind.equals("AddressChange");
        Money goods = Money.inr(moved ? 0 : 299_800);
        boolean delivered = kind.equals("Checkout");
        boolean sentBack = kind.equals("Return");
        boolean stopped = kind.equals("Cancellation");
        Money discount = delivered ? Money.inr(10_000) : Money.inr(0);
        Quote quote = new Quote(
                id,
                conversation,
                new CustomerId("cust-1"),
                "web",
                List.of(new PricedLine(Shop.BLUE_M, Shop.KURTA, "Indigo Kurta", "M", "blue", 2, Money.inr(149_900))),
                goods,
                delivered ? List.of(new AppliedOffer("tier-silver", "Silver", discount)) : List.of(),
                discount,
                0,
                delivered
                        ? Optional.of(new Quote.Delivery(
                                Shop.HOME,
                                "standard",
                                "Standard",
                                Money.inr(4_900),
                                Optional.empty(),
                                LocalDate.of(2026, 11, 28),
                                Optional.empty()))
                        : Optional.empty(),
                delivered || sentBack || stopped || moved
                        ? Optional.empty()
                        : Optional.of(new Quote.Pickup(new LocationId("ST-BLR-1"), "Indiranagar", "Bengaluru")),
                takingOver,
                sentBack
                        ? Optional.of(new Quote.Returned(
                                ORDER,
                                ReturnReason.does_not_fit,
                                List.of(new ReturnLine(Shop.BLUE_M, 2, Optional.empty())),
                                Money.inr(4_900),
                                false,
                                false))
                        : Optional.empty(),
                Optional.empty(),
                stopped
                        ? Optional.of(
                                new Quote.Cancelled(ORDER, List.of(new Line(Shop.BLUE_M, 2)), Money.inr(4_900), false))
                        : Optional.empty(),
                moved
                        ? Optional.of(new Quote.Moved(ORDER, "TRACK-1", Shop.HOME, LocalDate.of(2026, 12, 3)))
                        : Optional.empty(),
                Optional.empty(),
                Money.inr(31_000),
                delivered
                        ? Money.inr(294_700)
                        : sentBack ? Money.inr(294_900) : stopped ? goods.plus(Money.inr(4_900)) : goods,
                credit,
                SOON,
                List.of());
        return new Proposal(new ProposalId("prop-" + id), kind, Proposal.Status.open, "X-" + id, 1, "web", quote, SOON);
    }
}
