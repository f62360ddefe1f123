package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Step.Call;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PricedLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Where the customer's own orders stand. */
final class Orders {
    private static final int MOST = 3;
    private static final Set<OrderStatus> TRAVELS =
            Set.of(OrderStatus.confirmed, OrderStatus.shipped, OrderStatus.delivered);

    private final Scene scene;

    Orders(Scene scene) {
        this.scene = scene;
    }

    String status() {
        if (!scene.signedIn()) {
            return "To see your orders, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Arguments which = new Arguments().with("orderId", scene.wish().orderId());
        scene.callTogether(
                List.of(new Call("get_order_status", which.node()), new Call("track_parcels", which.node())));
        Done answer = scene.call("get_order_status", which);
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        List<Order> orders =
                answer.as(io.journeyman.contracts.PostPurchase.Orders.class).orders();
        Set<String> placed = beingPlaced(answer);
        String unlisted = placed.stream()
                .filter(id -> orders.stream()
                        .noneMatch(order -> order.orderId().value().equals(id)))
                .map(id -> "Order " + id + " is just being placed; news of it follow here. ")
                .collect(Collectors.joining());
        if (orders.isEmpty() && !unlisted.isEmpty()) {
            return unlisted.strip();
        }
        if (orders.isEmpty()) {
            return (scene.wish().orderId().isPresent()
                            ? "You have no order " + scene.wish().orderId().get() + ". "
                            : "You have no orders yet. ")
                    + Question.WHAT.words();
        }
        TrackedOrders tracked = tracked(which);
        StringBuilder text = new StringBuilder(unlisted);
        orders.stream()
                .limit(MOST)
                .forEach(order -> text.append(told(order, tracked, placed))
                        .append(scene.phrases().page() ? "\n" : " "));
        if (orders.size() > MOST) {
            text.append("There are ").append(orders.size() - MOST).append(" older ones. ");
        }
        return text + "What else can I do for you?";
    }

    /** What the customer has just confirmed; the list of orders may not have it yet, and calls it pending until it is paid. */
    private static Set<String> beingPlaced(Done answer) {
        return StreamSupport.stream(answer.result().path("beingPlaced").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where the parcels are, as far as fulfillment answers; the orders themselves are told in any case. */
    private TrackedOrders tracked(Arguments which) {
        Done answer = scene.call("track_parcels", which);
        return answer.problem() ? new TrackedOrders(List.of()) : answer.as(TrackedOrders.class);
    }

    private String told(Order order, TrackedOrders tracked, Set<String> placed) {
        String what = order.lines().getFirst().name()
                + (order.lines().size() > 1 ? " and " + (order.lines().size() - 1) + " more" : "");
        return "Order " + order.orderId().value() + " (" + what + ", "
                + scene.phrases().money(order.total()) + ") "
                + tracked.orders().stream()
                        .filter(ours -> ours.orderId().equals(order.orderId()))
                        .findFirst()
                        .filter(ours -> TRAVELS.contains(order.status()))
                        .filter(ours -> !ours.parcels().isEmpty())
                        .map(ours -> ours.collection()
                                .map(store -> waits(store, ours.parcels().getFirst()))
                                .orElseGet(() -> travels(order, ours.parcels())))
                        .orElseGet(() -> stands(order, placed))
                + back(order, tracked.sentBack()) + cancelled(order) + ".";
    }

    private String travels(Order order, List<Parcel> all) {
        List<Parcel> parcels = filled(all);
        if (parcels.size() == 1) {
            return travels(parcels.getFirst());
        }
        return "comes in " + parcels.size() + " parcels: "
                + parcels.stream()
                        .map(parcel -> contents(order, parcel) + " " + travels(parcel))
                        .collect(Collectors.joining("; "));
    }

    /** Without those whose pieces were all cancelled. */
    private static List<Parcel> filled(List<Parcel> parcels) {
        List<Parcel> filled =
                parcels.stream().filter(parcel -> !parcel.lines().isEmpty()).toList();
        return filled.isEmpty() ? parcels : filled;
    }

    private static String contents(Order order, Parcel parcel) {
        String what = parcel.lines().stream()
                .map(piece -> order.lines().stream()
                        .filter(line -> line.sku().equals(piece.sku()))
                        .map(PricedLine::name)
                        .findFirst()
                        .orElse(piece.sku().value()))
                .collect(Collectors.joining(" and "));
        return what
                + parcel.shipsFromName().map(place -> " from our " + place).orElse("")
                + parcel.goesTo().map(place -> " to " + place).orElse("");
    }

    private String travels(Parcel parcel) {
        String day = scene.phrases().day(parcel.expectedDate().orElse(parcel.promisedDate()));
        String number = ", tracking number " + parcel.parcelId().value();
        return switch (parcel.status()) {
            case created ->
                parcel.awaitedOn()
                        .map(due -> "is expected in the shop " + scene.phrases().day(due) + " and comes by " + day)
                        .orElse("is confirmed and being packed, and comes by " + day);
            case ready -> "is confirmed and being packed, and comes by " + day;
            case handed_over, in_transit -> "is on its way and comes by " + day + number;
            case out_for_delivery -> "is out for delivery and comes today" + number;
            case delayed -> "is delayed and now comes by " + day + number;
            case delivery_failed -> "could not be delivered; our staff look into it" + number;
            case delivered -> "was delivered" + deliveredOn(parcel);
            case cancelled -> "was called back";
        };
    }

    private String deliveredOn(Parcel parcel) {
        return parcel.events().stream()
                .filter(event -> event.status() == ParcelEventStatus.delivered)
                .findFirst()
                .map(event -> " on " + scene.phrases().day(event.happenedAt()))
                .orElse("");
    }

    /** In the store where it is collected. */
    private String waits(StoreCollection kept, Parcel parcel) {
        String store = "the " + kept.storeName().orElse(kept.storeId().value());
        return switch (kept.status()) {
            case waiting ->
                "is being set aside at " + store + " and should be ready by "
                        + scene.phrases().day(parcel.promisedDate());
            case ready ->
                "is ready at " + store + ", which keeps it until "
                        + scene.phrases().day(kept.keepUntil()) + "; your pickup code is " + kept.pickupCode();
            case picked_up -> "was collected at " + store + deliveredOn(parcel);
            case not_collected -> "was not collected in time";
            case cancelled -> "is not kept any more";
        };
    }

    private String stands(Order order, Set<String> placed) {
        return switch (order.status()) {
            case pending -> {
                if (placed.contains(order.orderId().value())) {
                    yield "is just being placed; news of it follow here";
                }
                yield order.exchange().isPresent()
                        ? "is set aside until what goes back for it is here"
                        : "waits for its payment";
            }
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

    /** What comes back, or came back, and what goes to the customer for it. @param sentBack newest first */
    private String back(Order order, List<TrackedSendBack> sentBack) {
        return order.returns().stream()
                .map(one -> "; its return " + one.returnId()
                        + switch (one.status()) {
                            case requested -> " waits for the parcel";
                            case inspected -> " is accepted";
                            case refunded ->
                                " is refunded with " + scene.phrases().money(one.refund());
                            case refused -> " was not accepted";
                            case replaced -> " is accepted with a new piece for it";
                            case repaired -> " is accepted and repaired";
                            case not_received -> " is closed, because nothing came";
                            case cancelled -> " is cancelled";
                        }
                        + one.exchangedFor()
                                .map(other -> ", and order " + other + " comes for it")
                                .orElse("")
                        + sentBack.stream()
                                .filter(parcel -> parcel.returnId().equals(one.returnId()))
                                .findFirst()
                                .map(this::goesBack)
                                .orElse(""))
                .collect(Collectors.joining());
    }

    private String goesBack(TrackedSendBack back) {
        String what = switch (back.because()) {
            case replaced -> ", which ";
            case repaired -> ", and ";
            case refused -> ", and what you had sent ";
        };
        return back.parcels().stream().map(this::comes).collect(Collectors.joining("; and ", what, ""));
    }

    private String comes(Parcel parcel) {
        return parcel.status() == ParcelStatus.created
                ? "is being packed, and comes by " + scene.phrases().day(parcel.promisedDate())
                : travels(parcel);
    }

    /** What is not sent. */
    private String cancelled(Order order) {
        return order.cancellations().stream()
                .filter(one -> one.status() != CancellationStatus.closed)
                .map(one -> "; of it "
                        + Phrases.pieces(
                                one.lines().stream().mapToInt(Line::quantity).sum())
                        + (one.status() == CancellationStatus.requested ? " shall be cancelled" : " cancelled")
                        + " (" + one.cancellationId() + ", "
                        + scene.phrases().money(one.refund()) + ")")
                .collect(Collectors.joining());
    }

    private String on(Order order) {
        return order.transitions().stream()
                .filter(transition -> transition.to() == OrderStatus.delivered)
                .reduce((first, second) -> second)
                .map(transition -> " on " + scene.phrases().day(transition.at()))
                .orElse("");
    }
}
