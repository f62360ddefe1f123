package io.journeyman.workflows;

import io.journeyman.activities.cancellation.CancellationActivities;
import io.journeyman.activities.cancellation.RecordedCancellation;
import io.journeyman.activities.cancellation.UncollectedActivities;
import io.journeyman.activities.cancellation.UncollectedQuote;
import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.ConversationActivities;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.conversation.TurnRef;
import io.journeyman.activities.fulfillment.AddressOutcome;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.fulfillment.ParcelsStand;
import io.journeyman.activities.fulfillment.ParcelsStand.Kept;
import io.journeyman.activities.fulfillment.ParcelsStand.Standing;
import io.journeyman.activities.fulfillment.WithdrawalOutcome;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.activities.payment.CaptureOutcome;
import io.journeyman.activities.payment.CreditActivities;
import io.journeyman.activities.payment.KeptCardActivities;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.RefundOutcome;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.activities.reminder.ReminderActivities;
import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.ReplayActivities;
import io.journeyman.activities.returns.ExchangeStands;
import io.journeyman.activities.returns.InspectedReturn;
import io.journeyman.activities.returns.RecordedReturn;
import io.journeyman.activities.returns.ReturnActivities;
import io.journeyman.activities.review.ReviewActivities;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A small shop in memory that keeps the truth the agents would keep: stock, charges, orders, parcels, benefits, news. Tests
 * script its faults and ask about its effects. Undo before do leaves a tombstone, as at the agents. An operation can be
 * stopped at its door, so that a test acts while the journey is just there, however slow the machine is.
 */
