package io.journeyman.api.replay;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.activities.replay.FailedPayments;
import io.journeyman.activities.replay.FailedPayments.Filter;
import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.Replays;
import io.journeyman.activities.replay.Replays.Asked;
import io.journeyman.activities.replay.Replays.Chosen;
import io.journeyman.activities.staff.Position;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.api.staff.StaffActions;
import io.journeyman.contracts.OrderId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Staff have failed payments tried again: one, or all that fit a filter; first dry, then for good. */
@Path("/v1/payments")
@Produces(MediaType.APPLICATION_JSON)
public final class ReplayResource {
    private static final String ID = "/replays/{id: [A-Za-z0-9-]{1,40}}";

    private final FailedPayments payments;
    private final Replays replays;
    private final ReplayDesk desk;
    private final StaffActions actions;
    private final Access access;
    private final InstantSource clock;

    public ReplayResource(
            FailedPayments payments,
            Replays replays,
            ReplayDesk desk,
            StaffActions actions,
            Access access,
            InstantSource clock) {
        this.payments = payments;
        this.replays = replays;
        this.desk = desk;
        this.actions = actions;
        this.access = access;
        this.clock = clock;
    }

    /** @param after {@code next} of the page before */
    @GET
    @Path("/failed")
    public Failed failed(
            @Auth Session session,
            @QueryParam("failure") String failure,
            @QueryParam("from") InstantParam from,
            @QueryParam("to") InstantParam to,
            @QueryParam("leastMinor") Long least,
            @QueryParam("mostMinor") Long most,
            @QueryParam("channel") String channel,
            @QueryParam("customerId") String customer,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        access.staff(session);
        var filter = new Filter(
                given(failure),
                Optional.ofNullable(from).map(InstantParam::value),
                Optional.ofNullable(to).map(InstantParam::value),
                Optional.ofNullable(least),
                Optional.ofNullable(most),
                given(channel),
                given(customer));
        var found = payments.find(filter, given(after).map(ReplayResource::position), limit);
        return new Failed(
                found,
                found.size() < Math.clamp(limit, 1, FailedPayments.LONGEST_PAGE)
                        ? Optional.empty()
                        : Optional.of(found.getLast().position().toString()));
    }

    private static Position position(String text) {
        return Position.parse(text)
                .orElseThrow(() -> ProblemException.of(400, "bad_request", "after is the next of the page before."));
    }

    @POST
    @Path("/replays")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replay(@Auth Session session, @HeaderParam("Idempotency-Key") String header, AskedReplay asked) {
        String staff = access.staff(session);
        String key = Access.key(header);
        if (asked == null) {
            throw ProblemException.of(400, "bad_request", "Say which payments: orderIds or filter, and a reason.");
        }
        if (asked.dryRun().orElse(false)) {
            return Response.ok(dry(asked)).build();
        }
        return switch (desk.ask(asked.wish(staff, key, clock.instant()))) {
            case Asked.OtherWish _ ->
                throw ProblemException.of(
                        422, "key_used", "This Idempotency-Key was used for another request; make a new one.");
            case Asked.Stored stored ->
                Response.status(stored.fresh() ? 201 : 200)
                        .entity(stored.replay())
                        .build();
        };
    }

    private DryRun dry(AskedReplay asked) {
        asked.priceUntil(clock.instant());
        return switch (asked.chosen()) {
            case Chosen.Orders(List<OrderId> orders) ->
                DryRun.of(
                        orders.stream()
                                .flatMap(order -> payments.of(order).stream())
                                .toList(),
                        orders.size(),
                        asked.honourPriceUntil(),
                        clock.instant());
            case Chosen.Fitting(Filter filter, int cap) -> {
                var fitting = new java.util.ArrayList<FailedPayment>();
                Optional<Position> last = Optional.empty();
                while (fitting.size() < cap) {
                    var page = payments.find(filter, last, Math.min(FailedPayments.LONGEST_PAGE, cap - fitting.size()));
                    if (page.isEmpty()) {
                        break;
                    }
                    fitting.addAll(page);
                    last = Optional.of(page.getLast().position());
                }
                yield DryRun.of(fitting, fitting.size(), asked.honourPriceUntil(), clock.instant());
            }
        };
    }

    @GET
    @Path("/replays")
    public Latest latest(@Auth Session session) {
        access.staff(session);
        return new Latest(replays.latest(20));
    }

    @GET
    @Path(ID)
    public Replay find(@Auth Session session, @PathParam("id") String id) {
        access.staff(session);
        return known(id);
    }

    @POST
    @Path(ID + "/pause")
    @Consumes(MediaType.WILDCARD)
    public Replay pause(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return change(session, header, id, "pause");
    }

    @POST
    @Path(ID + "/resume")
    @Consumes(MediaType.WILDCARD)
    public Replay resume(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return change(session, header, id, "resume");
    }

    @POST
    @Path(ID + "/cancel")
    @Consumes(MediaType.WILDCARD)
    public Replay cancel(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return change(session, header, id, "cancel");
    }

    private Replay change(Session session, String header, String id, String change) {
        String staff = access.staff(session);
        String key = Access.key(header);
        return switch (actions.change(known(id), change, staff, key)) {
            case "not_running", "ended" ->
                throw ProblemException.of(409, "not_running", "This replay has ended already.");
            case "unavailable" -> throw ProblemMappers.unavailable("The shop's workflow engine");
            default -> known(id);
        };
    }

    /** @param after the position of the last line of the page before */
    @GET
    @Path(ID + "/report")
    public Report report(
            @Auth Session session,
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") int after,
            @QueryParam("limit") @DefaultValue("500") int limit) {
        access.staff(session);
        return new Report(known(id).replayId(), replays.report(id, after, limit));
    }

    /** The whole report, for a spreadsheet (RFC 4180). Ids and codes only: nothing that a spreadsheet would take for a formula. */
    @GET
    @Path(ID + "/report.csv")
    @Produces("text/csv")
    public Response csv(@Auth Session session, @PathParam("id") String id) {
        access.staff(session);
        String replay = known(id).replayId();
        StreamingOutput lines = out -> {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write("position,orderId,result,code,at\r\n");
            var page = replays.report(replay, 0, Replays.LONGEST_PAGE);
            while (!page.isEmpty()) {
                for (var line : page) {
                    writer.write(line.position() + "," + line.orderId() + ","
                            + line.result().map(Enum::name).orElse("") + "," + line.code() + ","
                            + line.at().map(Object::toString).orElse("") + "\r\n");
                }
                page = replays.report(replay, page.getLast().position(), Replays.LONGEST_PAGE);
            }
            writer.flush();
        };
        return Response.ok(lines, "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + replay + ".csv\"")
                .build();
    }

    private Replay known(String id) {
        return replays.find(id)
                .orElseThrow(() -> ProblemException.of(404, "replay_unknown", "There is no such replay."));
    }

    private static Optional<String> given(String text) {
        if (text != null && !Words.areText(text)) {
            throw ProblemException.of(400, "bad_request", "The search holds control characters; send plain text.");
        }
        return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** @param next where the page after this one begins; empty when this is the last one */
    public record Failed(List<FailedPayment> payments, Optional<String> next) {}

    public record Latest(List<Replay> replays) {}

    public record Report(String replayId, List<Replay.Line> lines) {}
}
