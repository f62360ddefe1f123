package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PricedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exchange: the piece that goes back, what comes for it, then the proposal. */
final class Swapping {
    /** What stands after the last "for" of the wish is what comes; without one, after the last of the others. */
    private static final List<Pattern> FOR = List.of(
            Pattern.compile("(?is)\\b(?:exchange|exchanged|replacement|swap)\\b.*\\bfor\\b"),
            Pattern.compile("(?is)\\b(?:exchange|exchanged|replacement|swap)\\b.*\\b(?:into|against|with|to)\\b"));

    /** "Pay with my store credit": how it is paid is no part of what comes. */
    private static final Pattern CREDIT = Pattern.compile(
            "(?i)[,;]?\\s*(?:and )?(?:(?:i )?pay(?:ing)? )?(?:with|using|use|by) (?:my )?store credit\\b");

    /** "… and collect it at the Bandra store": how it gets to them, and not what it is exchanged for. */
    private static final Pattern COLLECT =
            Pattern.compile("(?im)[,;]?\\s*(?:and )?(?:(?:i will|i['’]?ll|i want to|i would like to|let me|i) )?"
                    + "(?:collect|pick (?:it |them )?up)\\b.*$");

    private final Scene scene;
    private final boolean usesCredit;
    private final boolean collects;
    private final Optional<String> store;
    private final String goesBack;

    /** What was said of what comes, first and in answer to the question for it. */
    private final String wanted;

    private final String answered;

    /** @param sentence all that was said of this exchange */
    Swapping(Scene scene, String sentence) {
        this.scene = scene;
        this.usesCredit = CREDIT.matcher(sentence).find();
        String free = CREDIT.matcher(sentence).replaceAll("");
        Optional<String> collect =
                COLLECT.matcher(free).results().map(MatchResult::group).findFirst();
        this.collects = collect.isPresent();
        this.store = collect.map(this::read).flatMap(where -> where.store().or(where::city));
        String said = COLLECT.matcher(free).replaceAll("");
        Optional<Integer> at = FOR.stream()
                .map(pattern -> pattern.matcher(said))
                .filter(Matcher::find)
                .map(Matcher::end)
                .findFirst();
        boolean answersWhich = scene.memory().wasAsked(Question.WHICH_TO_SWAP);
        this.goesBack = at.filter(end -> !answersWhich)
                .map(end -> said.substring(0, end))
                .orElse(said);
        this.wanted = at.flatMap(end -> said.substring(end).lines().findFirst()).orElse("");
        this.answered =
                scene.memory().wasAsked(Question.SWAP_FOR) ? scene.wish().text() : wanted;
    }

    /** @param order the latest, or the one that was named */
    String of(Order order) {
        List<PricedLine> lines = named(order.lines());
        if (lines.size() != 1) {
            return "In your order " + order.orderId() + " there are:"
                    + scene.phrases().lines(order.lines()) + Question.WHICH_TO_SWAP.words();
        }
        PricedLine back = lines.getFirst();
        Wish comes = read(answered);
        Optional<Product> other = other(names(comes) ? comes : read(wanted), back);
        ObjectNode instead = Json.mapper().createObjectNode();
        other.ifPresent(product -> instead.put("productId", product.id()));
        comes.facets().size().or(comes.facets()::shoeSize).ifPresent(size -> instead.put("size", size));
        comes.facets().colour().ifPresent(colour -> instead.put("color", colour));
        if (instead.isEmpty()) {
            return "Gladly: your " + back.name() + " " + Phrases.in(back.size(), back.color()) + ". "
                    + Question.SWAP_FOR.words();
        }
        Done proposed = scene.call(
                "exchange_items",
                new Arguments()
                        .with("orderId", order.orderId().value())
                        .with("item", item(back))
                        .with("instead", instead)
                        .with("reason", reason(instead).name())
                        .withIf(usesCredit, "useCredit")
                        .with("deliveryOption", Optional.of("collect").filter(option -> collects))
                        .with("store", store.filter(name -> collects)));
        return proposed.problem() ? refused(proposed) : proposal(proposed.result());
    }

    /** The exchange that was just proposed, paid with store credit. */
    static String withCredit(Scene scene) {
        Arguments same = new Arguments();
        scene.memory()
                .lastArguments("exchange_items")
                .properties()
                .forEach(argument -> same.with(argument.getKey(), argument.getValue()));
        Done proposed = scene.call("exchange_items", same.withIf(true, "useCredit"));
        var swapping = new Swapping(scene, "");
        return proposed.problem() ? swapping.refused(proposed) : swapping.proposal(proposed.result());
    }

    private Wish read(String text) {
        return Interpreter.read(
                text, Optional.of(Question.WHICH_SIZE), scene.memory().names());
    }

    /** Whether it may name a product, and not only a size or a colour. */
    private static boolean names(Wish wish) {
        return !wish.names().isEmpty() || wish.facets().category().isPresent();
    }

