package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.SaveAddress;
import io.journeyman.contracts.Fulfillment.SavedAddress;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.GetStoreCredit;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.contracts.Sku;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds quotes: prices from recommendation, stock from inventory, offers from loyalty, address and delivery from fulfillment, store
 * credit from payment.
 */
final class Quoting {
    static final Duration VALID = Duration.ofMinutes(30);
    static final String NO_CREDIT = "There is no store credit to pay with.";

    /** Beside what is sent, collection is offered in so many stores. */
    private static final int MOST_STORES = 8;

    private final Map<String, AgentClient> agents;
    private final Variants variants;

    Quoting(Map<String, AgentClient> agents) {
        this.agents = agents;
        this.variants = new Variants(agents);
    }

    /** Who asks, and where. */
    record For(ConversationId conversation, CustomerId customer, String channel, String key, Instant now) {}

    /**
     * @param note what the customer should hear beside the quote, such as why a coupon does not apply
     * @param options how else a purchase could get to its customer
     */
    record Quoted(Quote quote, Optional<String> note, List<DeliveryOption> options) {
        Quoted(Quote quote, Optional<String> note) {
            this(quote, note, List.of());
        }
    }

    Quoted checkout(For whom, List<PricedLine> cart, ObjectNode arguments) {
        if (cart.isEmpty()) {
            throw ToolRefusal.of(
                    "cart_empty", "There is nothing in the cart.", "Ask what the customer would like to buy.");
        }
        Priced priced = pricedNow(cart);
        List<PricedLine> lines = priced.lines();
        Optional<String> near = collects(arguments) ? near(whom, arguments) : Optional.empty();
        List<Availability> stocks =
                lines.stream().map(line -> stock(line, near)).toList();
        Map<Sku, LocalDate> ahead = ahead(lines, stocks);
        if (collects(arguments)) {
            for (int i = 0; i < lines.size(); i++) {
                PricedLine line = lines.get(i);
                if (ahead.containsKey(line.sku())) {
                    throw outOfStock(line, stocks.get(i).together(line.sku()));
                }
            }
        }
        return checkout(whom, priced, ahead, Optional.empty(), Collecting.haveAll(lines, stocks), arguments);
    }

    /** An order of what a store keeps for the customer, at today's prices. */
    Quoted checkout(For whom, Reserved reserved, ObjectNode arguments) {
        if (collects(arguments)) {
            throw ToolRefusal.of(
                    "collected_as_reserved",
                    "What a store keeps as reserved is paid there when it is collected.",
                    "Say so. It can be sent instead: then leave deliveryOption out.");
        }
        return checkout(whom, pricedNow(reserved.lines()), Map.of(), Optional.of(reserved.id()), List.of(), arguments);
    }

    /** Lines at today's prices, and for how long the shop answers for them. */
    private record Priced(List<PricedLine> lines, List<LineWarranty> warranties) {}

    /** @param ahead lines that are still to come to the shop, and when */
    private Quoted checkout(
            For whom,
            Priced priced,
            Map<Sku, LocalDate> ahead,
            Optional<ReservationId> reservation,
            List<StoreStock> stores,
            ObjectNode arguments) {
        List<PricedLine> lines = priced.lines();
        Money goods = sum(lines);
        List<DeliveryOption> options;
        Quote.Delivery delivery;
        if (collects(arguments)) {
            Collecting collecting = new Collecting(agent("inventory"));
            StoreStock store = collecting.store(storeSaid(arguments), stores, lines);
            options = options(Optional.empty(), goods, List.of(store.storeId()));
            delivery = collecting.in(store, options);
        } else {
            Address address = address(whom, arguments);
            options = options(
                    Optional.of(address),
                    goods,
                    stores.stream().map(StoreStock::storeId).limit(MOST_STORES).toList());
            DeliveryOption option =
                    option(options, arguments.path("deliveryOption").asText("standard"));
            delivery = sent(address, option, later(ahead, address, goods, option), lines.size());
        }
        Offers offers = ToolRefusal.said(agent("loyalty")
                .ask(
                        "getApplicableOffers",
                        "/offers/applicable",
                        new GetApplicableOffers(
                                whom.customer(),
                                lines,
                                given(arguments, "coupon"),
                                usePoints(arguments),
                                Optional.of(delivery.fee())),
                        Offers.class));
        Money total = goods.minus(offers.discount()).plus(delivery.fee());
        Optional<Money> credit = usesCredit(arguments) ? credit(whom.customer(), total) : Optional.empty();
        Money offDelivery = offers.deliveryDiscount().orElse(ShopCurrency.here().zero());
        Quote quote = new QuoteDraft(whom, lines, goods)
                .offers(offers.applied(), offers.pointsToSpend())
                .discount(offers.discount())
                .delivered(delivery.with(offers.deliveryDiscount().filter(off -> off.minor() > 0)))
                .insteadOf(reservation)
                .credit(credit)
                .warranties(priced.warranties())
                .comesTo(
                        total,
                        Gst.included(
                                lines,
                                offers.discount().minus(offDelivery),
                                delivery.fee().minus(offDelivery)));
        return new Quoted(quote, note(offers, usesCredit(arguments) && credit.isEmpty()), options);
    }

