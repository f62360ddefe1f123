package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.activities.model.offline.Transcript.Turn;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.ProductCard;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What was said and shown before the message that is to be answered. It is read from the transcript each time. */
final class Memory {
    private static final Set<String> SETTLING = Set.of(
            "add_to_cart",
            "remove_from_cart",
            "initiate_checkout",
            "reserve_in_store",
            "return_items",
            "exchange_items",
            "order_again",
            "cancel_items",
            "claim_warranty",
            "change_address",
            "forget_cards");

    /** "I need something nice": nothing that was said before describes it, but its size. */
    private static final Set<Act> AFRESH = Set.of(Act.want, Act.greet, Act.yes, Act.thanks, Act.help);

    private final List<Turn> turns;
    private final Map<String, Product> known = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Facets wanted;
    private final Optional<Question> asked;
    private final boolean refusedCompany;

    Memory(Transcript transcript) {
        this.turns = transcript.before();
        turns.forEach(turn -> turn.done().forEach(this::learn));
        transcript.now().done().forEach(this::learn);
        known.values().forEach(product -> names.addAll(Interpreter.words(product.name())));
        Facets wanted = Facets.NONE;
        Optional<Question> asked = Optional.empty();
        boolean refused = false;
        for (Turn turn : turns) {
            Wish wish = Interpreter.read(turn.said(), asked, names);
            refused |= asked.equals(Optional.of(Question.GO_WITH)) && wish.declines();
            wanted = fold(wanted, wish);
            asked = turn.replies().reversed().stream()
                    .flatMap(reply -> Question.endOf(reply).stream())
                    .findFirst();
        }
        this.wanted = wanted;
        this.asked = asked;
        this.refusedCompany = refused;
    }

    /** What holds after a sentence: "another colour" takes a colour back, "something cheaper" a budget. */
    static Facets fold(Facets before, Wish wish) {
        boolean afresh = wish.does(Act.want)
                && wish.facets().empty()
                && wish.names().isEmpty()
                && AFRESH.containsAll(wish.acts());
        Facets base = afresh ? before.onlySize() : before;
        Facets coloured = wish.does(Act.colours, Act.dislike) ? base.withoutColour() : base;
        Facets kept = wish.does(Act.sizes) ? coloured.withoutSize() : coloured;
        return kept.then(wish.facets());
    }

    private void learn(Done done) {
        if (done.problem()) {
            return;
        }
        for (JsonNode card : done.result().path("products")) {
            Product product = Product.of(
                    Json.convert(card, ProductCard.class),
                    card.path("rating").asText(),
                    Optional.of(card.at("/orderAhead/dueOn").asText())
                            .filter(day -> !day.isEmpty())
                            .map(LocalDate::parse));
            known.put(product.id(), product);
        }
        for (PricedLine line : lines(done)) {
            known.putIfAbsent(line.productId().value(), Product.of(line));
        }
    }

    static List<PricedLine> lines(Done done) {
        List<PricedLine> lines = new ArrayList<>();
        if (!done.problem()) {
            done.result().path("lines").forEach(line -> lines.add(Json.convert(line, PricedLine.class)));
        }
        return lines;
    }

    Optional<Question> asked() {
        return asked;
    }

    boolean wasAsked(Question question) {
        return asked.equals(Optional.of(question));
    }

    Facets wanted() {
        return wanted;
    }

    /** Whether the customer said no to something that goes with what they took: a no is a no. */
    boolean refusedCompany() {
        return refusedCompany;
    }

