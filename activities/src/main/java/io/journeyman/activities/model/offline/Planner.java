package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.AddressReader.Read;
import io.journeyman.contracts.ShopPlace;
import java.util.Optional;
import java.util.Set;

/** Decides which script a sentence asks for: what stands first here wins. Every script ends in the words of a reply. */
final class Planner {
    private static final String REMOVED_CARD = "[card number removed]";

    private final Scene scene;
    private final Wish wish;
    private final Memory memory;
    private final Pointing pointing;
    private final Answering answering;

    Planner(Scene scene) {
        this.scene = scene;
        this.wish = scene.wish();
        this.memory = scene.memory();
        this.pointing = new Pointing(memory, wish);
        this.answering = new Answering(scene, pointing);
    }

    String reply() {
        return limits().or(this::cards)
                .or(this::redirecting)
                .or(this::collecting)
                .or(this::address)
                .or(this::swappingWithCredit)
                .or(this::sendingBack)
                .or(this::stopping)
                .or(answering::yesOrNo)
                .or(this::afterwards)
                .or(answering::choice)
                .or(this::cart)
                .or(this::money)
                .or(this::products)
                .or(() -> SmallTalk.answer(wish))
                .orElseGet(this::lost);
    }

    /** What is never done, whatever else the sentence says. */
    private Optional<String> limits() {
        if (wish.text().contains(REMOVED_CARD)) {
            return Optional.of(SmallTalk.CARD);
        }
        if (wish.does(Act.inject)) {
            return Optional.of(SmallTalk.RULES);
        }
        if (wish.does(Act.someone) || wish.text().contains("cust-")) {
            return Optional.of(SmallTalk.OTHERS);
        }
        return wish.does(Act.offtopic) && wish.facets().empty() ? Optional.of(SmallTalk.OFF_TOPIC) : Optional.empty();
    }

    /** What is kept of the customer's cards. */
    private Optional<String> cards() {
        return CardKeeping.isMeant(scene) ? Optional.of(new CardKeeping(scene).reply()) : Optional.empty();
    }

    /** Where an order shall go instead; of a proposal that was just made, another address makes a new one. */
    private Optional<String> redirecting() {
        boolean wished = Redirecting.isWished(wish) && isAboutAnOrder();
        return wished || Redirecting.goesOn(scene) ? Optional.of(new Redirecting(scene).reply()) : Optional.empty();
    }

    /** What is bought now shall be collected in a store, or is sent after all. */
    private Optional<String> collecting() {
        var collecting = new CollectingInStore(scene);
        if (!collecting.begins() && !collecting.goesOn() && !collecting.isSentInstead()) {
            return Optional.empty();
        }
        return Optional.of(new Buying(scene).checkoutWith(memory.lookedAt()));
    }

    /** Where postal codes are no longer than prices are, a number and a comma make no address. */
    private boolean isWholeAddress() {
        return AddressReader.read(wish.text()).address().isPresent();
    }

    private Optional<String> address() {
        if (wish.does(Act.returns, Act.warranty) || stopsAnOrder()) {
            return Optional.empty(); // the digits of an order's number could be a pincode's
        }
        boolean asked = memory.wasAsked(Question.ADDRESS);
        if (asked && (wish.declines() || wish.does(Act.cancel, Act.think))) {
            return Optional.of(SmallTalk.THINK);
        }
        boolean given = AddressReader.looksLikeOne(wish.text())
                && (asked
                        || wish.does(Act.checkout, Act.delivery, Act.address, Act.express)
                        || (wish.text().contains(",") && (ShopPlace.here().isIndia() || isWholeAddress())));
        if (!given && !asked) {
            return wish.does(Act.address) ? Optional.of("Gladly. " + Question.ADDRESS.words()) : Optional.empty();
        }
        if (!given && isAboutSomethingElse()) {
            return Optional.empty();
        }
        Read read = AddressReader.read((asked ? memory.addressSoFar() : "") + wish.text());
        return Optional.of(
                read.address().isPresent()
                        ? new Buying(scene).checkout(read.address())
                        : "Thank you. What is still missing: the " + Phrases.and(read.missing()) + ". "
                                + Question.ADDRESS.words());
    }

