package io.journeyman.payment.token;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.ForgetCards;
import io.journeyman.contracts.Payment.ForgottenCards;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.ListKeptCards;
import io.journeyman.contracts.Payment.NamedCard;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The cards that customers had kept, in words: told without what stands for them, and forgotten. */
@Path("/kept-cards")
@Produces(MediaType.APPLICATION_JSON)
public final class KeptCardResource {
    private static final int MOST_CARDS = 10;
    private static final int MOST_ORDERS = 20;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Idempotency idempotency;

    public KeptCardResource(Jdbi jdbi, InstantSource clock, Idempotency idempotency) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.idempotency = idempotency;
    }

    @POST
    public KeptCards listKeptCards(ListKeptCards request) {
        CustomerId customer = request.customerId();
        return jdbi.withExtension(
                KeptCardTable.class,
                table -> new KeptCards(
                        customer,
                        table.kept(customer, MOST_CARDS).stream()
                                .map(card -> new KeptCard(
                                        card.brand(),
                                        card.last4(),
                                        card.expires(),
                                        card.brand() + " ending " + card.last4(),
                                        table.payingFor(customer, card, MOST_ORDERS)))
                                .toList()));
    }

    @POST
    @Path("/forget")
    public Response forgetCards(@Context Call call, ForgetCards request) {
        return idempotency.once(call, 200, handle -> forget(handle, request));
    }

    private ForgottenCards forget(Handle handle, ForgetCards wanted) {
        var table = handle.attach(KeptCardTable.class);
        Instant now = clock.instant();
        CustomerId customer = wanted.customerId();
        table.ask(wanted.removalId(), customer, now);
        Instant asked = table.asked(wanted.removalId(), customer)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409,
                        "removal_differs",
                        "That removal was asked for by somebody else.",
                        "Use a new removalId for another removal.")));
        for (NamedCard card : wanted.cards()) {
            table.forget(customer, card, asked, now);
        }
        List<OrderId> paying = wanted.cards().stream()
                .flatMap(card -> table.payingFor(customer, card, MOST_ORDERS).stream())
                .distinct()
                .toList();
        return new ForgottenCards(wanted.removalId(), paying);
    }
}
