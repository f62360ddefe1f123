package io.journeyman.activities.model.offline;

import io.journeyman.contracts.ShopPlace;
import java.util.Arrays;
import java.util.Optional;

/** The questions that end a reply. The next message is understood as their answer, so that each has its own words. */
enum Question {
    OCCASION("What is the occasion?"),
    WHO("Who is it for?"),
    WHAT("What are you looking for?"),
    BUDGET("What would you like to spend at most?"),
    WHICH_ONE("Which one do you like?"),
    WHICH_SIZE("Which size would you like?"),
    WHICH_COLOUR("Which colour would you like?"),
    ADD("Shall I put it in your cart?"),
    SIZE_TO_ADD("Which size shall I put in your cart?"),
    COLOUR_TO_ADD("Which colour shall I put in your cart?"),
    SIZE_TO_RESERVE("Which size shall I reserve?"),
    COLOUR_TO_RESERVE("Which colour shall I reserve?"),
    WHICH_TO_ADD("Which one shall I put in your cart?"),
    WHICH_TO_RESERVE("Which one shall I reserve?"),
    GO_WITH("Would you like one of these with it?"),
    STORE("Which store suits you?"),
    COLLECT_AT("In which store would you like to collect it?"),
    RESERVE("Shall I have it kept for you there?"),
    CHECKOUT("Shall we go to checkout?"),
    OFFERS("Shall I look which offers you have?"),
    ADDRESS("Where shall it go? Please tell me the name, street, city and "
            + ShopPlace.here().postalCode().called() + "."),
    STANDARD("Shall I take standard delivery instead?"),
    REMOVE("Which one shall I take out?"),
    REMOVE_SOLD_OUT("Shall I take it out of your cart?"),
    SIMILAR("Shall I look for something similar?"),
    ORDERS("Shall I look where your orders are?"),
    WHICH_TO_RETURN("Which of them shall go back?"),
    WHY_RETURN("Why would you like to return it?"),
    WHICH_TO_SWAP("Which of them shall be exchanged?"),
    SWAP_FOR("Which size, colour or piece would you like for it?"),
    WHICH_TO_CANCEL("Which of them shall not be sent?"),
    NEW_ADDRESS("Where shall your order go instead? Please tell me the name, street, city and "
            + ShopPlace.here().postalCode().called() + "."),
    WHICH_CARD("Which card shall be forgotten? Its last four digits are enough."),
    CONFIRM("Shall I go ahead? Say yes, or use the button."),
    CONFIRM_IN_WORDS("Shall I go ahead? Just say yes.");

    private final String words;

    Question(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The question that a reply ends with. */
    static Optional<Question> endOf(String reply) {
        return Arrays.stream(values())
                .filter(question -> reply.strip().endsWith(question.words))
                .findFirst();
    }

    boolean asksSize() {
        return this == WHICH_SIZE || this == SIZE_TO_ADD || this == SIZE_TO_RESERVE;
    }

    boolean asksColour() {
        return this == WHICH_COLOUR || this == COLOUR_TO_ADD || this == COLOUR_TO_RESERVE;
    }

    /** Whether its answer goes on with a return, or an exchange, that was asked for before. */
    boolean sendsBack() {
        return this == WHICH_TO_RETURN || this == WHY_RETURN || this == WHICH_TO_SWAP || this == SWAP_FOR;
    }

    /** Whether its answer goes on with a cancellation that was asked for before. */
    boolean stops() {
        return this == WHICH_TO_CANCEL;
    }

    /** Whether its answer says where an order shall go instead. */
    boolean redirects() {
        return this == NEW_ADDRESS;
    }

    boolean opensSearch() {
        return this == OCCASION || this == WHO || this == WHAT || this == BUDGET;
    }

    /** Whether its answer says of what is wanted already which one it is. */
    boolean picks() {
        return this == WHICH_TO_ADD || this == SIZE_TO_ADD || this == COLOUR_TO_ADD || reserves();
    }

    /** Whether its answer goes on with a reservation that was asked for before. */
    boolean reserves() {
        return this == WHICH_TO_RESERVE || this == SIZE_TO_RESERVE || this == COLOUR_TO_RESERVE || this == STORE;
    }
}
