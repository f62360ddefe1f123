package io.journeyman.api.staff;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.replay.FailedPayments;
import io.journeyman.activities.staff.Position;
import io.journeyman.activities.staff.StaffJourney;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Search;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Moments;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.StaffMay;
import io.temporal.api.history.v1.HistoryEvent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The console's journeys: found by what staff know of them, and each as a story. A form's post answers 303 and a word that the next page shows. */
@Path("/staff")
@Produces("text/html; charset=utf-8")
public final class JourneyPages {
    private static final String ID = "/journeys/{id: [A-Za-z0-9._:-]{1,90}}";
    private static final int PAGE = 50;

    /** Why an inspection takes no piece, as it is chosen and as it reads. */
    private static final List<Map<String, String>> REFUSALS = Arrays.stream(ReturnRefusal.values())
            .map(refusal -> Map.of("code", refusal.name(), "words", StaffPages.words(refusal.name())))
            .toList();

    /** What a claim's form says where the warranty does not cover what failed. */
    private static final String REFUSE = "refuse";

    /** How much more time staff may give with one choice. */
    private static final List<Duration> EXTENSIONS =
            List.of(Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofDays(1), Deadline.MOST);

    private final StaffJourneys journeys;
    private final StaffActions actions;
    private final Engine engine;
    private final StaffDoor door;
    private final StaffPages pages;
    private final AgentClient payment;
    private final Optional<URI> temporalUi;

    public JourneyPages(
            StaffJourneys journeys,
            StaffActions actions,
            Engine engine,
            StaffDoor door,
            StaffPages pages,
            AgentClient payment,
            Optional<URI> temporalUi) {
        this.journeys = journeys;
        this.actions = actions;
        this.engine = engine;
        this.door = door;
        this.pages = pages;
        this.payment = payment;
        this.temporalUi = temporalUi;
    }

    @GET
    public String search(@Context ContainerRequestContext request, @Context UriInfo uri) {
        String staff = door.staff(request);
        var asked = uri.getQueryParameters();
        Map<String, Object> page = new HashMap<>();
        for (String field : List.of("id", "kind", "status", "waitingFor", "failure", "channel", "from", "to")) {
            page.put(field, given(asked, field));
        }
        String said = given(asked, "said");
        var search = Search.NOTHING;
        try {
            search = new Search(
                    given(asked, "id"),
                    given(asked, "kind"),
                    given(asked, "status"),
                    given(asked, "waitingFor"),
                    given(asked, "failure"),
                    given(asked, "channel"),
                    day(given(asked, "from"), 0),
                    day(given(asked, "to"), 1));
        } catch (DateTimeException e) {
            said = "time_wrong";
        }
        var found = journeys.find(search, Position.parse(given(asked, "before")), PAGE);
        page.put("journeys", found.stream().map(JourneyPages::row).toList());
        page.put(
                "next",
                found.size() < PAGE
                        ? ""
                        : uri.getRequestUriBuilder()
                                .replaceQueryParam("said")
                                .replaceQueryParam("before", found.getLast().position())
                                .build()
                                .getRawQuery());
        return pages.render("journeys.ftlh", staff, said, page);
    }