    /** @param lines how many there are, those that come later among them */
    private static Quote.Delivery sent(Address to, DeliveryOption option, List<Quote.Ahead> later, int lines) {
        return new Quote.Delivery(
                to,
                option.optionId(),
                option.label(),
                option.fee(),
                Optional.empty(),
                later.size() < lines ? option.promisedDate() : last(later),
                Optional.empty(),
                later);
    }

    /** How what comes in exchange gets to its customer: sent the usual way, or collected in a store that has it. */
    Quote.Delivery delivery(For whom, PricedLine line, ObjectNode arguments) {
        List<PricedLine> lines = List.of(line);
        if (!collects(arguments)) {
            Address address = address(whom, arguments);
            return sent(
                    address,
                    option(options(Optional.of(address), line.amount(), List.of()), "standard"),
                    List.of(),
                    lines.size());
        }
        Collecting collecting = new Collecting(agent("inventory"));
        StoreStock store = collecting.store(
                storeSaid(arguments), Collecting.haveAll(lines, List.of(stock(line, near(whom, arguments)))), lines);
        return collecting.in(store, options(Optional.empty(), line.amount(), List.of(store.storeId())));
    }

    private static boolean collects(ObjectNode arguments) {
        return arguments.path("deliveryOption").asText().equals("collect");
    }

    /** What stores shall be near to: what the customer said, else where their parcels go. */
    private Optional<String> near(For whom, ObjectNode arguments) {
        return storeSaid(arguments).or(() -> savedAddress(whom.customer()).map(Address::city));
    }

    /** Empty: the nearest, also where the customer says so. */
    private static Optional<String> storeSaid(ObjectNode arguments) {
        return given(arguments, "store")
                .filter(said -> !said.toLowerCase(Locale.ROOT).contains("near"));
    }

    /** Each goes by the same option when it is in the shop. */
    private List<Quote.Ahead> later(Map<Sku, LocalDate> ahead, Address address, Money goods, DeliveryOption option) {
        return ahead.entrySet().stream()
                .map(line -> new Quote.Ahead(
                        line.getKey(),
                        line.getValue(),
                        option(
                                        options(new AskDeliveryOptions(
                                                Optional.of(address),
                                                goods,
                                                Optional.empty(),
                                                Optional.of(line.getValue()))),
                                        option.optionId())
                                .promisedDate()))
                .toList();
    }

