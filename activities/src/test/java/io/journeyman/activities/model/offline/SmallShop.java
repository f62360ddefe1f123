package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.WarrantedLine;
import io.journeyman.contracts.PostPurchase.Warranties;
import io.journeyman.contracts.PostPurchase.WarrantyState;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Bundle;
import io.journeyman.contracts.Recommendation.BundlePart;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers tools as the contracts shape it, over eleven products; it is a shop of its own, so that nothing is learnt by heart. */
final class SmallShop {
    record Article(
            String id,
            String name,
            String category,
            long rupees,
            List<String> sizes,
            List<String> colours,
            Set<String> soldOut) {}

    private static final List<Article> ARTICLES = List.of(
            article("T-1", "River Cotton Kurta", "kurtas", 1499, "S,M,L,XXL", "blue,white", "M"),
            article("T-2", "Lotus Silk Kurta", "kurtas", 2499, "M,L,XXL", "blue,red", ""),
            article("T-3", "Banyan Linen Kurta", "kurtas", 1299, "S,M,L,XL", "green", ""),
            article("T-4", "Ember Slip Dress", "dresses", 2799, "S,M", "red", "S,M"),
            article("T-5", "Marigold Wrap Dress", "dresses", 2199, "S,M", "red,yellow", ""),
            article("T-6", "Harbour Runners", "sneakers", 3999, "8,9,10", "black", ""),
            article("T-7", "Cloud Pyjama", "pyjamas", 699, "M,L,XXL", "white", ""),
            article("T-8", "Temple Saree", "sarees", 8999, "ONE", "red", ""),
            article("T-9", "Saffron Kurta Set with Stole", "kurta sets", 3499, "S,M", "yellow", ""),
            article("T-10", "Camping Stove", "cookers", 1899, "ONE", "grey", ""),
            article("T-11", "Light Forest Lantern 11", "lamps", 899, "S,L", "blue", ""));

    private static final Bundle BUNDLE = new Bundle(
            new BundleId("B-1"),
            "Garden Party Set",
            List.of(
                    new BundlePart(new ProductId("T-5"), "Marigold Wrap Dress", Money.inr(219_900)),
                    new BundlePart(new ProductId("T-6"), "Harbour Runners", Money.inr(399_900))),
            Money.inr(619_800));

    private final Map<String, PricedLine> cart = new HashMap<>();
    private final Map<String, Integer> units = new HashMap<>();

    /** Products of which three pieces of each variant can be ordered before they are there, and when they come. */
    final Map<String, LocalDate> toCome = new HashMap<>();

    /** Products of which no place has more than one piece. */
    final Set<String> scattered = new HashSet<>();

    /** Numbers of what stores keep for the customer. */
    final List<String> reserved = new ArrayList<>();

    final List<Order> orders = new ArrayList<>();

    /** Confirmed, and not among the orders yet. */
    final List<String> beingPlaced = new ArrayList<>();

    final List<TrackedOrder> tracked = new ArrayList<>();
    final List<TrackedSendBack> sentBack = new ArrayList<>();

    final List<WarrantedLine> warranted = new ArrayList<>();

    /** Why a claim is refused; empty when it is not. */
    String claimRefused = "";

    Money credit = Money.inr(50_000);
    /** Those that are kept of the customer. */
    List<KeptCard> cards = List.of();
    /** What of it ends when. */
    List<ExpiringCredit> expiring = List.of();

    boolean hasAddress = true;

    /** The parcels of all orders have left. */
    boolean left;

    /** What of an order has left, where the rest has not. */
    String staying = "";

    String down = "";

    private static Article article(
            String id, String name, String category, long rupees, String sizes, String colours, String soldOut) {
        return new Article(id, name, category, rupees, list(sizes), list(colours), Set.copyOf(list(soldOut)));
    }

    private static List<String> list(String commas) {
        return commas.isEmpty() ? List.of() : List.of(commas.split(",", -1));
    }

    /** So many units in all of that product, from now on. */
    void few(String productId, int left) {
        units.put(productId, left);
    }