    @GET
    @Path(ID)
    public String journey(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("said") @DefaultValue("") String said) {
        String staff = door.staff(request);
        var journey = journeys.find(id).orElseThrow(NotFoundException::new);
        var page = new HashMap<String, Object>(row(journey));
        boolean live = !List.of("completed", "cancelled", "failed").contains(journey.status());
        page.put("live", live);
        page.put("unpaid", FailedPayments.CODES.contains(journey.code()));
        page.put("confirmed", journeys.isConfirmed(journey.workflowId()));
        page.put("conversation", journey.conversationId());
        page.put("quote", journey.quoteId());
        var away = new ArrayList<String>();
        page.put("attempts", journey.kind().equals("Checkout") ? attempts(journey.journeyId(), away) : List.of());
        var steps = engine.history(journey.workflowId());
        boolean asks = live && steps.isPresent();
        var waits = asks ? unanswered(journey) : List.<Engine.Unanswered>of();
        page.put("lines", lines(journey, steps, waits, away));
        page.put(
                "unanswered",
                waits.stream()
                        .map(wait -> wait.step() + ": " + Timeline.words(wait))
                        .toList());
        var may = asks ? engine.staffMay(journey.workflowId()) : Optional.<StaffMay>empty();
        if (asks && may.isEmpty()) {
            away.add("No worker answers: what could be tried again or extended is not known just now.");
        }
        page.put("retry", !waits.isEmpty() || may.filter(StaffMay::retry).isPresent());
        page.put(
                "extensions",
                may.flatMap(StaffMay::extendTo)
                        .map(latest -> extensions(journey, latest))
                        .orElse(List.of()));
        page.put("awaits", live ? journey.waitingFor() : "");
        page.put("pieces", journey.kind().equals("Return") ? pieces(journey) : List.of());
        page.put(
                "exchange",
                journeys.exchange(journey)
                        .map(quote -> exchange(journey, quote))
                        .orElse(Map.of()));
        page.put("keeps", live && journeys.isCollected(journey) ? words(journeys.pieces(journey)) : "");
        page.put("refusals", REFUSALS);
        page.put("claim", journeys.isClaim(journey));
        page.put("away", away);
        page.put("key", UUID.randomUUID().toString());
        page.put(
                "temporal",
                temporalUi
                        .map(ui -> ui.resolve(
                                        "/namespaces/" + engine.namespace() + "/workflows/" + journey.workflowId())
                                .toASCIIString())
                        .orElse(""));
        return pages.render("journey.ftlh", staff, said, page);
    }

    /** The forms of a journey's page: each with a reason, and done once however often it is sent. */
    @POST
    @Path(ID + "/{action: cancel|retry|extend|resend|arrived|inspect|remedy|paid-out|ready|hand-over}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @PathParam("action") String action,
            MultivaluedMap<String, String> form) {
        String staff = door.staff(request);
        String back = "/staff/journeys/" + id;
        var journey = journeys.find(id).orElseThrow(NotFoundException::new);
        var fields = StaffDoor.fields(form);
        var why = StaffDoor.reason(fields.getFirst("reason"));
        var key = StaffDoor.key(fields);
        if (why.isEmpty() || key.isEmpty()) {
            return StaffDoor.to(back, "reason_needed");
        }
        var wish = new StaffActions.Wish(staff, journey, why.get(), key.get());
        return StaffDoor.to(
                back,
                switch (action) {
                    case "cancel" -> actions.cancel(wish);
                    case "retry" -> actions.retryNow(wish);
                    case "resend" -> actions.resend(wish);
                    case "arrived" -> actions.arrived(wish);
                    case "inspect" -> inspect(wish, fields);
                    case "remedy" ->
                        remedy(fields)
                                .map(remedy -> actions.chooseRemedy(wish, remedy))
                                .orElse("remedy_needed");
                    case "paid-out" -> actions.paidOut(wish);
                    case "ready" -> actions.ready(wish);
                    case "hand-over" ->
                        wish.reason().length() > StaffActions.LONGEST_CODE ? "code_needed" : actions.handOver(wish);
                    default ->
                        instant(given(fields, "until"))
                                .map(until -> actions.extend(wish, until))
                                .orElse("time_needed");
                });
    }

    private List<Map<String, String>> pieces(StaffJourney journey) {
        return journeys.pieces(journey).stream()
                .map(line -> Map.of(
                        "sku", line.sku().value(),
                        "what", line.name() + ", " + line.size() + ", " + line.color(),
                        "quantity", String.valueOf(line.quantity())))
                .toList();
    }