    /** "Add the cotton kurta in blue, size L", where an address was asked for; one with commas names what it is about. */
    private boolean isAboutSomethingElse() {
        return wish.does(Act.cart, Act.offers, Act.want, Act.remove, Act.orders, Act.add, Act.reserve)
                && (!wish.text().contains(",") || !wish.facets().empty());
    }

    /** "Use my store credit", after an exchange was proposed. */
    private Optional<String> swappingWithCredit() {
        return memory.justProposed("exchange_items") && wish.paysWithCredit()
                ? Optional.of(Swapping.withCredit(scene))
                : Optional.empty();
    }

    /** The answer to what was asked about a return. */
    private Optional<String> sendingBack() {
        return SendingBack.goesOn(scene) ? Optional.of(new SendingBack(scene).reply()) : Optional.empty();
    }

    /** The answer to which pieces shall not be sent. */
    private Optional<String> stopping() {
        return Stopping.goesOn(scene) ? Optional.of(new Stopping(scene).reply()) : Optional.empty();
    }

    /** What comes after an order: where it is, sending it back, stopping it. */
    private Optional<String> afterwards() {
        if (wish.does(Act.warranty) && scene.can("get_warranty")) {
            return Optional.of(new Warranted(scene).reply());
        }
        if (wish.does(Act.returns)) {
            return Optional.of(new SendingBack(scene).reply());
        }
        if (stopsAnOrder()) {
            return Optional.of(new Stopping(scene).reply());
        }
        if (wish.does(Act.again)) {
            return Optional.of(new OrderingAgain(scene).order());
        }
        if (wish.does(Act.wrap)) {
            return Optional.of(
                    new Saving(scene).wrapping(pointing.productOrFocus().or(memory::handled)));
        }
        if (wish.does(Act.cancel) && (isProposed() || !wish.does(Act.orders, Act.reserve, Act.reservations))) {
            return Optional.of(cancel());
        }
        if (wish.does(Act.cancel)) {
            return Optional.of(SmallTalk.CANCEL);
        }
        if (wish.does(Act.reservations) || wish.reservationId().isPresent()) {
            return Optional.of(buysReservation() ? new Buying(scene).checkout() : SmallTalk.RESERVATIONS);
        }
        if (wish.does(Act.delivery)
                && !wish.does(Act.checkout, Act.express, Act.orders)
                && wish.facets().empty()) {
            return Optional.of(SmallTalk.DELIVERY);
        }
        return wish.does(Act.orders) || wish.orderId().isPresent() || asksWhenToCollect()
                ? Optional.of(new Orders(scene).status())
                : Optional.empty();
    }

    private boolean asksWhenToCollect() {
        return wish.does(Act.collect)
                && Interpreter.words(wish.text()).stream().anyMatch(Set.of("when", "until")::contains);
    }

    /** A proposal that was just made is meant rather than an order from before, unless it has become one or that one is named. */
    private boolean stopsAnOrder() {
        return Stopping.isWished(wish) && isAboutAnOrder();
    }

    private boolean isAboutAnOrder() {
        return !isProposed() || wish.orderId().isPresent() || new Stopping(scene).wasOrderedJustNow();
    }

    private boolean isProposed() {
        return memory.justProposed("initiate_checkout") || memory.justProposed("reserve_in_store");
    }

    /** "Deliver my reservation instead", "I want to order what I reserved". */
    private boolean buysReservation() {
        return wish.does(Act.buy, Act.checkout, Act.delivery, Act.express)
                || Interpreter.words(wish.text()).stream().anyMatch(Set.of("buy", "order")::contains);
    }

