package io.journeyman.api.staff;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.Remedy;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The console's actions for scripts of the staff: the same rules, the same record. */
@Path("/v1/staff/journeys/{id: [A-Za-z0-9._:-]{1,90}}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class StaffActionResource {
    private static final List<String> DONE = List.of(
            "cancelling",
            "retrying",
            "extended",
            "resent",
            "arrived",
            "inspected",
            "replacement_gone",
            "chosen",
            "paid_out");

    private static final int MOST_LINES = 50;

    private final StaffJourneys journeys;
    private final StaffActions actions;
    private final Access access;

    public StaffActionResource(StaffJourneys journeys, StaffActions actions, Access access) {
        this.journeys = journeys;
        this.actions = actions;
        this.access = access;
    }

    /** @param reason why, for whoever reads the record later @param until for extend only */
    public record Asked(Optional<String> reason, Optional<Instant> until) {}

    /** @param reason a word on the parcel, for whoever reads the record later @param remedy of a claim; a refund where it is not said */
    public record Inspected(Optional<String> reason, List<InspectedLine> lines, Optional<Remedy> remedy) {}

    /** @param reason why, for whoever reads the record later */
    public record Chosen(Optional<String> reason, Optional<Remedy> remedy) {}

    public record Code(String code) {}

    @POST
    @Path("/cancel")
    public Code cancel(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        return answer(actions.cancel(wish(session, header, id, asked)));
    }

    @POST
    @Path("/retry-now")
    public Code retryNow(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        return answer(actions.retryNow(wish(session, header, id, asked)));
    }

    @POST
    @Path("/extend")
    public Code extend(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        var wish = wish(session, header, id, asked);
        var until = asked.until()
                .orElseThrow(
                        () -> ProblemException.of(400, "bad_request", "Say until when, such as 2026-11-24T18:00:00Z."));
        return answer(actions.extend(wish, until));
    }

    @POST
    @Path("/resend-confirmation")
    public Code resend(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        return answer(actions.resend(wish(session, header, id, asked)));
    }

    /** A return's parcel is there. */
    @POST
    @Path("/arrived")
    public Code arrived(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        return answer(actions.arrived(wish(session, header, id, asked)));
    }

    /** What was found in a return's parcel: each of its lines, with all its pieces. */
    @POST
    @Path("/inspection")
    public Code inspect(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Inspected inspected) {
        var asked = new Asked(Optional.ofNullable(inspected).flatMap(Inspected::reason), Optional.empty());
        var wish = wish(session, header, id, asked);
        if (inspected.lines().isEmpty() || inspected.lines().size() > MOST_LINES) {
            throw ProblemException.of(400, "bad_request", "Give lines: 1 to " + MOST_LINES + ".");
        }
        return answer(actions.inspect(wish, inspected.lines(), inspected.remedy()));
    }

    /** What the customer of a claim gets, which waits for another piece in vain. */
    @POST
    @Path("/remedy")
    public Code chooseRemedy(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Chosen chosen) {
        var asked = new Asked(Optional.ofNullable(chosen).flatMap(Chosen::reason), Optional.empty());
        var wish = wish(session, header, id, asked);
        var remedy = chosen.remedy()
                .orElseThrow(
                        () -> ProblemException.of(400, "bad_request", "Give a remedy: refund, replace or repair."));
        return answer(actions.chooseRemedy(wish, remedy));
    }

    /** The reason is by what the payment is found again, such as the bank's reference. */
    @POST
    @Path("/paid-out")
    public Code paidOut(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Asked asked) {
        return answer(actions.paidOut(wish(session, header, id, asked)));
    }

    private StaffActions.Wish wish(Session session, String header, String id, Asked asked) {
        String staff = access.staff(session);
        String key = Access.key(header);
        String reason = Words.reason(Optional.ofNullable(asked).flatMap(Asked::reason))
                .orElseThrow(() -> ProblemException.of(400, "bad_request", StaffPages.said("reason_needed")));
        var journey = journeys.find(id)
                .orElseThrow(() ->
                        ProblemException.of(404, "journey_unknown", "There is no such order, reservation or return."));
        return new StaffActions.Wish(staff, journey, reason, key);
    }

    private static Code answer(String code) {
        if (DONE.contains(code)) {
            return new Code(code);
        }
        throw code.equals("unavailable")
                ? ProblemMappers.unavailable("The shop's workflow engine")
                : ProblemException.of(409, code, StaffPages.said(code));
    }
}
