package io.journeyman.api.reconciliation;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.api.replay.InstantParam;
import io.journeyman.contracts.Payment.ReconciledPage;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Staff compare what the payment agent has with the gateway's own books. */
@Path("/v1/payments/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource {
    /** What was begun later may be on its way, and would differ only because of that. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    /** The gateway is asked about each payment of a page, within the time that the payment agent has to answer. */
    private static final int LONGEST_PAGE = 100;

    private final AgentClient payment;
    private final Access access;
    private final InstantSource clock;

    public ReconciliationResource(AgentClient payment, Access access, InstantSource clock) {
        this.payment = payment;
        this.access = access;
        this.clock = clock;
    }

    /** @param after {@code next} of the page before */
    @GET
    public ReconciledPage reconcile(
            @Auth Session session,
            @QueryParam("from") InstantParam from,
            @QueryParam("to") InstantParam to,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        access.staff(session);
        if (from == null) {
            throw ProblemException.of(400, "bad_request", "Say from when, such as from=2026-11-24T00:00:00Z.");
        }
        Instant until = to == null ? clock.instant().minus(SETTLING) : to.value();
        String path = "/reconciliation?from=" + from.value() + "&to=" + until + "&limit="
                + Math.clamp(limit, 1, LONGEST_PAGE)
                + Optional.ofNullable(after)
                        .map(cursor -> "&after=" + AgentClient.segment(cursor))
                        .orElse("");
        return switch (payment.get("reconcilePayments", path, ReconciledPage.class)) {
            case Answer.Done<ReconciledPage> done -> done.value();
            case Answer.Refused<ReconciledPage> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<ReconciledPage> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }
}