    private String cancel() {
        if (memory.justAdded().isPresent()) {
            return new CartKeeping(scene).remove();
        }
        if (memory.justProposed("return_items")
                || memory.justProposed("exchange_items")
                || memory.justProposed("claim_warranty")) {
            return "Nothing goes back unless you confirm it; the proposal simply runs out.";
        }
        if (memory.justProposed("change_address")) {
            return "Nothing is changed unless you confirm it; the proposal simply runs out.";
        }
        if (memory.justProposed("forget_cards")) {
            return "Nothing is forgotten unless you confirm it; the proposal simply runs out.";
        }
        if (memory.justProposed("cancel_items")) {
            return "Nothing is cancelled unless you confirm it; the proposal simply runs out.";
        }
        if (isProposed()) {
            return "Nothing is ordered or reserved unless you confirm it; the proposal simply runs out, and your cart stays as it is.";
        }
        return memory.asked().isPresent() ? answering.no(memory.asked().get()) : SmallTalk.CANCEL;
    }

    private Optional<String> cart() {
        if (wish.does(Act.change)
                && (wish.quantity().isPresent()
                        || wish.facets().anySize()
                        || wish.facets().colour().isPresent())
                && wish.facets().category().isEmpty()) {
            return Optional.of(new CartKeeping(scene).change());
        }
        boolean emptied = wish.does(Act.all) && !wish.does(Act.add, Act.buy, Act.checkout, Act.want);
        if (wish.does(Act.remove) || emptied || (memory.wasAsked(Question.REMOVE) && !wish.does(Act.want))) {
            return Optional.of(new CartKeeping(scene).remove());
        }
        if (wish.does(Act.reserve, Act.collect)
                || (memory.asked().filter(Question::reserves).isPresent() && answersStore())) {
            return Optional.of(reserve());
        }
        if (wish.does(Act.buy) && !wish.does(Act.want)) {
            return Optional.of(acted().map(new Buying(scene)::buy).orElseGet(() -> new Buying(scene).checkout()));
        }
        boolean express =
                wish.does(Act.express) && wish.facets().empty() && wish.names().isEmpty();
        if ((wish.does(Act.checkout) && !wish.does(Act.pay)) || express || changesProposal()) {
            return Optional.of(new Buying(scene)
                    .checkoutWith(wish.ordinal().isPresent() ? pointing.productOrFocus() : memory.lookedAt()));
        }
        if (wish.does(Act.add)) {
            return Optional.of(add());
        }
        return wish.does(Act.cart) ? Optional.of(new CartKeeping(scene).show()) : Optional.empty();
    }

    private boolean answersStore() {
        boolean other = wish.does(
                Act.want,
                Act.checkout,
                Act.cart,
                Act.offers,
                Act.orders,
                Act.think,
                Act.thanks,
                Act.bye,
                Act.more,
                Act.reservations);
        return !other
                && (wish.city().isPresent()
                        || wish.store().isPresent()
                        || wish.ordinal().isPresent()
                        || !wish.names().isEmpty()
                        || wish.does(Act.any, Act.pronoun));
    }

    /** "Express, please" or a coupon, after a proposal: a new one. */
    private boolean changesProposal() {
        return memory.justProposed("initiate_checkout")
                && (wish.does(Act.express, Act.standard, Act.points)
                        || wish.paysWithCredit()
                        || wish.refusesCredit()
                        || wish.coupon().isPresent());
    }

    private String reserve() {
        Optional<Product> product =
                acted().or(() -> wish.facets().category().isEmpty() ? memory.handled() : Optional.empty());
        if (product.isPresent()) {
            return new Reserving(scene).reserve(product.get());
        }
        return memory.listed().isEmpty()
                ? "Gladly. Which piece shall a store keep for you? " + Question.WHAT.words()
                : "Gladly. " + Question.WHICH_TO_RESERVE.words();
    }

    private String add() {
        Optional<Product> product = acted();
        if (product.isPresent()) {
            return new Buying(scene).add(product.get());
        }
        if (!wish.facets().empty() || !wish.names().isEmpty()) {
            return new Finding(scene).find();
        }
        return "Gladly. " + (memory.listed().isEmpty() ? Question.WHAT : Question.WHICH_TO_ADD).words();
    }

