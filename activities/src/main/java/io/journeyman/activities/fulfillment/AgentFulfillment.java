package io.journeyman.activities.fulfillment;

import static io.journeyman.activities.agent.AgentClient.digest;
import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AddressChange;
import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.AwaitedLine;
import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.ChangeAddress;
import io.journeyman.contracts.Fulfillment.CollectAt;
import io.journeyman.contracts.Fulfillment.Collection;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.CreateCollection;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.KeepCollection;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SendBack;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.contracts.Fulfillment.Withdrawal;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.IncomingLine;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends parcels and keeps things for collection through the fulfillment agent. */
public final class AgentFulfillment implements FulfillmentActivities {
    private static final Set<String> REFUSALS = Set.of("cancelled", "option_gone", "address_invalid");
    private static final Set<String> LEFT = Set.of("already_shipped", "cancelled", "unknown_shipment", "kept_longer");
    private static final Set<String> OVER = Set.of("not_collected", "cancelled", "unknown_collection");

    private final AgentClient agent;
    private final AgentClient inventory;
    private final Quotes quotes;

    /** @param inventory which knows where the pieces lie */
    public AgentFulfillment(AgentClient agent, AgentClient inventory, Quotes quotes) {
        this.agent = agent;
        this.inventory = inventory;
        this.quotes = quotes;
    }

