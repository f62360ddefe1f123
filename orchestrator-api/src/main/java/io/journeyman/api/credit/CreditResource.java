package io.journeyman.api.credit;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Redaction;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.GrantCredit;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Staff give a customer store credit, and take it back as long as it is not spent; who did it and why is written down. */
@Path("/v1/customers/{customerId: [A-Za-z0-9._:-]{1,64}}/credit-grants")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CreditResource {
    private static final int LONGEST_REASON = 200;

    private final AgentClient payment;
    private final StaffJourneys staffRecord;
    private final Access access;

    public CreditResource(AgentClient payment, StaffJourneys staffRecord, Access access) {
        this.payment = payment;
        this.staffRecord = staffRecord;
        this.access = access;
    }

    /** @param reason the customer may see it */
    public record Grant(Money amount, String reason, Optional<OrderId> orderId) {}

    public record TakeBack(String reason) {}

    /** The same again under its key gives nothing twice: the grant is named after who gave it and the key. */
    @POST
    public CreditGrant grant(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("customerId") String customerId,
            Grant wish) {
        String staff = access.staff(session);
        String key = Access.key(header);
        if (wish == null || wish.amount() == null || wish.amount().minor() <= 0) {
            throw ProblemException.of(400, "bad_request", "Say how much: amount, of minor units above zero.");
        }
        String reason = reason(wish.reason());
        var grant =
                new CreditId("staff-" + UUID.nameUUIDFromBytes((staff + "/" + key).getBytes(StandardCharsets.UTF_8)));
        var body = new GrantCredit(grant, new CustomerId(customerId), wish.amount(), reason, wish.orderId());
        var granted = done(payment.change("grantCredit", "/credit-grants", grant.value(), body, CreditGrant.class));
        staffRecord.did(
                new Deed(staff, "credit-" + grant, "grant " + wish.amount().shown() + " to " + customerId, reason, key),
                granted.status().name());
        return granted;
    }

    @POST
    @Path("/{grantId: [A-Za-z0-9._:-]{1,64}}/take-back")
    public CreditGrant takeBack(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("customerId") String customerId,
            @PathParam("grantId") String grantId,
            TakeBack wish) {
        String staff = access.staff(session);
        String key = Access.key(header);
        String reason = reason(wish == null ? null : wish.reason());
        var taken = done(payment.change(
                "takeCreditBack",
                "/credit-grants/" + AgentClient.segment(grantId) + "/take-back",
                "take-back-" + grantId + "-" + key,
                CreditGrant.class));
        staffRecord.did(
                new Deed(staff, "credit-" + grantId, "take credit of " + customerId + " back", reason, key),
                taken.status().name());
        return taken;
    }

    private static String reason(String given) {
        if (given == null || given.isBlank() || given.length() > LONGEST_REASON) {
            throw ProblemException.of(
                    400, "bad_request", "Say why: a reason of at most " + LONGEST_REASON + " characters.");
        }
        return Redaction.redact(given.strip());
    }

    private static CreditGrant done(Answer<CreditGrant> answer) {
        return switch (answer) {
            case Answer.Done<CreditGrant> done -> done.value();
            case Answer.Refused<CreditGrant> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<CreditGrant> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }
}
