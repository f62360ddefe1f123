package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;

/** How a confirmed order comes to a visitor: to their door, to another one, or into a store; and what they say of it. */
final class Receiving {
    /** Customers are asked a second after all of it has come, or once whoever was away then is back; so long they look. */
    private static final Duration LOOKS_FOR = Duration.ofMinutes(1);

    /** So long an order takes to their door. */
    private static final Duration USUALLY = Duration.ofSeconds(8);

    private static final int MOST_ASKED = 10;

    private final Visitor visitor;
    private final Talk talk;

    Receiving(Visitor visitor) {
        this.visitor = visitor;
        this.talk = visitor.talk();
    }

    /** Waits until all of it has come; when it takes long they ask, and staff look. @param id the order's, or that of a return which went home */
    boolean comes(String id) throws GaveUp, InterruptedException {
        var delivery = "delivery-" + id;
        var journey = talk.awaits(delivery, "", USUALLY);
        for (int asks = 0; asks < MOST_ASKED && !isOver(journey); asks++) {
            visitor.hurries(delivery);
            journey = talk.awaits(delivery, "", USUALLY);
        }
        return journey.path("status").asText().equals("completed");
    }

    private static boolean isOver(JsonNode journey) {
        return Talk.ENDS.contains(journey.path("status").asText());
    }

    /** To the same house in another part of the city, as long as nothing of it has left. */
    void sendsElsewhere(String order) throws GaveUp, InterruptedException {
        visitor.insists("send my order %s to Meera Nair, %d Park Street, Kolkata 700029 instead"
                .formatted(order, visitor.record().house()));
        var proposal = talk.proposalOf("AddressChange");
        if (proposal.isEmpty()) {
            return;
        }
        var move = visitor.confirms(proposal.get());
        if (move.isPresent()
                && talk.awaits(move.get(), "").path("status").asText().equals("completed")) {
            visitor.steps().take(Step.moved);
        }
    }

    /** Whether it is theirs now; some cancel it instead, perhaps at that moment, and some let it lie in the store. */
    boolean isFetched(String order) throws GaveUp, InterruptedException {
        if (visitor.oneIn(3)) {
            new Afterwards(visitor).cancels(order);
        }
        return !visitor.oneIn(4) && fetches(order);
    }

    /** In time. @return whether it is theirs now */
    boolean fetches(String order) throws GaveUp, InterruptedException {
        var kept = talk.awaits("delivery-" + order, "collection");
        if (!isKept(kept)) {
            return false;
        }
        isHandedOver(order, kept);
        return talk.awaits("delivery-" + order, "").path("status").asText().equals("completed");
    }

    /** Their time is over; one in three stands at the counter at that very moment. */
    void isNotFetched(String order, Calendar calendar) throws GaveUp, InterruptedException {
        var delivery = "delivery-" + order;
        var kept = talk.awaits(delivery, "collection");
        if (!isKept(kept)) {
            return;
        }
        calendar.collectionIsOver(order);
        visitor.hurries(delivery);
        if (visitor.oneIn(3)) {
            isHandedOver(order, kept);
        }
        if (talk.awaits(delivery, "").path("code").asText().equals("collection_not_collected")) {
            visitor.steps().take(Step.not_collected);
        }
    }

    private void isHandedOver(String order, JsonNode kept) throws GaveUp, InterruptedException {
        var key = talk.key();
        var path = "/v1/orders/" + order + "/handed-over";
        var code = Map.of("pickupCode", kept.at("/facts/pickupCode").asText());
        if (visitor.staff().post(path, key, code).ok()) {
            visitor.steps().take(Step.collected);
        }
        if (visitor.oneIn(3)) {
            visitor.staff().post(path, visitor.oneIn(2) ? key : talk.key(), code);
        }
    }

    private static boolean isKept(JsonNode delivery) {
        return delivery.path("waitingFor").asText().equals("collection");
    }

    /** Of each piece that they are asked about, on the page or in words, with a card number in it, and changes their mind. */
    void reviews(String order) throws GaveUp, InterruptedException {
        for (var deadline = Instant.now().plus(LOOKS_FOR); Instant.now().isBefore(deadline); Thread.sleep(500)) {
            var asked = StreamSupport.stream(
                            visitor.shop()
                                    .get("/v1/reviews")
                                    .body()
                                    .path("lines")
                                    .spliterator(),
                            false)
                    .filter(line -> line.path("orderId").asText().equals(order))
                    .toList();
            for (var line : asked) {
                reviews(line);
            }
            if (!asked.isEmpty()) {
                return;
            }
        }
    }

    private void reviews(JsonNode line) throws GaveUp, InterruptedException {
        if (visitor.oneIn(3)) {
            talk.says("4 stars for the " + line.path("name").asText() + ", it fits");
        }
        var key = talk.key();
        for (int times = visitor.oneIn(3) ? 2 : 1; times > 0; times--) {
            var review = Map.of(
                    "orderId",
                    line.path("orderId").asText(),
                    "sku",
                    line.path("sku").asText(),
                    "rating",
                    1 + visitor.chance().nextInt(5),
                    "words",
                    "I paid with " + visitor.cards().spoken(visitor.chance()) + " and it fits");
            if (visitor.shop().post("/v1/reviews", key, review).ok()) {
                visitor.steps().take(Step.reviewed);
            }
            key = talk.key();
        }
    }
}
