package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cards.CardRemoval;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.move.AddressMove;
import io.journeyman.workflows.reservation.Reservation;
import io.journeyman.workflows.returns.Return;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A confirmed proposal as the journey that it starts: ids, and what staff find it by. */
record ConfirmedJourney(ConversationId conversation, Confirmation.Confirmed confirmed, Optional<PaymentMethod> method) {
    /** What is started; the only kinds that there are. */
    sealed interface Start {
        String workflowId();

        record OfCheckout(String workflowId, Checkout.Order order) implements Start {}

        record OfReservation(String workflowId, Reservation.Request request) implements Start {}

        record OfReturn(String workflowId, Return.Request request) implements Start {}

        record OfCancellation(String workflowId, Cancellation.Request request) implements Start {}

        record OfMove(String workflowId, AddressMove.Request request) implements Start {}

        record OfCardRemoval(String workflowId, CardRemoval.Request request) implements Start {}
    }

    Start start() {
        return switch (confirmed.kind()) {
            case "Checkout" -> {
                var order = new OrderId(confirmed.journeyId());
                yield new Start.OfCheckout(
                        Checkout.workflowId(order),
                        new Checkout.Order(
                                order,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total(),
                                confirmed.quoteValidUntil(),
                                method,
                                confirmed.reservation(),
                                confirmed.exchange(),
                                confirmed.credit()));
            }
            case "Reservation" -> {
                var reservation = new ReservationId(confirmed.journeyId());
                yield new Start.OfReservation(
                        Reservation.workflowId(reservation),
                        new Reservation.Request(
                                reservation,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total(),
                                Reservation.KEEP));
            }
            case "Return" -> {
                var back = new ReturnId(confirmed.journeyId());
                yield new Start.OfReturn(
                        Return.workflowId(back),
                        new Return.Request(
                                back,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total(),
                                Optional.empty()));
            }
            case "Cancellation" -> {
                var stop = new CancellationId(confirmed.journeyId());
                yield new Start.OfCancellation(
                        Cancellation.workflowId(stop),
                        new Cancellation.Request(
                                stop,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total(),
                                Optional.empty()));
            }
            case "AddressChange" -> {
                var change = new AddressChangeId(confirmed.journeyId());
                yield new Start.OfMove(
                        AddressMove.workflowId(change),
                        new AddressMove.Request(
                                change,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total()));
            }
            case "CardRemoval" -> {
                var removal = new CardRemovalId(confirmed.journeyId());
                yield new Start.OfCardRemoval(
                        CardRemoval.workflowId(removal),
                        new CardRemoval.Request(
                                removal,
                                confirmed.quote(),
                                conversation,
                                confirmed.customer(),
                                confirmed.channel(),
                                confirmed.total()));
            }
            default ->
                throw ApplicationFailure.newNonRetryableFailure(
                        "no journey is called " + confirmed.kind(), "unknown_journey");
        };
    }

    SearchAttributes attributes() {
        return JourneyAttributes.atStart(
                confirmed.kind(), confirmed.journeyId(), confirmed.customer(), confirmed.channel(), confirmed.total());
    }

    /** What staff read on the journey's page beside its search attributes: ids, and the amount as the customer saw it. */
    Map<String, Object> memo() {
        var memo = new HashMap<String, Object>();
        memo.put("conversation", conversation.value());
        memo.put("quote", confirmed.quote().value());
        memo.put("total", confirmed.total().shown());
        confirmed.credit().ifPresent(credit -> memo.put("store credit", credit.shown()));
        confirmed.reservation().ifPresent(reservation -> memo.put("instead of", reservation.value()));
        confirmed
                .exchange()
                .ifPresent(back -> memo.put("in exchange for", back.returnId().value()));
        return memo;
    }
}
