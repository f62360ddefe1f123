package io.journeyman.workflows.delivery;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.ParcelsStand;
import io.journeyman.activities.fulfillment.ParcelsStand.Kept;
import io.journeyman.activities.fulfillment.ParcelsStand.Standing;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ShopTime;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Journey.Progress;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.WorkflowTime;
import io.journeyman.workflows.feedback.Feedback;
import io.journeyman.workflows.feedback.FeedbackStart;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Let the parcels go, and look after them: tell what happens, record it with the order, call staff where one does not come. What waits in a
 * store is looked after in the same way, until it is collected or its time is over ({@link StoreCounter}).
 *
 * <p>A parcel whose pieces are still to come to the shop goes when they are here ({@link AwaitedPieces}).
 */
public final class ParcelWatch implements Delivery {
    /** A parcel may come so much later than its day before staff are called. */
    static final Duration OVERDUE = Duration.ofDays(1);

    /** So long after the day on which the last parcel should have come nobody waits for it any more. */
    static final Duration GIVEN_UP = Duration.ofDays(14);

    /** Where nobody knows when there will be news, and where it does not come as expected, the pauses grow to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** What a carrier is expected to tell is in our books so much later. */
    private static final Duration COMES_IN = Duration.ofSeconds(2);

    /** All have come and the order's record does not say so, mostly since it is away for a moment: tried so often, at last each hour. */
    private static final int MOST_ROUNDS = 14 * 24;

    private static final Duration FIRST_ROUND = Duration.ofSeconds(10);

    private static final Duration LONGEST_ROUND = Duration.ofHours(1);

    private final Request request;
    private final Instant begun = now();
    private final Story story;
    private final Pauses pauses = new Pauses();
    private final FulfillmentActivities parcels = Calls.quickAgent(FulfillmentActivities.class, "Parcels of the order");
    private final OrderActivities orders = Calls.quickAgent(OrderActivities.class, "Record of the order");
    private final FeedbackStart feedback = Calls.quick(FeedbackStart.class, "Question about the order");
    private final Map<ParcelId, ParcelStory> stories = new HashMap<>();

    /** Parcels whose customer knows that they are late, and for which day. */
    private final Map<ParcelId, LocalDate> toldLate = new HashMap<>();

    private final AwaitedPieces awaited = new AwaitedPieces();
    private final StoreCounter counter;

    /** As they were seen last; empty until they were sent. */
    private Optional<ParcelsStand> seen = Optional.empty();

    private OrderStatus recorded = OrderStatus.confirmed;
    private int records;
    private boolean staffCalled;
    private boolean lookNow;
    private boolean ending;
    private String closed = "";

    @WorkflowInit
    public ParcelWatch(Request request) {
        this.request = request;
        this.story = new Story(request.conversationId(), request.workflowId(), "Delivery", pauses);
        this.counter = new StoreCounter(request, story);
    }

    @Override
    public JourneyStatus deliver(Request same) {
        // Whoever cancels the workflow in Temporal's UI wants nobody to wait for the parcels any more.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> closed = "cancelled_on_request");
        return Uncancelled.run(this::watch);
    }

    private JourneyStatus watch() {
        story.waitsUnheard(JourneyStatus.waiting_for_agent, "being_packed", "carrier", givenUpAt(), facts());
        int inVain = 0;
        while (true) {
            var news = look();
            if (haveAllCome()) {
                return allHaveCome(news);
            }
            news.forEach(this::tell);
            tellOfWhatIsAwaited();
            tellOfMoreTime();
            recordWithTheOrder();
            if (seen.filter(ParcelsStand::cancelled).isPresent()) {
                return end(JourneyStatus.cancelled, calledBack());
            }
            if (!closed.isEmpty() || !now().isBefore(givenUpAt())) {
                return end(JourneyStatus.failed, "undelivered");
            }
            callStaffWhenOverdue();
            attendTheCounter();
            inVain = news.isEmpty() ? inVain + 1 : 0;
            pauses.pause(awaited.atMost(nextLook(inVain), now()), () -> lookNow || !closed.isEmpty());
        }
    }

    /** Something that happened to a parcel, and has not been told yet. */
    private record News(ParcelEvent event, Map<String, String> facts) {}

