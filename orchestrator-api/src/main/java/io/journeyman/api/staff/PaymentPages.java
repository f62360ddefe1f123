package io.journeyman.api.staff;

import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.activities.replay.FailedPayments;
import io.journeyman.activities.replay.FailedPayments.Filter;
import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.Replays;
import io.journeyman.activities.replay.Replays.Asked;
import io.journeyman.activities.replay.Replays.Chosen;
import io.journeyman.activities.replay.Replays.Wish;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.replay.AskedReplay;
import io.journeyman.api.replay.DryRun;
import io.journeyman.api.replay.ReplayDesk;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.replay.PaymentReplay;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The console's failed payments: choose many, see what would happen, have them tried again, watch. */
@Path("/staff/payments")
@Produces("text/html; charset=utf-8")
public final class PaymentPages {
    private static final String ID = "/replays/{id: [A-Za-z0-9-]{1,40}}";
    private static final int PAGE = 100;

    /** How long staff may have the quoted price honoured by a tick in the form. */
    private static final Duration HONOURED = Duration.ofHours(1);

    private final FailedPayments payments;
    private final Replays replays;
    private final ReplayDesk desk;
    private final StaffActions actions;
    private final StaffJourneys journeys;
    private final StaffDoor door;
    private final StaffPages pages;
    private final InstantSource clock;

    public PaymentPages(
            FailedPayments payments,
            Replays replays,
            ReplayDesk desk,
            StaffActions actions,
            StaffJourneys journeys,
            StaffDoor door,
            StaffPages pages,
            InstantSource clock) {
        this.payments = payments;
        this.replays = replays;
        this.desk = desk;
        this.actions = actions;
        this.journeys = journeys;
        this.door = door;
        this.pages = pages;
        this.clock = clock;
    }

    @GET
    public String failed(@Context ContainerRequestContext request, @Context UriInfo uri) {
        String staff = door.staff(request);
        return failed(staff, uri.getQueryParameters(), JourneyPages.given(uri.getQueryParameters(), "said"), List.of());
    }

    private String failed(String staff, MultivaluedMap<String, String> asked, String said, List<String> forecast) {
        Map<String, Object> page = new HashMap<>();
        for (String field : List.of("failure", "customer", "channel", "from", "to", "reason")) {
            page.put(field, JourneyPages.given(asked, field));
        }
        var filter = Filter.ALL;
        String told = said;
        try {
            filter = new Filter(
                    optional(asked, "failure"),
                    JourneyPages.day(JourneyPages.given(asked, "from"), 0),
                    JourneyPages.day(JourneyPages.given(asked, "to"), 1),
                    Optional.empty(),
                    Optional.empty(),
                    optional(asked, "channel"),
                    optional(asked, "customer"));
        } catch (DateTimeException e) {
            told = "time_wrong";
        }
        var found = payments.find(filter, Optional.empty(), PAGE);
        var ticked = asked.getOrDefault("order", List.of());
        page.put("payments", found.stream().map(payment -> row(payment, ticked)).toList());
        page.put("more", found.size() == PAGE);
        page.put("honour", asked.containsKey("honour"));
        page.put("forecast", forecast);
        page.put("key", java.util.UUID.randomUUID().toString());
        page.put("replays", replays.latest(10).stream().map(PaymentPages::row).toList());
        return pages.render("payments.ftlh", staff, told, page);
    }