    Optional<Product> product(String id) {
        return Optional.ofNullable(known.get(id));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    List<Product> known() {
        return List.copyOf(known.values());
    }

    boolean saidBefore(String words) {
        return turns.stream().anyMatch(turn -> turn.reply().contains(words));
    }

    /** The first words of this model were said: from then on it need not introduce itself. */
    int turnsBefore() {
        return (int) turns.stream().filter(turn -> !turn.said().isEmpty()).count();
    }

    /** What was listed last, in the order in which the reply named it; what was found and not named was not shown. */
    List<Product> listed() {
        return turns.reversed().stream()
                .map(turn -> namedIn(turn.reply(), offered(turn)))
                .filter(named -> !named.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Product> offered(Turn turn) {
        for (Done done : turn.done().reversed()) {
            if (done.tool().equals("get_recommendations")
                    && !done.problem()
                    && !done.result().path("products").isEmpty()) {
                List<Product> offered = new ArrayList<>();
                done.result()
                        .path("products")
                        .forEach(card ->
                                offered.add(known.get(card.path("productId").asText())));
                return offered;
            }
        }
        return List.of();
    }

    private static List<Product> namedIn(String reply, List<Product> products) {
        return products.stream()
                .filter(product -> reply.contains(product.name()))
                .sorted(Comparator.comparingInt(product -> reply.indexOf(product.name())))
                .toList();
    }

    /** The one product that was spoken of last; none when several were, so that "it" could be any of them. */
    Optional<Product> focus() {
        for (Turn turn : turns.reversed()) {
            Optional<Product> added = added(turn);
            if (added.isPresent()) {
                return added;
            }
            List<Product> named = namedIn(turn.reply(), known());
            List<Product> offered = namedIn(turn.reply(), offered(turn));
            if (offered.size() == 1) {
                return Optional.of(offered.getFirst());
            }
            if (!named.isEmpty()) {
                return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Product> added(Turn turn) {
        return turn.done().reversed().stream()
                .filter(done -> done.tool().equals("add_to_cart") && !done.problem())
                .flatMap(done -> product(productOf(done)).stream())
                .findFirst();
    }

    /** What was put into the cart last; else what was spoken of. */
    Optional<Product> handled() {
        return turns.reversed().stream()
                .flatMap(turn -> added(turn).stream())
                .findFirst()
                .or(this::focus);
    }

    /** Looked at in the last turns, neither refused nor dealt with since: what "checkout" means while the cart is empty. */
    Optional<Product> lookedAt() {
        for (int at = turns.size() - 1; at >= Math.max(0, turns.size() - 3); at--) {
            Turn turn = turns.get(at);
            Question asked = askedAfter(at);
            if (asked == Question.ADD || asked == Question.WHICH_SIZE || asked == Question.WHICH_COLOUR) {
                return focus();
            }
            boolean settled = turn.done().stream().anyMatch(done -> SETTLING.contains(done.tool()))
                    || Interpreter.read(turn.said(), Optional.empty(), names()).declines();
            if (settled) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String productOf(Done done) {
        String sku = done.arguments().path("sku").asText();
        return lines(done).stream()
                .filter(line -> line.sku().value().equals(sku))
                .map(line -> line.productId().value())
                .findFirst()
                .orElse("");
    }

    /** Stock of a product as it was answered in the last two turns; older answers may not hold any more. */
    Optional<Done> stockJustSeen(JsonNode arguments) {
        return turns.subList(Math.max(0, turns.size() - 2), turns.size()).reversed().stream()
                .flatMap(turn -> turn.done().stream())
                .filter(done -> done.tool().equals("check_inventory") && !done.problem())
                .filter(done -> done.arguments().equals(arguments))
                .findFirst();
    }

    /** A sku that was put into the cart in the turn just before. */
    Optional<String> justAdded() {
        return turns.isEmpty()
                ? Optional.empty()
                : turns.getLast().done().stream()
                        .filter(done -> done.tool().equals("add_to_cart") && !done.problem())
                        .map(done -> done.arguments().path("sku").asText())
                        .findFirst();
    }

    /** Whether a proposal of that kind was made in the turn just before. */
    boolean justProposed(String tool) {
        return !turns.isEmpty()
                && turns.getLast().done().stream().anyMatch(done -> done.tool().equals(tool) && !done.problem());
    }

    /** With what the tool was called last, and accepted it; nothing when it was not. */
    JsonNode lastArguments(String tool) {
        return turns.reversed().stream()
                .flatMap(turn -> turn.done().reversed().stream())
                .filter(done -> done.tool().equals(tool) && !done.problem())
                .map(Done::arguments)
                .findFirst()
                .orElseGet(Json.mapper()::createObjectNode);
    }

    /** Of the order that was proposed in the last turn. */
    Optional<Money> justProposedTotal() {
        return turns.isEmpty()
                ? Optional.empty()
                : turns.getLast().done().stream()
                        .filter(done -> done.tool().equals("initiate_checkout") && !done.problem())
                        .reduce((first, second) -> second)
                        .map(done -> Json.convert(done.result().path("total"), Money.class));
    }

    /** The arguments of the last checkout, or what was asked of offers, that the shop accepted. */
    Optional<String> coupon() {
        return turns.reversed().stream()
                .flatMap(turn -> turn.done().reversed().stream())
                .filter(done -> done.arguments().hasNonNull("coupon") && !done.problem())
                .filter(done -> !done.result().hasNonNull("couponProblem")
                        && !done.result().hasNonNull("note"))
                .map(done -> done.arguments().path("coupon").asText())
                .findFirst();
    }

    boolean usesPoints() {
        return turns.stream()
                .flatMap(turn -> turn.done().stream())
                .anyMatch(done -> done.arguments().path("usePoints").asBoolean(false) && !done.problem());
    }

    /** What the customer said last about paying with store credit. */
    boolean usesCredit() {
        return turns.reversed().stream()
                .map(turn -> Interpreter.read(turn.said(), Optional.empty(), names()))
                .filter(wish -> wish.paysWithCredit() || wish.refusesCredit())
                .findFirst()
                .filter(Wish::paysWithCredit)
                .isPresent();
    }

    boolean express() {
        return turns.reversed().stream()
                .flatMap(turn -> turn.done().reversed().stream())
                .filter(done -> done.tool().equals("initiate_checkout"))
                .findFirst()
                .filter(done -> done.arguments().path("deliveryOption").asText().equals("express"))
                .isPresent();
    }

    /** The arguments of a purchase to be collected, while its store or its proposal is still talked of. */
    Optional<JsonNode> collectionInTalk() {
        if (!wasAsked(Question.COLLECT_AT) && !justProposed("initiate_checkout")) {
            return Optional.empty();
        }
        return turns.reversed().stream()
                .flatMap(turn -> turn.done().reversed().stream())
                .filter(done -> done.tool().equals("initiate_checkout"))
                .findFirst()
                .<JsonNode>map(Done::arguments)
                .filter(arguments -> arguments.path("deliveryOption").asText().equals("collect"));
    }

    /** The reservation that is being turned into an order, while its address or the proposal is still talked of. */
    Optional<String> reservationInTalk() {
        if (!wasAsked(Question.ADDRESS) && !wasAsked(Question.STANDARD) && !justProposed("initiate_checkout")) {
            return Optional.empty();
        }
        return turns.reversed().stream()
                .flatMap(turn -> turn.done().reversed().stream())
                .filter(done -> done.tool().equals("initiate_checkout"))
                .findFirst()
                .map(done -> done.arguments().path("reservationId").asText())
                .filter(id -> !id.isEmpty());
    }

    /** What the customer wrote since the address was first asked for, so that it may come in pieces. */
    String addressSoFar() {
        StringBuilder text = new StringBuilder();
        for (int at = turns.size() - 1; at >= 1 && askedAfter(at - 1) == Question.ADDRESS; at--) {
            text.insert(0, turns.get(at).said() + "\n");
        }
        return text.toString();
    }

    /** What the customer wrote since a reservation was wished for: the store may have been named before the size. */
    String saidSinceReserving() {
        StringBuilder text = new StringBuilder();
        for (int at = turns.size() - 1; at >= 0 && askedAfter(at).reserves(); at--) {
            text.insert(0, turns.get(at).said() + "\n");
        }
        return text.toString();
    }

    /** What the customer wrote while such questions were asked: the piece may have been named before the reason. */
    String saidSince(Predicate<Question> asked) {
        StringBuilder text = new StringBuilder();
        for (int at = turns.size() - 1; at >= 0 && asked.test(askedAfter(at)); at--) {
            text.insert(0, turns.get(at).said() + "\n");
        }
        return text.toString();
    }

    /** "Put two in my cart" counts also once it was asked which one. */
    Optional<Integer> piecesAskedFor() {
        for (int at = turns.size() - 1; at >= 0 && askedAfter(at).picks(); at--) {
            Optional<Integer> pieces = Interpreter.read(turns.get(at).said(), Optional.empty(), names())
                    .quantity();
            if (pieces.isPresent()) {
                return pieces;
            }
        }
        return Optional.empty();
    }

    private Question askedAfter(int turn) {
        return turns.get(turn).replies().reversed().stream()
                .flatMap(reply -> Question.endOf(reply).stream())
                .findFirst()
                .orElse(Question.WHAT);
    }

    static Availability stock(Done done) {
        return done.as(Availability.class);
    }
}
