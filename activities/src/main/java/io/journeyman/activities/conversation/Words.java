package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.ShopCurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The house's own words for its codes: replies that need no model. */
final class Words {
    static final String HOUSE = "house";

    /** Where money goes back to: of an order that credit had paid in part, a part of it is credit again. */
    static final String AS_IT_WAS_PAID =
            "Back the way it was paid: to the card or account, and what store credit had paid as store credit.";

    private static final Map<String, String> REPLIES = Map.ofEntries(
            Map.entry(
                    "model_unavailable",
                    "I am sorry, I cannot think clearly just now. Your message is kept; nothing was ordered or changed by it. Please try again in a moment."),
            Map.entry(
                    "model_out_of_tokens",
                    "I am sorry, my answer became too long, and I could not finish it. Your message is kept; nothing was ordered or changed by it. Could you ask for it in smaller steps?"),
            Map.entry(
                    "cart_changed",
                    "I am sorry, I cannot think clearly just now. What you asked for has changed your cart already: please look at it before you ask again. Nothing was ordered."),
            Map.entry(
                    "too_many_rounds",
                    "I am sorry, I could not finish that in a reasonable time. Could you ask for it in smaller steps?"),
            Map.entry(
                    "turn_failed",
                    "I am sorry, something went wrong on our side while I answered. Please say it again."),
            Map.entry("reply_unreadable", "This reply cannot be shown any more, I am sorry."),
            Map.entry(
                    "order_started",
                    "Thank you. Your order is confirmed from your side and on its way through our shop. The next step is your payment: please use the payment form, never this chat, for your card."),
            Map.entry(
                    "order_covered",
                    "Thank you. Your store credit pays all of it, so there is nothing else to pay; you hear here as soon as your order is confirmed."),
            Map.entry(
                    "checkout_started",
                    "Thank you. Your order is on its way through our shop. The next step is your payment: please use the payment form, never this chat, for your card."),
            Map.entry(
                    "reservation_started",
                    "Thank you. I have asked the store to keep it for you; you hear here as soon as it is set aside."),
            Map.entry(
                    "address_change_started", "I am changing it; you hear here in a moment whether it still could be."),
            Map.entry("card_removal_started", "I am having it forgotten; you hear here in a moment when it is done."),
            Map.entry(
                    "cancellation_started",
                    "I am stopping it; you hear here in a moment whether it still could be stopped, and what goes back."),
            Map.entry(
                    "return_started",
                    "Thank you. I am preparing your return; you hear here in a moment how to send it."),
            Map.entry(
                    "exchange_started",
                    "Thank you. I am setting the other piece aside for you; you hear here in a moment how to send yours back."),
            Map.entry(
                    "proposal_declined",
                    "All right, I have dropped that. Nothing was ordered. What would you like to change?"),
            Map.entry(
                    "declined", "All right, I have dropped that. Nothing was ordered. What would you like to change?"),
            Map.entry("proposal_unknown", "I cannot find that proposal any more. Shall I make a new one?"),
            Map.entry(
                    "proposal_expired",
                    "That offer was valid for thirty minutes and has run out; nothing was ordered. Shall I make a new one with today's prices?"),
            Map.entry(
                    "proposal_void",
                    "That offer no longer holds, because the cart changed or a newer one came; nothing was ordered. Shall I make a new one?"),
            Map.entry("proposal_confirmed", "You have confirmed that already; it is under way."),
            Map.entry(
                    "price_changed",
                    "A price has changed since I made that offer, so I have not ordered anything. Shall I make a new one and show what changed?"),
            Map.entry(
                    "kept_card_needed",
                    "I cannot tell which of your cards that is: none that you had kept is that one, or more than one is. Please choose it in the payment form."),
            Map.entry(
                    "cards_unknown",
                    "I am sorry, I cannot look up your cards just now; nothing is charged. Please try again in a moment, or choose the card in the payment form."),
            Map.entry("paying_by_card", "Thank you. I am paying with that card; you hear here as soon as it is done."),
            Map.entry(
                    "upi_not_possible",
                    "I am sorry, I could not hand that UPI address on to the bank; nothing is charged. Please try again in a moment, or pay by card or in cash."),
            Map.entry(
                    "upi_takes_rupees",
                    "I am sorry, UPI pays rupees only, and our prices are not in rupees. Please pay by card or in cash."),
            Map.entry(
                    "upi_address_needed",
                    "Gladly. From which UPI address? Say \"pay by UPI\" with it, such as name@bank."),
            Map.entry(
                    "paying_by_upi",
                    "Thank you. I am asking your UPI app for the payment; you hear here what to do, and as soon as it is done."),
            Map.entry(
                    "paying_in_cash",
                    "All right, you pay when it is handed over to you; you hear here as soon as your order is confirmed."),
            Map.entry("paid_too_late", "That order does not wait for a payment any more."),
            Map.entry(
                    "paid_by_card",
                    "That order was paid by card before you said so, and nothing else is to be paid for it. Should you rather pay otherwise, cancel it before it leaves, and order it again."),
            Map.entry(
                    "paid_by_upi",
                    "That order was paid by UPI before you said so, and nothing else is to be paid for it. Should you rather pay otherwise, cancel it before it leaves, and order it again."),
            Map.entry(
                    "pays_in_cash",
                    "That order is to be paid when it is handed over to you, as you had said; nothing was charged for it."),
            Map.entry(
                    "payment_under_way",
                    "I am paying that order already, the way you had given before, and nothing is charged twice; you hear here what becomes of it."),
            Map.entry("cancelling", "I am cancelling it; you hear here as soon as everything is undone."),
            Map.entry("too_late", "It has ended meanwhile, so there is nothing left to cancel."),
            Map.entry(
                    "goes_on",
                    "I am sorry, it is too late to stop that, so it goes on; you hear here what becomes of it. What has not left by then, or can be sent back, you may still cancel or return: just say so."),
            Map.entry("cancel_not_wanted", "All right, it goes on as it is."),
            Map.entry(
                    "reviews_not_asked",
                    "All right, I do not ask you for reviews any more. Should you change your mind, say \"ask me for reviews\"."),
            Map.entry(
                    "reviews_asked_again",
                    "Thank you. I ask you again once an order has arrived and was in use for some days."),
            Map.entry(
                    "review_not_kept",
                    "I am sorry, I could not keep that just now; nothing has changed. Please say it again in a moment."),
            Map.entry("sign_in_needed", "Please sign in first; your cart and this chat go on where they are."));

