package io.journeyman.api.review;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.GetCustomerReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.SetReviewVisibility;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.ReviewId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What customers think of what they keep, at the postPurchase agent; what staff do about it is written down. */
public final class Reviews {
    private final AgentClient postPurchase;
    private final StaffJourneys staffRecord;

    public Reviews(AgentClient postPurchase, StaffJourneys staffRecord) {
        this.postPurchase = postPurchase;
        this.staffRecord = staffRecord;
    }

    /** What they were asked about, and wrote. */
    public Answer<CustomerReviews> of(CustomerId customer) {
        return postPurchase.ask(
                "getCustomerReviews", "/customer-reviews", new GetCustomerReviews(customer), CustomerReviews.class);
    }

    Answer<Review> write(WriteReview review, String key) {
        return postPurchase.change(
                "writeReview", "/reviews", digest(review.customerId() + "/" + key), review, Review.class);
    }

    public Answer<FoundReviews> find(FindReviews search) {
        return postPurchase.ask("findReviews", "/review-search", search, FoundReviews.class);
    }

    /**
     * Hides a review, or shows it again, once for each key.
     *
     * @param reason 1 to {@value StaffJourneys#LONGEST_REASON} characters
     */
    public Answer<Review> show(ReviewId id, boolean hidden, String staff, String reason, String key) {
        return staffRecord.recorded(
                new Deed(staff, "review-" + id, hidden ? "hide review" : "show review", reason, key),
                () -> postPurchase.change(
                        "setReviewVisibility",
                        "/reviews/" + AgentClient.segment(id) + "/visibility",
                        digest(staff + "/" + key),
                        new SetReviewVisibility(hidden, staff, reason),
                        Review.class),
                _ -> hidden ? "review_hidden" : "review_shown");
    }

    private static String digest(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