    /** The other side of an exchange: of the return what comes, of the order what goes back. */
    private static Map<String, String> exchange(StaffJourney journey, Quote quote) {
        var exchanged = quote.exchanged().orElseThrow();
        boolean comes = journey.kind().equals("Return");
        return Map.of(
                "title",
                comes ? "Comes for it" : "Goes back for it",
                "what",
                words(comes ? quote.lines() : exchanged.lines()),
                "id",
                comes ? exchanged.orderId().value() : exchanged.returnId().value(),
                "workflow",
                comes ? "checkout-" + exchanged.orderId() : "return-" + exchanged.returnId(),
                "paid",
                quote.total().shown(),
                "refund",
                exchanged.refund().shown());
    }

    private static String words(List<PricedLine> lines) {
        return lines.stream()
                .map(line -> line.quantity() + " × " + line.name() + ", " + line.size() + ", " + line.color())
                .collect(Collectors.joining("; "));
    }

    /** Of a claim the form names what the customer gets; of one that is not covered no piece is taken. */
    private String inspect(StaffActions.Wish wish, MultivaluedMap<String, String> form) {
        if (!journeys.isClaim(wish.journey())) {
            return actions.inspect(wish, inspected(wish.journey(), form, false), Optional.empty());
        }
        boolean refused = given(form, "remedy").equals(REFUSE);
        var remedy = remedy(form);
        return refused || remedy.isPresent()
                ? actions.inspect(wish, inspected(wish.journey(), form, refused), remedy)
                : "remedy_needed";
    }

    private static Optional<Remedy> remedy(MultivaluedMap<String, String> form) {
        String chosen = given(form, "remedy");
        return Arrays.stream(Remedy.values())
                .filter(remedy -> remedy.name().equals(chosen))
                .findFirst();
    }

    /** The form names, for each line, how many pieces are taken; the others are refused, for the reason that is chosen beside it. */
    private List<InspectedLine> inspected(
            StaffJourney journey, MultivaluedMap<String, String> form, boolean allRefused) {
        return journeys.pieces(journey).stream()
                .map(line -> {
                    int taken = allRefused ? 0 : pieces(given(form, "taken-" + line.sku()), line.quantity());
                    int refused = line.quantity() - taken;
                    return new InspectedLine(
                            line.sku(), taken, refused, refused == 0 ? Optional.empty() : refusal(form, line.sku()));
                })
                .toList();
    }

    private static int pieces(String text, int most) {
        return text.matches("[0-9]{1,2}") ? Math.min(Integer.parseInt(text), most) : 0;
    }

    private static Optional<ReturnRefusal> refusal(MultivaluedMap<String, String> form, Sku sku) {
        String chosen = given(form, "refusal-" + sku);
        return Arrays.stream(ReturnRefusal.values())
                .filter(refusal -> refusal.name().equals(chosen))
                .findFirst();
    }

