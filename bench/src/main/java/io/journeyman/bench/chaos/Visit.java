package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One customer comes in for something and changes their mind: all that they decide is drawn by chance. They use the API as the chat page
 * does and nothing else.
 */
final class Visit {
    private static final List<String> STORES = List.of("Indiranagar", "Koramangala", "Bandra");
    private static final List<String> SIZES = List.of("S", "M", "L", "XL");

    /** What they choose may be sold out; so many times they choose something else. */
    private static final int MOST_CHOICES = 4;

    private final Visitor visitor;
    private final Talk talk;
    private final Purse purse;
    private final Afterwards afterwards;
    private final Receiving receiving;
    private final Returning returning;
    private final Assortment assortment;
    private final HeadOffice office;
    private final Calendar calendar;

    Visit(Visitor visitor, Assortment assortment, HeadOffice office, Calendar calendar) {
        this.visitor = visitor;
        this.talk = visitor.talk();
        this.purse = new Purse(visitor);
        this.afterwards = new Afterwards(visitor);
        this.receiving = new Receiving(visitor);
        this.returning = new Returning(visitor);
        this.assortment = assortment;
        this.office = office;
        this.calendar = calendar;
    }

    /** @param somebodyElsesOrder which this customer is curious about */
    void run(Errand errand, Optional<String> somebodyElsesOrder) throws GaveUp, InterruptedException {
        if (talk.oneIn(4)) {
            talk.says("hi");
        }
        chatters(somebodyElsesOrder);
        switch (errand) {
            case buys -> buys();
            case reserves -> reserves();
            case has_reservation_delivered -> reservesAndHasItDelivered();
            case declines -> declines();
            case leaves -> leaves();
            case gives_up_unpaid -> givesUpUnpaid();
            case orders_ahead -> ordersAhead();
            case cancels_part -> cancelsPart();
            case moves -> moves();
            case collects -> collects();
            case does_not_collect -> doesNotCollect();
            case exchanges_with_credit -> exchangesWithCredit();
            case sends_in_vain -> sendsInVain();
            case claims_warranty -> claimsWarranty();
            case claims_the_last_one -> claimsTheLastOne();
            case reviews -> reviews();
            case has_card_forgotten -> hasCardForgotten();
            case lets_credit_expire -> letsCreditExpire();
            case pays_with_two -> paysWithTwo();
        }
        chatters(somebodyElsesOrder);
    }

    // ---- orders -------------------------------------------------------------------------------------------------

    private void buys() throws GaveUp, InterruptedException {
        adds();
        if (talk.oneIn(6)) {
            adds();
        }
        var proposal = checksOut();
        var order = proposal.isPresent() ? purse.confirmsAndPays(proposal.get()) : Optional.<String>empty();
        if (order.isPresent()) {
            changesTheirMind(order.get(), proposal.get());
        }
    }

    private void changesTheirMind(String order, JsonNode bought) throws GaveUp, InterruptedException {
        int drawn = visitor.chance().nextInt(12);
        if (isCollected(bought)) {
            if (drawn < 7 && receiving.isFetched(order)) {
                returning.sendsBack(order);
            }
            return;
        }
        switch (drawn) {
            case 0, 1 -> returning.sendsBack(order);
            case 2, 3 ->
                afterwards.exchanges(
                        order, bought, "size " + SIZES.get(visitor.chance().nextInt(SIZES.size())));
            case 4, 5 -> afterwards.cancels(order);
            case 6 ->
                afterwards.cancels(
                        order, bought, "1 " + bought.at("/quote/lines/0/name").asText());
            case 7 -> receiving.sendsElsewhere(order);
            default -> {} // keeps it
        }
    }

    /** Whatever there still is of what they choose. */
    private void adds() throws GaveUp, InterruptedException {
        for (int choices = 0; choices < MOST_CHOICES; choices++) {
            adds(assortment.draw(visitor.chance()).inWords());
            if (!talk.hasAnEmptyCart()) {
                break;
            }
        }
        if (talk.oneIn(3)) {
            talk.changeChannel();
        }
    }

    private void adds(String piece) throws GaveUp, InterruptedException {
        visitor.insists("Add the " + piece + " to my cart");
    }

    private Optional<JsonNode> checksOut() throws GaveUp, InterruptedException {
        var proposal = talk.oneIn(5)
                ? checksOutToCollect(STORES.get(visitor.chance().nextInt(STORES.size())))
                : Optional.<JsonNode>empty();
        if (proposal.isEmpty()) {
            proposal = checksOutToTheirDoor();
        }
        if (proposal.isPresent() && talk.oneIn(3)) {
            talk.says(
                    switch (visitor.chance().nextInt(4)) {
                        case 0 -> "checkout with WELCOME10";
                        case 1 -> "checkout and use my points";
                        default -> "checkout with my store credit";
                    });
            return talk.proposalOf("Checkout");
        }
        return proposal;
    }

