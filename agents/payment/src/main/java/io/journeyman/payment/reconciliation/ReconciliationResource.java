package io.journeyman.payment.reconciliation;

import io.journeyman.contracts.Payment.ReconciledPage;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The comparison with the gateway's books over HTTP, for staff. */
@Path("/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource {
    private final Reconciliation reconciliation;

    public ReconciliationResource(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GET
    public ReconciledPage reconcilePayments(
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return reconciliation.page(instant(from), instant(to), Optional.ofNullable(after), limit);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noInstant) {
            throw new ProblemException(
                    Problem.of(400, "bad_request", "from and to are times such as 2026-11-24T00:00:00Z."));
        }
    }
}
