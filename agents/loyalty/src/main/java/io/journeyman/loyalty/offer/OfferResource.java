package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import io.journeyman.loyalty.points.Customers;
import io.journeyman.loyalty.points.Standing;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The tool get_applicable_offers, and the pricing of quotes. */
@Path("/offers/applicable")
@Produces(MediaType.APPLICATION_JSON)
public final class OfferResource {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public OfferResource(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @POST
    public Offers getApplicableOffers(GetApplicableOffers question) {
        Instant now = clock.instant();
        Money goods = goods(question.lines());
        return jdbi.inTransaction(handle -> {
            Standing standing = new Customers(handle).standing(question.customerId(), now);
            return new OfferEngine(standing, handle.attach(OfferTable.class).all(), now)
                    .offers(goods, question.coupon(), question.usePoints().orElse(false));
        });
    }

    private static Money goods(List<PricedLine> lines) {
        try {
            return lines.stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProblemException(Problem.of(
                    422, "amounts_unusable", "The lines must be in INR, and their sum must be an amount that exists."));
        }
    }
}
