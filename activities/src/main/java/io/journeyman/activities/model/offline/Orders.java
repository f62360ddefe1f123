package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Where the customer's own orders stand. */
final class Orders {
    private static final int MOST = 3;

    private final Scene scene;

    Orders(Scene scene) {
        this.scene = scene;
    }

    String status() {
        if (!scene.signedIn()) {
            return "To see your orders, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Done answer = scene.call(
                "get_order_status", new Arguments().with("orderId", scene.wish().orderId()));
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        List<Order> orders =
                answer.as(io.journeyman.contracts.PostPurchase.Orders.class).orders();
        if (orders.isEmpty()) {
            return (scene.wish().orderId().isPresent()
                            ? "You have no order " + scene.wish().orderId().get() + ". "
                            : "You have no orders yet. ")
                    + Question.WHAT.words();
        }
        StringBuilder text = new StringBuilder();
        orders.stream()
                .limit(MOST)
                .forEach(
                        order -> text.append(told(order)).append(scene.phrases().page() ? "\n" : " "));
        if (orders.size() > MOST) {
            text.append("There are ").append(orders.size() - MOST).append(" older ones. ");
        }
        return text + "What else can I do for you?";
    }

    private String told(Order order) {
        String what = order.lines().getFirst().name()
                + (order.lines().size() > 1 ? " and " + (order.lines().size() - 1) + " more" : "");
        return "Order " + order.orderId().value() + " (" + what + ", "
                + scene.phrases().money(order.total()) + ") " + stands(order) + back(order) + ".";
    }

    private String stands(Order order) {
        return switch (order.status()) {
            case pending -> "waits for its payment";
            case confirmed -> "is confirmed and comes by " + scene.phrases().day(order.promisedDate());
            case shipped ->
                "is on its way and comes by " + scene.phrases().day(order.promisedDate())
                        + order.trackingId()
                                .map(id -> ", tracking number " + id)
                                .orElse("");
            case delivered -> "was delivered" + on(order);
            case cancelled -> "is cancelled";
            case payment_failed -> "was closed because its payment failed";
        };
    }

    /** What comes back, or came back. */
    private String back(Order order) {
        return order.returns().stream()
                .map(one -> "; its return " + one.returnId()
                        + switch (one.status()) {
                            case requested -> " waits for the parcel";
                            case inspected -> " is accepted";
                            case refunded ->
                                " is refunded with " + scene.phrases().money(one.refund());
                            case refused -> " was not accepted";
                            case not_received -> " is closed, because nothing came";
                            case cancelled -> " is cancelled";
                        })
                .collect(Collectors.joining());
    }

    private String on(Order order) {
        return order.transitions().stream()
                .filter(transition -> transition.to() == OrderStatus.delivered)
                .reduce((first, second) -> second)
                .map(transition -> " on "
                        + scene.phrases()
                                .day(transition
                                        .at()
                                        .atZone(java.time.ZoneId.of("Asia/Kolkata"))
                                        .toLocalDate()))
                .orElse("");
    }
}
