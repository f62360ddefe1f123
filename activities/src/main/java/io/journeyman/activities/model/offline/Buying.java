package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopPlace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Into the cart, and from the cart to a proposal. */
final class Buying {
    static final String SIGN_IN =
            "To order or reserve, please sign in first. Your cart and this chat stay as they are, and we go on from there.";

    private final Scene scene;
    private final Phrases phrases;

    Buying(Scene scene) {
        this.scene = scene;
        this.phrases = scene.phrases();
    }

    String add(Product product) {
        return put(product, false);
    }

    /** "Buy it": into the cart, and on to the proposal. */
    String buy(Product product) {
        return put(product, scene.signedIn());
    }

    private String put(Product product, boolean thenCheckout) {
        return switch (Choosing.of(scene, product, variant -> true)) {
            case Choosing.None none -> none.words();
            case Choosing.WhichSize which ->
                "The " + product.name() + product.is() + "there in " + Phrases.and(which.sizes()) + ". "
                        + Question.SIZE_TO_ADD.words();
            case Choosing.WhichColour which ->
                "The " + product.name() + product.is() + "there in " + Phrases.and(which.colours()) + ". "
                        + Question.COLOUR_TO_ADD.words();
            case Choosing.One one -> put(product, one, thenCheckout);
        };
    }

    private String put(Product product, Choosing.One one, boolean thenCheckout) {
        VariantStock variant = one.variant();
        Optional<OrderAhead> toCome = variant.orderAhead().filter(ahead -> variant.together() < scene.pieces());
        int most = Math.max(variant.together(), toCome.map(OrderAhead::units).orElse(0));
        if (scene.pieces() > most) {
            boolean scattered = variant.warehouse() + variant.stores() > most;
            return "Of the " + product.name() + " " + Phrases.in(variant) + " there " + (most == 1 ? "is" : "are")
                    + " only " + Phrases.pieces(most) + (scattered ? " in one place. " : ". ") + Question.ADD.words();
        }
        Done added = scene.call(
                "add_to_cart",
                new Arguments().with("sku", variant.sku().value()).with("quantity", scene.pieces()));
        if (added.problem()) {
            return scene.trouble(added);
        }
        if (thenCheckout) {
            return checkout();
        }
        String few = toCome.map(ahead -> (scene.pieces() == 1 && !product.plural() ? "It is" : "They are")
                        + " expected " + phrases.day(ahead.dueOn()) + " and sent to you then. ")
                .orElseGet(() -> new Shelves(scene).fewLeft(one.stock()));
        String done = (scene.pieces() == 1 ? "" : scene.pieces() + " × ") + product.name() + " "
                + Phrases.in(variant) + (scene.pieces() == 1 && !product.plural() ? " is" : " are")
                + " in your cart, which comes to "
                + phrases.money(goods(added)) + ". " + few;
        return done + company(product, added);
    }

    /** One thing or two that go with it, once; whoever said no to such an offer hears no other. */
    private String company(Product product, Done added) {
        if (scene.memory().refusedCompany() || scene.memory().wasAsked(Question.GO_WITH)) {
            return Question.CHECKOUT.words();
        }
        Done found = scene.call(
                "get_recommendations",
                new Arguments()
                        .with("likeProductId", product.id())
                        .with("purpose", "complementary")
                        .with("size", product.sizeOf(scene.wanted()))
                        .with("limit", 2));
        List<String> inCart = Memory.lines(added).stream()
                .map(line -> line.productId().value())
                .toList();
        List<String> company = new Shelves(scene)
                .products(found).stream()
                        .filter(other -> !inCart.contains(other.id()))
                        .map(other -> "the " + other.name() + " (" + phrases.money(other.price())
                                + other.arrives()
                                        .map(from -> ", " + phrases.ahead(from))
                                        .orElse("")
                                + ")")
                        .toList();
        return company.isEmpty()
                ? bundles(found) + Question.CHECKOUT.words()
                : "It goes well with " + Phrases.or(company) + ". " + bundles(found) + Question.GO_WITH.words();
    }

    String goesWith(Product product) {
        Done found = scene.call(
                "get_recommendations",
                new Arguments()
                        .with("likeProductId", product.id())
                        .with("purpose", "complementary")
                        .with("category", scene.wish().facets().category())
                        .with("size", product.sizeOf(scene.wanted()))
                        .with("limit", phrases.mostProducts()));
        if (found.problem()) {
            return scene.trouble(found);
        }
        List<Product> products = new Shelves(scene).products(found);
        String bundles = bundles(found);
        return products.isEmpty()
                ? (bundles.isEmpty() ? "I found nothing that goes with the " + product.name() + ". " : bundles)
                        + Question.WHAT.words()
                : "With the " + product.name() + " I would take one of these:" + phrases.listed(products, other -> "")
                        + bundles + Question.WHICH_ONE.words();
    }

