package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One customer comes in, wants something, and changes their mind: all that they decide is drawn from {@code chance}. They use the
 * API as the chat page does and nothing else.
 */
final class Visit {
    private static final int TRIES = 4;
    private static final List<String> STORES = List.of("Indiranagar", "Koramangala", "Bandra");
    private static final List<String> SIZES = List.of("S", "M", "L", "XL");

    private final Talk talk;
    private final ShopClient shop;
    private final ShopClient staff;
    private final CustomerRecord record;
    private final RandomGenerator chance;
    private final Assortment assortment;
    private final CardsTyped cards;

    /**
     * @param talk with the shop over {@code shop}
     * @param staff in the store, who hand over what was reserved
     */
    Visit(
            Talk talk,
            ShopClient shop,
            ShopClient staff,
            CustomerRecord record,
            RandomGenerator chance,
            Assortment assortment,
            CardsTyped cards) {
        this.talk = talk;
        this.shop = shop;
        this.staff = staff;
        this.record = record;
        this.chance = chance;
        this.assortment = assortment;
        this.cards = cards;
    }

    /** @param somebodyElsesOrder which this customer is curious about */
    void run(Optional<String> somebodyElsesOrder) throws GaveUp, InterruptedException {
        if (talk.oneIn(4)) {
            talk.says("hi");
        }
        chatters(somebodyElsesOrder);
        int drawn = chance.nextInt(100);
        if (drawn < 70) {
            buys();
        } else if (drawn < 82) {
            var reservation = reserves();
            if (reservation.isPresent()) {
                decidesAboutReservation(reservation.get());
            }
        } else if (drawn < 91) {
            reservesAndHasItDelivered();
        } else if (drawn < 96) {
            declines();
        } else {
            leaves();
        }
        chatters(somebodyElsesOrder);
    }

    // ---- what they come for -------------------------------------------------------------------------------------

    private void buys() throws GaveUp, InterruptedException {
        adds();
        if (talk.oneIn(6)) {
            adds();
        }
        var proposal = checksOut();
        if (proposal.isPresent()) {
            confirmsAndPays(proposal.get());
        }
    }

    private void adds() throws GaveUp, InterruptedException {
        var piece = assortment.draw(chance);
        talk.says("Add the " + piece.inWords() + " to my cart");
        if (talk.oneIn(3)) {
            talk.changeChannel();
        }
    }

    private Optional<JsonNode> checksOut() throws GaveUp, InterruptedException {
        var proposal = talk.oneIn(5) ? checksOutToCollect() : Optional.<JsonNode>empty();
        if (proposal.isEmpty()) {
            proposal = untilProposed(
                    "Checkout", "checkout, send it to Meera Nair, " + record.house() + " Park Street, Kolkata 700016");
        }
        if (proposal.isPresent() && talk.oneIn(3)) {
            talk.says(
                    switch (chance.nextInt(4)) {
                        case 0 -> "checkout with WELCOME10";
                        case 1 -> "checkout and use my points";
                        default -> "checkout with my store credit";
                    });
            return talk.proposalOf("Checkout");
        }
        return proposal;
    }

    /** In a store that may not have all of it. */
    private Optional<JsonNode> checksOutToCollect() throws GaveUp, InterruptedException {
        talk.says("checkout, I'll pick it up at the " + STORES.get(chance.nextInt(STORES.size())) + " store");
        return talk.proposalOf("Checkout");
    }

    private void declines() throws GaveUp, InterruptedException {
        adds();
        var proposal = checksOut();
        if (proposal.isPresent()) {
            shop.post("/v1/conversations/proposals/" + Talk.id(proposal.get()) + "/decline", talk.key(), Map.of());
            var late = talk.confirm(proposal.get(), Map.of(), talk.key());
            if (late.ok()) {
                record.complains(3, "a declined proposal could be confirmed: " + Talk.id(proposal.get()));
            }
        }
    }

    private void leaves() throws GaveUp, InterruptedException {
        adds();
        if (talk.oneIn(2)) {
            checksOut();
        } else {
            talk.saysAndLeaves("show my cart");
        }
    }

