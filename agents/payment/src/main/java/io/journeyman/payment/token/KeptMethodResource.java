package io.journeyman.payment.token;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.ListPaymentMethods;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.Payment.RemovePaymentMethod;
import io.journeyman.contracts.Payment.RemovedPaymentMethod;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.payment.token.TokenTable.KeptCard;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import org.jdbi.v3.core.Jdbi;

/** The cards that customers had kept for the next time. */
@Path("/payment-methods")
@Produces(MediaType.APPLICATION_JSON)
public final class KeptMethodResource {
    private static final int MOST = 10;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM/yy");

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Idempotency idempotency;

    public KeptMethodResource(Jdbi jdbi, InstantSource clock, Idempotency idempotency) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.idempotency = idempotency;
    }

    @POST
    public PaymentMethods listPaymentMethods(ListPaymentMethods request) {
        CustomerId customer = request.customerId();
        return new PaymentMethods(
                customer,
                jdbi.withExtension(TokenTable.class, table -> table.kept(customer, MOST)).stream()
                        .filter(this::isGood)
                        .map(card ->
                                new KeptMethod(card.token(), card.brand(), card.last4(), card.expires(), card.label()))
                        .toList());
    }

    @POST
    @Path("/{token}/remove")
    public Response removePaymentMethod(
            @Context Call call, @PathParam("token") String token, RemovePaymentMethod request) {
        return idempotency.once(call, 200, handle -> {
            handle.attach(TokenTable.class).remove(new PaymentToken(token), request.customerId(), clock.instant());
            return new RemovedPaymentMethod(new PaymentToken(token));
        });
    }

    private boolean isGood(KeptCard card) {
        return card.expires()
                .map(expires -> YearMonth.parse(expires, MONTH))
                .filter(last -> Card.isOver(last, clock.instant()))
                .isEmpty();
    }
}
