package io.journeyman.bench.chaos;

/** What customers can have done in this shop; a run tells how often each was done. One that stays at none was never under attack. */
public enum Step {
    order_paid("an order is confirmed"),
    two_tenders("store credit pays a part of it, a card or cash the rest"),
    paid_by_credit("store credit pays all of it"),
    paid_at_the_bank("a payment is confirmed at the bank"),
    paid_otherwise("it is paid another way than the bank asks to confirm"),
    ordered_ahead("it is ordered before it is in the shop"),
    pieces_came("the announced delivery comes"),
    pieces_late("the announced delivery is put off"),
    pieces_called_off("the announced delivery does not come at all"),
    collected("a paid order is picked up in its store"),
    not_collected("a paid order is not picked up in time"),
    moved("an order goes to another address"),
    cancelled_unpaid("an order is cancelled before it is paid"),
    cancelled_whole("all of a confirmed order is cancelled"),
    cancelled_part("a part of a confirmed order is cancelled"),
    sent_back("pieces are sent back and taken"),
    exchanged("a piece is exchanged"),
    exchanged_with_credit("store credit is set aside for an exchange's difference"),
    came_home("pieces that the shop does not take come home again"),
    claim_refunded("a warranty is claimed, and its money comes back"),
    claim_replaced("another piece comes for one that failed"),
    claim_repaired("a piece that failed comes home repaired"),
    claim_gone("there is no other piece for one that failed"),
    reviewed("a piece is reviewed"),
    card_kept("a card is kept"),
    card_forgotten("a kept card is forgotten"),
    credit_expired("store credit ends while some of it is set aside"),
    reserved("pieces are reserved in a store"),
    reservation_collected("a reservation is picked up"),
    reservation_delivered("a reservation becomes an order");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
