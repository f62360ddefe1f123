package io.journeyman.api.staff;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Fulfillment.HandOver;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.delivery.Delivery;

/** What a store does with an order that is collected there: the fulfillment agent decides and keeps it, and the delivery looks at once. */
public final class StoreDesk {
    private final AgentClient fulfillment;
    private final Engine engine;

    public StoreDesk(AgentClient fulfillment, Engine engine) {
        this.fulfillment = fulfillment;
        this.engine = engine;
    }

    /**
     * @return ready, not_collected, cancelled, unknown_collection
     * @throws ProblemException the agent does not answer
     */
    String ready(OrderId order, String key) {
        return said(
                order,
                "ready",
                fulfillment.change("markOrderReady", path(order) + "/ready", "store-" + key, StoreCollection.class));
    }

    /**
     * @param code as the customer says it
     * @return handed_over, wrong_code, not_collected, cancelled, unknown_collection
     * @throws ProblemException the agent does not answer
     */
    String handOver(OrderId order, String code, String key) {
        return said(
                order,
                "handed_over",
                fulfillment.change(
                        "handOver",
                        path(order) + "/hand-over",
                        "store-" + key,
                        new HandOver(code),
                        StoreCollection.class));
    }

    private String said(OrderId order, String done, Answer<StoreCollection> answer) {
        return switch (answer) {
            case Answer.Done<StoreCollection> _ -> {
                engine.hint(Delivery.workflowId(order), "parcelMoved");
                yield done;
            }
            case Answer.Refused<StoreCollection> refused -> refused.problem().code();
            case Answer.Unavailable<StoreCollection> _ -> throw ProblemMappers.unavailable("The fulfillment service");
        };
    }

    private static String path(OrderId order) {
        return "/order-collections/" + AgentClient.segment(order);
    }
}