    /** What something shall be done with: pointed at, or named though nobody has spoken of it yet. */
    private Optional<Product> acted() {
        return pointing.productOrFocus().or(new Finding(scene)::named);
    }

    private Optional<String> money() {
        Saving saving = new Saving(scene);
        if (wish.does(Act.offers, Act.points) || wish.coupon().isPresent()) {
            return Optional.of(saving.offers());
        }
        if (wish.does(Act.credit)) {
            return Optional.of(saving.credit());
        }
        if (wish.does(Act.expensive)) {
            return Optional.of(saving.tooExpensive(pointing.productOrFocus()));
        }
        if (wish.does(Act.cheaper)
                && pointing.product().isEmpty()
                && wish.facets().category().isEmpty()) {
            return Optional.of(saving.cheaper(pointing.productOrFocus()));
        }
        return wish.does(Act.pay) ? Optional.of(SmallTalk.PAYMENT) : Optional.empty();
    }

    private Optional<String> products() {
        if (wish.does(Act.think)) {
            return Optional.of(SmallTalk.THINK);
        }
        if (wish.does(Act.goes)) {
            Optional<Product> product = pointing.productOrFocus().or(memory::handled);
            if (product.isPresent()) {
                return Optional.of(new Buying(scene).goesWith(product.get()));
            }
        }
        if (wish.does(Act.policy)) {
            return Optional.of(SmallTalk.UNKNOWN);
        }
        if (wish.does(Act.dislike, Act.more) && wish.ordinal().isEmpty()) {
            return Optional.of(wish.facets().empty() ? another() : new Finding(scene).more());
        }
        Optional<Product> product = pointing.product();
        if (product.isPresent()) {
            return product.map(new Looking(scene)::at);
        }
        boolean asksStore = wish.store().isPresent()
                && (wish.does(Act.want, Act.stock) || !wish.facets().empty());
        if (!wish.numbers().isEmpty() || asksStore) {
            return Optional.of(new Finding(scene).find());
        }
        boolean asksOfIt = wish.does(Act.stock, Act.colours, Act.sizes, Act.details, Act.price, Act.store);
        boolean refines = wish.facets().category().isEmpty()
                && wish.names().isEmpty()
                && wish.facets().occasion().isEmpty()
                && (wish.facets().anySize() || wish.facets().colour().isPresent());
        if ((asksOfIt && wish.facets().category().isEmpty() && wish.names().isEmpty()) || refines) {
            Optional<Product> focus = memory.focus();
            if (focus.isPresent()) {
                return focus.map(new Looking(scene)::at);
            }
        }
        boolean shops = !wish.facets().empty()
                || wish.does(Act.gift, Act.usual)
                || (!wish.names().isEmpty()
                        && (wish.does(Act.want, Act.stock)
                                || memory.asked().filter(Question::opensSearch).isPresent()));
        if (shops) {
            return Optional.of(new Finding(scene).find());
        }
        if (asksOfIt) {
            return Optional.of("Gladly. " + (memory.listed().isEmpty() ? Question.WHAT : Question.WHICH_ONE).words());
        }
        boolean wants = wish.does(Act.want)
                && wish.names().isEmpty()
                && !wish.does(Act.greet, Act.thanks, Act.bye, Act.human, Act.help, Act.who);
        return wants ? Optional.of(new Finding(scene).find()) : Optional.empty();
    }

    private String another() {
        return wish.does(Act.dislike) && memory.focus().isPresent()
                ? "I see. I can look for another colour, or for something else. " + Question.SIMILAR.words()
                : new Finding(scene).more();
    }

    private String lost() {
        return wish.names().isEmpty()
                ? "I am not sure what you mean. " + SmallTalk.HELP
                : new Finding(scene).asTyped().orElse(SmallTalk.OFF_TOPIC);
    }
}