    /** The first look lets them go. */
    private List<News> look() {
        lookNow = false;
        try {
            seen = Optional.of(
                    seen.isEmpty()
                            ? parcels.sendShipment(request.shipment(), request.orderId(), request.customerId())
                            : awaited.any()
                                    ? parcels.tellAwaited(request.shipment())
                                    : parcels.parcels(request.shipment()));
        } catch (ActivityFailure away) {
            callStaff("delivery_out_of_sight");
            return List.of();
        }
        if (staffCalled && story.progress().code().equals("delivery_out_of_sight")) {
            staffCalled = false;
            waitsUnheard("in_sight_again");
        }
        if (kept().isPresent() && story.progress().code().equals("being_packed")) {
            waitsUnheard("being_set_aside");
        }
        var news = new ArrayList<News>();
        for (var parcel : all()) {
            stories.computeIfAbsent(parcel.parcelId(), first -> new ParcelStory())
                    .news(parcel)
                    .forEach(event -> news.add(new News(event, facts(event, parcel))));
        }
        news.sort(Comparator.comparing(piece -> piece.event().happenedAt()));
        return news;
    }

    /** As it stands now. */
    private void waitsUnheard(String code) {
        if (failed()) {
            story.waitsUnheard(JourneyStatus.needs_staff, code, "staff", givenUpAt(), facts());
        } else if (kept().filter(StoreCounter::isReady).isPresent()) {
            story.waitsUnheard(
                    JourneyStatus.waiting_for_customer,
                    code,
                    "collection",
                    kept().get().keepUntil(),
                    facts());
        } else {
            story.waitsUnheard(JourneyStatus.waiting_for_agent, code, bringer(), givenUpAt(), facts());
        }
    }

    private void tell(News news) {
        staffCalled = false;
        var code = ParcelStory.code(news.event());
        if (failed()) {
            story.waits(JourneyStatus.needs_staff, code, "staff", givenUpAt(), news.facts());
        } else if (news.event().status() == ParcelEventStatus.ready) {
            story.waits(
                    JourneyStatus.waiting_for_customer,
                    code,
                    "collection",
                    kept().map(Kept::keepUntil).orElse(givenUpAt()),
                    news.facts());
        } else {
            story.waits(JourneyStatus.waiting_for_agent, code, bringer(), givenUpAt(), news.facts());
        }
    }

    /** Whom it waits for: the carrier, the store that sets it aside, or a delivery to the shop, where all else has come. */
    private String bringer() {
        var missing = going().stream()
                .filter(parcel -> parcel.status() != ParcelStatus.delivered)
                .toList();
        if (!missing.isEmpty()
                && missing.stream().allMatch(parcel -> parcel.awaitedOn().isPresent())
                // deliveries from before say that they wait for their carrier
                && Workflow.getVersion("wait-for-what-is-to-come", Workflow.DEFAULT_VERSION, 1) >= 1) {
            return "delivery";
        }
        return kept().isPresent() ? "store" : "carrier";
    }

    private void tellOfWhatIsAwaited() {
        for (var change : awaited.changes(going())) {
            staffCalled = false;
            var told = facts(change.parcel());
            told.put("expected", change.expected().map(LocalDate::toString).orElse(""));
            switch (change.code()) {
                case "awaited_called_off" ->
                    story.waits(JourneyStatus.waiting_for_customer, change.code(), "customer", givenUpAt(), told);
                case "awaited" ->
                    story.waitsUnheard(JourneyStatus.waiting_for_agent, change.code(), "delivery", givenUpAt(), told);
                default -> story.waits(JourneyStatus.waiting_for_agent, change.code(), bringer(), givenUpAt(), told);
            }
        }
    }

    private void tellOfMoreTime() {
        var ready = kept().filter(StoreCounter::isReady);
        ready.map(Kept::keepUntil).ifPresent(counter::isReadyUntil);
        ready.filter(counter::isKeptLonger).ifPresent(ours -> {
            if (staffCalled) {
                staffCalled = false;
                waitsUnheard("collection_ready");
            }
            story.waitsUntil(ours.keepUntil(), facts());
        });
    }