    /** What the shop sells together with it, and what the whole costs. */
    private String bundles(Done found) {
        StringBuilder text = new StringBuilder();
        for (JsonNode bundle : found.result().path("bundles")) {
            List<String> parts = new ArrayList<>();
            bundle.path("parts")
                    .forEach(part -> parts.add("the " + part.path("name").asText()));
            text.append("Together as the ")
                    .append(bundle.path("name").asText())
                    .append(": ")
                    .append(Phrases.and(parts))
                    .append(", from ")
                    .append(amount(bundle, "total"))
                    .append(" in all. ");
        }
        return text.toString();
    }

    String checkout() {
        return checkout(Optional.empty());
    }

    /** With the item that was just spoken of, when the cart is empty and the customer wants to pay. */
    String checkoutWith(Optional<Product> spokenOf) {
        if (!scene.signedIn()) {
            return SIGN_IN;
        }
        if (spokenOf.isPresent()) {
            Done cart = scene.call("show_cart", new Arguments());
            if (!cart.problem() && Memory.lines(cart).isEmpty()) {
                return buy(spokenOf.get());
            }
        }
        return checkout();
    }

    String checkout(Optional<ObjectNode> address) {
        if (!scene.signedIn()) {
            return SIGN_IN;
        }
        Wish wish = scene.wish();
        boolean express = wish.does(Act.express)
                || (scene.memory().express()
                        && !wish.does(Act.standard)
                        && !scene.memory().wasAsked(Question.STANDARD));
        boolean collects = address.isEmpty() && new CollectingInStore(scene).isWished();
        Arguments arguments = new Arguments()
                .with(
                        "deliveryOption",
                        collects ? Optional.of("collect") : express ? Optional.of("express") : Optional.empty())
                .with("store", collects ? new CollectingInStore(scene).store() : Optional.empty())
                .with("coupon", wish.coupon().or(scene.memory()::coupon))
                .withIf(wish.does(Act.points) || scene.memory().usesPoints(), "usePoints")
                .withIf(wish.paysWithCredit() || (scene.memory().usesCredit() && !wish.refusesCredit()), "useCredit")
                .with("reservationId", reservation());
        address.ifPresent(given -> arguments.with("address", given));
        Done proposed = scene.call("initiate_checkout", arguments);
        return proposed.problem() ? refused(proposed) : proposal(proposed.result());
    }

    /** The reservation that shall become an order: the one named, the customer's only one, or the one just spoken of. */
    private Optional<String> reservation() {
        Wish wish = scene.wish();
        return wish.reservationId()
                .or(() -> wish.does(Act.reservations) ? Optional.of("mine") : Optional.empty())
                .or(scene.memory()::reservationInTalk);
    }

    private String refused(Done refused) {
        String detail = refused.result().path("detail").asText();
        return switch (refused.code()) {
            case "cart_empty" ->
                "Your cart is still empty. "
                        + (Interpreter.words(scene.wish().text()).contains("pay")
                                ? "An order that you have confirmed is paid in its payment form. "
                                : "")
                        + Question.WHAT.words();
            case "address_needed" -> "Nearly there. " + Question.ADDRESS.words();
            case "address_invalid" ->
                "That address cannot be delivered to as it is; please check the "
                        + ShopPlace.here().postalCode().asked() + ". "
                        + Question.ADDRESS.words();
            case "delivery_option_gone" ->
                detail.startsWith("express")
                        ? "Express delivery is not offered to that address. " + Question.STANDARD.words()
                        : "We cannot deliver to that address. " + Question.ADDRESS.words();
            case "out_of_stock", "not_so_many" -> soldOut(detail);
            case "unknown_variant" ->
                "Something in your cart is not sold any more. " + Question.REMOVE_SOLD_OUT.words();
            case "which_store", "not_in_that_store", "no_collection_there" ->
                detail + " " + Question.COLLECT_AT.words();
            case "unknown_store" ->
                detail + " " + refused.result().at("/suggestions/0").asText() + " " + Question.COLLECT_AT.words();
            case "in_no_store" ->
                "No store has all of it now, so that I can only send it. " + Question.STANDARD.words();
            case "collected_as_reserved" ->
                "What a store keeps as your reservation you pay there when you collect it. What else can I do for you?";
            case "no_reservation" -> detail + " " + Question.WHAT.words();
            case "which_reservation" ->
                detail + " Which one shall come to you? Say \"deliver my reservation\" with its number.";
            case "invalid_arguments" -> "I did not get that address right. " + Question.ADDRESS.words();
            default -> scene.trouble(refused);
        };
    }