    private Words() {}

    /** Whether it says only that something went wrong. */
    static boolean isExcuse(String code) {
        return code.startsWith("model_") || code.equals("turn_failed") || !REPLIES.containsKey(code);
    }

    static Reply reply(String code) {
        String known = code.startsWith("model_") && !REPLIES.containsKey(code) ? "model_unavailable" : code;
        String text = REPLIES.getOrDefault(
                known, "I am sorry, I could not do that (" + code.replace('_', ' ') + "). Please try again.");
        return says(text);
    }

    /** @param words whether there are words of theirs, too */
    static Reply reviewKept(String name, int stars, boolean words) {
        return says("Thank you. I have kept " + stars + " of 5 stars for the " + name
                + (words ? ", with your words" : "") + ". You can change it at any time: say \"4 stars for the " + name
                + "\", for example.");
    }

    static Reply whichToReview(List<String> names) {
        return says("Which one do you mean: " + String.join(", ", names) + "? Say \"5 stars for the " + names.getFirst()
                + "\", for example.");
    }

    static Reply askToCancel(CancelWish wish, String journeyId) {
        return says("Shall I cancel your " + wish.noun() + " " + journeyId + "? Say yes, and everything is undone.");
    }

    static Reply whichToCancel(CancelWish wish, List<String> journeyIds) {
        return says("Which one do you mean: " + String.join(", ", journeyIds) + "? Say \"cancel " + wish.noun() + " "
                + journeyIds.getFirst() + "\", for example.");
    }

    static Reply whichToPay(List<String> journeyIds) {
        return says("Which order do you mean: " + String.join(", ", journeyIds)
                + "? Say " + (ShopCurrency.here().isRupee() ? "\"pay by UPI\" or " : "")
                + "\"pay in cash\", and for order " + journeyIds.getFirst() + ", for example.");
    }

    static Reply whichKeptCard(List<String> kept) {
        return says(
                kept.isEmpty()
                        ? "No card of yours is kept. Please use the payment form for your card."
                        : "I cannot tell which of your cards that is; kept are: " + String.join(", ", kept)
                                + ". Please say which one, or choose it in the payment form.");
    }

    private static Reply says(String text) {
        return new Reply(text, List.<JsonNode>of(), Optional.empty(), HOUSE);
    }
}
