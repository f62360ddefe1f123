package io.journeyman.postpurchase.review;

import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.GetCustomerReviews;
import io.journeyman.contracts.PostPurchase.ProductRatings;
import io.journeyman.contracts.PostPurchase.RateProducts;
import io.journeyman.contracts.PostPurchase.RequestReviews;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.ReviewWish;
import io.journeyman.contracts.PostPurchase.SetReviewVisibility;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.ReviewId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Reviews over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ReviewResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public ReviewResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @GET
    @Path("review-rule")
    public ReviewRule getReviewRule() {
        return jdbi.withExtension(ReviewTable.class, ReviewTable::rule);
    }

    @PUT
    @Path("review-rule")
    public Response setReviewRule(@Context Call call, ReviewRule rule) {
        return idempotency.once(call, 200, handle -> {
            var table = handle.attach(ReviewTable.class);
            table.rule(rule);
            return table.rule();
        });
    }

    @POST
    @Path("review-requests")
    public Response requestReviews(@Context Call call, RequestReviews wanted) {
        return idempotency.once(call, 201, handle -> new Reviews(handle).request(wanted, clock.instant()));
    }

    @POST
    @Path("reviews")
    public Response writeReview(@Context Call call, WriteReview wanted) {
        return idempotency.once(call, 200, handle -> new Reviews(handle).write(wanted, clock.instant()));
    }

    @POST
    @Path("reviews/{reviewId}/visibility")
    public Response setReviewVisibility(
            @Context Call call, @PathParam("reviewId") String id, SetReviewVisibility wish) {
        return idempotency.once(call, 200, handle -> new Reviews(handle).show(new ReviewId(id), wish, clock.instant()));
    }

    @POST
    @Path("customer-reviews")
    public CustomerReviews getCustomerReviews(GetCustomerReviews asked) {
        return jdbi.withHandle(handle -> new Reviews(handle).of(asked.customerId(), clock.instant()));
    }

    @POST
    @Path("review-search")
    public FoundReviews findReviews(FindReviews search) {
        return jdbi.withHandle(handle -> new Reviews(handle).find(search));
    }

    @POST
    @Path("product-ratings")
    public ProductRatings rateProducts(RateProducts asked) {
        return jdbi.withExtension(ReviewTable.class, table -> new ProductRatings(table.ratings(asked.productIds())));
    }

    @POST
    @Path("review-wishes")
    public Response wishReviews(@Context Call call, ReviewWish wish) {
        return idempotency.once(call, 200, handle -> {
            handle.attach(ReviewTable.class).wish(wish, clock.instant());
            return wish;
        });
    }
}
