package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.ShopOffers;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.loyalty.points.Customers;
import io.journeyman.loyalty.points.Standing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The tool get_applicable_offers, which prices quotes too, and the offers that staff make and end. */
@Path("/offers")
@Produces(MediaType.APPLICATION_JSON)
public final class OfferResource {
    /** For so long a customer is still told that an offer is over; after that nobody knows it. */
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final OfferBook book;
    private final Idempotency idempotency;

    public OfferResource(Jdbi jdbi, InstantSource clock, Idempotency idempotency) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.book = new OfferBook(clock);
        this.idempotency = idempotency;
    }

    @POST
    @Path("/applicable")
    public Offers getApplicableOffers(GetApplicableOffers question) {
        Instant now = clock.instant();
        Basket basket = Basket.of(question.lines(), question.deliveryFee());
        return jdbi.inTransaction(handle -> {
            Standing standing = new Customers(handle).standing(question.customerId(), now);
            return new OfferEngine(standing, handle.attach(OfferTable.class).since(now.minus(REMEMBERED)), now)
                    .offers(basket, question.coupon(), question.usePoints().orElse(false));
        });
    }

    @GET
    public ShopOffers listOffers() {
        return new ShopOffers(jdbi.withHandle(book::all));
    }

    @POST
    public Response createOffer(@Context Call call, NewOffer offer) {
        return idempotency.once(call, 201, handle -> book.create(handle, offer));
    }

    @POST
    @Path("/{offerId}/end")
    public Response endOffer(@Context Call call, @PathParam("offerId") String offerId) {
        return idempotency.once(call, 200, handle -> book.end(handle, offerId));
    }
}