    JsonNode answer(String tool, JsonNode arguments) {
        if (tool.equals(down)) {
            return problem("tool_unavailable", "The service does not answer just now.", "Say so honestly.");
        }
        return switch (tool) {
            case "get_recommendations" -> recommended(arguments);
            case "check_inventory" -> tree(stock(arguments));
            case "add_to_cart" -> add(arguments);
            case "remove_from_cart" -> remove(arguments);
            case "show_cart" -> cart("shown");
            case "get_applicable_offers" -> tree(offers(arguments));
            case "get_store_credit" ->
                tree(new StoreCredit(new CustomerId("cust-1"), credit, Money.inr(0), expiring, List.of()));
            case "initiate_checkout" -> checkout(arguments);
            case "reserve_in_store" -> reserve(arguments);
            case "get_order_status" -> orders();
            case "track_parcels" -> tree(new TrackedOrders(tracked, sentBack));
            case "return_items" -> returned(arguments);
            case "exchange_items" -> exchanged(arguments);
            case "order_again" -> again();
            case "cancel_items" -> cancelled(arguments);
            case "change_address" -> moved(arguments);
            case "get_warranty" -> tree(new Warranties("Defects. Not wear.", warranted));
            case "claim_warranty" -> claimed(arguments);
            case "get_saved_cards" -> tree(new KeptCards(new CustomerId("cust-1"), cards));
            case "forget_cards" -> forgotten(arguments);
            case "check_gift_wrapping" ->
                Json.tree(
                        "{\"status\":\"success\",\"available\":true,\"options\":[{\"type\":\"standard\",\"price\":50},{\"type\":\"premium\",\"price\":150}]}");
            default -> throw new AssertionError("no such tool: " + tool);
        };
    }

    private JsonNode orders() {
        ObjectNode answer = (ObjectNode) tree(new Orders(orders));
        if (!beingPlaced.isEmpty()) {
            beingPlaced.forEach(answer.putArray("beingPlaced")::add);
        }
        return answer;
    }

    private static JsonNode tree(Object value) {
        return Json.tree(Json.write(value));
    }

    /** Harbour Road has everything but silk, Indiranagar has nothing but that. */
    private JsonNode recommended(JsonNode asked) {
        String store = asked.path("store").asText().toLowerCase(Locale.ROOT);
        boolean harbour = store.contains("harbour") || store.contains("mumbai");
        if (!store.isEmpty() && !harbour && !store.contains("indiranagar")) {
            return problem(
                    "unknown_store", "No store is called so.", "There are these, for instance: Harbour Road (Mumbai).");
        }
        ObjectNode answer = (ObjectNode) tree(recommend(asked));
        answer.path("products").forEach(this::sayWhenItComes);
        if (!store.isEmpty()) {
            ArrayNode there = Json.mapper().createArrayNode();
            answer.path("products").forEach(product -> {
                if (product.path("name").asText().contains("Silk") != harbour) {
                    there.add(product);
                }
            });
            answer.set("products", there);
            answer.putArray("stores")
                    .addObject()
                    .put("name", harbour ? "Harbour Road" : "Indiranagar")
                    .put("city", harbour ? "Mumbai" : "Bengaluru");
        }
        return answer;
    }

    /** As the toolbox does of what is nowhere and can be ordered all the same. */
    private void sayWhenItComes(JsonNode product) {
        Article article = byId(product.path("productId").asText());
        LocalDate day = toCome.get(article.id());
        if (day != null && article.soldOut().containsAll(article.sizes())) {
            ((ObjectNode) product).set("orderAhead", tree(new OrderAhead(day, 3)));
        }
    }

    private Recommendations recommend(JsonNode asked) {
        List<ProductCard> cards = new ArrayList<>();
        String like = asked.path("likeProductId").asText();
        String purpose = asked.path("purpose").asText("search");
        for (Article article : ARTICLES) {
            boolean fits = fits(article.sizes(), asked, "size") && fits(article.colours(), asked, "color");
            boolean cheap =
                    article.rupees() * 100 <= asked.path("maxPriceMinor").asLong(Long.MAX_VALUE);
            if (cheap && !article.id().equals(like) && answers(article, asked, like, purpose, fits)) {
                cards.add(new ProductCard(
                        new ProductId(article.id()),
                        article.name(),
                        article.category(),
                        "A fine thing: " + article.name() + ".",
                        Money.inr(article.rupees() * 100),
                        article.sizes(),
                        article.colours(),
                        "Because."));
            }
        }
        return new Recommendations(
                cards.stream().limit(asked.path("limit").asInt(5)).toList(),
                Optional.empty(),
                purpose.equals("complementary") && like.equals("T-5")
                        ? Optional.of(List.of(BUNDLE))
                        : Optional.empty());
    }