    private Optional<JsonNode> checksOutToTheirDoor() throws GaveUp, InterruptedException {
        return visitor.untilProposed("Checkout", "checkout, send it to " + visitor.address());
    }

    private Optional<JsonNode> checksOutWithCredit() throws GaveUp, InterruptedException {
        return visitor.untilProposed("Checkout", "checkout with my store credit, send it to " + visitor.address())
                .filter(proposal -> Purse.credit(proposal) > 0);
    }

    /** In a store that may not have all of it. */
    private Optional<JsonNode> checksOutToCollect(String store) throws GaveUp, InterruptedException {
        visitor.insists("checkout, I'll pick it up at the " + store + " store");
        return talk.proposalOf("Checkout").filter(Visit::isCollected);
    }

    private static boolean isCollected(JsonNode proposal) {
        return proposal.at("/quote/delivery/collect").isObject();
    }

    private void declines() throws GaveUp, InterruptedException {
        adds();
        var proposal = checksOut();
        if (proposal.isPresent()) {
            visitor.shop()
                    .post("/v1/conversations/proposals/" + Talk.id(proposal.get()) + "/decline", talk.key(), Map.of());
            var late = talk.confirm(proposal.get(), Map.of(), talk.key());
            if (late.ok()) {
                visitor.record().complains(3, "a declined proposal could be confirmed: " + Talk.id(proposal.get()));
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

    private void givesUpUnpaid() throws GaveUp, InterruptedException {
        adds();
        var proposal = checksOut();
        var checkout = proposal.isPresent() ? purse.confirms(proposal.get(), Map.of()) : Optional.<String>empty();
        if (checkout.isEmpty()) {
            return;
        }
        talk.awaits(checkout.get(), "payment_method");
        visitor.cancels(checkout.get());
        if (talk.awaits(checkout.get(), "").path("status").asText().equals("cancelled")) {
            visitor.steps().take(Step.cancelled_unpaid);
        }
    }

    // ---- before it is there -------------------------------------------------------------------------------------

    /** What comes may go to somebody who was promised it before. */
    private void ordersAhead() throws GaveUp, InterruptedException {
        ordersAhead(talk.oneIn(2), this::awaits);
    }

    /** Of what is here and what is to come the latter, which nobody can send away before. */
    private void cancelsPart() throws GaveUp, InterruptedException {
        ordersAhead(true, this::cancelsWhatIsToCome);
    }

    private void cancelsWhatIsToCome(Ahead ahead) throws GaveUp, InterruptedException {
        afterwards.cancels(
                ahead.order(), ahead.bought(), "the " + ahead.announced().ware().name());
    }

    private void moves() throws GaveUp, InterruptedException {
        ordersAhead(false, ahead -> {
            receiving.sendsElsewhere(ahead.order());
            piecesCome(ahead);
        });
    }

    private void piecesCome(Ahead ahead) throws GaveUp, InterruptedException {
        if (office.receives(ahead.announced())) {
            visitor.steps().take(Step.pieces_came);
            visitor.hurries("delivery-" + ahead.order());
        }
    }

    /** @param bought the proposal of that order */
    private record Ahead(String order, JsonNode bought, HeadOffice.Announced announced) {}

    private interface Next {
        void with(Ahead ahead) throws GaveUp, InterruptedException;
    }

    /** @param andMore something that is here beside it */
    private void ordersAhead(boolean andMore, Next next) throws GaveUp, InterruptedException {
        var ware = HeadOffice.TO_COME.get(visitor.chance().nextInt(HeadOffice.TO_COME.size()));
        var announced = office.announces(talk.key(), ware);
        if (announced.isEmpty()) {
            return;
        }
        adds(ware.inWords());
        if (andMore) {
            adds();
        }
        var proposal = checksOutToTheirDoor()
                .filter(made -> !made.at("/quote/delivery/ahead").isEmpty());
        var order = proposal.isPresent() ? purse.paysWell(proposal.get()) : Optional.<String>empty();
        if (order.isEmpty()) {
            return;
        }
        visitor.steps().take(Step.ordered_ahead);
        next.with(new Ahead(order.get(), proposal.get(), announced.get()));
    }

    private void awaits(Ahead ahead) throws GaveUp, InterruptedException {
        var delivery = "delivery-" + ahead.order();
        if (talk.oneIn(2) && office.putsOff(ahead.announced())) {
            visitor.steps().take(Step.pieces_late);
            visitor.hurries(delivery);
        }
        if (talk.oneIn(2)) {
            receiving.sendsElsewhere(ahead.order());
        }
        switch (visitor.chance().nextInt(8)) {
            case 0, 1 -> cancelsWhatIsToCome(ahead);
            case 2, 3 -> {
                if (office.callsOff(ahead.announced())) {
                    visitor.steps().take(Step.pieces_called_off);
                    visitor.hurries(delivery);
                }
                if (talk.oneIn(2)) {
                    afterwards.cancels(ahead.order());
                }
            }
            default -> piecesCome(ahead);
        }
    }

    // ---- in a store ---------------------------------------------------------------------------------------------

    private void collects() throws GaveUp, InterruptedException {
        var order = paysToCollect();
        if (order.isPresent() && receiving.fetches(order.get()) && talk.oneIn(2)) {
            returning.sendsBack(order.get());
        }
    }

    private void doesNotCollect() throws GaveUp, InterruptedException {
        var order = paysToCollect();
        if (order.isPresent()) {
            receiving.isNotFetched(order.get(), calendar);
        }
    }

    /** In whichever store has it. */
    private Optional<String> paysToCollect() throws GaveUp, InterruptedException {
        adds();
        for (var store : STORES) {
            var proposal = checksOutToCollect(store);
            if (proposal.isPresent()) {
                return purse.paysWell(proposal.get());
            }
        }
        return Optional.empty();
    }

    private void reserves() throws GaveUp, InterruptedException {
        var reservation = isReserved();
        if (reservation.isPresent()) {
            decidesAbout(reservation.get());
        }
    }

    private Optional<String> isReserved() throws GaveUp, InterruptedException {
        visitor.insists("Reserve the " + assortment.draw(visitor.chance()).inWords() + " in Bengaluru");
        var proposal = talk.proposalOf("Reservation");
        if (proposal.isEmpty()) {
            talk.says("the first one");
            proposal = talk.proposalOf("Reservation");
        }
        return proposal.isPresent() ? visitor.confirms(proposal.get()) : Optional.empty();
    }

    private boolean waitsInTheStore(JsonNode reservation) {
        boolean waits = reservation.path("waitingFor").asText().equals("collection");
        if (waits) {
            visitor.steps().take(Step.reserved);
        }
        return waits;
    }

    private void decidesAbout(String workflowId) throws GaveUp, InterruptedException {
        if (talk.oneIn(4)) {
            visitor.cancels(workflowId);
        }
        if (!waitsInTheStore(talk.awaits(workflowId, "collection"))) {
            return;
        }
        switch (visitor.chance().nextInt(4)) {
            case 0 -> visitor.cancels(workflowId);
            case 1, 2 ->
                visitor.staff()
                        .post("/v1/reservations/" + Visitor.journey(workflowId) + "/collected", talk.key(), List.of());
            default -> {
                return; // it stays in the store
            }
        }
        if (talk.awaits(workflowId, "").path("code").asText().equals("reservation_collected")) {
            visitor.steps().take(Step.reservation_collected);
        }
    }

    private void reservesAndHasItDelivered() throws GaveUp, InterruptedException {
        var reservation = isReserved();
        if (reservation.isEmpty() || !waitsInTheStore(talk.awaits(reservation.get(), "collection"))) {
            return;
        }
        talk.says("Deliver my reservation instead");
        var proposal = visitor.untilProposed("Checkout", visitor.address());
        var order = proposal.isPresent() ? purse.confirmsAndPays(proposal.get()) : Optional.<String>empty();
        if (order.isPresent()) {
            visitor.steps().take(Step.reservation_delivered);
            changesTheirMind(order.get(), proposal.get());
        }
    }

    // ---- what comes after it ------------------------------------------------------------------------------------

    private void sendsInVain() throws GaveUp, InterruptedException {
        adds();
        var order = paysToTheirDoor();
        if (order.isPresent() && receiving.comes(order.get())) {
            returning.sendsInVain(order.get());
        }
    }

    /** What is theirs again fails again, until they have their money, or it as it is. */
    private void claimsWarranty() throws GaveUp, InterruptedException {
        var ware = HeadOffice.WARRANTED.get(visitor.chance().nextInt(HeadOffice.WARRANTED.size()));
        office.restocks(talk.key(), ware);
        adds(ware.inWords());
        var order = paysToTheirDoor();
        if (order.isEmpty() || !receiving.comes(order.get())) {
            return;
        }
        for (var verdict : verdicts()) {
            if (!returning.claims(order.get(), ware.name(), verdict)) {
                return;
            }
        }
    }

    private List<Verdict> verdicts() {
        var end = talk.oneIn(6) ? Verdict.refuse : Verdict.refund;
        return talk.oneIn(2)
                ? List.of(Verdict.replace, Verdict.repair, end)
                : List.of(Verdict.repair, Verdict.replace, end);
    }

    /** Staff would send another piece, and there is none. */
    private void claimsTheLastOne() throws GaveUp, InterruptedException {
        ordersAhead(false, ahead -> {
            piecesCome(ahead);
            if (receiving.comes(ahead.order())) {
                returning.claims(ahead.order(), ahead.announced().ware().name(), Verdict.replace);
            }
        });
    }

    private void reviews() throws GaveUp, InterruptedException {
        adds();
        var order = paysToTheirDoor();
        if (order.isPresent() && receiving.comes(order.get())) {
            receiving.reviews(order.get());
        }
    }

    private Optional<String> paysToTheirDoor() throws GaveUp, InterruptedException {
        var proposal = checksOutToTheirDoor();
        return proposal.isPresent() ? purse.paysWell(proposal.get()) : Optional.empty();
    }

    // ---- what they pay with -------------------------------------------------------------------------------------

    /** For a dearer one, of which credit pays the difference. */
    private void exchangesWithCredit() throws GaveUp, InterruptedException {
        purse.isGivenCredit(3_000, Optional.empty());
        adds("Indigo Block-Print Cotton Kurta in blue, size L");
        var proposal = checksOutToTheirDoor();
        var order = proposal.isPresent() ? purse.paysWell(proposal.get()) : Optional.<String>empty();
        if (order.isPresent()) {
            afterwards.exchanges(
                    order.get(),
                    proposal.get(),
                    "the Anarkali Georgette Kurta in teal, size L, and pay with my store credit");
        }
    }

    private void paysWithTwo() throws GaveUp, InterruptedException {
        purse.isGivenCredit(1 + visitor.chance().nextInt(300), Optional.empty());
        adds();
        var proposal = checksOutWithCredit();
        if (proposal.isPresent()) {
            var order = purse.paysWell(proposal.get());
            if (order.isPresent() && talk.oneIn(2)) {
                returning.sendsBack(order.get());
            }
        }
    }

    /** Some of it is set aside for an order when its date comes; the rest is taken off, however often somebody looks. */
    private void letsCreditExpire() throws GaveUp, InterruptedException {
        purse.isGivenCredit(4_000 + visitor.chance().nextInt(4_000), Optional.of(Duration.ofDays(1)));
        adds("High-Low Rayon Kurti in pink, size M");
        var proposal = checksOutWithCredit();
        if (proposal.isEmpty()) {
            return;
        }
        var checkout = purse.confirms(proposal.get(), Map.of());
        calendar.creditEnds(visitor.record().customerId());
        var looking = Stream.generate(() -> Thread.startVirtualThread(this::looksAtTheirCredit))
                .limit(3)
                .toList();
        for (var look : looking) {
            look.join();
        }
        talk.says("how much store credit do I have?");
        if (purse.hasLostCredit()) {
            visitor.steps().take(Step.credit_expired);
        }
        if (checkout.isPresent()) {
            if (talk.oneIn(3)) {
                visitor.cancels(checkout.get());
            }
            talk.awaits(checkout.get(), "payment_method");
            purse.pays(checkout.get(), purse.method(Card.good));
            talk.awaits(checkout.get(), "payment_method");
        }
    }

    /** At the same time as others do. */
    private void looksAtTheirCredit() {
        try {
            purse.hasLostCredit();
        } catch (GaveUp unanswered) {
            visitor.record().complains(5, "nobody answered for minutes: " + unanswered.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Perhaps while an order is paid with it. */
    private void hasCardForgotten() throws GaveUp, InterruptedException {
        var kept = purse.keepsACard();
        adds();
        var proposal = checksOutToTheirDoor();
        if (proposal.isPresent()) {
            var checkout = purse.confirms(proposal.get(), kept);
            if (checkout.isPresent() && talk.oneIn(2)) {
                talk.awaits(checkout.get(), "payment_method");
            }
        }
        var removal = visitor.untilProposed("CardRemoval", "remove my saved cards");
        if (removal.isEmpty()) {
            return;
        }
        var forgetting = visitor.confirms(removal.get());
        if (forgetting.isPresent()
                && talk.awaits(forgetting.get(), "").path("status").asText().equals("completed")) {
            visitor.steps().take(Step.card_forgotten);
        }
    }

    // ---- talking ------------------------------------------------------------------------------------------------

    private void chatters(Optional<String> somebodyElsesOrder) throws GaveUp, InterruptedException {
        switch (visitor.chance().nextInt(12)) {
            case 0 -> talk.says("what offers do I get?");
            case 1 -> talk.says("where is my order?");
            case 2 -> talk.says("what's in my cart");
            case 3 -> talk.says("my card is " + visitor.cards().spoken(visitor.chance()) + ", take it from there");
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
            visitor.record().complains(6, "was shown order %s, which is somebody else's".formatted(order));
        }
        var answer = visitor.shop().post("/v1/journeys/checkout-" + order + "/cancel", talk.key(), Map.of());
        if (answer.ok()) {
            visitor.record().complains(6, "could cancel order %s, which is somebody else's".formatted(order));
        }
    }
}