    private static LocalDate last(List<Quote.Ahead> later) {
        return later.stream()
                .map(Quote.Ahead::promisedDate)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Quoted reservation(For whom, List<PricedLine> cart, ObjectNode arguments) {
        int quantity = arguments.path("quantity").asInt(1);
        ObjectNode wanted = arguments.deepCopy();
        if (!wanted.hasNonNull("sku") && !wanted.hasNonNull("productId") && cart.size() == 1) {
            wanted.put("sku", cart.getFirst().sku().value());
        }
        PricedLine line = variants.one(wanted, quantity);
        Availability stock = stock(line, given(arguments, "city"));
        List<StoreStock> stores = stock.stores().stream()
                .filter(store -> store.available() >= quantity)
                .toList();
        Optional<String> storeId = given(arguments, "storeId");
        Optional<String> city = given(arguments, "city");
        if (storeId.isEmpty() && city.isEmpty()) {
            throw ToolRefusal.of(
                    "which_store",
                    stores.isEmpty() ? "No store has it now." : "It is in these stores: " + names(stores) + ".",
                    "Ask the customer for the store or the city.");
        }
        StoreStock store = stores.stream()
                .filter(s -> storeId.isEmpty() || s.storeId().value().equalsIgnoreCase(storeId.get()))
                .filter(s -> storeId.isPresent()
                        || s.city().equalsIgnoreCase(city.orElseThrow().strip()))
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "not_in_that_store",
                        stores.isEmpty()
                                ? "No store has so many of it now."
                                : "Not there, but in these stores: " + names(stores) + ".",
                        "Offer another store, delivery, or alternatives from get_recommendations."));
        Money goods = line.amount();
        return new Quoted(
                new QuoteDraft(whom, List.of(line), goods)
                        .kept(new Quote.Pickup(store.storeId(), store.name(), store.city()))
                        .comesTo(
                                goods,
                                Gst.included(
                                        List.of(line),
                                        ShopCurrency.here().zero(),
                                        ShopCurrency.here().zero())),
                Optional.empty());
    }

    /** As much of the customer's store credit as the order costs; empty when they have none, or nothing is to be paid. */
    Optional<Money> credit(CustomerId customer, Money total) {
        Money spendable = ToolRefusal.said(agent("payment")
                        .ask("getStoreCredit", "/store-credit", new GetStoreCredit(customer), StoreCredit.class))
                .spendable();
        Money pays = spendable.minor() < total.minor() ? spendable : total;
        return Optional.of(pays).filter(some -> some.minor() > 0);
    }

    private static Optional<String> note(Offers offers, boolean lacksCredit) {
        List<String> notes = new ArrayList<>();
        offers.couponProblem().ifPresent(notes::add);
        if (lacksCredit) {
            notes.add(NO_CREDIT);
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    /** Whether every line still costs what the quote says. */
    boolean stillCosts(Quote quote) {
        Map<Sku, Money> prices = variants
                .prices(quote.lines().stream().map(PricedLine::sku).toList())
                .stream()
                .collect(Collectors.toMap(PricedVariant::sku, PricedVariant::price));
        return quote.lines().stream().allMatch(line -> line.unitPrice().equals(prices.get(line.sku())));
    }

    /** For how long the shop answers for these, if they are bought now. */
    List<LineWarranty> warranties(List<PricedLine> lines) {
        return warranties(variants.prices(lines.stream().map(PricedLine::sku).toList()).stream());
    }

    private static List<LineWarranty> warranties(Stream<PricedVariant> now) {
        return now.flatMap(variant ->
                        variant.warrantyMonths().stream().map(months -> new LineWarranty(variant.sku(), months)))
                .toList();
    }

    private Priced pricedNow(List<PricedLine> cart) {
        Map<Sku, PricedVariant> prices = variants
                .prices(cart.stream().map(PricedLine::sku).toList())
                .stream()
                .collect(Collectors.toMap(PricedVariant::sku, Function.identity()));
        List<PricedLine> lines = new ArrayList<>();
        for (PricedLine line : cart) {
            PricedVariant now = prices.get(line.sku());
            if (now == null) {
                throw ToolRefusal.of(
                        "unknown_variant",
                        line.name() + " is not sold any more.",
                        "Take it out with remove_from_cart where it is in the cart, and offer alternatives from"
                                + " get_recommendations.");
            }
            lines.add(new PricedLine(
                    now.sku(), now.productId(), now.name(), now.size(), now.color(), line.quantity(), now.price()));
        }
        return new Priced(List.copyOf(lines), warranties(prices.values().stream()));
    }

    /** What goes at once: nothing that is still to come. @throws ToolRefusal out_of_stock, not_so_many */
    void requireStock(PricedLine line) {
        int together = stock(line, Optional.empty()).together(line.sku());
        if (together < line.quantity()) {
            throw outOfStock(line, together);
        }
    }

    private static Map<Sku, LocalDate> ahead(List<PricedLine> lines, List<Availability> stocks) {
        Map<Sku, LocalDate> ahead = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            PricedLine line = lines.get(i);
            dueOn(line, stocks.get(i)).ifPresent(day -> ahead.put(line.sku(), day));
        }
        return ahead;
    }

    /** Empty for what is there; else the day on which so many come that can be sold before. @throws ToolRefusal out_of_stock, not_so_many */
    private static Optional<LocalDate> dueOn(PricedLine line, Availability stock) {
        int together = stock.together(line.sku());
        if (together >= line.quantity()) {
            return Optional.empty();
        }
        Optional<OrderAhead> ahead = stock.variant(line.sku()).flatMap(VariantStock::orderAhead);
        int later = ahead.map(OrderAhead::units).orElse(0);
        return Optional.of(ahead.filter(order -> later >= line.quantity())
                .map(OrderAhead::dueOn)
                .orElseThrow(() -> outOfStock(line, Math.max(together, later))));
    }

    /** @param most how many one order can have of it */
    private static ToolRefusal outOfStock(PricedLine line, int most) {
        String missing = line.name() + " in " + line.size() + " " + line.color() + " is not available "
                + line.quantity() + " times";
        String alternatives = "Look for alternatives with get_recommendations: likeProductId " + line.productId()
                + ", purpose alternatives, size " + line.size() + ".";
        return most == 0
                ? ToolRefusal.of(
                        "out_of_stock",
                        missing + ".",
                        alternatives,
                        "Take it out with remove_from_cart if the customer does not want to wait.")
                : ToolRefusal.of(
                        "not_so_many",
                        missing + " in one place; at most " + most + " can be had together.",
                        "Offer " + most + " of it; what is in the cart is made fewer with remove_from_cart.",
                        alternatives);
    }

    private Availability stock(PricedLine line, Optional<String> city) {
        return ToolRefusal.said(agent("inventory")
                .ask(
                        "checkInventory",
                        "/inventory/check",
                        new CheckInventory(line.productId(), Optional.of(line.size()), Optional.of(line.color()), city),
                        Availability.class));
    }

    /** The one just given is saved in place of the one before. */
    Address address(For whom, ObjectNode arguments) {
        if (arguments.hasNonNull("address")) {
            Address given = Json.convert(arguments.path("address"), Address.class);
            return ToolRefusal.said(agent("fulfillment")
                            .put(
                                    "saveAddress",
                                    addressPath(whom.customer()),
                                    whom.key(),
                                    new SaveAddress(given),
                                    SavedAddress.class))
                    .address()
                    .orElse(given);
        }
        return savedAddress(whom.customer())
                .orElseThrow(() -> ToolRefusal.of(
                        "address_needed",
                        "No address is saved for this customer.",
                        "Ask for name, street, city and the "
                                + ShopPlace.here().postalCode().asked() + ", and call initiate_checkout with them."));
    }

    private Optional<Address> savedAddress(CustomerId customer) {
        return ToolRefusal.said(agent("fulfillment").get("getAddress", addressPath(customer), SavedAddress.class))
                .address();
    }

    private static String addressPath(CustomerId customer) {
        return "/customers/" + AgentClient.segment(customer) + "/address";
    }

    private List<DeliveryOption> options(Optional<Address> address, Money goods, List<LocationId> stores) {
        return options(
                new AskDeliveryOptions(address, goods, Optional.of(stores).filter(some -> !some.isEmpty())));
    }

    private List<DeliveryOption> options(AskDeliveryOptions question) {
        return ToolRefusal.said(agent("fulfillment")
                        .ask("askDeliveryOptions", "/delivery-options", question, DeliveryOptions.class))
                .options();
    }

    private static DeliveryOption option(List<DeliveryOption> options, String wanted) {
        return options.stream()
                .filter(option -> option.optionId().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "delivery_option_gone",
                        wanted + " delivery is not offered to that address.",
                        options.isEmpty()
                                ? "Ask for another address."
                                : "Offer "
                                        + options.stream()
                                                .map(DeliveryOption::optionId)
                                                .distinct()
                                                .collect(Collectors.joining(" or "))
                                        + "."));
    }

    private AgentClient agent(String name) {
        AgentClient agent = agents.get(name);
        if (agent == null) {
            throw ToolRefusal.unavailable(name);
        }
        return agent;
    }

    private static Optional<String> given(ObjectNode arguments, String member) {
        return Optional.of(arguments.path(member).asText("").strip()).filter(text -> !text.isEmpty());
    }

    private static Optional<Boolean> usePoints(ObjectNode arguments) {
        return arguments.hasNonNull("usePoints")
                ? Optional.of(arguments.path("usePoints").asBoolean())
                : Optional.empty();
    }

    static boolean usesCredit(ObjectNode arguments) {
        return arguments.path("useCredit").asBoolean();
    }

    private static Money sum(List<PricedLine> lines) {
        return lines.stream().map(PricedLine::amount).reduce(Money::plus).orElseThrow();
    }

    private static String names(List<StoreStock> stores) {
        return stores.stream()
                .limit(8)
                .map(s -> s.name() + ", " + s.city() + " (" + s.storeId() + ")")
                .collect(Collectors.joining("; "));
    }

    static QuoteId quoteId() {
        return new QuoteId("quote-" + UUID.randomUUID().toString().replace("-", ""));
    }
}
