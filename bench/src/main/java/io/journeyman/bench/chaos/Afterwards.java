package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** What a visitor undoes of an order that is confirmed: they cancel, send back, exchange, claim. */
final class Afterwards {
    private final Visitor visitor;
    private final Talk talk;
    private final Purse purse;

    Afterwards(Visitor visitor) {
        this.visitor = visitor;
        this.talk = visitor.talk();
        this.purse = new Purse(visitor);
    }

    /**
     * Some of it may have left meanwhile.
     *
     * @param what everything, a piece, or a product by its name
     */
    void cancels(String order, String what) throws GaveUp, InterruptedException {
        for (int times = visitor.oneIn(3) ? 2 : 1; times > 0; times--) {
            talk.says("please cancel " + what + " of order " + order);
            var proposal = talk.proposalOf("Cancellation");
            if (proposal.isEmpty()) {
                return;
            }
            var confirmed = visitor.confirms(proposal.get());
            if (confirmed.isPresent() && isDone(talk.awaits(confirmed.get(), "payout"))) {
                visitor.steps().take(what.equals("everything") ? Step.cancelled_whole : Step.cancelled_part);
            }
        }
    }

    /**
     * The first piece of it for another one, which may not be made or be sold out; it arrives, or not, and staff find it good, or not.
     *
     * @param wanted what they say that they want for it
     */
    void exchanges(String order, JsonNode bought, String wanted) throws GaveUp, InterruptedException {
        var proposal = visitor.untilProposed(
                        "Checkout",
                        "I want to exchange the %s from order %s for %s"
                                .formatted(bought.at("/quote/lines/0/name").asText(), order, wanted))
                .filter(made -> made.at("/quote/exchanged/returnId").isTextual());
        if (proposal.isEmpty()) {
            return;
        }
        var confirmed =
                purse.confirms(proposal.get(), Purse.left(proposal.get()) == 0 ? Map.of() : purse.method(Card.good));
        if (confirmed.isEmpty()) {
            return;
        }
        var checkout = confirmed.get();
        if (!talk.awaits(checkout, "return").path("waitingFor").asText().equals("return")) {
            return;
        }
        if (Purse.credit(proposal.get()) > 0) {
            visitor.steps().take(Step.exchanged_with_credit);
        }
        var exchanged = proposal.get().at("/quote/exchanged");
        var back = "return-" + exchanged.path("returnId").asText();
        talk.awaits(back, "parcel");
        switch (visitor.chance().nextInt(5)) {
            case 0 -> visitor.cancels(visitor.oneIn(2) ? back : checkout);
            case 1 -> {
                return; // it never comes
            }
            default -> isInspected(back, exchanged.path("lines"), visitor.oneIn(4));
        }
        talk.awaits(back, "payout");
        if (isDone(talk.awaits(checkout, ""))) {
            visitor.steps().take(Step.exchanged);
        }
    }

    /** All of it. */
    void sendsBack(String order) throws GaveUp, InterruptedException {
        returns(
                "I want to return order " + order + ", everything is damaged"
                        + (visitor.oneIn(3) ? ", as store credit please" : ""),
                Step.sent_back,
                5,
                4);
    }

    /** What broke after the time for returns. */
    void claims(String order, String name) throws GaveUp, InterruptedException {
        returns("I want to claim the warranty, my " + name + " of order " + order + " stopped", Step.claimed, 20, 10);
    }

    /**
     * It arrives, or not, and staff find it good, or not.
     *
     * @param lost of so many one is cancelled and one never comes
     * @param refused of so many that come one is not taken
     */
    private void returns(String words, Step step, int lost, int refused) throws GaveUp, InterruptedException {
        var proposal = visitor.untilProposed("Return", words);
        var confirmed = proposal.isPresent() ? visitor.confirms(proposal.get()) : Optional.<String>empty();
        if (confirmed.isEmpty()) {
            return;
        }
        var back = confirmed.get();
        if (!talk.awaits(back, "parcel").path("waitingFor").asText().equals("parcel")) {
            return;
        }
        boolean worn = false;
        switch (visitor.chance().nextInt(lost)) {
            case 0 -> visitor.cancels(back);
            case 1 -> {
                return; // it never comes
            }
            default -> {
                worn = visitor.oneIn(refused);
                isInspected(back, proposal.get().at("/quote/lines"), worn);
            }
        }
        if (isDone(talk.awaits(back, "payout")) && !worn) {
            visitor.steps().take(step);
        }
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
        visitor.staff().post("/v1/staff/journeys/" + workflowId + "/inspection", key, found);
        if (visitor.oneIn(3)) {
            visitor.staff()
                    .post(
                            "/v1/staff/journeys/" + workflowId + "/inspection",
                            visitor.oneIn(2) ? key : talk.key(),
                            found);
        }
    }

    /** Or waits for staff to pay it out, which is as good. */
    private static boolean isDone(JsonNode journey) {
        return journey.path("status").asText().equals("completed")
                || journey.path("waitingFor").asText().equals("payout");
    }
}