    private Optional<String> reserves() throws GaveUp, InterruptedException {
        var piece = assortment.draw(chance);
        talk.says("Reserve the " + piece.inWords() + " in Bengaluru");
        var proposal = talk.proposalOf("Reservation");
        if (proposal.isEmpty()) {
            talk.says("the first one");
            proposal = talk.proposalOf("Reservation");
        }
        if (proposal.isEmpty()) {
            return Optional.empty();
        }
        var confirmed = talk.confirmsOnceOrTwice(proposal.get(), Map.of());
        return confirmed.ok() ? Optional.of(confirmed.body().path("workflowId").asText()) : Optional.empty();
    }

    private void decidesAboutReservation(String workflowId) throws GaveUp, InterruptedException {
        if (talk.oneIn(4)) {
            cancels(workflowId);
        }
        var journey = talk.awaits(workflowId, "collection");
        if (!journey.path("waitingFor").asText().equals("collection")) {
            return;
        }
        switch (chance.nextInt(4)) {
            case 0 -> cancels(workflowId);
            case 1, 2 ->
                staff.post(
                        "/v1/reservations/" + journey.path("journeyId").asText() + "/collected", talk.key(), List.of());
            default -> {
                return; // it stays in the store
            }
        }
        talk.awaits(workflowId, "");
    }

    private void reservesAndHasItDelivered() throws GaveUp, InterruptedException {
        var reservation = reserves();
        if (reservation.isEmpty()
                || !talk.awaits(reservation.get(), "collection")
                        .path("waitingFor")
                        .asText()
                        .equals("collection")) {
            return;
        }
        talk.says("Deliver my reservation instead");
        var proposal = untilProposed("Checkout", "Meera Nair, " + record.house() + " Park Street, Kolkata 700016");
        if (proposal.isPresent()) {
            confirmsAndPays(proposal.get());
        }
    }

    // ---- money --------------------------------------------------------------------------------------------------

    private void confirmsAndPays(JsonNode proposal) throws GaveUp, InterruptedException {
        var card = Card.drawn(chance.nextInt(100));
        var method = talk.oneIn(8) ? Map.<String, Object>of() : method(card);
        Map<String, Object> body = method.isEmpty() ? Map.of() : Map.of("paymentMethod", method);
        var confirmed = talk.confirmsOnceOrTwice(proposal, body);
        if (!confirmed.ok()) {
            return;
        }
        var workflowId = confirmed.body().path("workflowId").asText();
        if (talk.oneIn(7)) {
            Thread.sleep(chance.nextInt(1_500));
            cancels(workflowId);
        }
        paysUntilSettled(workflowId);
        int drawn = chance.nextInt(12);
        if (drawn < 7
                && talk.awaits(workflowId, "payment_method")
                        .path("status")
                        .asText()
                        .equals("completed")) {
            var order = workflowId.substring(workflowId.indexOf('-') + 1);
            if (proposal.at("/quote/delivery/collect").isObject() && !isFetched(order)) {
                return;
            }
            if (drawn >= 4) {
                cancelsWhatIsConfirmed(order);
            } else if (talk.oneIn(3)) {
                exchanges(order, proposal);
            } else {
                sendsBack(order);
            }
        }
    }

    /** In time, or not at all: then it stays in the store. Whether it is theirs now; some cancel it instead, perhaps at that moment. */
    private boolean isFetched(String order) throws GaveUp, InterruptedException {
        if (talk.oneIn(3)) {
            cancelsWhatIsConfirmed(order);
        }
        var kept = talk.awaits("delivery-" + order, "collection");
        if (!kept.path("waitingFor").asText().equals("collection") || talk.oneIn(4)) {
            return false;
        }
        var key = talk.key();
        var code = Map.of("pickupCode", kept.at("/facts/pickupCode").asText());
        staff.post("/v1/orders/" + order + "/handed-over", key, code);
        if (talk.oneIn(3)) {
            staff.post("/v1/orders/" + order + "/handed-over", talk.oneIn(2) ? key : talk.key(), code);
        }
        talk.awaits("delivery-" + order, "");
        return true;
    }