final class World
        implements InventoryActivities,
                FulfillmentActivities,
                PaymentActivities,
                CreditActivities,
                KeptCardActivities,
                OrderActivities,
                LoyaltyActivities,
                ReturnActivities,
                CancellationActivities,
                ReviewActivities,
                UncollectedActivities,
                ReminderActivities,
                ConversationActivities,
                ReplayActivities {

    /** What the gateway does with an attempt. */
    enum Gateway {
        authorises,
        declines_insufficient_funds,
        declines_expired_card,
        loses_the_answer_after_charging,
        loses_the_request,
        stays_pending,
        asks_the_customer,
        never_tells
    }

    final Map<String, String> holds = new ConcurrentHashMap<>();
    /** Until when a hold stands; past that it gives its piece back by itself. */
    final Map<String, Instant> holdsUntil = new ConcurrentHashMap<>();

    /** Quotes of orders that take over what a reservation holds. */
    final Map<String, HoldId> reserved = new ConcurrentHashMap<>();

    final Map<String, String> parcels = new ConcurrentHashMap<>();
    /** The parcels of the order that is on its way. */
    final List<Standing> travelling = new ArrayList<>();

    /** When the carrier has more to tell. */
    Optional<Instant> newsExpectedAt = Optional.empty();
    /** Until when a store keeps a collection, where that was put off. */
    final Map<String, Instant> keptUntil = new ConcurrentHashMap<>();

    final Map<String, String> benefits = new ConcurrentHashMap<>();
    final Map<String, OrderStatus> orders = new ConcurrentHashMap<>();
    /** attempt → what it came to: authorised, captured, voided, declined:code, unknown, pending. */
    final Map<String, TreeMap<Integer, String>> money = new HashMap<>();

    /** What of an order's captured attempt did not go back yet, where that matters. */
    final Map<String, Money> captured = new ConcurrentHashMap<>();

    /** By which method an order's last attempt was made. */
    final Map<String, PaymentMethod> methods = new ConcurrentHashMap<>();

    final List<JourneyNews> news = new CopyOnWriteArrayList<>();
    final Deque<Gateway> gateway = new ArrayDeque<>();
    /** Operations that fail, and how often still. */
    final Map<String, Integer> down = new ConcurrentHashMap<>();

    /** Operations that fail at once, without being tried again by the engine, and how often still. */
    final Map<String, Integer> refused = new ConcurrentHashMap<>();

    final Set<Integer> answered = new ConcurrentSkipListSet<>();
    final Map<Integer, String> endedWith = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<Integer, Deque<Decision>> decisions = new ConcurrentHashMap<>();
    final Map<String, Confirmation> proposals = new ConcurrentHashMap<>();
    final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    private final InstantSource clock;

    int available = 10;
    /** Orders of a replay that were not tried yet. */
    int toReplay;

    boolean benefitsGone;
    boolean parcelRefused;
    boolean modelIsSlow;
    boolean captureRefused;
    int charges;
    /** Until then the gateway does not tell what became of an attempt whose answer was lost. */
    int inquiriesUntilTold;

    World(InstantSource clock) {
        this.clock = clock;
    }

    /** Operations that nobody gets into, and those that somebody waits at. */
    private final Set<String> closed = new HashSet<>();

    private final Set<String> awaited = new HashSet<>();

    /** What was done or tried, in order. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** From now on nobody gets into this operation, until {@link #open}. */
    synchronized void close(String operation) {
        closed.add(operation);
    }

    synchronized boolean waitsAt(String operation) {
        return awaited.contains(operation);
    }

    synchronized void open(String operation) {
        closed.remove(operation);
        awaited.remove(operation);
        notifyAll();
    }

    synchronized void fault(String operation) {
        while (closed.contains(operation)) {
            awaited.add(operation);
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        calls.add(operation);
        int refusals = refused.getOrDefault(operation, 0);
        if (refusals > 0) {
            refused.put(operation, refusals - 1);
            throw ApplicationFailure.newNonRetryableFailure(operation + " is refused", "refused");
        }
        int left = down.getOrDefault(operation, 0);
        if (left > 0) {
            down.put(operation, left - 1);
            throw ApplicationFailure.newFailure(operation + " does not answer", "agent_unavailable");
        }
    }

    /** Every activity of this world, for a worker. */
    List<Object> activities() {
        DynamicActivity tools = arguments -> {
            fault("tool");
            asked.add(
                    Activity.getExecutionContext().getInfo().getActivityType() + " " + arguments.get(1, String.class));
            return null;
        };
        return List.of(this, tools);
    }

    // ---- inventory

    @Override
    public synchronized HoldOutcome placeHold(HoldId hold, QuoteId quote, Instant expiresAt) {
        fault("placeHold");
        expire(hold);
        if (holds.containsKey(hold.value()) && !"expired".equals(holds.get(hold.value()))) {
            return "released".equals(holds.get(hold.value()))
                    ? new HoldOutcome.Gone()
                    : new HoldOutcome.Held(expiresAt);
        }
        HoldId other = reserved.getOrDefault(quote.value(), hold);
        switch (holds.getOrDefault(other.value(), "never")) {
            case "allocated" -> {
                return new HoldOutcome.Gone();
            }
            case "held" -> releaseHold(other);
            default -> {}
        }
        return held(hold, expiresAt) ? new HoldOutcome.Held(expiresAt) : soldOut();
    }

    /** One piece of the small shop's only variant, however many are named. */
    @Override
    public synchronized HoldOutcome holdReplacement(HoldId hold, List<StockLine> pieces, Instant expiresAt) {
        fault("holdReplacement");
        return switch (holds.getOrDefault(hold.value(), "never")) {
            case "released" -> new HoldOutcome.Gone();
            case "held", "allocated" -> new HoldOutcome.Held(expiresAt);
            default -> held(hold, expiresAt) ? new HoldOutcome.Held(expiresAt) : soldOut();
        };
    }

    @Override
    public synchronized HoldOutcome renewHold(HoldId hold, QuoteId quote, Instant expiresAt) {
        fault("renewHold");
        expire(hold);
        switch (holds.getOrDefault(hold.value(), "never")) {
            case "held" ->
                holdsUntil.merge(hold.value(), expiresAt, (old, wanted) -> wanted.isAfter(old) ? wanted : old);
            case "expired" -> {
                if (!held(hold, expiresAt)) {
                    return new HoldOutcome.Gone();
                }
            }
            case "allocated" -> {}
            default -> {
                return new HoldOutcome.Gone();
            }
        }
        return new HoldOutcome.Held(expiresAt);
    }

    @Override
    public synchronized HoldOutcome allocateHold(HoldId hold) {
        fault("allocateHold");
        expire(hold);
        if (!Set.of("held", "allocated").contains(holds.getOrDefault(hold.value(), ""))) {
            return new HoldOutcome.Gone();
        }
        holds.put(hold.value(), "allocated");
        return new HoldOutcome.Held(Instant.EPOCH);
    }

    private boolean held(HoldId hold, Instant until) {
        if (available == 0) {
            return false;
        }
        available--;
        holds.put(hold.value(), "held");
        holdsUntil.put(hold.value(), until);
        return true;
    }

    private void expire(HoldId hold) {
        if ("held".equals(holds.get(hold.value())) && clock.instant().isAfter(holdsUntil.get(hold.value()))) {
            available++;
            holds.put(hold.value(), "expired");
        }
    }

    private static HoldOutcome soldOut() {
        return new HoldOutcome.OutOfStock(List.of(new Sku("P-1-M-BLUE")));
    }

    @Override
    public synchronized void releaseHold(HoldId hold) {
        fault("releaseHold");
        if (Set.of("held", "allocated").contains(holds.getOrDefault(hold.value(), ""))) {
            available++;
        }
        holds.put(hold.value(), "released");
    }

    // ---- fulfillment

    @Override
    public synchronized FulfillmentOutcome createShipment(OrderId order, QuoteId quote) {
        fault("createShipment");
        return create(order.value());
    }

    /** What went back to customers, by shipment: because of what, and how many pieces. */
    final Map<String, String> sentBack = new ConcurrentHashMap<>();

    @Override
    public synchronized String sendBack(
            OrderId shipment,
            ReturnId back,
            OrderId order,
            CustomerId customer,
            SentBackBecause because,
            List<StockLine> replaced,
            List<StockLine> own) {
        fault("sendBack");
        create(shipment.value());
        sentBack.put(
                shipment.value(),
                because + " "
                        + Stream.of(replaced, own)
                                .flatMap(List::stream)
                                .mapToInt(StockLine::units)
                                .sum());
        return "TRACK-" + shipment;
    }

    @Override
    public synchronized void cancelShipment(OrderId order) {
        fault("cancelShipment");
        parcels.put(order.value(), "cancelled");
    }

    @Override
    public synchronized ParcelsStand sendShipment(OrderId shipment, OrderId order, CustomerId customer) {
        fault("sendShipment");
        return standing(shipment);
    }

    @Override
    public synchronized ParcelsStand parcels(OrderId shipment) {
        fault("parcels");
        return standing(shipment);
    }

    @Override
    public synchronized ParcelsStand tellAwaited(OrderId shipment) {
        fault("tellAwaited");
        return standing(shipment);
    }

    /** Its pieces are in the order's one parcel, which has left or not. */
    @Override
    public synchronized WithdrawalOutcome withdrawPieces(
            CancellationId cancellation, QuoteId quote, String trackingId) {
        fault("withdrawPieces");
        if (hasLeft) {
            return new WithdrawalOutcome.TooLate("already_shipped");
        }
        if (overBy.containsKey(quote) && keptUntilThen.orElseThrow().isAfter(overBy.get(quote))) {
            return new WithdrawalOutcome.TooLate("kept_longer");
        }
        if (cancelsAll) {
            parcels.put("o1", "cancelled");
        }
        return new WithdrawalOutcome.Withdrawn(
                new OrderId("o1"),
                List.of(new ShippedLine(new Sku("P-1-M-BLUE"), 1, Optional.of(new LocationId("WH-BLR")))));
    }

    final Set<String> moved = ConcurrentHashMap.newKeySet();
    String moveRefused = "";

    /** What of the order has left, where the rest has not. */
    List<Sku> gone = List.of();

    @Override
    public synchronized AddressOutcome changeAddress(AddressChangeId change, QuoteId quote) {
        fault("changeAddress");
        if (hasLeft || !moveRefused.isEmpty()) {
            return new AddressOutcome.Refused(new OrderId("o1"), hasLeft ? "already_shipped" : moveRefused);
        }
        return new AddressOutcome.Changed(
                new OrderId("o1"), LocalDate.of(2026, 12, 3), Optional.of(gone).filter(some -> !some.isEmpty()));
    }

    @Override
    public synchronized void recordAddress(AddressChangeId change, QuoteId quote) {
        fault("recordAddress");
        moved.add(change.value());
    }

    final List<String> forgotten = new CopyOnWriteArrayList<>();
    List<OrderId> payingFor = List.of();

    @Override
    public synchronized Forgotten forgetCards(CardRemovalId removal, QuoteId quote) {
        fault("forgetCards");
        forgotten.add(removal.value());
        return new Forgotten(1, payingFor);
    }

    private ParcelsStand standing(OrderId shipment) {
        return new ParcelsStand(
                "cancelled".equals(parcels.get(shipment.value())),
                List.copyOf(travelling),
                newsExpectedAt,
                keptUntilThen.map(until -> new Kept(STORE, collection(shipment), PICKUP_CODE, until)));
    }

    static final String STORE = "Indiranagar store";
    static final String PICKUP_CODE = "7KXM4P";

    /** Until when a store keeps the order, where its customer collects it. */
    Optional<Instant> keptUntilThen = Optional.empty();

    /** The order waits in a store, which keeps it until then. */
    synchronized void keeps(Instant until) {
        packs(1);
        keptUntilThen = Optional.of(until);
    }

    private CollectionStatus collection(OrderId shipment) {
        if ("cancelled".equals(parcels.get(shipment.value()))) {
            return keptUntilThen.get().isAfter(clock.instant())
                    ? CollectionStatus.cancelled
                    : CollectionStatus.not_collected;
        }
        return switch (travelling.getFirst().status()) {
            case ready -> CollectionStatus.ready;
            case delivered -> CollectionStatus.picked_up;
            default -> CollectionStatus.waiting;
        };
    }

    @Override
    public synchronized UncollectedQuote quoteUncollected(
            CancellationId cancellation,
            OrderId order,
            ConversationId conversation,
            CustomerId customer,
            String channel,
            CancellationReason because,
            Optional<Instant> keptUntil) {
        fault("quoteUncollected");
        uncollected.add(because);
        if (hasLeft) {
            return new UncollectedQuote.Nothing("already_delivered");
        }
        var quote = new QuoteId("quote-" + cancellation);
        overBy.put(quote, keptUntil.orElseThrow());
        return new UncollectedQuote.Quoted(quote, due);
    }

    /** Of quotes for what nobody collected: until when they were made to believe that the store keeps it. */
    private final Map<QuoteId, Instant> overBy = new ConcurrentHashMap<>();

    @Override
    public synchronized String keepOrder(OrderId order, Instant keepUntil) {
        fault("keepOrder");
        if (hasLeft || "cancelled".equals(parcels.get(order.value()))) {
            return "too_late";
        }
        keptUntilThen = Optional.of(keepUntil);
        return "extended";
    }

    /** How many customers are to be reminded of what will end, in lots of fifty. */
    int toRemindOfCredit;

    int toRemindOfPoints;

    @Override
    public synchronized int remindOfCredit() {
        fault("remindOfCredit");
        int lot = Math.min(50, toRemindOfCredit);
        toRemindOfCredit -= lot;
        return lot;
    }

    @Override
    public synchronized int remindOfPoints() {
        fault("remindOfPoints");
        int lot = Math.min(50, toRemindOfPoints);
        toRemindOfPoints -= lot;
        return lot;
    }

    /** Why orders were undone that nobody collected, each time that it was tried. */
    final List<CancellationReason> uncollected = new CopyOnWriteArrayList<>();

    /** The order goes in so many parcels, which should come in three days. */
    synchronized void packs(int parcels) {
        while (travelling.size() < parcels) {
            travelling.add(new Standing(
                    new ParcelId("TRACK-1-" + (travelling.size() + 1)),
                    ParcelStatus.created,
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(3),
                    List.of()));
        }
    }

    /** The pieces of the parcel with that number are due in the shop on that day, and with their customer two days later. */
    synchronized void awaits(int parcel, LocalDate dueOn) {
        packs(parcel);
        var before = travelling.get(parcel - 1);
        travelling.set(
                parcel - 1,
                new Standing(
                        before.parcelId(),
                        before.status(),
                        dueOn.plusDays(2),
                        before.told(),
                        Optional.of(dueOn),
                        false));
    }

    /** The pieces of the parcel with that number are announced no more. */
    synchronized void callsOff(int parcel) {
        var before = travelling.get(parcel - 1);
        travelling.set(
                parcel - 1,
                new Standing(
                        before.parcelId(), before.status(), before.due(), before.told(), before.awaitedOn(), true));
    }

    /** The pieces of the parcel with that number are here. */
    synchronized void comes(int parcel) {
        var before = travelling.get(parcel - 1);
        travelling.set(parcel - 1, new Standing(before.parcelId(), before.status(), before.due(), before.told()));
    }

    /** Nothing of the parcel with that number is sent. */
    synchronized void cancelParcel(int parcel) {
        var before = travelling.get(parcel - 1);
        travelling.set(
                parcel - 1, new Standing(before.parcelId(), ParcelStatus.cancelled, before.due(), before.told()));
    }

    /** The carrier tells of the parcel with that number, which stands so from then on. */
    synchronized void carrierTells(int parcel, ParcelEvent event) {
        packs(parcel);
        var before = travelling.get(parcel - 1);
        var told = new ArrayList<>(before.told());
        told.add(event);
        told.sort(Comparator.comparing(ParcelEvent::happenedAt));
        travelling.set(
                parcel - 1,
                new Standing(
                        before.parcelId(),
                        ParcelStatus.valueOf(told.getLast().status().name()),
                        event.expectedDate().orElse(before.due()),
                        List.copyOf(told)));
    }

    @Override
    public synchronized FulfillmentOutcome createCollection(
            ReservationId reservation, QuoteId quote, Instant keepUntil) {
        fault("createCollection");
        return create(reservation.value());
    }

    private FulfillmentOutcome create(String key) {
        if (parcelRefused || "cancelled".equals(parcels.get(key))) {
            return new FulfillmentOutcome.Refused("option_gone");
        }
        parcels.put(key, "created");
        return new FulfillmentOutcome.Created("TRACK-1");
    }

    @Override
    public synchronized void keepCollection(ReservationId reservation, Instant keepUntil) {
        fault("keepCollection");
        keptUntil.put(reservation.value(), keepUntil);
    }

    @Override
    public synchronized void markReady(ReservationId reservation) {
        fault("markReady");
        parcels.put(reservation.value(), "ready");
    }

    @Override
    public synchronized void markCollected(ReservationId reservation) {
        fault("markCollected");
        parcels.put(reservation.value(), "collected");
    }

    @Override
    public synchronized void cancelCollection(ReservationId reservation) {
        fault("cancelCollection");
        parcels.put(reservation.value(), "cancelled");
    }

    // ---- payment

    @Override
    public synchronized AttemptsSoFar attempts(OrderId order) {
        fault("attempts");
        var attempts = money.getOrDefault(order.value(), new TreeMap<>());
        int secured = 0;
        int unknown = 0;
        for (var attempt : attempts.entrySet()) {
            if (Set.of("authorised", "captured").contains(attempt.getValue())) {
                secured = attempt.getKey();
            } else if (unsettled(attempt.getValue())) {
                unknown = attempt.getKey();
            }
        }
        return new AttemptsSoFar(
                attempts.size(),
                secured,
                unknown,
                Optional.ofNullable(methods.get(order.value())),
                Optional.ofNullable(captured.get(order.value())),
                paying(order));
    }

    @Override
    public synchronized SecureOutcome secure(OrderId order, int attempt, QuoteId quote, PaymentMethod method) {
        fault("secure");
        var attempts = money.computeIfAbsent(order.value(), key -> new TreeMap<>());
        methods.put(order.value(), method);
        if (!attempts.containsKey(attempt)) {
            if (attempts.values().stream()
                    .anyMatch(state ->
                            unsettled(state) || Set.of("authorised", "captured").contains(state))) {
                throw ApplicationFailure.newNonRetryableFailure("another attempt is live", "attempt_blocked");
            }
            attempts.put(
                    attempt,
                    switch (gateway.isEmpty() ? Gateway.authorises : gateway.remove()) {
                        case authorises -> charge("authorised");
                        case declines_insufficient_funds -> "declined:insufficient_funds";
                        case declines_expired_card -> "declined:expired_card";
                        case loses_the_answer_after_charging -> charge("unknown:charged");
                        case loses_the_request -> "unknown:not_charged";
                        case stays_pending -> charge("pending");
                        case asks_the_customer -> "customer";
                        case never_tells -> "unknown:silent";
                    });
        }
        return outcome(attempts.get(attempt));
    }

    private static boolean unsettled(String state) {
        return state.startsWith("unknown") || Set.of("pending", "customer").contains(state);
    }

    private String charge(String state) {
        charges++;
        return state;
    }

    private static SecureOutcome outcome(String state) {
        return switch (state.replaceFirst(":.*", "")) {
            case "authorised" -> new SecureOutcome.Secured(SecureOutcome.As.authorised);
            case "captured" -> new SecureOutcome.Secured(SecureOutcome.As.captured);
            case "pending" -> new SecureOutcome.Pending();
            case "unknown" -> new SecureOutcome.Unknown();
            case "customer" -> new SecureOutcome.NeedsCustomer("three_d_secure");
            case "declined" ->
                new SecureOutcome.Declined(state.substring(state.indexOf(':') + 1), List.of("Use another card"));
            default -> new SecureOutcome.Declined("voided", List.of());
        };
    }

    @Override
    public synchronized SecureOutcome inquire(OrderId order, int attempt) {
        fault("inquire");
        var attempts = money.get(order.value());
        if (inquiriesUntilTold > 0) {
            inquiriesUntilTold--;
        } else {
            switch (attempts.get(attempt)) {
                case "unknown:charged", "pending" -> attempts.put(attempt, "authorised");
                case "customer" -> attempts.put(attempt, charge("authorised"));
                case "unknown:not_charged" -> attempts.put(attempt, "declined:network_error");
                default -> {}
            }
        }
        return outcome(attempts.get(attempt));
    }

    @Override
    public synchronized CaptureOutcome capture(OrderId order, int attempt, Money amount) {
        fault("capture");
        if (captureRefused) {
            return CaptureOutcome.refused;
        }
        money.get(order.value()).put(attempt, "captured");
        taken.put(order.value(), amount);
        return CaptureOutcome.captured;
    }

    @Override
    public synchronized void voidAttempt(OrderId order, int attempt) {
        fault("void");
        var attempts = money.computeIfAbsent(order.value(), key -> new TreeMap<>());
        var state = attempts.getOrDefault(attempt, "never");
        if (Set.of("authorised", "captured", "pending", "unknown:charged").contains(state)) {
            charges--;
        }
        if (!state.startsWith("declined")) {
            attempts.put(attempt, "voided");
        }
    }

    // ---- store credit

    /** What was captured, by order. */
    final Map<String, Money> taken = new ConcurrentHashMap<>();

    /** What of their store credit the customer can spend, in paise. */
    long spendableCredit;

    /** How much credit a quote says that pays. */
    final Map<String, Money> quotedCredit = new ConcurrentHashMap<>();

    /** use → reserved, spent, released. */
    final Map<String, String> creditUses = new ConcurrentHashMap<>();

    private final Map<String, Money> usedCredit = new HashMap<>();

    @Override
    public synchronized CreditOutcome reserveCredit(OrderId use, OrderId order, QuoteId quote) {
        fault("reserveCredit");
        long wanted = quotedCredit.get(quote.value()).minor();
        if (!creditUses.containsKey(use.value()) && spendableCredit >= wanted) {
            spendableCredit -= wanted;
            creditUses.put(use.value(), "reserved");
            usedCredit.put(use.value(), quotedCredit.get(quote.value()));
        }
        return Set.of("reserved", "spent").contains(creditUses.getOrDefault(use.value(), "none"))
                ? CreditOutcome.reserved
                : CreditOutcome.credit_gone;
    }

    @Override
    public synchronized void releaseCredit(OrderId use) {
        fault("releaseCredit");
        if (!"released".equals(creditUses.put(use.value(), "released"))) {
            spendableCredit +=
                    usedCredit.getOrDefault(use.value(), Money.inr(0)).minor();
        }
    }

    @Override
    public synchronized void spendCredit(OrderId use) {
        fault("spendCredit");
        creditUses.put(use.value(), "spent");
    }

    @Override
    public synchronized Money refundCredit(OrderId order, RefundId refund, Money amount) {
        fault("refundCredit");
        long credit = amount.minor() * paying(order).orElseThrow().minor() / Shop.TOTAL.minor();
        if (refundedCredit.putIfAbsent(refund.value(), credit) == null) {
            spendableCredit += credit;
        }
        return Money.inr(amount.minor() - credit);
    }

    /** Of an order's total, credit and the rest, so much did not go back yet. */
    final Map<String, Long> leftOf = new ConcurrentHashMap<>();

    @Override
    public synchronized RefundedPart refundCreditOfPart(OrderId order, RefundId refund, Money atMost) {
        fault("refundCreditOfPart");
        long total = leftOf.get(order.value());
        long part = Math.min(atMost.minor(), total);
        long credit = part * paying(order).orElseThrow().minor() / total;
        if (refundedCredit.putIfAbsent(refund.value(), credit) == null) {
            spendableCredit += credit;
        }
        return new RefundedPart(Money.inr(credit), Money.inr(part - credit));
    }

    @Override
    public synchronized boolean grantCredit(ReturnId returnId, CustomerId customer, OrderId order, Money amount) {
        fault("grantCredit");
        if (!creditIsFull) {
            grantedFor.put(returnId.value(), amount);
        }
        return !creditIsFull;
    }

    /** refund → how much of it became credit again, in paise. */
    final Map<String, Long> refundedCredit = new ConcurrentHashMap<>();

    private Optional<Money> paying(OrderId order) {
        return "spent".equals(creditUses.get(order.value()))
                ? Optional.of(usedCredit.get(order.value()))
                : Optional.empty();
    }

    /** An order that credit had paid so much of. */
    synchronized void paidByCredit(String order, Money credit) {
        creditUses.put(order, "spent");
        usedCredit.put(order, credit);
    }

    // ---- orders and benefits

    @Override
    public synchronized OrderStatus recordOrder(OrderId order, String run, QuoteId quote) {
        fault("recordOrder");
        return orders.computeIfAbsent(order.value(), key -> OrderStatus.pending);
    }

    @Override
    public synchronized OrderStatus transitionOrder(
            OrderId order, String run, OrderStatus to, String reason, String trackingId) {
        fault("transitionOrder");
        orders.put(order.value(), to);
        return to;
    }

    @Override
    public synchronized BenefitsOutcome reserveBenefits(OrderId order, QuoteId quote) {
        fault("reserveBenefits");
        if (benefitsGone || "released".equals(benefits.get(order.value()))) {
            return BenefitsOutcome.benefits_gone;
        }
        benefits.put(order.value(), "reserved");
        return BenefitsOutcome.reserved;
    }

    @Override
    public synchronized void releaseBenefits(OrderId order) {
        fault("releaseBenefits");
        benefits.put(order.value(), "released");
    }

    @Override
    public synchronized long commitBenefits(OrderId order, QuoteId quote) {
        fault("commitBenefits");
        benefits.put(order.value(), "committed");
        return 12;
    }

    // ---- returns

    /** What becomes of a refund at the gateway. */
    enum Refunding {
        refunds,
        takes_its_time,
        fails
    }

    final Map<String, String> returns = new ConcurrentHashMap<>();
    /** Pieces that came back into stock, by return. */
    final Map<String, Integer> tookBack = new ConcurrentHashMap<>();

    /** refund id → what it came to: refunded, pending, failed. */
    final Map<String, String> refunds = new ConcurrentHashMap<>();

    /** refund id → order and amount. */
    final Map<String, String> refundedOf = new ConcurrentHashMap<>();
    /** refund id → how much of it went to the card or account. */
    final Map<String, Money> refundedTo = new ConcurrentHashMap<>();

    final Deque<Refunding> refunding = new ArrayDeque<>();

    /** Points that each return took. */
    final Map<String, Long> pointsTaken = new ConcurrentHashMap<>();

    final Map<String, Settlement> settled = new ConcurrentHashMap<>();
    String returnRefused = "";
    boolean inspectionIncomplete;
    /** Whether customers want their refunds as store credit. */
    boolean asCredit;

    boolean creditIsFull;
    /** Refunds that became store credit, by return. */
    final Map<String, Money> grantedFor = new ConcurrentHashMap<>();

    /** The orders whose payments paid for what comes back, its own first. */
    List<OrderId> paidBy = List.of(new OrderId("o1"));

    /** Where exchanges stand, by return. */
    final Map<String, ExchangeState> exchanges = new ConcurrentHashMap<>();

    /** What of the worth of what comes back pays for the other piece. */
    Money credit = Money.inr(120_000);

    Money due = Money.inr(120_000);

    @Override
    public synchronized RecordedReturn recordReturn(ReturnId returnId, QuoteId quote) {
        fault("recordReturn");
        if (!returnRefused.isEmpty() || "cancelled".equals(returns.get(returnId.value()))) {
            return new RecordedReturn.Refused(returnRefused.isEmpty() ? "return_cancelled" : returnRefused);
        }
        returns.putIfAbsent(returnId.value(), "requested");
        if (quote.value().equals("quote-o1")) {
            exchanges.putIfAbsent(returnId.value(), ExchangeState.open);
        }
        return new RecordedReturn.Recorded(
                paidBy.getFirst(),
                "RL-1",
                asCredit,
                paidBy,
                Optional.of(claimed).filter(claim -> claim));
    }

    @Override
    public synchronized InspectedReturn inspectReturn(ReturnId returnId, InspectReturn inspection) {
        fault("inspectReturn");
        if (inspectionIncomplete) {
            throw ApplicationFailure.newNonRetryableFailure("a line is missing", "inspection_incomplete");
        }
        var taken = inspection.lines().stream()
                .filter(line -> line.accepted() > 0)
                .map(line -> new StockLine(line.sku(), line.accepted()))
                .toList();
        returns.put(returnId.value(), taken.isEmpty() ? "refused" : "inspected");
        if (claimed && !taken.isEmpty()) {
            remedies.put(returnId.value(), inspection.remedy().orElse(Remedy.refund));
        }
        back.put(
                returnId.value(),
                inspection.lines().stream()
                        .filter(line ->
                                line.refusal().isPresent() && line.refusal().get() != ReturnRefusal.not_in_the_parcel)
                        .map(line -> new StockLine(line.sku(), line.refused()))
                        .toList());
        if (inspection.lines().stream().anyMatch(line -> line.refused() > 0)) {
            exchanges.replace(returnId.value(), ExchangeState.off);
        }
        covered.put(returnId.value(), taken);
        return inspected(returnId, taken);
    }

    private InspectedReturn inspected(ReturnId id, List<StockLine> taken) {
        var exchange = Optional.ofNullable(exchanges.get(id.value()));
        var money = exchange.filter(state -> state != ExchangeState.off).isPresent() ? due.minus(credit) : due;
        var remedy = Optional.ofNullable(remedies.get(id.value()));
        boolean refunded = remedy.orElse(Remedy.refund) == Remedy.refund;
        return new InspectedReturn(
                taken,
                taken.isEmpty() || !refunded ? Money.inr(0) : money,
                refunded ? due : Money.inr(0),
                Money.inr(240_000),
                exchange,
                remedy,
                back.getOrDefault(id.value(), List.of()));
    }

    /** What customers of claims get, by return. */
    final Map<String, Remedy> remedies = new ConcurrentHashMap<>();

    private final Map<String, List<StockLine>> back = new HashMap<>();
    private final Map<String, List<StockLine>> covered = new HashMap<>();

    /** Pieces that were written off, by return. */
    final Map<String, Integer> writtenOff = new ConcurrentHashMap<>();

    @Override
    public synchronized InspectedReturn chooseRemedy(ReturnId returnId, ChooseRemedy choice) {
        fault("chooseRemedy");
        remedies.put(returnId.value(), choice.remedy());
        return inspected(returnId, covered.get(returnId.value()));
    }

    @Override
    public synchronized void recordSentBack(ReturnId returnId, String trackingId) {
        fault("recordSentBack");
        returns.computeIfPresent(
                returnId.value(),
                (id, stands) -> stands.equals("inspected")
                        ? switch (remedies.getOrDefault(id, Remedy.refund)) {
                            case refund -> stands;
                            case replace -> "replaced";
                            case repair -> "repaired";
                        }
                        : stands);
    }

    @Override
    public synchronized void writeOffReturn(ReturnId returnId, List<StockLine> pieces) {
        fault("writeOffReturn");
        writtenOff.put(
                returnId.value(), pieces.stream().mapToInt(StockLine::units).sum());
    }

    @Override
    public synchronized InspectedReturn settleExchange(ReturnId returnId, boolean agreed) {
        fault("settleExchange");
        exchanges.replace(returnId.value(), ExchangeState.open, agreed ? ExchangeState.agreed : ExchangeState.off);
        return inspected(returnId, List.of(new StockLine(new Sku("P-1-M-BLUE"), 2)));
    }

    @Override
    public synchronized ExchangeStands exchangeStands(ReturnId returnId) {
        fault("exchangeStands");
        return switch (exchanges.get(returnId.value())) {
            case open -> new ExchangeStands.Open();
            case agreed -> new ExchangeStands.Agreed();
            case off ->
                new ExchangeStands.Off(
                        switch (returns.get(returnId.value())) {
                            case "refused" -> "return_refused";
                            case "not_received" -> "return_not_received";
                            case "cancelled" -> "return_cancelled";
                            default -> "exchange_off";
                        });
        };
    }

    @Override
    public synchronized ReturnStatus closeReturn(ReturnId returnId, Closing to) {
        fault("closeReturn");
        returns.merge(returnId.value(), to.name(), (before, closed) -> before.equals("requested") ? closed : before);
        if (!Set.of("inspected", "refunded").contains(returns.get(returnId.value()))) {
            exchanges.replace(returnId.value(), ExchangeState.off);
        }
        return switch (returns.get(returnId.value())) {
            case "refused", "refunded", "replaced", "repaired" ->
                ReturnStatus.inspected; // as the agent's refusal reads
            case String stands -> ReturnStatus.valueOf(stands);
        };
    }

    @Override
    public synchronized void settleReturn(ReturnId returnId, Settlement by, String reference) {
        fault("settleReturn");
        returns.put(returnId.value(), "refunded");
        settled.put(returnId.value(), by);
    }

    @Override
    public synchronized void takeBackReturn(ReturnId returnId, List<StockLine> pieces) {
        fault("takeBackReturn");
        tookBack.put(
                returnId.value(), pieces.stream().mapToInt(StockLine::units).sum());
    }

    @Override
    public synchronized long returnBenefits(OrderId order, ReturnId returnId, Money value, Money orderValue) {
        fault("returnBenefits");
        return pointsTaken.computeIfAbsent(returnId.value(), id -> 12 * value.minor() / orderValue.minor());
    }

    // ---- cancellations

    final Map<String, String> cancellations = new ConcurrentHashMap<>();
    String cancellationRefused = "";
    boolean cancelsAll;
    /** What goes back beside what was recorded, once the cancellation is accepted. */
    Money cameAlong = Money.inr(0);

    boolean hasLeft;

    @Override
    public synchronized RecordedCancellation recordCancellation(CancellationId cancellation, QuoteId quote) {
        fault("recordCancellation");
        if (!cancellationRefused.isEmpty() || "closed".equals(cancellations.get(cancellation.value()))) {
            return new RecordedCancellation.Refused(
                    cancellationRefused.isEmpty() ? "cancellation_closed" : cancellationRefused);
        }
        cancellations.putIfAbsent(cancellation.value(), "requested");
        return new RecordedCancellation.Recorded(
                new OrderId("o1"), "TRACK-1", cancelsAll, due, due, Money.inr(240_000));
    }

    @Override
    public synchronized Money acceptCancellation(CancellationId cancellation) {
        fault("acceptCancellation");
        cancellations.put(cancellation.value(), "accepted");
        if (cancelsAll) {
            orders.put("o1", OrderStatus.cancelled);
        }
        return due.plus(cameAlong);
    }

    @Override
    public synchronized boolean isOrderCancelled(OrderId order) {
        fault("isOrderCancelled");
        return orders.get(order.value()) == OrderStatus.cancelled;
    }

    @Override
    public synchronized void closeCancellation(CancellationId cancellation) {
        fault("closeCancellation");
        cancellations.put(cancellation.value(), "closed");
    }

    @Override
    public synchronized void settleCancellation(CancellationId cancellation, Settlement by, String reference) {
        fault("settleCancellation");
        cancellations.put(cancellation.value(), "settled");
        settled.put(cancellation.value(), by);
    }

    @Override
    public synchronized void giveBackPieces(HoldId hold, CancellationId cancellation, List<ShippedLine> pieces) {
        fault("giveBackPieces");
        tookBack.put(
                cancellation.value(),
                pieces.stream().mapToInt(ShippedLine::quantity).sum());
    }

    @Override
    public synchronized void takeBackCancelled(CancellationId cancellation, List<ShippedLine> pieces) {
        fault("takeBackCancelled");
        tookBack.put(
                cancellation.value(),
                pieces.stream().mapToInt(ShippedLine::quantity).sum());
    }

    @Override
    public synchronized RefundOutcome refund(OrderId order, int attempt, RefundId refund, Money amount) {
        fault("refund");
        return refundOnce(order, refund, amount);
    }

    @Override
    public synchronized PartRefund refundAsFarAsItGoes(OrderId order, int attempt, RefundId refund, Money most) {
        fault("refund");
        var left = refundedTo.containsKey(refund.value())
                ? refundedTo.get(refund.value())
                : captured.getOrDefault(order.value(), most);
        var part = left.minor() < most.minor() ? left : most;
        return new PartRefund(part, part.minor() == 0 ? new RefundOutcome.Refunded() : refundOnce(order, refund, part));
    }

    /** Where it matters what is left of a payment, no more of it goes back. */
    private RefundOutcome refundOnce(OrderId order, RefundId refund, Money amount) {
        boolean again = refunds.containsKey(refund.value());
        if (!again && captured.getOrDefault(order.value(), amount).minor() < amount.minor()) {
            return new RefundOutcome.Failed("refund_too_large");
        }
        refundedOf.put(refund.value(), order + " " + amount.minor());
        refundedTo.put(refund.value(), amount);
        refunds.computeIfAbsent(
                refund.value(), id -> switch (refunding.isEmpty() ? Refunding.refunds : refunding.remove()) {
                    case refunds -> "refunded";
                    case takes_its_time -> "pending";
                    case fails -> "failed";
                });
        if (!again && !refunds.get(refund.value()).equals("failed")) {
            captured.computeIfPresent(order.value(), (id, left) -> left.minus(amount));
        }
        return refunded(refund);
    }

    @Override
    public synchronized RefundOutcome inquireRefund(RefundId refund) {
        fault("inquireRefund");
        if (inquiriesUntilTold > 0) {
            inquiriesUntilTold--;
        } else {
            refunds.put(refund.value(), "refunded");
        }
        return refunded(refund);
    }

    private RefundOutcome refunded(RefundId refund) {
        return switch (refunds.get(refund.value())) {
            case "refunded" -> new RefundOutcome.Refunded();
            case "pending" -> new RefundOutcome.Pending();
            default -> new RefundOutcome.Failed("account_closed");
        };
    }

    // ---- replays

    @Override
    public synchronized Step next(String replayId, int batch) {
        fault("replay");
        int tried = Math.min(toReplay, batch);
        toReplay -= tried;
        return new Step(tried, toReplay > 0);
    }

    @Override
    public void stands(String replayId, Replay.Status status) {
        fault("stands");
    }

    /** Whether what comes back is claimed under its warranty. */
    boolean claimed;

    // ---- reviews

    ReviewRule reviewRule = new ReviewRule(true, 7 * 24 * 3_600);

    /** What of an order its customer is asked about. */
    List<Sku> kept = List.of(new Sku("P-1-M-BLUE"), new Sku("P-2-ONE-RED"));

    @Override
    public synchronized ReviewRule reviewRule() {
        fault("reviewRule");
        return reviewRule;
    }

    @Override
    public synchronized List<Sku> requestReviews(OrderId order, CustomerId customer) {
        fault("requestReviews");
        return kept;
    }

    // ---- conversation

    @Override
    public synchronized Decision decide(TurnRef turn, int round) {
        fault("decide");
        if (answered.contains(turn.turn())) {
            return new Decision.Replied(); // first writer wins
        }
        var script = decisions.getOrDefault(turn.turn(), new ArrayDeque<>());
        var decision = script.isEmpty() ? new Decision.Replied() : script.remove();
        if (decision instanceof Decision.Replied) {
            answered.add(turn.turn());
        }
        asked.add(turn.turn() + "." + round);
        return decision;
    }

    @Override
    public Decision.Soon decideSoon(TurnRef turn, int round) {
        if (modelIsSlow) {
            return new Decision.Soon(Optional.empty());
        }
        return new Decision.Soon(Optional.of(decide(turn, round)));
    }

    @Override
    public synchronized void propose(TurnRef turn, String callId) {
        asked.add("propose " + callId);
    }

    @Override
    public synchronized Confirmation confirm(ConversationId conversation, ProposalId proposal) {
        fault("confirm");
        var known = proposals.get(proposal.value());
        if (known instanceof Confirmation.Confirmed) {
            confirmed.add(proposal.value());
        }
        return known == null ? new Confirmation.Refused("proposal_unknown") : known;
    }

    @Override
    public synchronized String decline(ConversationId conversation, ProposalId proposal) {
        return confirmed.contains(proposal.value()) ? "proposal_confirmed" : "declined";
    }

    @Override
    public synchronized void answer(TurnRef turn, String code) {
        fault("answer");
        answered.add(turn.turn());
        endedWith.put(turn.turn(), code);
    }

    @Override
    public synchronized void tell(JourneyNews piece) {
        fault("tell");
        if (news.stream()
                .noneMatch(old -> old.workflowId().equals(piece.workflowId())
                        && old.seq() == piece.seq()
                        && old.code().equals(piece.code()))) {
            news.add(piece);
        }
    }

    @Override
    public synchronized void note(JourneyNews piece) {
        fault("note");
    }

    /** Without what the deliveries of what goes back to customers tell, which go on by themselves when their returns are over. */
    List<String> told() {
        return told(false);
    }

    List<String> toldOfWhatGoesBack() {
        return told(true);
    }

    private synchronized List<String> told(boolean ofWhatGoesBack) {
        return news.stream()
                .filter(piece -> piece.facts().containsKey("sentBack") == ofWhatGoesBack)
                .map(JourneyNews::code)
                .toList();
    }

    synchronized String payment(String order, int attempt) {
        return money.getOrDefault(order, new TreeMap<>()).getOrDefault(attempt, "none");
    }
}
