package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;
import static io.journeyman.bench.chaos.LyingNetwork.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.util.List;
import java.util.Map;

/** Promise 3: compensations, points, and what nobody collects. */
final class UndoneBreakages {
    private final BrokenShop shop;

    UndoneBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    List<Breakage> all() {
        return List.of(
                new Breakage(
                        "leaves the hold that its compensation does not reach",
                        () -> isLeft(
                                Part.inventory,
                                "/holds/ORDER/release",
                                Lies.hold("ORDER", "released"),
                                "and its hold")),
                new Breakage(
                        "leaves the parcel that its compensation does not reach",
                        () -> isLeft(
                                Part.fulfillment,
                                "/shipments/ORDER/cancel",
                                Lies.cancelledShipment("ORDER"),
                                "and its parcel")),
                new Breakage(
                        "leaves the points that their compensation does not reach",
                        () -> isLeft(
                                Part.loyalty,
                                "/benefits/ORDER/release",
                                Map.of("orderId", "ORDER", "status", "released", "points", 0, "earned", 0),
                                "and its benefits")),
                new Breakage("leaves the payment that its compensation does not reach", this::isStillCharged),
                new Breakage("owes points when they do not reach the account", this::owesPoints),
                new Breakage(
                        "refunds what is handed over when the store is not asked first", this::refundsWhatIsHandedOver),
                new Breakage(
                        "keeps the money of what nobody collected when the refund does not reach the gateway",
                        this::keepsTheMoney));
    }

    /** The parcel is refused after it was made, so that all that was done before has to be undone. */
    private Proof isLeft(Part agent, String path, Map<String, Object> answer, String words) throws Exception {
        var order = isRefusedAfterItsParcel(agent, path, answer);
        return audited -> audited.names(Promise.all_or_nothing, "order " + order + " is cancelled, " + words);
    }

    private Proof isStillCharged() throws Exception {
        var order = isRefusedAfterItsParcel(Part.payment, "/attempts/ORDER/1/void", Lies.attempt("ORDER", "voided"));
        return audited -> {
            audited.names(Promise.all_or_nothing, "order " + order + " is cancelled, and its attempt");
            audited.names(Promise.charged_once, "order " + order + " is cancelled, and charge");
        };
    }

    private String isRefusedAfterItsParcel(Part agent, String path, Map<String, Object> answer) throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.lieTo(Part.fulfillment, about("/shipments", order), (call, parcels) -> {
            parcels.send(call);
            return answer(422, Problem.of(422, "option_gone", "The carrier does not come any more."));
        });
        shop.network.swallow(
                agent,
                path.replace("ORDER", order),
                Json.tree(Json.write(answer).replace("ORDER", order)));

        buyer.pays(proposal);

        return order;
    }

    private Proof owesPoints() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.swallow(
                Part.loyalty,
                "/benefits/" + order + "/commit",
                Map.of("orderId", order, "status", "committed", "points", 0, "earned", 10));

        buyer.pays(proposal);

        return audited -> audited.names(
                Promise.all_or_nothing, "order " + order + " is confirmed, and its points and offers are");
    }

    private Proof refundsWhatIsHandedOver() throws Exception {
        var buyer = shop.comesIn();
        var order = waitsInItsStore(buyer);
        shop.network.lieTo(
                Part.fulfillment,
                call -> call.path().equals("/withdrawals") && call.body().contains("CN-" + order.substring(3)),
                (call, agent) -> {
                    var asked = (ObjectNode) Json.tree(call.body());
                    asked.remove("trackingId");
                    return answer(201, asked.put("orderId", order).put("shipment", "cancelled"));
                });

        isNotCollected(buyer, order);
        // nobody looks after it any more, for it could not be closed
        shop.terminate("delivery-" + order);
        var code = Map.of(
                "pickupCode",
                shop.only("SELECT pickup_code FROM fulfillment.order_collection JOIN fulfillment.shipment"
                        + " USING (order_id) WHERE for_order = '" + order + "'"));
        assertThat(shop.staff(buyer)
                        .post("/v1/orders/" + order + "/handed-over", "over-" + order, code)
                        .ok())
                .isTrue();

        return audited -> {
            audited.names(
                    Promise.all_or_nothing, "order " + order + " was handed over in ST-BLR-1, and is undone by CN-");
            audited.names(Promise.all_or_nothing, "order " + order + " was handed over in ST-BLR-1, and CN-");
        };
    }

    private Proof keepsTheMoney() throws Exception {
        var buyer = shop.comesIn();
        var order = waitsInItsStore(buyer);
        shop.network.lieTo(
                Part.payment,
                call -> call.path().equals("/attempts/" + order + "/1/refunds"),
                (call, agent) -> answer(
                        200,
                        ((ObjectNode) Json.tree(call.body()))
                                .put("orderId", order)
                                .put("attempt", 1)
                                .put("status", "refunded")
                                .set("refundedInAll", Json.tree(call.body()).path("amount"))));

        isNotCollected(buyer, order);

        return audited -> audited.names(Promise.all_or_nothing, "CN-" + order.substring(3) + "-1 is settled with");
    }

    /** Paid, and ready. @return the order */
    private String waitsInItsStore(Buyer buyer) throws Exception {
        var proposal = buyer.chooses("checkout, I'll pick it up at the Indiranagar store");
        var order = Buyer.order(proposal);
        buyer.pays(proposal);
        shop.untilDone(buyer, "/v1/orders/" + order + "/ready", Map.of());
        return order;
    }

    private void isNotCollected(Buyer buyer, String order) throws Exception {
        shop.calendar.collectionIsOver(order);
        shop.staff(buyer)
                .post(
                        "/v1/staff/journeys/delivery-" + order + "/retry-now",
                        "look-" + order,
                        Map.of("reason", "its time is over"));
        buyer.awaits("cancellation-CN-" + order.substring(3) + "-1");
    }
}