    /** All of it, or a piece and perhaps another one; some of it may have left meanwhile. */
    private void cancelsWhatIsConfirmed(String order) throws GaveUp, InterruptedException {
        boolean piece = talk.oneIn(3);
        for (int times = talk.oneIn(3) ? 2 : 1; times > 0; times--) {
            talk.says("please cancel " + (piece ? "1 piece of " : "everything of ") + "order " + order);
            var proposal = talk.proposalOf("Cancellation");
            if (proposal.isEmpty()) {
                return;
            }
            var confirmed = talk.confirmsOnceOrTwice(proposal.get(), Map.of());
            if (confirmed.ok()) {
                talk.awaits(confirmed.body().path("workflowId").asText(), "payout");
            }
        }
    }

    /** A piece of it for another size, which may not be made or be sold out; it arrives, or not, and staff find it good, or not. */
    private void exchanges(String order, JsonNode bought) throws GaveUp, InterruptedException {
        var size = SIZES.get(chance.nextInt(SIZES.size()));
        var proposal = untilProposed(
                        "Checkout",
                        "I want to exchange the %s from order %s for size %s"
                                .formatted(bought.at("/quote/lines/0/name").asText(), order, size))
                .filter(made -> made.at("/quote/exchanged/returnId").isTextual());
        if (proposal.isEmpty()) {
            return;
        }
        var paid = proposal.get().at("/quote/total/minor").asLong() == 0 ? Map.<String, Object>of() : method(Card.good);
        var confirmed =
                talk.confirmsOnceOrTwice(proposal.get(), paid.isEmpty() ? Map.of() : Map.of("paymentMethod", paid));
        if (!confirmed.ok()) {
            return;
        }
        var checkout = confirmed.body().path("workflowId").asText();
        if (!talk.awaits(checkout, "return").path("waitingFor").asText().equals("return")) {
            return;
        }
        var exchanged = proposal.get().at("/quote/exchanged");
        var back = "return-" + exchanged.path("returnId").asText();
        talk.awaits(back, "parcel");
        switch (chance.nextInt(5)) {
            case 0 -> cancels(talk.oneIn(2) ? back : checkout);
            case 1 -> {
                return; // it never comes
            }
            default -> isInspected(back, exchanged.path("lines"), talk.oneIn(4));
        }
        talk.awaits(back, "payout");
        talk.awaits(checkout, "");
    }

    /** All of the order; it arrives, or not, and staff find it good, or not. */
    private void sendsBack(String order) throws GaveUp, InterruptedException {
        var proposal = untilProposed(
                "Return",
                "I want to return order " + order + ", everything is damaged"
                        + (talk.oneIn(3) ? ", as store credit please" : ""));
        if (proposal.isEmpty()) {
            return;
        }
        var confirmed = talk.confirmsOnceOrTwice(proposal.get(), Map.of());
        if (!confirmed.ok()) {
            return;
        }
        var workflowId = confirmed.body().path("workflowId").asText();
        var journey = talk.awaits(workflowId, "parcel");
        if (!journey.path("waitingFor").asText().equals("parcel")) {
            return;
        }
        switch (chance.nextInt(5)) {
            case 0 -> cancels(workflowId);
            case 1 -> {
                return; // it never comes
            }
            default -> isInspected(workflowId, proposal.get().at("/quote/lines"), talk.oneIn(4));
        }
        talk.awaits(workflowId, "payout");
    }

    private void isInspected(String workflowId, JsonNode pieces, boolean worn) throws GaveUp, InterruptedException {
        var lines = new ArrayList<Map<String, Object>>();
        for (var line : pieces) {
            int count = line.path("quantity").asInt();
            lines.add(
                    worn
                            ? Map.of(
                                    "sku",
                                    line.path("sku").asText(),
                                    "accepted",
                                    0,
                                    "refused",
                                    count,
                                    "refusal",
                                    "worn")
                            : Map.of("sku", line.path("sku").asText(), "accepted", count, "refused", 0));
        }
        var key = talk.key();
        var found = Map.of("reason", "looked at", "lines", lines);
        staff.post("/v1/staff/journeys/" + workflowId + "/inspection", key, found);
        if (talk.oneIn(3)) {
            staff.post("/v1/staff/journeys/" + workflowId + "/inspection", talk.oneIn(2) ? key : talk.key(), found);
        }
    }