    /** A line that cannot be had any more, or not so often: what is like it, and the question whether it shall leave the cart. */
    private String soldOut(String detail) {
        String sorry = "I am sorry, not all of your cart can be had any more: " + detail + " ";
        Done cart = scene.call("show_cart", new Arguments());
        Optional<PricedLine> gone = Memory.lines(cart).stream()
                .filter(line -> detail.startsWith(line.name() + " in " + line.size() + " " + line.color()))
                .findFirst();
        if (gone.isEmpty()) {
            return sorry + Question.REMOVE_SOLD_OUT.words();
        }
        Done found = scene.call(
                "get_recommendations",
                new Arguments()
                        .with("likeProductId", gone.get().productId().value())
                        .with("purpose", "alternatives")
                        .with("size", gone.get().size())
                        .with("limit", phrases.mostProducts()));
        List<Product> likes = new Shelves(scene).products(found);
        return sorry
                + (likes.isEmpty() ? "" : "Similar in that size:" + phrases.listed(likes, like -> ""))
                + Question.REMOVE_SOLD_OUT.words();
    }

    private String proposal(JsonNode proposal) {
        List<PricedLine> lines = new ArrayList<>();
        proposal.path("lines").forEach(line -> lines.add(Json.convert(line, PricedLine.class)));
        StringBuilder text = new StringBuilder("Here is your order:").append(phrases.lines(lines));
        List<String> offers = new ArrayList<>();
        proposal.path("offers")
                .forEach(offer -> offers.add(offer.path("title").asText() + " −" + amount(offer, "amount")));
        if (!offers.isEmpty()) {
            text.append("Off: ").append(String.join("; ", offers)).append(". ");
        }
        JsonNode delivery = proposal.path("delivery");
        if (delivery.isObject()) {
            text.append(
                    delivery.hasNonNull("collectedAt")
                            ? CollectingInStore.told(delivery, phrases)
                            : delivered(delivery));
        }
        text.append(ahead(proposal.path("orderedAhead"), lines));
        String note = proposal.path("note").asText();
        text.append("Total ")
                .append(amount(proposal, "total"))
                .append(
                        proposal.path("gstIncluded").path("minor").asLong() == 0
                                ? ". "
                                : ", GST of " + amount(proposal, "gstIncluded") + " included. ")
                .append(credit(proposal))
                .append(note.isEmpty() ? "" : note + " ")
                .append("Nothing is ordered yet. ")
                .append(phrases.confirm().words());
        return text.toString();
    }

    /** What is not in the shop yet: when it is expected and when it comes, and that the customer need not keep to it. */
    private String ahead(JsonNode ahead, List<PricedLine> lines) {
        StringBuilder text = new StringBuilder();
        for (JsonNode one : ahead) {
            String what = lines.stream()
                    .filter(line -> line.sku().value().equals(one.path("sku").asText()))
                    .map(line -> "The " + line.name() + " " + Phrases.in(line.size(), line.color()))
                    .findFirst()
                    .orElse("One of them");
            text.append(what)
                    .append(" is not in the shop yet: expected ")
                    .append(phrases.day(LocalDate.parse(one.path("dueOn").asText())))
                    .append(", with you by ")
                    .append(phrases.day(LocalDate.parse(one.path("promisedDate").asText())))
                    .append(". ");
        }
        return text.isEmpty()
                ? ""
                : text + "That is paid now, and you can cancel it until it leaves and get its money back. ";
    }

    private String delivered(JsonNode delivery) {
        long fee = delivery.path("fee").path("minor").asLong();
        return "Delivery to " + delivery.path("city").asText() + " by "
                + phrases.day(LocalDate.parse(delivery.path("promisedDate").asText())) + ": "
                + (fee == 0 ? "free" : amount(delivery, "fee")) + " ("
                + delivery.path("option").asText() + "). ";
    }

    private String credit(JsonNode proposal) {
        if (!proposal.hasNonNull("storeCredit")) {
            return "";
        }
        return "Store credit pays " + amount(proposal, "storeCredit") + " of it; "
                + (proposal.at("/leftToPay/minor").asLong() == 0 ? "nothing" : amount(proposal, "leftToPay"))
                + " is left to pay. ";
    }

    private String amount(JsonNode of, String member) {
        return phrases.money(Json.convert(of.path(member), Money.class));
    }

    static Money goods(Done cart) {
        return Json.convert(cart.result().path("goods"), Money.class);
    }
}