    private static boolean answers(Article article, JsonNode asked, String like, String purpose, boolean fits) {
        return switch (purpose) {
            case "complementary" -> article.category().equals("pyjamas");
            case "alternatives" -> fits && article.category().equals(byId(like).category());
            default -> fits && matches(article, asked);
        };
    }

    private static boolean matches(Article article, JsonNode asked) {
        String text = (article.name() + " " + article.category() + " shoes").toLowerCase(Locale.ROOT);
        String category = asked.path("category").asText();
        String kind = category.substring(category.lastIndexOf(' ') + 1);
        if (kind.equals("shoes")) {
            return article.category().equals("sneakers");
        }
        if (!kind.isEmpty()) {
            return article.category().equals(kind);
        }
        if (article.id().equalsIgnoreCase(asked.path("query").asText()) || !asked.hasNonNull("query")) {
            return true;
        }
        return List.of(asked.path("query").asText().split(" ", -1)).stream().anyMatch(text::contains);
    }

    private static boolean fits(List<String> has, JsonNode asked, String member) {
        return !asked.hasNonNull(member) || has.contains(asked.path(member).asText());
    }

    private static Article byId(String id) {
        return ARTICLES.stream()
                .filter(article -> article.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such product: " + id));
    }

    private Availability stock(JsonNode asked) {
        Article article = byId(asked.path("productId").asText());
        List<VariantStock> variants = new ArrayList<>();
        for (String size : article.sizes()) {
            for (String colour : article.colours()) {
                boolean fits = fits(List.of(size), asked, "size") && fits(List.of(colour), asked, "color");
                int there = article.soldOut().contains(size) ? 0 : units.containsKey(article.id()) ? 2 : 10;
                if (fits) {
                    variants.add(new VariantStock(
                            sku(article, size, colour),
                            size,
                            colour,
                            there,
                            there,
                            Optional.of(scattered.contains(article.id()) ? 1 : there),
                            Optional.empty(),
                            Optional.ofNullable(toCome.get(article.id())).map(day -> new OrderAhead(day, 3))));
                }
            }
        }
        boolean there = variants.stream().anyMatch(variant -> variant.warehouse() > 0);
        boolean gone = article.soldOut().containsAll(article.sizes());
        int available = gone ? 0 : units.getOrDefault(article.id(), 80);
        List<StoreStock> stores = there
                ? List.of(
                        new StoreStock(new LocationId("ST-1"), "Harbour Road", "Mumbai", 5, Optional.empty()),
                        new StoreStock(new LocationId("ST-2"), "Indiranagar", "Bengaluru", 5, Optional.empty()))
                : List.of();
        return new Availability(
                new ProductId(article.id()),
                gone ? OnlineStatus.out_of_stock : available < 50 ? OnlineStatus.low_stock : OnlineStatus.in_stock,
                available,
                available,
                there,
                stores,
                variants,
                there ? List.of() : List.of("Look at similar items."));
    }

    private static Sku sku(Article article, String size, String colour) {
        return new Sku(article.id() + "-" + size + "-" + colour.toUpperCase(Locale.ROOT));
    }

    private PricedLine line(String sku, int quantity) {
        for (Article article : ARTICLES) {
            for (String size : article.sizes()) {
                for (String colour : article.colours()) {
                    if (sku(article, size, colour).value().equals(sku)) {
                        return new PricedLine(
                                new Sku(sku),
                                new ProductId(article.id()),
                                article.name(),
                                size,
                                colour,
                                quantity,
                                Money.inr(article.rupees() * 100));
                    }
                }
            }
        }
        throw new AssertionError("no such variant: " + sku);
    }

    private JsonNode add(JsonNode asked) {
        String sku = asked.path("sku").asText();
        int had = Optional.ofNullable(cart.get(sku)).map(PricedLine::quantity).orElse(0);
        cart.put(sku, line(sku, had + asked.path("quantity").asInt(1)));
        return cart("added");
    }

    private JsonNode remove(JsonNode asked) {
        String sku = asked.path("sku").asText();
        int had = Optional.ofNullable(cart.get(sku)).map(PricedLine::quantity).orElse(0);
        int left = had - asked.path("quantity").asInt(20);
        if (left > 0) {
            cart.put(sku, line(sku, left));
        } else {
            cart.remove(sku);
        }
        return had == 0
                ? problem("not_in_cart", "The cart has no such item.", "Look with show_cart.")
                : cart("removed");
    }

    private List<PricedLine> lines() {
        return cart.values().stream()
                .sorted((a, b) -> a.sku().value().compareTo(b.sku().value()))
                .toList();
    }

    private Money goods() {
        return lines().stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus);
    }