    /** As soon as one parcel is late. Its customer hears of it once for each day that it was promised for. */
    private void callStaffWhenOverdue() {
        boolean waits = kept().filter(StoreCounter::isReady).isPresent();
        var late = late();
        if (waits || failed() || staffCalled || late.isEmpty()) {
            return;
        }
        var code = kept().isPresent() ? "collection_overdue" : "delivery_overdue";
        if (Workflow.getVersion("call-for-each-late-parcel", Workflow.DEFAULT_VERSION, 1) < 1) {
            // deliveries from before call when the last day has passed, and each time aloud
            if (now().isAfter(due().plus(OVERDUE))) {
                staffCalled = true;
                story.waits(JourneyStatus.needs_staff, code, "staff", givenUpAt(), facts());
            }
            return;
        }
        staffCalled = true;
        var unheard = late.stream()
                .filter(parcel -> !parcel.due().equals(toldLate.put(parcel.parcelId(), parcel.due())))
                .toList();
        if (unheard.isEmpty()) {
            story.waitsUnheard(JourneyStatus.needs_staff, code, "staff", givenUpAt(), facts(late.getFirst()));
        } else {
            story.waits(JourneyStatus.needs_staff, code, "staff", givenUpAt(), facts(unheard.getFirst()));
        }
    }

    private void attendTheCounter() {
        if (kept().isEmpty()) {
            return;
        }
        try {
            counter.attend(kept().get(), facts());
        } catch (ActivityFailure away) {
            callStaff("collection_stuck");
        }
    }

    /** The customer need not hear that we cannot look just now. */
    private void callStaff(String code) {
        if (!staffCalled) {
            staffCalled = true;
            story.waitsUnheard(JourneyStatus.needs_staff, code, "staff", givenUpAt(), facts());
        }
    }

    /** When news is expected, but later and later where it does not come. @param inVain looks since there was news */
    private Duration nextLook(int inVain) {
        var look = nextNews(inVain);
        return kept().map(counter::next)
                .filter(at -> at.isAfter(now()))
                .map(WorkflowTime::until)
                .filter(sooner -> sooner.compareTo(look) < 0)
                .orElse(look);
    }

    private Duration nextNews(int inVain) {
        return seen.flatMap(ParcelsStand::newsExpectedAt)
                .map(at -> until(at).plus(COMES_IN))
                .map(soon -> longer(soon, grown(COMES_IN, inVain, LONGEST_PAUSE)))
                .filter(soon -> soon.compareTo(LONGEST_PAUSE) < 0)
                .orElseGet(() -> grown(FIRST_PAUSE, Math.max(0, inVain - 1), LONGEST_PAUSE));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Twice as long each time, up to the longest. */
    private static Duration grown(Duration pause, int times, Duration longest) {
        var grown = pause;
        for (int i = 0; i < times && grown.compareTo(longest) < 0; i++) {
            grown = grown.multipliedBy(2);
        }
        return grown.compareTo(longest) < 0 ? grown : longest;
    }

    private JourneyStatus allHaveCome(List<News> news) {
        ending = true;
        news.subList(0, Math.max(0, news.size() - 1)).forEach(this::tell);
        if (news.isEmpty()) {
            // all else had come, and was told of, before the last parcel was cancelled
            story.ends(JourneyStatus.completed, "rest_delivered", facts());
        } else {
            story.ends(
                    JourneyStatus.completed,
                    kept().isPresent() ? "collection_picked_up" : "delivered",
                    news.getLast().facts());
        }
        for (int round = 0; round < MOST_ROUNDS && !recordWithTheOrder(); round++) {
            pauses.pause(grown(FIRST_ROUND, round, LONGEST_ROUND));
        }
        // deliveries from before end without
        if (request.sentBack().isEmpty() && Workflow.getVersion("ask-for-reviews", Workflow.DEFAULT_VERSION, 1) >= 1) {
            haveCustomerAsked();
        }
        return JourneyStatus.completed;
    }

    /** What they think of it, some days later. A delivery is one also when nobody asks. */
    private void haveCustomerAsked() {
        try {
            feedback.start(new Feedback.Request(
                    request.orderId(),
                    request.conversationId(),
                    request.customerId(),
                    request.channel(),
                    request.total()));
        } catch (ActivityFailure never) {
            Workflow.getLogger(ParcelWatch.class).warn("Nobody is asked about order {}", request.orderId());
        }
    }

    private JourneyStatus end(JourneyStatus status, String code) {
        ending = true;
        story.ends(status, code, facts());
        return status;
    }

    /** @return whether the order's record says of its parcels what is true; it is tried again at the next look */
    private boolean recordWithTheOrder() {
        if (request.sentBack().isPresent()) {
            return true;
        }
        boolean left = going().stream().anyMatch(parcel -> !parcel.status().isHere());
        try {
            if (left && recorded == OrderStatus.confirmed) {
                record(OrderStatus.shipped);
            }
            if (haveAllCome() && recorded == OrderStatus.shipped) {
                record(OrderStatus.delivered);
            }
            return true;
        } catch (ActivityFailure later) {
            Workflow.getLogger(ParcelWatch.class).warn("Order {} is not recorded as it travels yet", request.orderId());
            return false;
        }
    }

    /** Each try has a key of its own: what was refused before may be right by now. */
    private void record(OrderStatus status) {
        records++;
        orders.transitionOrder(request.orderId(), Workflow.getInfo().getRunId() + "-" + records, status, "", "");
        recorded = status;
    }

    /** What a store keeps for the customer. */
    private Optional<Kept> kept() {
        return seen.flatMap(ParcelsStand::collection);
    }

    private String calledBack() {
        return kept().map(ours -> ours.status() == CollectionStatus.not_collected
                        ? "collection_not_collected"
                        : "collection_called_off")
                .orElse("delivery_cancelled");
    }

    private List<Standing> all() {
        return seen.map(ParcelsStand::parcels).orElse(List.of());
    }

    /** Without those of which nothing is sent any more. */
    private List<Standing> going() {
        return all().stream()
                .filter(parcel -> parcel.status() != ParcelStatus.cancelled)
                .toList();
    }

    private boolean haveAllCome() {
        return !going().isEmpty() && going().stream().allMatch(parcel -> parcel.status() == ParcelStatus.delivered);
    }

    private boolean failed() {
        return all().stream().anyMatch(parcel -> parcel.status() == ParcelStatus.delivery_failed);
    }

    /** Those that should have come, and have not. */
    private List<Standing> late() {
        return going().stream()
                .filter(parcel -> parcel.status() != ParcelStatus.delivered)
                .filter(parcel -> now().isAfter(endOf(parcel.due()).plus(OVERDUE)))
                .toList();
    }

    /** The end of the day on which the last parcel should come; before anything is known, the beginning of all. */
    private Instant due() {
        return going().stream()
                .map(Standing::due)
                .max(Comparator.naturalOrder())
                .map(ParcelWatch::endOf)
                .orElse(begun);
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ShopTime.ZONE).toInstant();
    }