    @Override
    public FulfillmentOutcome createShipment(OrderId order, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        Quote.Delivery delivery = frozen.delivery()
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "the quote is collected, not delivered", "quote_without_delivery"));
        CreateShipment body = new CreateShipment(
                order,
                delivery.optionId(),
                delivery.address(),
                whereTheyLie(order, frozen),
                promised(frozen, delivery),
                delivery.collect().map(at -> new CollectAt(at.storeId(), at.keepUntil())));
        // pieces that were held anew elsewhere make another request; the agent answers it with the shipment that stands
        return switch (agent.change("createShipment", "/shipments", "ship-" + digest(body), body, Shipment.class)) {
            case Answer.Done<Shipment>(Shipment shipment) ->
                shipment.status() == ShipmentStatus.cancelled
                        ? new FulfillmentOutcome.Refused("cancelled")
                        : new FulfillmentOutcome.Created(shipment.trackingId().orElse(""));
            case Answer.Refused<Shipment> refused -> refused(refused);
            case Answer.Unavailable<Shipment> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public String sendBack(
            OrderId shipment,
            ReturnId back,
            OrderId order,
            CustomerId customer,
            SentBackBecause because,
            List<StockLine> replaced,
            List<StockLine> own) {
        Stream<ShippedLine> fromStock = replaced.isEmpty()
                ? Stream.of()
                : keptBy(shipment).map(AgentFulfillment::whereItKeepsThem).orElseGet(() -> fromTheWarehouse(replaced));
        SendBack body = new SendBack(
                shipment,
                back,
                order,
                customer,
                because,
                Stream.concat(fromStock, fromTheWarehouse(own)).toList());
        return agent.change("sendBack", "/send-backs", "send-back-" + digest(body), body, Shipment.class)
                .orFail()
                .trackingId()
                .orElse("");
    }

    /** What comes in exchange leaves later than it was quoted, so that its day is counted from now. */
    private LocalDate promised(Quote quote, Quote.Delivery delivery) {
        if (quote.exchanged().isEmpty()) {
            return delivery.promisedDate();
        }
        return agent
                .ask(
                        "askDeliveryOptions",
                        "/delivery-options",
                        new AskDeliveryOptions(
                                Optional.of(delivery.address())
                                        .filter(sent -> delivery.collect().isEmpty()),
                                quote.goods(),
                                delivery.collect().map(at -> List.of(at.storeId()))),
                        DeliveryOptions.class)
                .orFail()
                .options()
                .stream()
                .filter(option -> option.optionId().equals(delivery.optionId()))
                .map(DeliveryOption::promisedDate)
                .findFirst()
                .orElse(delivery.promisedDate());
    }

    @Override
    public void cancelShipment(OrderId order) {
        agent.change("cancelShipment", "/shipments/" + segment(order) + "/cancel", "unship-" + order, Shipment.class)
                .orFail();
    }

    @Override
    public ParcelsStand sendShipment(OrderId shipment, OrderId order, CustomerId customer) {
        Answer<Shipment> answer = agent.change(
                "sendShipment",
                "/shipments/" + segment(shipment) + "/send",
                "send-" + shipment,
                new SendShipment(order, customer),
                Shipment.class);
        return answer instanceof Answer.Refused<Shipment> refused && refused.is("cancelled")
                ? new ParcelsStand(true, List.of(), Optional.empty(), Optional.empty())
                : ParcelsStand.of(answer.orFail());
    }

    @Override
    public ParcelsStand parcels(OrderId shipment) {
        return ParcelsStand.of(agent.get("getShipment", "/shipments/" + segment(shipment), Shipment.class)
                .orFail());
    }

    @Override
    public ParcelsStand tellAwaited(OrderId shipment) {
        Shipment standing = agent.get("getShipment", "/shipments/" + segment(shipment), Shipment.class)
                .orFail();
        Hold hold = inventory
                .get("getHold", "/holds/" + segment(shipment), Hold.class)
                .orFail();
        Map<Sku, LocalDate> awaited = new LinkedHashMap<>();
        standing.parcels().stream()
                .filter(parcel -> parcel.status() == ParcelStatus.created)
                .forEach(parcel -> parcel.awaitedOn()
                        .ifPresent(day -> parcel.lines().forEach(line -> awaited.put(line.sku(), day))));
        List<AwaitedLine> known = awaited.keySet().stream()
                .flatMap(sku -> known(sku, hold).stream())
                .toList();
        List<AwaitedLine> news = known.stream()
                .filter(line -> line.shipsFrom().isPresent()
                        || line.dueOn()
                                .filter(day -> !day.equals(awaited.get(line.sku())))
                                .isPresent())
                .toList();
        return ParcelsStand.of(
                news.isEmpty() ? standing : told(shipment, news),
                known.stream()
                        .filter(line ->
                                line.shipsFrom().isEmpty() && line.dueOn().isEmpty())
                        .map(AwaitedLine::sku)
                        .collect(Collectors.toSet()));
    }

    /** A day that was moved may be moved back, so that each telling has a key of its own; told twice it changes nothing. */
    private Shipment told(OrderId shipment, List<AwaitedLine> news) {
        return agent.put(
                        "tellAwaited",
                        "/shipments/" + segment(shipment) + "/awaited",
                        "awaited-" + UUID.randomUUID(),
                        new AwaitedPieces(news),
                        Shipment.class)
                .orFail();
    }

    /** Empty where the hold neither waits for the variant nor has it: it was given up, and its parcel with it. */
    private static Optional<AwaitedLine> known(Sku sku, Hold hold) {
        return hold.incoming().stream()
                .filter(line -> line.sku().equals(sku))
                .findFirst()
                .map(line -> new AwaitedLine(sku, Optional.empty(), line.dueOn()))
                .or(() -> hold.lines().stream()
                        .filter(line -> line.sku().equals(sku))
                        .findFirst()
                        .map(line -> new AwaitedLine(sku, Optional.of(line.location()), Optional.empty())));
    }

    @Override
    public WithdrawalOutcome withdrawPieces(CancellationId cancellation, QuoteId quote, String trackingId) {
        Quote.Cancelled cancelled = quotes.get(quote).toCancel();
        WithdrawPieces body = new WithdrawPieces(cancellation, trackingId, cancelled.lines(), cancelled.keptUntil());
        return switch (agent.change(
                "withdrawPieces", "/withdrawals", "withdraw-" + cancellation, body, Withdrawal.class)) {
            case Answer.Done<Withdrawal>(Withdrawal done) ->
                new WithdrawalOutcome.Withdrawn(done.orderId(), done.lines());
            case Answer.Refused<Withdrawal> refused
            when LEFT.contains(refused.problem().code()) ->
                new WithdrawalOutcome.TooLate(refused.problem().code());
            case Answer.Refused<Withdrawal> refused -> throw refused.failure();
            case Answer.Unavailable<Withdrawal> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public AddressOutcome changeAddress(AddressChangeId change, QuoteId quote) {
        Quote.Moved moved = quotes.get(quote).toMove();
        return switch (agent.change(
                "changeAddress",
                "/address-changes",
                "move-" + change,
                new ChangeAddress(change, moved.trackingId(), moved.address()),
                AddressChange.class)) {
            case Answer.Done<AddressChange>(AddressChange done) ->
                new AddressOutcome.Changed(
                        moved.orderId(),
                        done.promisedDate(),
                        done.staying()
                                .map(lines ->
                                        lines.stream().map(ParcelLine::sku).toList()));
            case Answer.Refused<AddressChange> refused
            when LEFT.contains(refused.problem().code())
                    || REFUSALS.contains(refused.problem().code()) ->
                new AddressOutcome.Refused(moved.orderId(), refused.problem().code());
            case Answer.Refused<AddressChange> refused -> throw refused.failure();
            case Answer.Unavailable<AddressChange> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public FulfillmentOutcome createCollection(ReservationId reservation, QuoteId quote, Instant keepUntil) {
        Quote frozen = quotes.get(quote);
        Quote.Pickup store = frozen.store()
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "the quote is delivered, not collected", "quote_without_store"));
        CreateCollection body = new CreateCollection(reservation, store.storeId(), lines(frozen), keepUntil);
        return switch (agent.change(
                "createCollection",
                "/collections",
                "collect-" + reservation + "-" + keepUntil,
                body,
                Collection.class)) {
            case Answer.Done<Collection>(Collection collection) ->
                collection.status().isOff()
                        ? new FulfillmentOutcome.Refused("cancelled")
                        : new FulfillmentOutcome.Created(collection.pickupCode().orElse(""));
            case Answer.Refused<Collection> refused -> refused(refused);
            case Answer.Unavailable<Collection> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public void keepCollection(ReservationId reservation, Instant keepUntil) {
        agent.change(
                        "keepCollection",
                        "/collections/" + segment(reservation) + "/keep",
                        "keep-" + reservation + "-" + keepUntil,
                        new KeepCollection(keepUntil),
                        Collection.class)
                .orFail();
    }

    @Override
    public void markReady(ReservationId reservation) {
        agent.change(
                        "markReady",
                        "/collections/" + segment(reservation) + "/ready",
                        "ready-" + reservation,
                        Collection.class)
                .orFail();
    }

    @Override
    public void markCollected(ReservationId reservation) {
        agent.change(
                        "markCollected",
                        "/collections/" + segment(reservation) + "/picked-up",
                        "picked-up-" + reservation,
                        Collection.class)
                .orFail();
    }

    @Override
    public void cancelCollection(ReservationId reservation) {
        agent.change(
                        "cancelCollection",
                        "/collections/" + segment(reservation) + "/cancel",
                        "uncollect-" + reservation,
                        Collection.class)
                .orFail();
    }

    @Override
    public String keepOrder(OrderId order, Instant keepUntil) {
        return switch (agent.change(
                "keepOrderCollection",
                "/order-collections/" + segment(order) + "/keep",
                "keep-order-" + order + "-" + keepUntil,
                new KeepCollection(keepUntil),
                StoreCollection.class)) {
            case Answer.Done<StoreCollection>(StoreCollection kept) ->
                kept.status() == CollectionStatus.picked_up ? "too_late" : "extended";
            case Answer.Refused<StoreCollection> refused
            when OVER.contains(refused.problem().code()) -> "too_late";
            case Answer.Refused<StoreCollection> refused when refused.is("too_far") -> "too_far";
            case Answer.Refused<StoreCollection> refused -> throw refused.failure();
            case Answer.Unavailable<StoreCollection> unavailable -> throw unavailable.failure();
        };
    }

    private static FulfillmentOutcome refused(Answer.Refused<?> refused) {
        if (REFUSALS.contains(refused.problem().code())) {
            return new FulfillmentOutcome.Refused(refused.problem().code());
        }
        throw refused.failure();
    }

    /**
     * The pieces that the order's hold keeps, each at its place. A hold that keeps nothing any more names no place: it will not be
     * allocated either, and the shipment is cancelled again.
     */
    private List<ShippedLine> whereTheyLie(OrderId order, Quote quote) {
        return keptBy(order)
                .map(hold -> Stream.concat(
                                whereItKeepsThem(hold), hold.incoming().stream().map(line -> toCome(line, quote)))
                        .toList())
                .orElseGet(() -> fromTheWarehouse(quote));
    }

    private Optional<Hold> keptBy(OrderId order) {
        return switch (inventory.get("getHold", "/holds/" + segment(order), Hold.class)) {
            case Answer.Done<Hold>(Hold hold) ->
                Optional.of(hold)
                        .filter(one -> one.status() == HoldStatus.held || one.status() == HoldStatus.allocated);
            case Answer.Refused<Hold> unknown -> Optional.empty();
            case Answer.Unavailable<Hold> unavailable -> throw unavailable.failure();
        };
    }

    private static Stream<ShippedLine> whereItKeepsThem(Hold hold) {
        return hold.lines().stream()
                .map(line -> new ShippedLine(line.sku(), line.quantity(), Optional.of(line.location())));
    }

    private static Stream<ShippedLine> fromTheWarehouse(List<StockLine> lines) {
        return lines.stream().map(line -> new ShippedLine(line.sku(), line.units(), Optional.empty()));
    }

    /** On the day that its customer was told, where that is unknown now: then it will not be sold. */
    private static ShippedLine toCome(IncomingLine line, Quote quote) {
        LocalDate day = line.dueOn()
                .orElseGet(() -> quote.delivery().stream()
                        .flatMap(delivery -> delivery.ahead().stream())
                        .filter(ahead -> ahead.sku().equals(line.sku()))
                        .map(Quote.Ahead::dueOn)
                        .findFirst()
                        .orElseThrow());
        return new ShippedLine(line.sku(), line.quantity(), Optional.empty(), Optional.of(day));
    }

    private static List<ShippedLine> fromTheWarehouse(Quote quote) {
        return quote.lines().stream()
                .map(line -> new ShippedLine(line.sku(), line.quantity(), Optional.empty()))
                .toList();
    }

    private static List<Line> lines(Quote quote) {
        return quote.lines().stream().map(PricedLine::line).toList();
    }
}
