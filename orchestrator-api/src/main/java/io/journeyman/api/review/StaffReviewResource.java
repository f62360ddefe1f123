package io.journeyman.api.review;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Moments;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.ReviewState;
import io.journeyman.contracts.ReviewId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;

/** Reviews for scripts of the staff: the same search and the same record as in the console. */
@Path("/v1/staff/reviews")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class StaffReviewResource {
    static final int PAGE = 50;

    private static final int LONGEST_PRODUCT = 200;

    private final Reviews reviews;
    private final Access access;

    public StaffReviewResource(Reviews reviews, Access access) {
        this.reviews = reviews;
        this.access = access;
    }

    /** @param reason why, for whoever reads the record later */
    public record Visibility(boolean hidden, Optional<String> reason) {}

    @GET
    public FoundReviews find(
            @Auth Session session,
            @QueryParam("product") String product,
            @QueryParam("rating") String rating,
            @QueryParam("state") String state,
            @QueryParam("before") String before) {
        access.staff(session);
        return ReviewResource.done(
                reviews.find(
                        search(product, rating, state, before)
                                .orElseThrow(
                                        () -> ProblemException.of(
                                                400,
                                                "bad_request",
                                                "Give rating 1 to 5, state shown, hidden or unanswered, and before as 2026-11-24T18:00:00Z."))));
    }

    @POST
    @Path("/{reviewId: [A-Za-z0-9._:-]{1,64}}/visibility")
    public Review show(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("reviewId") String reviewId,
            Visibility wish) {
        String staff = access.staff(session);
        String key = Access.key(header);
        String reason = Words.reason(Optional.ofNullable(wish).flatMap(Visibility::reason))
                .orElseThrow(() -> ProblemException.of(
                        400,
                        "bad_request",
                        "Give a reason of 1 to " + StaffJourneys.LONGEST_REASON + " characters of text."));
        return ReviewResource.done(reviews.show(new ReviewId(reviewId), wish.hidden(), staff, reason, key));
    }

    /** Empty where a part of it cannot be read; what is not given, or empty, does not matter. */
    public static Optional<FindReviews> search(String product, String rating, String state, String before) {
        var stars = given(rating);
        var wanted = given(state);
        try {
            return Optional.of(new FindReviews(
                            given(product),
                            stars.filter(said -> said.matches("[1-5]")).map(Integer::parseInt),
                            wanted.flatMap(said -> Arrays.stream(ReviewState.values())
                                    .filter(known -> known.name().equals(said))
                                    .findFirst()),
                            given(before).map(Moments::instant),
                            Optional.of(PAGE)))
                    .filter(search -> search.rating().isPresent() == stars.isPresent()
                            && search.state().isPresent() == wanted.isPresent()
                            && search.product()
                                    .filter(said -> said.length() > LONGEST_PRODUCT)
                                    .isEmpty());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> given(String said) {
        return Optional.ofNullable(said).map(String::strip).filter(any -> !any.isEmpty());
    }
}