    private Instant givenUpAt() {
        return kept().map(Kept::keepUntil).orElse(due()).plus(GIVEN_UP);
    }

    private Map<String, String> facts() {
        var facts = new HashMap<>(Map.of("orderId", request.orderId().value()));
        request.sentBack().ifPresent(back -> {
            facts.put("returnId", back.returnId().value());
            facts.put("sentBack", back.because().name());
        });
        kept().ifPresent(ours -> {
            facts.put("store", ours.store());
            facts.put("keepUntil", ours.keepUntil().toString());
            if (StoreCounter.isReady(ours)) {
                facts.put("pickupCode", ours.pickupCode());
            }
        });
        return facts;
    }

    private Map<String, String> facts(ParcelEvent event, Standing parcel) {
        var facts = facts(parcel);
        facts.put("because", event.reason().orElse(""));
        return facts;
    }

    private Map<String, String> facts(Standing parcel) {
        var facts = facts();
        facts.put("parcelId", parcel.parcelId().value());
        facts.put("parcel", String.valueOf(all().indexOf(parcel) + 1));
        facts.put("parcels", String.valueOf(all().size()));
        facts.put("due", parcel.due().toString());
        return facts;
    }

    @Override
    public void parcelMoved() {
        lookNow = true;
    }

    @Override
    public String retryNow() {
        if (ending) {
            return pauses.end() ? "retrying" : "nothing_to_retry";
        }
        lookNow = true;
        return "retrying";
    }

    @Override
    public String cancel(String reason) {
        if (ending || !failed()) {
            return "too_late";
        }
        closed = reason.isBlank() ? "cancelled_by_staff" : reason;
        return "cancelling";
    }

    @Override
    public String extend(Instant until) {
        if (ending) {
            return "too_late";
        }
        var answer = counter.extend(until);
        lookNow = true;
        return answer;
    }

    @Override
    public StaffMay staffMay() {
        return new StaffMay(!ending || pauses.isPausing(), ending ? Optional.empty() : counter.latest());
    }

    @Override
    public Progress progress() {
        return story.progress();
    }
}
