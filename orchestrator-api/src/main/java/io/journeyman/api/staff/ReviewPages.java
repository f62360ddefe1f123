package io.journeyman.api.staff;

import io.journeyman.activities.agent.Answer;
import io.journeyman.api.review.Reviews;
import io.journeyman.api.review.StaffReviewResource;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReview;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.ReviewId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What customers think of what they bought: searched, and what does not belong there is hidden, with a reason that is kept. */
@Path("/staff/reviews")
@Produces("text/html; charset=utf-8")
public final class ReviewPages {
    private final Reviews reviews;
    private final StaffDoor door;
    private final StaffPages pages;

    public ReviewPages(Reviews reviews, StaffDoor door, StaffPages pages) {
        this.reviews = reviews;
        this.door = door;
        this.pages = pages;
    }

    @GET
    public String search(
            @Context ContainerRequestContext request,
            @Context UriInfo uri,
            @QueryParam("product") @DefaultValue("") String product,
            @QueryParam("rating") @DefaultValue("") String rating,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("said") @DefaultValue("") String said) {
        String staff = door.staff(request);
        var page = new HashMap<String, Object>(Map.of("product", product, "rating", rating, "state", state));
        var search = StaffReviewResource.search(product, rating, state, before);
        var found = search.map(this::found).orElse(new Found(List.of(), "That cannot be looked for: choose anew."));
        page.put("trouble", found.trouble());
        page.put("reviews", found.reviews().stream().map(ReviewPages::row).toList());
        page.put(
                "next",
                search.flatMap(FindReviews::limit)
                        .filter(most -> found.reviews().size() == most)
                        .map(full -> uri.getRequestUriBuilder()
                                .replaceQueryParam("said")
                                .replaceQueryParam(
                                        "before", found.reviews().getLast().at())
                                .build()
                                .getRawQuery())
                        .orElse(""));
        page.put("key", UUID.randomUUID().toString());
        return pages.render("reviews.ftlh", staff, said, page);
    }

    /** @param trouble why there are none; empty where there is nothing wrong */
    private record Found(List<FoundReview> reviews, String trouble) {}

    private Found found(FindReviews search) {
        return switch (reviews.find(search)) {
            case Answer.Done<FoundReviews>(FoundReviews found) -> new Found(found.reviews(), "");
            case Answer.Refused<FoundReviews> refused ->
                new Found(List.of(), refused.problem().detail());
            case Answer.Unavailable<FoundReviews> _ ->
                new Found(List.of(), "The postPurchase agent does not answer. Look again in a moment.");
        };
    }

    @POST
    @Path("/{reviewId: [A-Za-z0-9._:-]{1,64}}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response show(
            @Context ContainerRequestContext request,
            @PathParam("reviewId") String reviewId,
            MultivaluedMap<String, String> posted) {
        String staff = door.staff(request);
        var form = StaffDoor.fields(posted);
        var why = StaffDoor.reason(form.getFirst("reason"));
        var key = StaffDoor.key(form);
        if (why.isEmpty() || key.isEmpty()) {
            return StaffDoor.to("/staff/reviews", "reason_needed");
        }
        boolean hidden = form.containsKey("hide");
        String said =
                switch (reviews.show(new ReviewId(reviewId), hidden, staff, why.get(), key.get() + "-" + reviewId)) {
                    case Answer.Done<Review> _ -> hidden ? "review_hidden" : "review_shown";
                    case Answer.Refused<Review> refused -> refused.problem().code();
                    case Answer.Unavailable<Review> _ -> "agent_unavailable";
                };
        return StaffDoor.to("/staff/reviews", said);
    }

    private static Map<String, Object> row(FoundReview found) {
        Optional<Review> review = found.review();
        return Map.of(
                "id", review.map(Review::reviewId).map(ReviewId::value).orElse(""),
                "what",
                        found.line().name() + ", " + found.line().size() + ", "
                                + found.line().color(),
                "product", found.line().productId().value(),
                "order", found.orderId().value(),
                "customer", found.customerId().value(),
                "rating", review.map(Review::rating).orElse(0),
                "words", review.flatMap(Review::words).orElse(""),
                "when", StaffPages.shown(found.at()),
                "hidden",
                        review.flatMap(Review::hidden)
                                .map(hidden -> hidden.by() + ": " + hidden.reason())
                                .orElse(""));
    }
}
