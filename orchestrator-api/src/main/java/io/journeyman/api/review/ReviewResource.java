package io.journeyman.api.review;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Redaction;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.Sku;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the customer thinks of what they keep: they are asked, write it, and change it. */
@Path("/v1/reviews")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ReviewResource {
    private static final int LONGEST_WORDS = 1_000;

    private final Reviews reviews;
    private final Access access;

    public ReviewResource(Reviews reviews, Access access) {
        this.reviews = reviews;
        this.access = access;
    }

    /** @param words may be left out: those from before stay then, and go where they are empty */
    public record Written(OrderId orderId, Sku sku, Integer rating, Optional<String> words) {}

    /** A line that the customer was asked about. @param rating empty where they have not said */
    public record Line(
            OrderId orderId,
            Sku sku,
            String name,
            String size,
            String color,
            Instant askedAt,
            Optional<Integer> rating,
            Optional<String> words) {
        static Line of(AskedLine asked) {
            return new Line(
                    asked.orderId(),
                    asked.line().sku(),
                    asked.line().name(),
                    asked.line().size(),
                    asked.line().color(),
                    asked.askedAt(),
                    asked.review().map(Review::rating),
                    asked.review().flatMap(Review::words));
        }
    }

    public record Lines(List<Line> lines) {}

    /** As its customer sees it: also while staff have hidden it from others. */
    public record Mine(OrderId orderId, Sku sku, int rating, Optional<String> words, Instant changedAt) {}

    @GET
    public Lines list(@Auth Session session) {
        return new Lines(done(reviews.of(access.customer(session))).lines().stream()
                .map(Line::of)
                .toList());
    }

    /** Card numbers are taken out of the words before anybody else sees them. */
    @POST
    public Mine write(@Auth Session session, @HeaderParam("Idempotency-Key") String header, Written written) {
        var customer = access.customer(session);
        String key = Access.key(header);
        if (written == null || written.orderId() == null || written.sku() == null || !isRating(written.rating())) {
            throw ProblemException.of(400, "bad_request", "Give orderId, sku, and a rating of 1 to 5.");
        }
        var words = written.words().map(Redaction::redact).map(String::strip);
        if (words.filter(text -> !Words.areText(text)).isPresent()) {
            throw ProblemException.of(
                    400, "bad_request", "words hold control characters or halves of signs; send plain text.");
        }
        if (words.filter(text -> text.codePointCount(0, text.length()) > LONGEST_WORDS)
                .isPresent()) {
            throw ProblemException.of(400, "bad_request", "Say it in at most " + LONGEST_WORDS + " characters.");
        }
        var review = done(reviews.write(
                new WriteReview(written.sku(), written.orderId(), customer, written.rating(), words), key));
        return new Mine(review.orderId(), review.sku(), review.rating(), review.words(), review.changedAt());
    }

    private static boolean isRating(Integer rating) {
        return rating != null && rating >= 1 && rating <= 5;
    }

    static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<T> _ -> throw ProblemMappers.unavailable("The reviews");
        };
    }
}
