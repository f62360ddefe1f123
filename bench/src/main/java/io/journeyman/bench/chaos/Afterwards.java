package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.util.Map;

/** What a visitor undoes of an order that is confirmed: they cancel it, or exchange a piece. */
final class Afterwards {
    private final Visitor visitor;
    private final Talk talk;
    private final Purse purse;

    Afterwards(Visitor visitor) {
        this.visitor = visitor;
        this.talk = visitor.talk();
        this.purse = new Purse(visitor);
    }

    /** All of it; some may have left meanwhile. */
    void cancels(String order) throws GaveUp, InterruptedException {
        cancels(order, "everything", 0);
    }

    /** Some of it, or all, where there is no more. @param what a product by its name */
    void cancels(String order, JsonNode bought, String what) throws GaveUp, InterruptedException {
        cancels(order, what, pieces(bought));
    }

    private void cancels(String order, String what, int all) throws GaveUp, InterruptedException {
        for (int times = visitor.oneIn(3) ? 2 : 1; times > 0; times--) {
            visitor.insists("please cancel " + what + " of order " + order);
            var proposal = talk.proposalOf("Cancellation");
            if (proposal.isEmpty()) {
                return;
            }
            var confirmed = visitor.confirms(proposal.get());
            if (confirmed.isPresent() && Visitor.isDone(talk.awaits(confirmed.get(), "payout"))) {
                visitor.steps().take(pieces(proposal.get()) < all ? Step.cancelled_part : Step.cancelled_whole);
            }
        }
    }

    private static int pieces(JsonNode proposal) {
        int pieces = 0;
        for (var line : proposal.at("/quote/lines")) {
            pieces += line.path("quantity").asInt();
        }
        return pieces;
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
            default ->
                new Inspection(visitor)
                        .finds(visitor.oneIn(4) ? Verdict.refuse : Verdict.refund, back, exchanged.path("lines"));
        }
        talk.awaits(back, "payout");
        if (Visitor.isDone(talk.awaits(checkout, ""))) {
            visitor.steps().take(Step.exchanged);
        }
    }
}