    /** Each choice as the instant that it leads to, so that a form that is sent twice or late asks for the same. */
    private static List<Map<String, String>> extensions(StaffJourney journey, Instant latest) {
        var last = latest.truncatedTo(ChronoUnit.SECONDS);
        var now = journey.until().orElse(last).truncatedTo(ChronoUnit.SECONDS);
        return EXTENSIONS.stream()
                .map(longer -> now.plus(longer).isAfter(last) ? last : now.plus(longer))
                .filter(until -> until.isAfter(now))
                .distinct()
                .map(until -> Map.of(
                        "until",
                        until.toString(),
                        "label",
                        Timeline.words(Duration.between(now, until)) + " more, until " + StaffPages.shown(until)))
                .toList();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Moments.instant(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private List<Engine.Unanswered> unanswered(StaffJourney journey) {
        try {
            return journey.workflowIds().stream()
                    .flatMap(id -> engine.unanswered(id).stream())
                    .toList();
        } catch (ProblemException away) {
            return List.of();
        }
    }

    /** What the engine did, what the customer was told, and what staff did, in one order of time. */
    private List<Map<String, String>> lines(
            StaffJourney journey,
            Optional<List<HistoryEvent>> steps,
            List<Engine.Unanswered> waits,
            List<String> away) {
        var all = new ArrayList<Timeline.Line>();
        if (steps.isEmpty()) {
            away.add("Temporal does not answer: what follows is what the customer was told and what staff did.");
        } else if (steps.get().isEmpty()) {
            away.add(
                    "Temporal has dropped its history: what follows is what the customer was told and what staff did.");
        } else {
            all.addAll(Timeline.of(steps.get(), waits, engine.dataConverter()));
            if (journey.kind().equals("Checkout")) {
                engine.history("payment-" + journey.journeyId())
                        .ifPresent(child -> all.addAll(Timeline.of(child, waits, engine.dataConverter())));
            }
        }
        journeys.news(journey.workflowId())
                .forEach(news -> all.add(new Timeline.Line(
                        news.at(),
                        Timeline.Tone.word,
                        "Told the customer: " + StaffPages.words(news.code()),
                        news.text())));
        journeys.actions(journey.workflowId())
                .forEach(action -> all.add(new Timeline.Line(
                        action.at(),
                        Timeline.Tone.word,
                        action.staff() + ": " + action.action() + " (" + StaffPages.words(action.code()) + ")",
                        action.reason())));
        all.sort(Comparator.comparing(Timeline.Line::at));
        return all.stream()
                .map(line -> Map.of(
                        "at",
                        StaffPages.shown(line.at()),
                        "tone",
                        line.tone().name(),
                        "what",
                        line.what(),
                        "detail",
                        line.detail()))
                .toList();
    }

    private List<Map<String, String>> attempts(String order, List<String> away) {
        var answer = payment.get("getAttempts", "/orders/" + AgentClient.segment(order) + "/attempts", Attempts.class);
        if (!(answer instanceof Answer.Done<Attempts>(Attempts done))) {
            away.add("The payment agent does not answer: its attempts are not shown.");
            return List.of();
        }
        return done.attempts().stream()
                .map(attempt -> Map.of(
                        "number",
                        String.valueOf(attempt.attempt()),
                        "method",
                        attempt.method()
                                .map(kind -> StaffPages.words(kind.name()))
                                .orElse(""),
                        "status",
                        StaffPages.words(attempt.status().name()),
                        "code",
                        StaffPages.words(attempt.code().orElse("")),
                        "amount",
                        attempt.amount().shown()))
                .toList();
    }

    static Map<String, String> row(StaffJourney journey) {
        return Map.ofEntries(
                Map.entry("workflowId", journey.workflowId()),
                Map.entry("journeyId", journey.journeyId()),
                Map.entry("kind", journey.kind()),
                Map.entry("status", journey.status()),
                Map.entry("code", StaffPages.words(journey.code())),
                Map.entry("waitingFor", StaffPages.words(journey.waitingFor())),
                Map.entry("until", journey.until().map(StaffPages::shown).orElse("")),
                Map.entry("failure", StaffPages.words(journey.failure())),
                Map.entry("customer", journey.customerId()),
                Map.entry("channel", journey.channel()),
                Map.entry("total", journey.total().shown()),
                Map.entry("started", StaffPages.shown(journey.startedAt())),
                Map.entry("updated", StaffPages.shown(journey.updatedAt())));
    }

    static String given(MultivaluedMap<String, String> asked, String field) {
        return Optional.ofNullable(asked.getFirst(field))
                .map(String::strip)
                .filter(text -> text.length() <= 100 && Words.areText(text))
                .orElse("");
    }

    /** The beginning of a day of the shop's; {@code later} days after it. */
    static Optional<Instant> day(String text, int later) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Moments.day(text)
                        .plusDays(later)
                        .atStartOfDay(StaffPages.zone())
                        .toInstant());
    }
}