    /** The form's two buttons: what would happen, and go. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response replay(@Context ContainerRequestContext request, MultivaluedMap<String, String> posted) {
        String staff = door.staff(request);
        var form = StaffDoor.fields(posted);
        var orders = form.getOrDefault("order", List.of()).stream()
                .filter(id -> id.matches("[A-Za-z0-9._:-]{1,64}"))
                .limit(PAGE)
                .map(OrderId::new)
                .toList();
        if (orders.isEmpty()) {
            return Response.ok(failed(staff, form, "nothing_chosen", List.of())).build();
        }
        var until = form.containsKey("honour")
                ? Optional.of(clock.instant().plus(HONOURED))
                : Optional.<java.time.Instant>empty();
        if (!form.containsKey("go")) {
            var chosen = orders.stream()
                    .flatMap(order -> payments.of(order).stream())
                    .toList();
            var dry = DryRun.of(chosen, orders.size(), until, clock.instant());
            return Response.ok(failed(staff, form, "", words(dry))).build();
        }
        var why = StaffDoor.reason(form.getFirst("reason"));
        var key = StaffDoor.key(form);
        if (why.isEmpty() || key.isEmpty()) {
            return Response.ok(failed(staff, form, "reason_needed", List.of())).build();
        }
        var wish = new Wish(
                staff, key.get(), key.get(), why.get(), new Chosen.Orders(orders), AskedReplay.USUAL_RATE, until);
        try {
            return switch (desk.ask(wish)) {
                case Asked.OtherWish _ -> StaffDoor.to("/staff/payments", "not_failed");
                case Asked.Stored stored ->
                    Response.seeOther(URI.create(
                                    "/staff/payments/replays/" + stored.replay().replayId()))
                            .build();
            };
        } catch (ProblemException away) {
            return StaffDoor.to("/staff/payments", "unavailable");
        }
    }

    @GET
    @Path(ID)
    public String progress(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") int after,
            @QueryParam("said") @DefaultValue("") String said) {
        String staff = door.staff(request);
        var replay = replays.find(id).orElseThrow(NotFoundException::new);
        var report = replays.report(id, after, Replays.LONGEST_PAGE);
        Map<String, Object> page = new HashMap<>(row(replay));
        page.put("orders", replay.orders());
        page.put("first", report.isEmpty() ? 0 : report.getFirst().position());
        page.put("last", report.isEmpty() ? 0 : report.getLast().position());
        page.put("after", after);
        page.put("live", replay.endedAt().isEmpty());
        page.put("paused", replay.status() == Replay.Status.paused);
        page.put("key", java.util.UUID.randomUUID().toString());
        page.put(
                "deeds",
                journeys.actions(PaymentReplay.workflowId(replay.replayId())).stream()
                        .map(deed -> StaffPages.shown(deed.at()) + " " + deed.staff() + ": " + deed.action() + " ("
                                + StaffPages.words(deed.code()) + ")")
                        .toList());
        page.put(
                "lines",
                report.stream()
                        .map(line -> Map.of(
                                "order",
                                line.orderId(),
                                "result",
                                line.result()
                                        .map(result -> StaffPages.words(result.name()))
                                        .orElse("…"),
                                "code",
                                StaffPages.words(line.code()),
                                "at",
                                line.at().map(StaffPages::shown).orElse("")))
                        .toList());
        return pages.render("replay.ftlh", staff, said, page);
    }

    @POST
    @Path(ID)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @Context ContainerRequestContext request, @PathParam("id") String id, MultivaluedMap<String, String> form) {
        String staff = door.staff(request);
        String change = JourneyPages.given(StaffDoor.fields(form), "change");
        var key = StaffDoor.key(StaffDoor.fields(form));
        var replay = replays.find(id).orElseThrow(NotFoundException::new);
        String back = "/staff/payments/replays/" + replay.replayId();
        if (!List.of("pause", "resume", "cancel").contains(change) || key.isEmpty()) {
            return StaffDoor.to(back, "not_running");
        }
        String code = actions.change(replay, change, staff, key.get());
        return StaffDoor.to(back, code.equals("ended") ? "not_running" : code);
    }

    private static List<String> words(DryRun dry) {
        var words = dry.would().entrySet().stream()
                .map(what -> StaffPages.words(what.getKey()) + ": " + what.getValue())
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        dry.totals().stream().map(Money::shown).forEach(total -> words.add("to be charged: " + total));
        return words;
    }

    private static Map<String, Object> row(FailedPayment payment, List<String> ticked) {
        return Map.of(
                "order", payment.orderId().value(),
                "total", payment.total().shown(),
                "failure", StaffPages.words(payment.failure()),
                "customer", payment.customerId().value(),
                "channel", payment.channel(),
                "at", StaffPages.shown(payment.failedAt()),
                "live", payment.live(),
                "ticked", ticked.contains(payment.orderId().value()));
    }

    private static Map<String, String> row(Replay replay) {
        return Map.of(
                "replayId", replay.replayId(),
                "by", replay.askedBy(),
                "reason", replay.reason(),
                "status", replay.status().name(),
                "left", String.valueOf(replay.left()),
                "at", StaffPages.shown(replay.askedAt()),
                "results",
                        replay.results().entrySet().stream()
                                .map(result -> StaffPages.words(result.getKey().name()) + ": " + result.getValue())
                                .collect(Collectors.joining(", ")));
    }

    private static Optional<String> optional(MultivaluedMap<String, String> asked, String field) {
        return Optional.of(JourneyPages.given(asked, field)).filter(text -> !text.isEmpty());
    }
}
