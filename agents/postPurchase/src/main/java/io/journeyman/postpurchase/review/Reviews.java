package io.journeyman.postpurchase.review;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReview;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.RequestReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.ReviewHidden;
import io.journeyman.contracts.PostPurchase.ReviewOutcome;
import io.journeyman.contracts.PostPurchase.ReviewRequest;
import io.journeyman.contracts.PostPurchase.ReviewState;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.PostPurchase.SetReviewVisibility;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ReviewId;
import io.journeyman.kit.ProblemException;
import io.journeyman.postpurchase.review.ReviewTable.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What customers think of what they keep, within the caller's transaction. Only who bought it, and has it, says something of it: an order is
 * asked about once, and a line of it has one review.
 */
final class Reviews {
    /** What was asked for longer ago is not shown to its customer any more. */
    private static final Duration ASKED_WITHIN = Duration.ofDays(90);

    private static final int MOST_LINES = 50;
    private static final int USUAL_PAGE = 50;

    private final ReviewTable table;

    Reviews(Handle handle) {
        this.table = handle.attach(ReviewTable.class);
    }

    /** @throws ProblemException unknown_order, not_delivered */
    ReviewRequest request(RequestReviews wanted, Instant now) {
        OrderId order = wanted.orderId();
        checkDelivered(order, wanted.customerId());
        Optional<ReviewOutcome> before = table.outcome(order);
        if (before.isPresent()) {
            return new ReviewRequest(order, before.get(), table.askedAbout(order));
        }
        boolean wants = table.wantsToBeAsked(wanted.customerId());
        List<ReviewableLine> lines = wants
                ? table.keptWithoutReview(order).stream().limit(MOST_LINES).toList()
                : List.of();
        ReviewOutcome outcome =
                !wants ? ReviewOutcome.not_wanted : lines.isEmpty() ? ReviewOutcome.nothing_kept : ReviewOutcome.asked;
        table.ask(order, wanted.customerId(), outcome, now);
        lines.forEach(line -> table.askAbout(order, line.sku()));
        return new ReviewRequest(order, outcome, lines);
    }

    /** @throws ProblemException unknown_order, not_delivered, not_in_order, not_kept */
    Review write(WriteReview wanted, Instant now) {
        OrderId order = wanted.orderId();
        checkDelivered(order, wanted.customerId());
        ReviewableLine line = table.line(order, wanted.sku())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409,
                        "not_in_order",
                        "The order has no " + wanted.sku() + ".",
                        "Read the order and name one of its lines.")));
        if (table.review(order, wanted.sku()).isEmpty() && !table.isKept(order, wanted.sku())) {
            throw new ProblemException(Problem.of(
                    409, "not_kept", "All of that went back, or was never sent: only what is kept is reviewed."));
        }
        table.write(new ReviewId("RV-" + UUID.randomUUID()), wanted, line, now);
        return table.review(order, wanted.sku()).map(Reviews::written).orElseThrow();
    }

    /** Hidden twice, it keeps who hid it first, and why. @throws ProblemException unknown_review */
    Review show(ReviewId id, SetReviewVisibility wish, Instant now) {
        if (wish.hidden()) {
            table.hide(id, wish.by(), wish.reason(), now);
        } else {
            table.show(id);
        }
        return table.review(id)
                .map(Reviews::written)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404, "unknown_review", "There is no such review.", "Look for it among the latest.")));
    }

    CustomerReviews of(CustomerId customer, Instant now) {
        return new CustomerReviews(table.askedOf(customer, now.minus(ASKED_WITHIN), MOST_LINES).stream()
                .map(said -> new AskedLine(said.orderId(), said.line(), said.at(), review(said)))
                .toList());
    }

    FoundReviews find(FindReviews search) {
        int most = search.limit().orElse(USUAL_PAGE);
        List<Said> found = search.state().equals(Optional.of(ReviewState.unanswered))
                ? table.unanswered(search, most)
                : table.written(search, most);
        return new FoundReviews(found.stream()
                .map(said -> new FoundReview(said.orderId(), said.customerId(), said.line(), said.at(), review(said)))
                .toList());
    }

    private void checkDelivered(OrderId order, CustomerId customer) {
        OrderStatus status = table.lockOrder(order, customer)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "unknown_order",
                        "There is no such order.",
                        "Ask for the latest orders and use one of their ids.")));
        if (status != OrderStatus.delivered) {
            throw new ProblemException(Problem.of(
                    409,
                    "not_delivered",
                    "The order is " + status + ": it is reviewed once it has arrived.",
                    "Try again when it is delivered."));
        }
    }

    private static Review written(Said said) {
        return review(said).orElseThrow();
    }

    private static Optional<Review> review(Said said) {
        var written = said.written();
        return written.reviewId()
                .map(id -> new Review(
                        id,
                        said.orderId(),
                        said.line().sku(),
                        said.line().productId(),
                        said.customerId(),
                        written.rating().orElseThrow(),
                        written.words(),
                        written.writtenAt().orElseThrow(),
                        written.changedAt().orElseThrow(),
                        written.hiddenAt()
                                .map(at -> new ReviewHidden(
                                        written.hiddenBy().orElseThrow(),
                                        written.hiddenFor().orElseThrow(),
                                        at))));
    }
}
