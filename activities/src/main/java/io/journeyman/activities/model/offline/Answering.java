package io.journeyman.activities.model.offline;

import java.util.List;
import java.util.Optional;

/** Understands a message as the answer to the question that ended the last reply. */
final class Answering {
    private final Scene scene;
    private final Wish wish;
    private final Memory memory;
    private final Pointing pointing;

    Answering(Scene scene, Pointing pointing) {
        this.scene = scene;
        this.wish = scene.wish();
        this.memory = scene.memory();
        this.pointing = pointing;
    }

    /** A yes or no to what was asked; with more beside it, the rest of the sentence speaks. */
    Optional<String> yesOrNo() {
        Optional<Question> asked = memory.asked();
        if (asked.isEmpty() || wish.does(Act.cancel, Act.remove, Act.think, Act.returns, Act.change)) {
            return Optional.empty();
        }
        boolean bare = wish.facets().empty()
                && wish.ordinal().isEmpty()
                && wish.names().isEmpty();
        if (wish.declines()) {
            return bare && !wantsSomethingElse() ? Optional.of(no(asked.get())) : Optional.empty();
        }
        boolean other = wish.does(Act.offers, Act.reserve, Act.orders, Act.cart, Act.wrap, Act.express, Act.points)
                && !wish.does(Act.add);
        return wish.agrees() && !other && (bare || asked.get() == Question.ADD) ? yes(asked.get()) : Optional.empty();
    }

    private boolean wantsSomethingElse() {
        return wish.does(
                Act.want,
                Act.more,
                Act.colours,
                Act.cheaper,
                Act.checkout,
                Act.offers,
                Act.reserve,
                Act.cart,
                Act.expensive,
                Act.dislike);
    }

    private Optional<String> yes(Question asked) {
        Optional<Product> spokenOf = pointing.productOrFocus();
        return switch (asked) {
            case ADD, COLOUR_TO_ADD, SIZE_TO_ADD, WHICH_SIZE, WHICH_COLOUR -> spokenOf.map(new Buying(scene)::add);
            case COLOUR_TO_RESERVE, SIZE_TO_RESERVE, RESERVE, STORE -> spokenOf.map(new Reserving(scene)::reserve);
            case WHICH_ONE, WHICH_TO_ADD, GO_WITH -> Optional.of(whichOfThem());
            case WHICH_TO_RESERVE -> Optional.of("Gladly. " + asked.words());
            case CHECKOUT, CONFIRM, CONFIRM_IN_WORDS ->
                Optional.of(
                        memory.justProposed("return_items")
                                ? "Please confirm the return with the button under it, or tell me again what shall go back."
                                : memory.justProposed("forget_cards")
                                        ? "Please confirm with the button under it, or tell me again which card shall be forgotten."
                                        : memory.justProposed("change_address")
                                                ? "Please confirm the other address with the button under it, or tell me again where the order shall go."
                                                : memory.justProposed("cancel_items")
                                                        ? "Please confirm the cancellation with the button under it, or tell me again what shall not be sent."
                                                        : memory.justProposed("exchange_items")
                                                                ? "Please confirm the exchange with the button under it, or tell me again what shall be exchanged."
                                                                : memory.justProposed("reserve_in_store")
                                                                        ? "Please confirm the reservation with the button under it, or tell me again what I shall reserve."
                                                                        : new Buying(scene).checkout());
            case STANDARD, ADDRESS, COLLECT_AT -> Optional.of(new Buying(scene).checkout());
            case OFFERS -> Optional.of(new Saving(scene).offers());
            case REMOVE, REMOVE_SOLD_OUT -> Optional.of(new CartKeeping(scene).remove());
            case SIMILAR -> Optional.of(new Finding(scene).more());
            case ORDERS -> Optional.of(new Orders(scene).status());
            case WHICH_TO_RETURN, WHY_RETURN, WHICH_TO_SWAP, SWAP_FOR, WHICH_TO_CANCEL, NEW_ADDRESS, WHICH_CARD ->
                Optional.of("Gladly. " + asked.words());
            case WHAT, WHO, OCCASION, BUDGET -> Optional.of("Good. " + asked.words());
        };
    }

    private String whichOfThem() {
        List<Product> listed = memory.listed();
        if (listed.size() == 1) {
            return new Buying(scene).add(listed.getFirst());
        }
        return "Gladly: the " + Phrases.or(listed.stream().map(Product::name).toList()) + "? "
                + Question.WHICH_TO_ADD.words();
    }

    String no(Question asked) {
        return switch (asked) {
            case GO_WITH -> "All right. " + Question.CHECKOUT.words();
            case ADD, WHICH_ONE, WHICH_TO_ADD, WHICH_SIZE, WHICH_COLOUR, SIZE_TO_ADD, COLOUR_TO_ADD ->
                "All right, I leave it. I can look for another colour, something cheaper, or something else. "
                        + Question.WHAT.words();
            case CHECKOUT, CONFIRM, CONFIRM_IN_WORDS ->
                "All right, nothing is ordered, and your cart stays as it is. " + Question.WHAT.words();
            default -> "All right. What else can I do for you?";
        };
    }

    /** One of those that were offered; a size or a colour that was asked for. */
    Optional<String> choice() {
        Question asked = memory.asked().orElse(Question.WHAT);
        boolean goesOn = wish.does(
                Act.remove,
                Act.reserve,
                Act.checkout,
                Act.buy,
                Act.cart,
                Act.offers,
                Act.expensive,
                Act.cheaper,
                Act.details);
        if (goesOn && asked != Question.WHICH_TO_RESERVE) {
            return Optional.empty();
        }
        return switch (asked) {
            case GO_WITH, WHICH_TO_ADD -> pointing.product().map(new Buying(scene)::add);
            case WHICH_TO_RESERVE -> pointing.product().map(new Reserving(scene)::reserve);
            case SIZE_TO_ADD, COLOUR_TO_ADD -> chosen(asked).map(new Buying(scene)::add);
            case SIZE_TO_RESERVE, COLOUR_TO_RESERVE -> chosen(asked).map(new Reserving(scene)::reserve);
            case WHICH_SIZE, WHICH_COLOUR ->
                wish.ordinal().isPresent() || wish.leavesTheChoice() || wish.does(Act.add)
                        ? chosen(asked).map(new Buying(scene)::add)
                        : chosen(asked).map(new Looking(scene)::at);
            default -> Optional.empty();
        };
    }

    private Optional<Product> chosen(Question asked) {
        boolean size = asked.asksSize() && wish.facets().anySize();
        boolean colour = asked.asksColour() && wish.facets().colour().isPresent();
        boolean picked = wish.ordinal().isPresent() || wish.leavesTheChoice();
        return (size || colour || picked) && wish.facets().category().isEmpty() ? memory.focus() : Optional.empty();
    }
}
