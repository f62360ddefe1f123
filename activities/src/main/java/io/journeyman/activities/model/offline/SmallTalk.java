package io.journeyman.activities.model.offline;

import java.util.Optional;

/** What is said without any tool: greetings, limits, and what this model does not know. */
final class SmallTalk {
    static final String CARD =
            "Please never type a card number here; I have not kept it. Your card goes only into the payment form, which opens once you have confirmed an order.";
    static final String OTHERS =
            "I can speak only of your own orders and your own account, whoever asks. " + Question.ORDERS.words();
    static final String RULES =
            "I keep to what I am here for: helping you find, buy or reserve something from our shop. "
                    + Question.WHAT.words();
    static final String PAYMENT =
            "You choose how to pay, by any card or in cash when you get it, in the payment form that opens after you have confirmed the order; please never type a card here.";
    static final String RETURNS =
            "Returns, exchanges and refunds are not mine to arrange, and I do not want to promise you anything about them. I can look where an order stands. "
                    + Question.ORDERS.words();
    static final String RETURN_POLICY =
            "How long something may come back, and whether it costs anything, depends on what it is. Tell me the order and the piece, and I work out what is refunded before you confirm anything.";
    static final String EXCHANGE =
            "An exchange I cannot arrange in one step. I can arrange the return, and you order the other size or colour beside it. "
                    + Question.WHAT.words();
    static final String CANCEL =
            "I see nothing here that I could cancel. An order that has not left, or a reservation, stops when you write \"cancel my order\" or \"cancel my reservation\".";
    static final String RESERVATIONS =
            "I cannot look a reservation up; its news comes to you here by itself, it stops when you write \"cancel my reservation\", and is sent to you instead when you write \"deliver my reservation\".";
    static final String UNKNOWN =
            "That I do not know, and I do not want to guess. I can tell you about products, sizes, stock, stores, offers and your orders. "
                    + Question.WHAT.words();
    static final String OFF_TOPIC =
            "I cannot help with that; I am here for what our shop sells. " + Question.WHAT.words();
    static final String HELP =
            "I can find things for an occasion, a size or a budget, look into stock and stores, show your offers, prepare an order, a reservation or a return for you to confirm, and tell where your orders are. "
                    + Question.WHAT.words();
    static final String HUMAN =
            "I cannot put you through to a person from here, I am sorry. I can help with products, offers, reservations and orders. "
                    + Question.WHAT.words();
    static final String DELIVERY =
            "The delivery date and its fee depend on the address; I show both with the total before you confirm anything. What a store has you can collect there, for nothing. "
                    + Question.CHECKOUT.words();
    static final String THINK =
            "Of course, take your time. Your cart stays as it is, and you can go on whenever you like, here or on another channel.";

    private SmallTalk() {}

    static Optional<String> answer(Wish wish) {
        if (wish.does(Act.who)) {
            return Optional.of("I am a program, not a person. " + HELP);
        }
        if (wish.does(Act.human)) {
            return Optional.of(HUMAN);
        }
        if (wish.does(Act.howareyou)) {
            return Optional.of("Very well, thank you! " + Question.WHAT.words());
        }
        if (wish.does(Act.help)) {
            return Optional.of(HELP);
        }
        if (wish.does(Act.bye)) {
            return Optional.of("Goodbye, and thank you for coming by. Whatever is in your cart stays there.");
        }
        if (wish.does(Act.thanks)) {
            return Optional.of("You are welcome! Tell me whenever you need something else.");
        }
        if (wish.introduced()) {
            return Optional.of("Nice to meet you. " + Question.WHAT.words());
        }
        if (wish.does(Act.greet)) {
            return Optional.of(Question.WHAT.words());
        }
        if (wish.agrees() || wish.declines()) {
            return Optional.of("All right. What else can I do for you?");
        }
        return Optional.empty();
    }
}
