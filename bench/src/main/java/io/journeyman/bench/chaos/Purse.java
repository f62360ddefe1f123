package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** How a visitor pays: with good cards and bad ones, UPI, cash, store credit, and what they do when it does not work. */
final class Purse {
    private static final int TRIES = 4;
    private static final String AT_THE_BANK = "payment_confirmation";
    private static final Set<String> WAITS_FOR_THEM = Set.of("payment_method", AT_THE_BANK);

    private final Visitor visitor;

    Purse(Visitor visitor) {
        this.visitor = visitor;
    }

    /** In whatever way; some think better of it meanwhile. @return the order, where it is confirmed while they look */
    Optional<String> confirmsAndPays(JsonNode proposal) throws GaveUp, InterruptedException {
        var card = Card.drawn(visitor.chance().nextInt(100));
        var method = visitor.oneIn(8) ? Map.<String, Object>of() : method(card);
        var checkout = confirms(proposal, method);
        if (checkout.isEmpty()) {
            return Optional.empty();
        }
        if (visitor.oneIn(7)) {
            Thread.sleep(visitor.chance().nextInt(1_500));
            visitor.cancels(checkout.get());
        }
        return confirmed(proposal, paysUntilSettled(checkout.get()), checkout.get());
    }

    /** With a card that is good. @return the order, where it is confirmed while they look */
    Optional<String> paysWell(JsonNode proposal) throws GaveUp, InterruptedException {
        return paysWith(proposal, method(Card.good));
    }

    /** @param method nothing, where there is nothing left to pay */
    Optional<String> paysWith(JsonNode proposal, Map<String, Object> method) throws GaveUp, InterruptedException {
        var checkout = confirms(proposal, method);
        if (checkout.isEmpty()) {
            return Optional.empty();
        }
        var journey = visitor.talk().awaits(checkout.get(), "payment_method");
        if (journey.path("waitingFor").asText().equals("payment_method")) {
            pays(checkout.get(), method(Card.good));
            journey = visitor.talk().awaits(checkout.get(), "");
        }
        return confirmed(proposal, journey, checkout.get());
    }

    /** @return the checkout's workflow */
    Optional<String> confirms(JsonNode proposal, Map<String, Object> method) throws GaveUp, InterruptedException {
        Map<String, Object> body = method.isEmpty() ? Map.of() : Map.of("paymentMethod", method);
        return Visitor.workflow(visitor.talk().confirmsOnceOrTwice(proposal, body));
    }

    private Optional<String> confirmed(JsonNode proposal, JsonNode journey, String checkout) {
        if (!journey.path("status").asText().equals("completed")) {
            return Optional.empty();
        }
        visitor.steps().take(Step.order_paid);
        if (credit(proposal) > 0) {
            visitor.steps().take(left(proposal) > 0 ? Step.two_tenders : Step.paid_by_credit);
        }
        return Optional.of(Visitor.journey(checkout));
    }

    /** What store credit pays of a proposal, in paise. */
    static long credit(JsonNode proposal) {
        return proposal.at("/quote/credit/minor").asLong();
    }

    /** What is left to pay beside it. */
    static long left(JsonNode proposal) {
        return proposal.at("/quote/total/minor").asLong() - credit(proposal);
    }

    /**
     * Another card, cash, a cancellation, or nothing more: at most so many times. Whom their bank asks to confirm does that, or one of these.
     *
     * @return the journey as it was seen last
     */
    private JsonNode paysUntilSettled(String workflowId) throws GaveUp, InterruptedException {
        boolean confirmed = false;
        boolean leftTheBank = false;
        for (int turn = 0; ; turn++) {
            var journey = visitor.talk().awaits(workflowId, WAITS_FOR_THEM);
            var waitsFor = journey.path("waitingFor").asText();
            if (journey.path("status").asText().equals("completed") && (confirmed || leftTheBank)) {
                visitor.steps().take(confirmed ? Step.paid_at_the_bank : Step.paid_otherwise);
            }
            if (turn == TRIES || !WAITS_FOR_THEM.contains(waitsFor)) {
                return journey;
            }
            if (waitsFor.equals(AT_THE_BANK)) {
                if (visitor.oneIn(2)) {
                    confirmed = visitor.shop().confirmsAtTheBank(workflowId) || confirmed;
                    if (visitor.oneIn(2)) {
                        visitor.talk().awaits(workflowId, "payment_method");
                        continue;
                    }
                }
                leftTheBank = true;
            }
            switch (visitor.chance().nextInt(9)) {
                case 0 -> visitor.cancels(workflowId);
                case 1 -> {
                    return journey; // leaves it waiting
                }
                case 4 -> paysByUpi(workflowId, visitor.oneIn(3) ? "decline@test" : "success@test");
                case 2 -> pays(workflowId, Map.of("cashOnDelivery", true));
                case 3 -> pays(workflowId, method(Card.drawn(visitor.chance().nextInt(100))));
                default -> pays(workflowId, method(Card.good));
            }
        }
    }

    private void paysByUpi(String workflowId, String address) throws GaveUp, InterruptedException {
        if (visitor.oneIn(2)) {
            visitor.talk().says("pay by UPI " + address);
        } else {
            pays(workflowId, Map.of("vpa", address));
        }
    }

    void pays(String workflowId, Map<String, Object> method) throws GaveUp, InterruptedException {
        if (method.isEmpty()) {
            return;
        }
        var key = visitor.talk().key();
        var path = "/v1/journeys/" + workflowId + "/payment-method";
        visitor.shop().post(path, key, method);
        if (visitor.oneIn(4)) {
            visitor.shop().post(path, visitor.oneIn(2) ? key : visitor.talk().key(), method);
        }
    }

    /** Empty where the form was not to be reached. */
    Map<String, Object> method(Card card) throws GaveUp, InterruptedException {
        return card == Card.cash ? Map.of("cashOnDelivery", true) : typed(card, false);
    }

    /** A good card that is kept for the next time; empty where the form was not to be reached. */
    Map<String, Object> keepsACard() throws GaveUp, InterruptedException {
        var method = typed(Card.good, true);
        if (!method.isEmpty()) {
            visitor.steps().take(Step.card_kept);
        }
        return method;
    }

    private Map<String, Object> typed(Card card, boolean keep) throws GaveUp, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            var token = visitor.shop()
                    .card(visitor.cards().typed(card), keep, visitor.talk().key());
            if (token.isPresent()) {
                return Map.of("token", token.get());
            }
            Thread.sleep(500);
        }
        return Map.of();
    }

    /** Staff give them store credit. @param endsIn nothing: it lasts */
    void isGivenCredit(int rupees, Optional<Duration> endsIn) throws GaveUp, InterruptedException {
        var wish = new HashMap<String, Object>();
        wish.put("amount", Map.of("minor", rupees * 100, "currency", "INR"));
        wish.put("reason", "a gift");
        endsIn.ifPresent(time -> wish.put("expiresAt", Instant.now().plus(time).toString()));
        visitor.staff()
                .post(
                        "/v1/customers/" + visitor.record().customerId() + "/credit-grants",
                        visitor.talk().key(),
                        wish);
    }

    /** Whether some of their store credit has expired; whoever looks has it taken off. */
    boolean hasLostCredit() throws GaveUp, InterruptedException {
        var credit = visitor.staff()
                .get("/v1/customers/" + visitor.record().customerId() + "/credit")
                .body();
        return StreamSupport.stream(credit.path("entries").spliterator(), false)
                .anyMatch(entry -> entry.path("kind").asText().equals("expired"));
    }
}