    private ObjectNode item(PricedLine back) {
        ObjectNode item = Json.mapper().createObjectNode().put("sku", back.sku().value());
        read(goesBack)
                .quantity()
                .filter(pieces -> pieces < back.quantity())
                .ifPresent(pieces -> item.put("quantity", pieces));
        return item;
    }

    /** The line that is meant; of several that are named alike the one of the size that is said. */
    private List<PricedLine> named(List<PricedLine> lines) {
        List<PricedLine> best = new NamedPieces(Interpreter.words(goesBack)).of(lines);
        if (!best.isEmpty()) {
            return best;
        }
        Optional<String> size = read(goesBack).facets().size();
        return lines.stream()
                .filter(line -> size.equals(Optional.of(line.size())))
                .toList();
    }

    /** Another product than the one that goes back, where the words name one of the shop's. */
    private Optional<Product> other(Wish said, PricedLine back) {
        if (!names(said)) {
            return Optional.empty();
        }
        List<String> words = said.content().stream()
                .filter(word -> said.facets().colour().filter(word::equals).isEmpty())
                .toList();
        Done found = scene.call(
                "get_recommendations",
                new Arguments()
                        .with("query", String.join(" ", words))
                        .with("limit", scene.phrases().mostProducts()));
        return new Shelves(scene)
                .products(found).stream()
                        .filter(product -> product.answersTo(words) || product.isNamedIn(words))
                        .findFirst()
                        .filter(product -> !product.id().equals(back.productId().value()));
    }

    private ReturnReason reason(ObjectNode instead) {
        boolean otherSize = instead.hasNonNull("size") && !instead.hasNonNull("productId");
        return SendingBack.reason(goesBack + wanted + " " + answered)
                .orElse(otherSize ? ReturnReason.does_not_fit : ReturnReason.changed_mind);
    }

    private String refused(Done refused) {
        return switch (refused.code()) {
            case "out_of_stock" -> "That is sold out just now, I am sorry. " + Question.SWAP_FOR.words();
            case "not_so_many" -> refused.result().path("detail").asText() + " " + Question.SWAP_FOR.words();
            case "unknown_variant" -> "It is not made like that. " + Question.SWAP_FOR.words();
            case "which_variant" -> "It comes in several sizes or colours. " + Question.SWAP_FOR.words();
            case "which_store", "in_no_store", "not_in_that_store", "unknown_store", "no_collection_there" ->
                refused.result().path("detail").asText()
                        + " Say it again with another store, or without one, and it is sent to you. "
                        + Question.WHAT.words();
            case "same_piece" -> "That is the one that you have. " + Question.SWAP_FOR.words();
            case "nothing_to_exchange" ->
                "Nothing was paid for it in the end, so that nothing can be had for it. " + Question.WHAT.words();
            case "exchanged_too_often" ->
                "It came in exchange several times already, so I can only arrange its return for money. "
                        + Question.ORDERS.words();
            default -> SendingBack.refused(scene, refused);
        };
    }

    private String proposal(JsonNode proposal) {
        JsonNode exchange = proposal.path("exchange");
        Money fee = money(exchange.path("fee"));
        Money total = money(proposal.path("total"));
        Money refund = money(exchange.path("refund"));
        return "You would send back:" + scene.phrases().lines(lines(exchange.path("goesBack"))) + "For it comes:"
                + scene.phrases().lines(lines(proposal.path("lines")))
                + (fee.minor() > 0 ? "The exchange costs " + scene.phrases().money(fee) + ". " : "")
                + (total.minor() > 0 ? paid(proposal, total) : "")
                + (refund.minor() > 0
                        ? "You get back " + scene.phrases().money(refund) + " once yours was looked at. "
                        : "")
                + (total.minor() == 0 && refund.minor() == 0 ? "There is nothing to pay. " : "")
                + "The other piece is set aside for you, and "
                + Optional.of(proposal.at("/delivery/collectedAt").asText())
                        .filter(name -> !name.isEmpty())
                        .map(name -> "ready to be collected at the " + name)
                        .orElse("sent")
                + " once yours is here and was looked at; where not all of it can"
                + " be taken, nothing is exchanged, and what is taken is refunded. Nothing is exchanged yet. "
                + scene.phrases().confirm().words();
    }

    private String paid(JsonNode proposal, Money total) {
        if (!proposal.hasNonNull("storeCredit")) {
            return "You pay " + scene.phrases().money(total) + " now. "
                    + (proposal.hasNonNull("note") ? proposal.path("note").asText() + " " : "");
        }
        Money left = money(proposal.path("leftToPay"));
        return "Of " + scene.phrases().money(total) + " store credit pays "
                + scene.phrases().money(money(proposal.path("storeCredit")))
                + (left.minor() > 0
                        ? ", and you pay " + scene.phrases().money(left) + " now. "
                        : ", so there is nothing else to pay. ");
    }

    private static Money money(JsonNode amount) {
        return Json.convert(amount, Money.class);
    }

    private static List<PricedLine> lines(JsonNode lines) {
        List<PricedLine> read = new ArrayList<>();
        lines.forEach(line -> read.add(Json.convert(line, PricedLine.class)));
        return List.copyOf(read);
    }
}