    /** Another card, cash, a cancellation, or nothing more: at most so many times. */
    private void paysUntilSettled(String workflowId) throws GaveUp, InterruptedException {
        for (int turn = 0; turn < TRIES; turn++) {
            var journey = talk.awaits(workflowId, "payment_method");
            if (!journey.path("waitingFor").asText().equals("payment_method")) {
                return;
            }
            switch (chance.nextInt(9)) {
                case 0 -> cancels(workflowId);
                case 1 -> {
                    return; // leaves it waiting
                }
                case 4 -> paysByUpi(workflowId, talk.oneIn(3) ? "decline@test" : "success@test");
                case 2 -> pays(workflowId, Map.of("cashOnDelivery", true));
                case 3 -> pays(workflowId, method(Card.drawn(chance.nextInt(100))));
                default -> pays(workflowId, method(Card.good));
            }
        }
    }

    private void paysByUpi(String workflowId, String address) throws GaveUp, InterruptedException {
        if (talk.oneIn(2)) {
            talk.says("pay by UPI " + address);
        } else {
            pays(workflowId, Map.of("vpa", address));
        }
    }

    private void pays(String workflowId, Map<String, Object> method) throws GaveUp, InterruptedException {
        if (method.isEmpty()) {
            return;
        }
        var key = talk.key();
        var path = "/v1/journeys/" + workflowId + "/payment-method";
        shop.post(path, key, method);
        if (talk.oneIn(4)) {
            shop.post(path, talk.oneIn(2) ? key : talk.key(), method);
        }
    }

    /** Empty where the form was not to be reached. */
    private Map<String, Object> method(Card card) throws GaveUp, InterruptedException {
        if (card == Card.cash) {
            return Map.of("cashOnDelivery", true);
        }
        for (int tries = 0; tries < TRIES; tries++) {
            var token = shop.card(cards.typed(card), talk.key());
            if (token.isPresent()) {
                return Map.of("token", token.get());
            }
            Thread.sleep(500);
        }
        return Map.of();
    }

    private void cancels(String workflowId) throws GaveUp, InterruptedException {
        if (talk.oneIn(3)) {
            var noun = workflowId.startsWith("checkout-")
                    ? "order"
                    : workflowId.startsWith("return-") ? "return" : "reservation";
            talk.says("cancel my " + noun + " " + workflowId.substring(workflowId.indexOf('-') + 1));
            talk.says("yes");
        } else {
            var key = talk.key();
            shop.post("/v1/journeys/" + workflowId + "/cancel", key, Map.of());
            if (talk.oneIn(3)) {
                shop.post("/v1/journeys/" + workflowId + "/cancel", key, Map.of());
            }
        }
    }

    // ---- proposals ----------------------------------------------------------------------------------------------

    /** Says it again where the shop could not: an agent was away. */
    private Optional<JsonNode> untilProposed(String kind, String words) throws GaveUp, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            talk.says(words);
            var proposal = talk.proposalOf(kind);
            if (proposal.isPresent()) {
                return proposal;
            }
            Thread.sleep(300);
        }
        return Optional.empty();
    }

    // ---- talking ------------------------------------------------------------------------------------------------

    private void chatters(Optional<String> somebodyElsesOrder) throws GaveUp, InterruptedException {
        switch (chance.nextInt(12)) {
            case 0 -> talk.says("what offers do I get?");
            case 1 -> talk.says("where is my order?");
            case 2 -> talk.says("what's in my cart");
            case 3 -> talk.says("my card is " + cards.spoken(chance) + ", take it from there");
            case 4 -> talk.says("show me kurtas");
            case 5 -> {
                if (somebodyElsesOrder.isPresent()) {
                    pries(somebodyElsesOrder.get());
                }
            }
            default -> {} // says nothing
        }
    }

    private void pries(String order) throws GaveUp, InterruptedException {
        var told = talk.says("track my order " + order);
        if (!told.path("cards").isEmpty()) {
            record.complains(6, "was shown order %s, which is somebody else's".formatted(order));
        }
        var answer = shop.post("/v1/journeys/checkout-" + order + "/cancel", talk.key(), Map.of());
        if (answer.ok()) {
            record.complains(6, "could cancel order %s, which is somebody else's".formatted(order));
        }
    }
}