    private JsonNode cart(String status) {
        ObjectNode result = Json.mapper().createObjectNode().put("status", status);
        result.set("lines", tree(lines()));
        result.put("pieces", lines().stream().mapToInt(PricedLine::quantity).sum());
        result.set("goods", tree(goods()));
        return result;
    }

    private Offers offers(JsonNode asked) {
        boolean known = asked.path("coupon").asText("WELCOME10").equals("WELCOME10");
        List<AppliedOffer> applied = cart.isEmpty()
                ? List.of()
                : List.of(new AppliedOffer("SILVER", "Silver member: 5% off", Money.inr(7_495)));
        return new Offers(
                "silver",
                320,
                List.of(
                        new Offer("SILVER", "Silver member: 5% off", "On everything.", Optional.empty()),
                        new Offer("WELCOME10", "10% off with WELCOME10", "Up to ₹500.", Optional.of("WELCOME10"))),
                applied,
                cart.isEmpty() ? Money.inr(0) : Money.inr(7_495),
                0,
                known ? Optional.empty() : Optional.of("We do not know that coupon. Please check its spelling."));
    }

    private JsonNode checkout(JsonNode asked) {
        if (asked.hasNonNull("reservationId")) {
            if (reserved.isEmpty()) {
                return problem("no_reservation", "There is no reservation of yours.", "Offer the cart.");
            }
            if (reserved.size() > 1 && asked.path("reservationId").asText().equals("mine")) {
                return problem("which_reservation", "There is more than one: " + reserved + ".", "Ask which one.");
            }
        } else if (cart.isEmpty()) {
            return problem("cart_empty", "There is nothing in the cart.", "Ask what the customer would like to buy.");
        }
        if (!hasAddress && !asked.has("address")) {
            return problem("address_needed", "No address is saved for this customer.", "Ask for name, street, city.");
        }
        boolean express = asked.path("deliveryOption").asText().equals("express");
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Checkout");
        List<PricedLine> bought = asked.hasNonNull("reservationId") ? List.of(line("T-3-L-GREEN", 1)) : lines();
        Money goods = bought.stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus);
        result.set("lines", tree(bought));
        result.set("goods", tree(goods));
        result.set("offers", tree(List.of(new AppliedOffer("SILVER", "Silver member: 5% off", Money.inr(7_495)))));
        result.set("discount", tree(Money.inr(7_495)));
        ObjectNode to = result.putObject("delivery");
        to.put("option", express ? "Express delivery" : "Standard delivery")
                .put("city", asked.at("/address/city").asText("Bengaluru"))
                .put("promisedDate", "2026-11-28");
        to.set("fee", tree(Money.inr(express ? 14_900 : 4_900)));
        result.set("gstIncluded", tree(Money.inr(15_202)));
        Money total = goods.minus(Money.inr(7_495)).plus(Money.inr(express ? 14_900 : 4_900));
        result.set("total", tree(total));
        if (asked.path("useCredit").asBoolean() && credit.minor() > 0) {
            Money pays = credit.minor() < total.minor() ? credit : total;
            result.set("storeCredit", tree(pays));
            result.set("leftToPay", tree(total.minus(pays)));
        }
        return result;
    }

    private JsonNode reserve(JsonNode asked) {
        PricedLine line =
                line(asked.path("sku").asText(), asked.path("quantity").asInt());
        boolean mumbai = asked.path("storeId").asText().equals("ST-1");
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Reservation");
        result.set("lines", tree(List.of(line)));
        result.set("goods", tree(line.amount()));
        result.set("total", tree(line.amount()));
        result.putObject("store")
                .put("storeId", asked.path("storeId").asText())
                .put("name", mumbai ? "Harbour Road" : "Indiranagar")
                .put("city", mumbai ? "Mumbai" : "Bengaluru");
        return result;
    }

    /** What was in the cart is ordered, as it was proposed. */
    void confirmed(String orderId) {
        sold(orderId, lines(), goods().minus(Money.inr(7_495)).plus(Money.inr(4_900)));
        cart.clear();
    }

    /** An order that is confirmed, of one piece of each. */
    void sold(String orderId, String... skus) {
        List<PricedLine> lines = Stream.of(skus).map(sku -> line(sku, 1)).toList();
        sold(orderId, lines, lines.stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus));
    }

    private void sold(String orderId, List<PricedLine> lines, Money total) {
        orders.add(new Order(
                new OrderId(orderId),
                new CustomerId("cust-1"),
                OrderStatus.confirmed,
                lines,
                Money.inr(0),
                Money.inr(0),
                Money.inr(0),
                total,
                LocalDate.of(2026, 12, 1),
                Optional.empty(),
                Instant.parse("2026-11-20T05:00:00Z"),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
    }

    private JsonNode returned(JsonNode asked) {
        List<PricedLine> lines = new ArrayList<>();
        asked.path("items").forEach(item -> lines.add(line(item.path("sku").asText(), 1)));
        Money goods = lines.stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus);
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Return");
        result.set("lines", tree(lines));
        result.set("discount", tree(Money.inr(0)));
        result.set("fee", tree(Money.inr(4_900)));
        result.set("refund", tree(goods.minus(Money.inr(4_900))));
        result.put(
                "refundTo",
                asked.hasNonNull("refundTo")
                        ? "The customer's store credit, as they asked."
                        : "Back the way it was paid: to the card or account, and what store credit had paid as store credit.");
        return result;
    }

    /** A piece of an order, with a warranty that stands so. */
    void warrants(String orderId, String sku, WarrantyState state) {
        var piece = line(sku, 1);
        warranted.add(new WarrantedLine(
                new OrderId(orderId),
                piece.sku(),
                piece.productId(),
                piece.name(),
                piece.size(),
                piece.color(),
                1,
                state == WarrantyState.none ? 0 : 24,
                Optional.of(Instant.parse("2028-11-20T05:00:00Z"))
                        .filter(end -> state == WarrantyState.running || state == WarrantyState.over),
                state));
    }

    private JsonNode claimed(JsonNode asked) {
        if (!claimRefused.isEmpty()) {
            return problem(claimRefused, "It is so.", "Say so.");
        }
        var piece = line(asked.at("/items/0/sku").asText(), 1);
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Return");
        result.set("lines", tree(List.of(piece)));
        result.set("refund", tree(piece.amount()));
        return result;
    }

    private JsonNode forgotten(JsonNode asked) {
        List<KeptCard> fitting = cards.stream()
                .filter(card -> card.last4().equals(asked.path("last4").asText(card.last4())))
                .filter(card -> card.brand().equals(asked.path("brand").asText(card.brand())))
                .toList();
        if (fitting.isEmpty()) {
            return problem("no_card_kept", "No card of this customer is kept.", "Say so.");
        }
        if (fitting.size() > 1 && !asked.path("all").asBoolean()) {
            return problem("which_card", "More than one card fits: " + fitting.size() + ".", "Ask which one is meant.");
        }
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "CardRemoval");
        ArrayNode named = result.putArray("cards");
        fitting.forEach(card -> named.add(card.label()));
        ArrayNode paying = result.putArray("payingFor");
        fitting.forEach(card -> card.payingFor().forEach(order -> paying.add(order.value())));
        return result;
    }

    private JsonNode moved(JsonNode asked) {
        if (left) {
            return problem("already_shipped", "All parcels of that order have left.", "Say so.");
        }
        ObjectNode proposed = Json.mapper()
                .createObjectNode()
                .put("status", "proposed")
                .put("kind", "AddressChange")
                .put(
                        "orderId",
                        asked.path("orderId").asText(orders.getFirst().orderId().value()))
                .put("city", asked.at("/address/city").asText())
                .put("promisedDate", "2026-12-03");
        if (!staying.isEmpty()) {
            proposed.set("lines", tree(List.of(line("T-3-M-GREEN", 1))));
            proposed.putArray("staying").addObject().put("name", staying);
        }
        return proposed;
    }

    /** All of the order where no pieces are named. */
    private JsonNode cancelled(JsonNode asked) {
        if (left) {
            return problem("already_shipped", "All parcels of that order have left.", "Offer to return it.");
        }
        List<PricedLine> lines = new ArrayList<>();
        asked.path("items").forEach(item -> lines.add(line(item.path("sku").asText(), 1)));
        boolean whole = lines.isEmpty();
        if (whole) {
            lines.addAll(orders.getFirst().lines());
        }
        Money goods = lines.stream().map(PricedLine::amount).reduce(Money.inr(0), Money::plus);
        Money delivery = Money.inr(whole ? 4_900 : 0);
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Cancellation");
        result.set("lines", tree(lines));
        result.set("discount", tree(Money.inr(0)));
        result.set("deliveryFeeBack", tree(delivery));
        result.set("refund", tree(goods.plus(delivery)));
        result.put(
                "refundTo",
                "Back the way it was paid: to the card or account, and what store credit had paid as store credit.");
        return result;
    }

    /** The latest order: what is sold out is missing. */
    private JsonNode again() {
        if (orders.isEmpty()) {
            return problem("unknown_order", "This customer has no order yet.", "Look with get_order_status.");
        }
        Order order = orders.getLast();
        List<PricedLine> added = new ArrayList<>();
        ObjectNode result = Json.mapper().createObjectNode();
        result.put("status", "added").put("orderId", order.orderId().value());
        ArrayNode missing = result.putArray("missing");
        for (PricedLine line : order.lines()) {
            if (byId(line.productId().value()).soldOut().contains(line.size())) {
                missing.addObject().put("why", "sold_out").set("line", tree(line));
            } else {
                added.add(line);
                cart.put(line.sku().value(), line);
            }
        }
        result.set("added", tree(added));
        result.putArray("repriced");
        result.setAll((ObjectNode) cart("added"));
        return result;
    }

    /** Another size or colour of the piece, or another product; what is dearer is paid. */
    private JsonNode exchanged(JsonNode asked) {
        PricedLine back = line(asked.at("/item/sku").asText(), 1);
        JsonNode instead = asked.path("instead");
        Article article = byId(instead.path("productId").asText(back.productId().value()));
        String size = instead.path("size").asText(back.size());
        String colour = instead.path("color").asText(back.color());
        if (!article.sizes().contains(size) || !article.colours().contains(colour)) {
            return problem("unknown_variant", "It is not made like that.", "Offer these.");
        }
        if (article.soldOut().contains(size)) {
            return problem("out_of_stock", "It is not available.", "Look for alternatives.");
        }
        PricedLine comes = line(sku(article, size, colour).value(), 1);
        long due = comes.amount().minor() - back.amount().minor();
        ObjectNode result =
                Json.mapper().createObjectNode().put("status", "proposed").put("kind", "Checkout");
        result.set("lines", tree(List.of(comes)));
        result.set("total", tree(Money.inr(Math.max(0, due))));
        if (due > 0 && asked.path("useCredit").asBoolean()) {
            Money pays = Money.inr(Math.min(due, credit.minor()));
            result.set("storeCredit", tree(pays));
            result.set("leftToPay", tree(Money.inr(due).minus(pays)));
        }
        ObjectNode exchange = result.putObject("exchange");
        exchange.set("goesBack", tree(List.of(back)));
        exchange.set("fee", tree(Money.inr(0)));
        exchange.set("refund", tree(Money.inr(Math.max(0, -due))));
        if (asked.path("deliveryOption").asText().equals("collect")) {
            result.putObject("delivery").put("collectedAt", "Harbour Road store");
        }
        return result;
    }

    private static JsonNode problem(String code, String detail, String suggestion) {
        ObjectNode problem = Json.mapper().createObjectNode();
        problem.put("status", "refused").put("code", code).put("detail", detail);
        problem.putArray("suggestions").add(suggestion);
        return problem;
    }
}
