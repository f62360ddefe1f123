package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The house's own words for what journeys tell: what customers hear of each piece of news. */
final class NewsWords {
    /** What of its news is told with the order's pieces. */
    static final Set<String> TELL_OF_PIECES =
            Set.of("order_confirmed", "reviews_wanted", "address_changed_in_part", "exchange_sent");

    private static final int MOST_NAMED = 10;

    /** The shop's own day and time. */
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.of("en", "IN")).withZone(ShopTime.ZONE);

    private record Told(String text, List<String> suggestions) {}

    private static final List<String> OTHER_PAYMENT =
            List.of("Use another card", "Pay cash on delivery", "Cancel my order");
    private static final List<String> OTHERWISE = List.of("Pay cash on delivery", "Cancel my order");
    private static final Told UNDONE_SOON = new Told(
            "Your order {order} is over{because}; what is still open of it is undone as soon as it can be.", List.of());

    private static final Map<String, Told> NEWS = Map.ofEntries(
            Map.entry(
                    "payment_method_needed",
                    new Told(
                            "Your order {id} is ready for payment; your items are kept for you meanwhile. Please use the payment form.",
                            List.of("Pay now", "Cancel my order"))),
            Map.entry(
                    "payment_declined",
                    new Told(
                            "The payment for your order {id} was declined: {reason}. Nothing was charged, and your items are kept for you meanwhile.",
                            OTHER_PAYMENT)),
            Map.entry(
                    "payment_confirmation_needed",
                    new Told(
                            "Your bank asks you to confirm the payment for your order {id}. Nothing is charged before; your items are kept for you meanwhile.",
                            OTHERWISE)),
            Map.entry(
                    "upi_approval_needed",
                    new Told(
                            "Please open your UPI app and approve the payment for your order {id} there. Nothing is charged before; your items are kept for you meanwhile.",
                            OTHERWISE)),
            Map.entry(
                    "waiting_for_the_bank",
                    new Told(
                            "The bank has not answered about the payment for your order {id} yet. We ask again until it does; please do not pay again meanwhile.",
                            List.of())),
            Map.entry(
                    "payment_unresolved",
                    new Told(
                            "The bank has not told us what became of the payment for your order {id}. Please do not pay again: our staff look into it, and your items are kept.",
                            List.of())),
            Map.entry(
                    "payment_failed",
                    new Told(
                            "The payment for your order {id} did not succeed ({reason}), so the order is closed and you are not charged for it.",
                            List.of("Order again", "Show me my cart"))),
            Map.entry(
                    "capture_unanswered",
                    new Told(
                            "Your payment for order {id} is secured, and we wait for the bank's last word. You need not do anything.",
                            List.of())),
            Map.entry(
                    "order_confirmed",
                    new Told(
                            "Your order {id} is confirmed. Thank you!",
                            List.of("Where is my order?", "What goes with it?"))),
            Map.entry(
                    "order_cancelled",
                    new Told(
                            "Your order {id} is cancelled ({reason}); everything was undone and nothing is charged.",
                            List.of("Show me alternatives"))),
            Map.entry(
                    "compensation_stuck",
                    new Told("Our staff are finishing {kind} {id} by hand; you hear from us here.", List.of())),
            Map.entry(
                    "agent_unavailable",
                    new Told(
                            "A part of our shop does not answer just now, so {kind} {id} could not be carried out; everything was undone.",
                            List.of("Try again"))),
            Map.entry(
                    "completion_stuck",
                    new Told(
                            "Your order {id} is paid and under way; its confirmation takes a little longer, and our staff look into it.",
                            List.of())),
            Map.entry(
                    "credit_not_spent",
                    new Told(
                            "Your order {id} is paid and under way; our staff finish the record of your store credit. You need not do anything.",
                            List.of())),
            Map.entry(
                    "collection_unrecorded",
                    new Told(
                            "You have collected your reservation {id}; our staff finish the record. You need not do anything.",
                            List.of())),
            Map.entry(
                    "shipped",
                    new Told("{what} is on its way and should come by {due}.", List.of("Where is my order?"))),
            Map.entry(
                    "parcel_delayed",
                    new Told(
                            "{what} is delayed{because}; the carrier now says {due}. I am sorry.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "awaited_moved",
                    new Told(
                            "{what} comes later than we said: the shop now expects it on {expected}, and it should reach you by {due}. I am sorry. You may cancel it until it leaves.",
                            List.of("Where is my order?", "Cancel what has not left"))),
            Map.entry(
                    "awaited_sooner",
                    new Told(
                            "{what} comes sooner than we said: the shop now expects it on {expected}, and it should reach you by {due}.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "awaited_here",
                    new Told(
                            "{what} has come to the shop and is being packed; it should reach you by {due}.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "awaited_called_off",
                    new Told(
                            "I am sorry: {what} is not coming to the shop as it was announced, and nobody can say when it will. Shall we cancel it, and you get its money back? If you would rather wait, you need not do anything.",
                            List.of("Cancel what has not left"))),
            Map.entry("out_for_delivery", new Told("{what} is out for delivery and should come today.", List.of())),
            Map.entry("delivered", new Told("{what} was delivered. Enjoy it!", List.of("What goes with it?"))),
            Map.entry(
                    "rest_delivered",
                    new Told(
                            "With that, you have everything that is left of your order {order}.",
                            List.of("What is new?"))),
            Map.entry("NotTaken.delivered", new Told("{what} was delivered.", List.of("Can I talk to somebody?"))),
            Map.entry(
                    "reviews_wanted",
                    new Told(
                            "How do you like what came with your order {id}: {pieces}? Give one to five stars, and a few words if you like, such as \"5 stars, fits well\".",
                            List.of("Stop asking me for reviews"))),
            Map.entry(
                    "delivery_failed",
                    new Told(
                            "{what} could not be delivered{because}. Our staff know and speak with the carrier; you hear from us here.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "delivery_overdue",
                    new Told(
                            "{what} should have come by now, and has not. Our staff ask the carrier; you hear from us here. I am sorry.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "undelivered",
                    new Told(
                            "{what} could not be delivered as a whole. Our staff settle with you what becomes of it.",
                            List.of())),
            Map.entry(
                    "collection_ready",
                    new Told(
                            "Your order {id} is ready: the {store} keeps it for you until {until}.",
                            List.of("Where is my order?", "Cancel my order"))),
            Map.entry(
                    "collection_ending",
                    new Told(
                            "Your order {id} waits for you at the {store}, until {until}. What is not collected by then is cancelled, and what you paid goes back.",
                            List.of("Where is my order?", "Cancel my order"))),
            Map.entry(
                    "Delivery.deadline_extended",
                    new Told(
                            "There is more time for you to collect your order {id}: the {store} keeps it until {until}.",
                            List.of("Where is my order?", "Cancel my order"))),
            Map.entry(
                    "collection_picked_up",
                    new Told("You have collected your order {id}. Enjoy it!", List.of("What goes with it?"))),
            Map.entry(
                    "collection_overdue",
                    new Told(
                            "Your order {id} should be ready at the {store} by now, and is not. Our staff see to it; you hear from us here. I am sorry.",
                            List.of("Where is my order?", "Cancel my order"))),
            Map.entry(
                    "collection_not_collected",
                    new Told(
                            "Your order {id} was not collected in time, so it is cancelled and the {store} sells its pieces again.",
                            List.of("Order the same again"))),
            Map.entry(
                    "collection_called_off",
                    new Told("The {store} does not keep your order {id} any more.", List.of("What is new?"))),
            Map.entry("delivery_cancelled", new Told("The parcels of your order {id} were called back.", List.of())),
            Map.entry(
                    "reserved",
                    new Told(
                            "Your reservation {id} is set aside in the store.",
                            List.of("Deliver my reservation instead", "Cancel my reservation"))),
            Map.entry(
                    "reservation_ready",
                    new Told(
                            "Your reservation {id} is ready: the store has it at its counter for you.",
                            List.of("Deliver my reservation instead", "Cancel my reservation"))),
            Map.entry(
                    "reservation_ending",
                    new Told(
                            "Your reservation {id} ends soon; the store keeps it only until then.",
                            List.of("Deliver my reservation instead", "Cancel my reservation"))),
            Map.entry(
                    "deadline_extended",
                    new Told(
                            "There is more time for {kind} {id}: everything is kept for you, at the same price, until {until}.",
                            List.of())),
            Map.entry(
                    "reservation_ordered",
                    new Told(
                            "Your reservation {id} has become an order; you need not come to the store for it.",
                            List.of())),
            Map.entry(
                    "reservation_collected",
                    new Told("You have collected your reservation {id}. Enjoy it!", List.of("What goes with it?"))),
            Map.entry(
                    "reservation_expired",
                    new Told(
                            "Your reservation {id} has ended; the store sells the item again.",
                            List.of("Reserve it again"))),
            Map.entry(
                    "reservation_cancelled",
                    new Told("Your reservation {id} is cancelled.", List.of("Look for something else"))),
            Map.entry(
                    "return_label",
                    new Told(
                            "Your return {id} of order {order} is recorded. Please write {label} on the parcel and hand it in by {until}; {amount} is refunded once it is back and was looked at.",
                            List.of("Where is my order?", "Cancel my return"))),
            Map.entry(
                    "claim_label",
                    new Told(
                            "Your warranty claim {id} for order {order} is recorded. Please write {label} on the parcel and hand it in by {until}; our staff look at it. What the warranty covers is repaired or replaced, or refunded with {amount} for all of it; what it does not cover comes back to you.",
                            List.of("Where is my order?", "Cancel my return"))),
            Map.entry(
                    "exchange_label",
                    new Told(
                            "Your exchange is under way: what comes for it, order {exchangedFor}, is set aside for you. Please write {label} on the parcel of what goes back (return {id} of order {order}) and hand it in by {until}; the other piece is sent once yours is here and was looked at.",
                            List.of("Where is my order?", "Cancel my exchange"))),
            Map.entry(
                    "exchange_sent",
                    new Told(
                            "Yours is back, and what comes for it is packed: order {id}. Tracking number: {tracking}.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "Collected.exchange_sent",
                    new Told(
                            "Yours is back, and what comes for it, order {id}, is being set aside for you at the {counter}. You hear here as soon as it is ready.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "exchange_stuck",
                    new Told(
                            "Yours is back, and what comes for it, order {id}, is yours. A part of our shop does not answer just now; our staff see to it that it is sent.",
                            List.of())),
            Map.entry(
                    "return_exchanged",
                    new Told(
                            "Your return {id} is done: order {exchangedFor} comes for it.{points}",
                            List.of("Where is my order?"))),
            Map.entry(
                    "Return.deadline_extended",
                    new Told(
                            "There is more time for your return {id}: please hand the parcel in by {until}.",
                            List.of())),
            Map.entry(
                    "return_arrived",
                    new Told("The parcel of {kind} {id} has arrived; our staff look at it now.", List.of())),
            Map.entry(
                    "return_not_received",
                    new Told(
                            "Nothing came back for {kind} {id} in time, so it is closed and nothing is refunded. If you still want to return something, just say so.",
                            List.of("Return it again"))),
            Map.entry(
                    "return_cancelled",
                    new Told("{Kind} {id} is cancelled; you keep everything.", List.of("What goes with it?"))),
            Map.entry(
                    "return_refused",
                    new Told(
                            "Our staff looked at {kind} {id} and could not take it back; it goes back to you{tracked}, and nothing is refunded. Please ask us if you do not agree.",
                            List.of("Can I talk to somebody?"))),
            Map.entry(
                    "NothingThere.return_refused",
                    new Told(
                            "Our staff opened the parcel of {kind} {id}, and what you wanted to send back was not in it; nothing is refunded. Please ask us if you do not agree.",
                            List.of("Can I talk to somebody?"))),
            Map.entry(
                    "claim_refused",
                    new Told(
                            "Our staff looked at {kind} {id}. What failed is not covered by the warranty, so it comes back to you as it is{tracked}, and nothing is refunded. Please ask us if you do not agree.",
                            List.of("Where is it?", "Can I talk to somebody?"))),
            Map.entry(
                    "NothingThere.claim_refused",
                    new Told(
                            "Our staff opened the parcel of {kind} {id}, and what failed was not in it; nothing is refunded. Please ask us if you do not agree.",
                            List.of("Can I talk to somebody?"))),
            Map.entry(
                    "claim_replaced",
                    new Told(
                            "{Kind} {id} is accepted, and you get a new one: it is packed{tracked}. There is nothing to pay. Its warranty ends when that of the first one would have.{notTaken}",
                            List.of("Where is my replacement?"))),
            Map.entry(
                    "claim_repaired",
                    new Told(
                            "{Kind} {id} is accepted: yours is repaired and packed{tracked}. There is nothing to pay, and its warranty goes on as before.{notTaken}",
                            List.of("Where is my repair?"))),
            Map.entry(
                    "replacement_gone",
                    new Told(
                            "{Kind} {id} is accepted, and you shall get a new one; just now there is none left. As soon as one comes in it is yours. Our staff know, and may choose to refund you instead; you hear from us here.",
                            List.of())),
            Map.entry(
                    "send_back_stuck",
                    new Told(
                            "Our staff have looked at {kind} {id}. A part of our shop does not answer just now; they see to it that it goes on, and you hear from us here.",
                            List.of())),
            Map.entry(
                    "refund_pending",
                    new Told(
                            "{Kind} {id} is accepted. The bank takes its time with the refund of {amount}; you need not do anything.",
                            List.of())),
            Map.entry(
                    "refund_failed",
                    new Told(
                            "{Kind} {id} is accepted, but the bank did not take the refund of {amount}. Our staff see to it that you get it.",
                            List.of())),
            Map.entry(
                    "refund_by_hand",
                    new Told(
                            "{Kind} {id} is accepted. You paid in cash, so our staff pay out the {amount} by hand and get in touch with you for it.",
                            List.of())),
            Map.entry(
                    "return_stuck",
                    new Told(
                            "{Kind} {id} is accepted; a part of our shop does not answer just now, and our staff see to it that you get your {amount}.",
                            List.of())),
            Map.entry(
                    "return_refunded",
                    new Told(
                            "{Kind} {id} is done: {amount} went back to the card or account that paid. It may take your bank some days to show it.{credit}{points}{notTaken}",
                            List.of("What is new?"))),
            Map.entry(
                    "OnlyCredit.return_refunded",
                    new Told(
                            "{Kind} {id} is done: {credited} is store credit again, which had paid it.{points}{notTaken}",
                            List.of("How much store credit do I have?"))),
            Map.entry(
                    "return_to_credit",
                    new Told(
                            "{Kind} {id} is done: {amount} is store credit of yours now. Say at the checkout that it shall pay.{points}{notTaken}",
                            List.of("How much store credit do I have?", "What is new?"))),
            Map.entry(
                    "return_paid_out",
                    new Told(
                            "{Kind} {id} is done: our staff paid out {amount} to you.{credit}{points}{notTaken}",
                            List.of("What is new?"))),
            Map.entry(
                    "return_nothing_due",
                    new Told(
                            "{Kind} {id} is done. Its fee is as high as what was paid for the pieces, so nothing is refunded.{points}{notTaken}",
                            List.of("What is new?"))),
            Map.entry(
                    "address_changed",
                    new Told(
                            "Your order {order} goes to the other address now, and should come by {due}. There is nothing to pay for it.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "address_changed_in_part",
                    new Told(
                            "What of your order {order} had not left goes to the other address now, and should come by {due}. What had left before comes to the address that you gave first: {staying}. There is nothing to pay for it.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "address_change_too_late",
                    new Told(
                            "Your order {order} could not be sent elsewhere any more: all of it has left already. It comes to the address that you gave first.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "address_not_served",
                    new Told(
                            "Your order {order} could not be sent there: its delivery is not offered to that address. It comes to the address that you gave first.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "address_change_stuck",
                    new Told(
                            "A part of our shop does not answer just now, so the change of address {id} takes longer; our staff see to it. You hear from us here.",
                            List.of())),
            Map.entry(
                    "cards_forgotten",
                    new Told(
                            "It is forgotten: {cards} will not be offered to you again, and pays nothing new.{paying}",
                            List.of("Which cards do you have of mine?"))),
            Map.entry(
                    "card_removal_stuck",
                    new Told(
                            "A part of our shop does not answer just now, so that forgetting your card takes longer; our staff see to it. You hear from us here.",
                            List.of())),
            Map.entry(
                    "cancellation_refunded",
                    new Told(
                            "It is cancelled, as you asked ({id} of order {order}): {amount} went back to the card or account that paid. It may take your bank some days to show it.{credit}{points}",
                            List.of("Where is my order?", "What is new?"))),
            Map.entry(
                    "OnlyCredit.cancellation_refunded",
                    new Told(
                            "It is cancelled, as you asked ({id} of order {order}): {credited} is store credit again, which had paid it.{points}",
                            List.of("How much store credit do I have?"))),
            Map.entry(
                    "Uncollected.cancellation_refunded",
                    new Told(
                            "Your order {order} is undone{because} ({id}): {amount} went back to the card or account that paid. It may take your bank some days to show it.{credit}{points}",
                            List.of("Order the same again"))),
            Map.entry(
                    "Uncollected.OnlyCredit.cancellation_refunded",
                    new Told(
                            "Your order {order} is undone{because} ({id}): {credited} is store credit again, which had paid it.{points}",
                            List.of("Order the same again"))),
            Map.entry(
                    "Uncollected.cancellation_nothing_due",
                    new Told(
                            "Your order {order} is undone{because} ({id}). You had not paid {amount} of it yet, and need not.{credit}{points}",
                            List.of("Order the same again"))),
            Map.entry(
                    "Uncollected.cancellation_too_late",
                    new Told(
                            "Your order {order} was handed over just in time, so nothing of it is undone.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "Uncollected.already_delivered",
                    new Told(
                            "Your order {order} was handed over just in time, so nothing of it is undone.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "Uncollected.kept_longer",
                    new Told(
                            "Your order {order} is kept for you longer, so nothing of it is undone.",
                            List.of("Where is my order?"))),
            Map.entry("Uncollected.nothing_to_cancel", UNDONE_SOON),
            Map.entry("Uncollected.refund_changed", UNDONE_SOON),
            Map.entry("Uncollected.agent_unavailable", UNDONE_SOON),
            Map.entry(
                    "Uncollected.refund_pending",
                    new Told(
                            "Your order {order} is undone{because} ({id}). The bank takes its time with the refund of {amount}; you need not do anything.",
                            List.of())),
            Map.entry(
                    "Uncollected.refund_failed",
                    new Told(
                            "Your order {order} is undone{because} ({id}), but the bank did not take the refund of {amount}. Our staff see to it that you get it.",
                            List.of())),
            Map.entry(
                    "cancellation_paid_out",
                    new Told(
                            "Your cancellation {id} of order {order} is done: our staff paid out {amount} to you.{credit}{points}",
                            List.of("What is new?"))),
            Map.entry(
                    "cancellation_nothing_due",
                    new Told(
                            "It is cancelled, as you asked ({id} of order {order}). You had not paid {amount} of it yet, and need not.{credit}{points}",
                            List.of("Where is my order?", "What is new?"))),
            Map.entry(
                    "cancellation_too_late",
                    new Told(
                            "Your order {order} could not be stopped any more: a parcel of it has just left. Nothing has changed. Once it is there, you can send it back.",
                            List.of("Where is my order?", "Return it"))),
            Map.entry(
                    "cancellation_stuck",
                    new Told(
                            "Your cancellation {id} is under way; a part of our shop does not answer just now, and our staff see to it. You hear from us here.",
                            List.of())),
            Map.entry(
                    "already_delivered",
                    new Told(
                            "Your cancellation {id} could not be recorded: the order was delivered meanwhile. Nothing has changed; you can send it back.",
                            List.of("Return it"))),
            Map.entry(
                    "nothing_to_cancel",
                    new Told(
                            "Your cancellation {id} could not be recorded: some of these pieces were cancelled, or come back, already. Nothing has changed.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "Cancellation.refund_changed",
                    new Told(
                            "Your cancellation {id} could not be recorded: another amount would go back by now. Nothing has changed; please ask for it again.",
                            List.of("Cancel my order"))),
            Map.entry(
                    "Cancellation.refund_pending",
                    new Told(
                            "It is cancelled, as you asked ({id} of order {order}). The bank takes its time with the refund of {amount}; you need not do anything.",
                            List.of())),
            Map.entry(
                    "Cancellation.refund_failed",
                    new Told(
                            "It is cancelled, as you asked ({id} of order {order}), but the bank did not take the refund of {amount}. Our staff see to it that you get it.",
                            List.of())),
            Map.entry(
                    "warranty_over",
                    new Told(
                            "Your warranty claim {id} could not be recorded: the warranty has ended meanwhile. Nothing has changed.",
                            List.of())),
            Map.entry(
                    "window_over",
                    new Told(
                            "Your return {id} could not be recorded: its time is over. Nothing has changed.",
                            List.of())),
            Map.entry(
                    "nothing_to_return",
                    new Told(
                            "Your return {id} could not be recorded: some of these pieces are on their way back already. Nothing has changed.",
                            List.of("Where is my order?"))),
            Map.entry(
                    "refund_changed",
                    new Told(
                            "Your return {id} could not be recorded, because it would be refunded with another amount by now. Nothing has changed; shall I work it out again?",
                            List.of("Return it again"))),
            Map.entry(
                    "reservation_out_of_stock",
                    new Told(
                            "I am sorry: the item of your reservation {id} sold out in that store in the meantime.",
                            List.of("Look in another store", "Show me alternatives"))));

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("insufficient_funds", "the card has insufficient funds"),
            Map.entry("expired_card", "the card has expired"),
            Map.entry("card_declined", "the card's bank does not say why"),
            Map.entry("card_number_invalid", "the card's number or date is not right"),
            Map.entry("incorrect_cvc", "the card's security code is wrong"),
            Map.entry("authentication_failed", "it was not confirmed with the bank"),
            Map.entry("under_suspicion", "the bank looked at it and did not accept it"),
            Map.entry("duplicate", "the bank took it for the payment that was made a moment ago"),
            Map.entry("processing_error", "the bank could not process it"),
            Map.entry("unknown_token", "that card is not kept any more"),
            Map.entry("upi_declined", "it was declined in the UPI app"),
            Map.entry("upi_expired", "it was not approved in the UPI app in time"),
            Map.entry("amount_not_chargeable", "the payment service cannot charge this amount to its last digit"),
            Map.entry("network_error", "a network error on the way to the bank"),
            Map.entry("unresolved", "the bank did not answer"),
            Map.entry("payment_unresolved", "the bank did not answer"),
            Map.entry("not_confirmed", "it was not confirmed at the bank in time"),
            Map.entry("not_received", "it never reached the bank"),
            Map.entry("cancelled_on_request", "as asked"),
            Map.entry("payment_not_made", "no payment came in time"),
            Map.entry("capture_refused", "the bank withdrew it"),
            Map.entry("capture_unanswered", "the bank never gave its last word"),
            Map.entry("out_of_stock", "an item sold out in the meantime"),
            Map.entry("return_cancelled", "what was to go back is not sent back"),
            Map.entry("return_not_received", "nothing came back for it in time"),
            Map.entry("return_refused", "our staff could not take back what you sent"),
            Map.entry("return_not_inspected", "nobody has looked at what you sent"),
            Map.entry("exchange_off", "it could not be exchanged as a whole"),
            Map.entry("window_over", "the time for it is over"),
            Map.entry("nothing_to_return", "what was to go back is on its way back already"),
            Map.entry("refund_changed", "its amounts have changed"),
            Map.entry("collected_already", "you collected it in the store meanwhile"),
            Map.entry("credit_gone", "your store credit was used elsewhere meanwhile"),
            Map.entry("benefits_gone", "an offer or points are no longer there"),
            Map.entry("quote_expired", "the offer's time was over"),
            Map.entry("option_gone", "the delivery is no longer offered"),
            Map.entry("address_invalid", "the address cannot be delivered to"),
            Map.entry("cancelled_by_customer", "as you asked"),
            Map.entry("cancelled_by_staff", "as asked"),
            Map.entry("agent_unavailable", "a part of our shop did not answer"));

    private static final Map<String, String> HINDRANCES = Map.of(
            "weather", "because of the weather",
            "nobody_home", "because nobody was at home",
            "address_not_found", "because the carrier did not find the address",
            "refused", "because it was not accepted",
            "damaged", "because it was damaged on its way",
            "not_collected", "because nobody collected it in time",
            "never_ready", "because the store did not have it ready");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private NewsWords() {}

    /**
     * The news as an event's body.
     *
     * @param bought the quote of the order, where its pieces are told of: its receipt comes along when it is confirmed with this
     */
    static JsonNode of(JourneyNews news, String journeyId, Optional<Quote> bought) {
        Optional<Quote> sold = bought.filter(quote -> news.code().equals("order_confirmed"));
        boolean onlyCredit = news.facts().getOrDefault("restMinor", "").equals("0");
        boolean inUpiApp = news.code().equals("payment_confirmation_needed")
                && news.facts().getOrDefault("reason", "").equals("upi_collect");
        String uncollected = news.facts().containsKey("uncollected") ? "Uncollected." : "";
        Optional<String> counter =
                bought.flatMap(Quote::delivery).flatMap(Quote.Delivery::collect).map(Quote.Collect::name);
        boolean notTaken = news.facts().getOrDefault("sentBack", "").equals("refused");
        boolean nothingThere = news.facts().getOrDefault("comesBack", "").equals("false");
        Told told = Stream.of(
                        counter.isPresent() ? "Collected." + news.code() : "",
                        nothingThere ? "NothingThere." + news.code() : "",
                        notTaken ? "NotTaken." + news.code() : "",
                        onlyCredit ? uncollected + "OnlyCredit." + news.code() : "",
                        uncollected.isEmpty() ? "" : uncollected + news.code(),
                        inUpiApp ? "upi_approval_needed" : "",
                        news.kind() + "." + news.code(),
                        news.code())
                .flatMap(key -> Optional.ofNullable(NEWS.get(key)).stream())
                .findFirst()
                .orElseGet(() -> new Told(
                        "There is news about {kind} {id}: " + news.code().replace('_', ' ') + ".", List.of()));
        String kind = switch (news.kind()) {
            case "Reservation" -> "your reservation";
            case "Return" -> news.facts().containsKey("claim") ? "your warranty claim" : "your return";
            case "Cancellation" -> "your cancellation";
            case "AddressChange" -> "the change of address";
            case "CardRemoval" -> "your kept cards";
            default -> "your order";
        };
        String code = news.facts().getOrDefault("reason", "");
        String reason = REASONS.getOrDefault(code, code.isEmpty() ? "no reason was given" : code.replace('_', ' '));
        String pickupCode = news.facts().getOrDefault("pickupCode", "");
        String text = told.text()
                        .replace("{what}", parcel(news, journeyId))
                        .replace("{kind}", kind)
                        .replace("{Kind}", kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
                        .replace("{pieces}", pieces(news, "skus", bought))
                        .replace("{counter}", counter.orElse("store"))
                        .replace("{staying}", pieces(news, "staying", bought))
                        .replace("{id}", journeyId)
                        .replace("{because}", because(news.facts().getOrDefault("because", "")))
                        .replace("{due}", due(news.facts().getOrDefault("due", "")))
                        .replace("{expected}", due(news.facts().getOrDefault("expected", "")))
                        .replace("{reason}", reason)
                        .replace("{store}", news.facts().getOrDefault("store", "store"))
                        .replace("{order}", news.facts().getOrDefault("orderId", ""))
                        .replace("{exchangedFor}", news.facts().getOrDefault("exchangedFor", ""))
                        .replace("{tracked}", tracked(news))
                        .replace("{notTaken}", notTaken(news))
                        .replace("{tracking}", news.facts().getOrDefault("trackingId", ""))
                        .replace("{label}", news.facts().getOrDefault("label", ""))
                        .replace("{amount}", amount(news))
                        .replace("{credited}", money(news, "creditMinor").orElse(""))
                        .replace("{credit}", credit(news))
                        .replace("{points}", points(news))
                        .replace("{cards}", cards(news))
                        .replace("{paying}", paying(news))
                        .replace(
                                "{until}",
                                news.until().map(DAY_AND_TIME::format).orElse(""))
                + (pickupCode.isEmpty() ? "" : " Your pickup code is " + pickupCode + ".")
                + sold.map(quote -> Receipt.words(quote, news.facts())).orElse("");
        var body = Json.mapper().createObjectNode();
        body.put("workflowId", news.workflowId())
                .put("journeyId", journeyId)
                .put("kind", news.kind())
                .put("code", news.code())
                .put("status", news.status().name())
                .put("waitingFor", news.waitingFor())
                .put("text", text);
        news.until().ifPresent(until -> body.put("until", until.toString()));
        body.set("suggestions", Json.mapper().valueToTree(told.suggestions()));
        body.set("facts", Json.mapper().valueToTree(news.facts()));
        sold.ifPresent(quote -> body.set("receipt", Receipt.of(quote, news.facts())));
        return body;
    }

    /** Those of the order that the news are about. */
    private static String pieces(JourneyNews news, String fact, Optional<Quote> bought) {
        List<String> about = List.of(news.facts().getOrDefault(fact, "").split(" ", -1));
        return bought.map(quote -> Stream.concat(
                                quote.lines().stream(),
                                quote.moved().flatMap(Quote.Moved::staying).stream()
                                        .flatMap(List::stream))
                        .filter(line -> about.contains(line.sku().value()))
                        .map(PricedLine::name)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", ")))
                .filter(names -> !names.isEmpty())
                .orElse("your pieces");
    }

    private static String cards(JourneyNews news) {
        String count = news.facts().getOrDefault("cards", "1");
        return count.equals("1") ? "that card" : "each of these " + count + " cards";
    }

    /** Orders that are being paid with a card which was forgotten. */
    private static String paying(JourneyNews news) {
        String orders = news.facts().getOrDefault("payingFor", "");
        return orders.isEmpty() ? "" : " What is being paid with it goes on as it is: " + orders + ".";
    }

    /** Of what goes back to a card or account, or is paid out: what store credit had paid is credit again. */
    private static String amount(JourneyNews news) {
        return money(news, "restMinor").or(() -> money(news, "amountMinor")).orElse("the amount");
    }

    private static Optional<String> money(JourneyNews news, String fact) {
        return Optional.ofNullable(news.facts().get(fact))
                .map(minor -> ShopCurrency.here().minor(Long.parseLong(minor)).shown());
    }

    /** Of a refund whose order store credit had paid in part. */
    private static String credit(JourneyNews news) {
        return money(news, "creditMinor")
                .map(credit -> " " + credit + " is store credit again, which had paid that part.")
                .orElse("");
    }

    /** What a return or a cancellation did to the customer's points. */
    private static String points(JourneyNews news) {
        long fewer = Long.parseLong(news.facts().getOrDefault("pointsFewer", "0"));
        if (fewer == 0) {
            return "";
        }
        return fewer > 0
                ? " The " + fewer + " points that these pieces had earned are taken off again."
                : " You have " + -fewer + " points more, which had been spent on them.";
    }

    /** By which number what goes back to the customer of a return is found again. */
    private static String tracked(JourneyNews news) {
        return Optional.ofNullable(news.facts().get("trackingId"))
                .map(id -> " (tracking number " + id + ")")
                .orElse("");
    }

    /** Of a return that was taken in part. */
    private static String notTaken(JourneyNews news) {
        return news.facts().containsKey("notTaken") ? " What we could not take comes back to you." : "";
    }

    /** One parcel among several is named by its place; what goes back after a return by why it does. */
    private static String parcel(JourneyNews news, String id) {
        String what = switch (news.facts().getOrDefault("sentBack", "")) {
            case "replaced" -> "the replacement for your claim " + id;
            case "repaired" -> "what we repaired for your claim " + id;
            case "refused" -> "what you had sent us, " + id + ",";
            default -> "your order " + id;
        };
        return news.facts().getOrDefault("parcels", "1").equals("1")
                ? what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1)
                : "Parcel %s of %s of %s"
                        .formatted(news.facts().get("parcel"), news.facts().get("parcels"), what);
    }

    private static String because(String hindrance) {
        return hindrance.isEmpty()
                ? ""
                : " " + HINDRANCES.getOrDefault(hindrance, "(" + hindrance.replace('_', ' ') + ")");
    }

    private static String due(String day) {
        return day.isEmpty() ? "" : DAY.format(LocalDate.parse(day));
    }
}
