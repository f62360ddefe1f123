package io.journeyman.activities.review;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.RequestReviews;
import io.journeyman.contracts.PostPurchase.ReviewRequest;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.Sku;
import java.util.List;

/** Requests for reviews at the postPurchase agent. */
public final class AgentReviews implements ReviewActivities {
    private final AgentClient agent;

    public AgentReviews(AgentClient agent) {
        this.agent = agent;
    }

    @Override
    public ReviewRule reviewRule() {
        return agent.get("getReviewRule", "/review-rule", ReviewRule.class).orFail();
    }

    /** An order that was not delivered after all, or is not known, is not asked about. */
    @Override
    public List<Sku> requestReviews(OrderId order, CustomerId customer) {
        return switch (agent.change(
                "requestReviews",
                "/review-requests",
                "ask-" + order,
                new RequestReviews(order, customer),
                ReviewRequest.class)) {
            case Answer.Done<ReviewRequest>(ReviewRequest request) ->
                request.lines().stream().map(ReviewableLine::sku).toList();
            case Answer.Refused<ReviewRequest> refused
            when refused.is("not_delivered") || refused.is("unknown_order") -> List.of();
            case Answer.Refused<ReviewRequest> refused -> throw refused.failure();
            case Answer.Unavailable<ReviewRequest> unavailable -> throw unavailable.failure();
        };
    }
}
