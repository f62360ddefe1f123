package io.journeyman.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Fulfillment;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Payment;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.PostPurchase;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReviewId;
import io.journeyman.contracts.Sku;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * One small server that plays every agent of a shop with one kurta, in stock. Cards are tokens here: {@code tok-declined} is
 * declined, any other is authorised. Each request and each answer is checked against its contract; {@link #violations} tells.
 */
final class PlayedAgents implements AutoCloseable {
    static final String KURTA = "P-1-M-BLUE";

    private static final Money PRICE = Money.inr(149_900);
    private static final ProductId PRODUCT = new ProductId("P-1");
    private static final ProductId PHOTOGRAPHED = new ProductId("P-PHOTO");
    private static final Address HOME = new Address("Asha Rao", "12 Lake Road", "Bengaluru", "560001");
    private static final LocationId STORE = new LocationId("ST-BLR-1");
    private static final PostPurchase.ReviewableLine REVIEWED =
            new PostPurchase.ReviewableLine(new Sku(KURTA), PRODUCT, "Indigo Kurta", "M", "blue");
    private static final LocalDate SOON = LocalDate.of(2030, 1, 15);

    private final HttpServer server;
    private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Payment.Attempt>> attempts = new HashMap<>();
    private final Map<String, PostPurchase.OrderStatus> orders = new HashMap<>();
    private final Set<String> solvent = new HashSet<>();
    /** Customers who had a card kept. */
    final Set<String> keepers = ConcurrentHashMap.newKeySet();

    private final Set<String> away = ConcurrentHashMap.newKeySet();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    private record Answer(int status, Object body) {}

    PlayedAgents() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    Map<String, URI> urls() {
        var urls = new HashMap<String, URI>();
        for (String agent : ApiConfig.AGENT_PORTS.keySet()) {
            urls.put(agent, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + agent));
        }
        return urls;
    }

    /** What was called, as {@code payment.openTokenisation {…}}, in order. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** From now on every card of this customer is authorised. */
    synchronized void cardsWorkAgain(String customer) {
        solvent.add(customer);
    }

    synchronized void cardsFailAgain(String customer) {
        solvent.remove(customer);
    }

    /** From now on this operation answers nothing that can be used, until {@link #comesBack}. */
    void goesAway(String operation) {
        away.add(operation);
    }

    void comesBack(String operation) {
        away.remove(operation);
    }

    /** How often an order was tried. */
    synchronized int attempts(String order) {
        return of(order).size();
    }

    /** How often an order's money was taken and kept. */
    synchronized long charges(String order) {
        return of(order).values().stream()
                .filter(attempt -> attempt.status() == Payment.AttemptStatus.captured
                        || attempt.status() == Payment.AttemptStatus.authorised)
                .count();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String agent = path.substring(1, path.indexOf('/', 1));
        String rest = path.substring(agent.length() + 1);
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Contract contract =
                contracts.computeIfAbsent(agent, name -> Contract.find(name).orElseThrow());
        var operation = contract.find(exchange.getRequestMethod(), rest).orElseThrow();
        String name = agent + "." + operation.id();
        seen.add(name + " " + text);
        contract.checkRequest(operation, Optional.of(text).filter(t -> !t.isEmpty()))
                .forEach(v -> violations.add(name + ": " + v));
        Answer answer;
        if (away.contains(name)) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        try {
            answer =
                    answer(name, operation.pathParameters(rest).orElseThrow(), Json.tree(text.isEmpty() ? "{}" : text));
        } catch (RuntimeException e) {
            violations.add(name + ": " + e);
            answer = new Answer(500, Problem.of(500, "played_badly", String.valueOf(e)));
        }
        String body = Json.write(answer.body());
        contract.checkResponse(operation, answer.status(), body)
                .forEach(v -> violations.add("played answer of " + name + ": " + v));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private synchronized Answer answer(String operation, Map<String, String> in, JsonNode body) {
        if (operation.endsWith(".getHealth")) {
            return ok(Map.of("status", "ok"));
        }
        return switch (operation) {
            case "recommendation.getProduct" ->
                List.of(PRODUCT, PHOTOGRAPHED).contains(new ProductId(in.get("productId")))
                        ? ok(new Recommendation.Product(
                                new ProductId(in.get("productId")),
                                "Indigo Kurta",
                                "kurtas",
                                "Soft handloom cotton.",
                                PRICE,
                                Optional.empty(),
                                in.get("productId").equals(PHOTOGRAPHED.value())
                                        ? List.of("http://cdn.example/plain.jpg", "https://cdn.example/kurta.jpg")
                                        : List.of(),
                                List.of("kurtas"),
                                List.of(),
                                List.of(new Recommendation.Variant(
                                        new Sku(KURTA),
                                        "M",
                                        "blue",
                                        PRICE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of()))))
                        : new Answer(404, Problem.of(404, "product_unknown", "There is no such product."));
            case "recommendation.getCatalogue" -> ok(new Recommendation.Catalogue("INR", 1, 1));
            case "recommendation.importProducts" ->
                ok(new Recommendation.ImportedProducts(
                        Json.convert(body, Recommendation.ImportProducts.class).products().stream()
                                .map(product -> new Recommendation.ImportedProduct(
                                        product.productId(),
                                        Recommendation.ImportResult.created,
                                        product.variants().size(),
                                        0,
                                        0,
                                        List.of()))
                                .toList()));
            case "inventory.importStock" ->
                ok(new ImportedRows(Json.convert(body, Inventory.ImportStock.class).rows().stream()
                        .map(row -> row.onHand() == 13
                                ? ImportedRow.refused("onHand", "is less than the 14 that are set aside")
                                : ImportedRow.of(ImportedRow.Result.created))
                        .toList()));
            case "inventory.getGoodsDesk" ->
                ok(new Inventory.GoodsDesk(
                        List.of(new Inventory.OpenTransfer(
                                new BookingId("TR-1"), STORE, new LocationId("ST-1"), Instant.EPOCH, 4)),
                        List.of(new Inventory.ExpectedDelivery(
                                new DeliveryId("DEL-1"), STORE, LocalDate.of(2020, 1, 1), 7, 4, 1)),
                        List.of(new Inventory.BookingEntry(
                                new BookingId("count-1"),
                                Inventory.BookingKind.adjustment,
                                STORE,
                                Optional.of(Inventory.AdjustmentReason.counted),
                                Optional.of("<script>"),
                                "orchestrator-api",
                                Instant.EPOCH,
                                -2)),
                        List.of(waiting("JM-2"))));
            case "inventory.getWaiting" -> ok(new Inventory.Waiting(2, List.of(waiting("JM-1"))));
            case "inventory.importDeliveries" ->
                ok(new ImportedRows(Json.convert(body, Inventory.ImportDeliveries.class).rows().stream()
                        .map(row -> row.sku().value().startsWith("NONE")
                                ? ImportedRow.refused("sku", "is of no product")
                                : ImportedRow.of(ImportedRow.Result.created))
                        .toList()));
            case "fulfillment.importOrigins" ->
                ok(created(Json.convert(body, Fulfillment.ImportOrigins.class).rows()));
            case "fulfillment.importAddresses" ->
                ok(created(Json.convert(body, Fulfillment.ImportAddresses.class).rows()));
            case "loyalty.importPoints" ->
                ok(created(Json.convert(body, Loyalty.ImportPoints.class).rows()));
            case "postPurchase.importOrders" ->
                ok(created(Json.convert(body, PostPurchase.ImportOrders.class).rows()));
            case "inventory.importLocations" ->
                ok(created(Json.convert(body, Inventory.ImportLocations.class).locations()));
            case "recommendation.getRecommendations" ->
                ok(new Recommendation.Recommendations(
                        List.of(new Recommendation.ProductCard(
                                PRODUCT,
                                "Kurta <b>\"Indigo\"</b>",
                                "kurtas",
                                "Soft.",
                                PRICE,
                                List.of("M"),
                                List.of("blue"),
                                "It fits <i>you</i>.")),
                        Optional.empty(),
                        Optional.empty()));
            case "recommendation.lookUpVariants" ->
                ok(new Recommendation.PricedVariants(List.of(new Recommendation.PricedVariant(
                        new Sku(KURTA), PRODUCT, "Indigo Kurta", "M", "blue", PRICE, Optional.empty()))));
            case "inventory.checkInventory" ->
                ok(new Inventory.Availability(
                        PRODUCT,
                        Inventory.OnlineStatus.in_stock,
                        80,
                        60,
                        true,
                        List.of(new Inventory.StoreStock(STORE, "Indiranagar", "Bengaluru", 20, Optional.empty())),
                        List.of(new Inventory.VariantStock(
                                new Sku(KURTA),
                                "M",
                                "blue",
                                60,
                                20,
                                Optional.of(60),
                                Optional.empty(),
                                Optional.empty())),
                        List.of()));
            case "inventory.lookUpStock" ->
                ok(new Inventory.ProductStocks(List.of(new Inventory.ProductStock(PRODUCT, 80)), Optional.empty()));
            case "inventory.placeHold" -> {
                var place = Json.convert(body, Inventory.PlaceHold.class);
                yield new Answer(
                        201, hold(place.holdId().value(), Inventory.HoldStatus.held, place.lines(), place.expiresAt()));
            }
            case "inventory.getHold" -> ok(hold(in.get("holdId"), Inventory.HoldStatus.released, List.of(), later()));
            case "inventory.renewHold" -> ok(hold(in.get("holdId"), Inventory.HoldStatus.held, List.of(), later()));
            case "inventory.allocateHold" ->
                ok(hold(in.get("holdId"), Inventory.HoldStatus.allocated, List.of(), later()));
            case "inventory.releaseHold" ->
                ok(hold(in.get("holdId"), Inventory.HoldStatus.released, List.of(), later()));
            case "fulfillment.getAddress" -> ok(new Fulfillment.SavedAddress(Optional.of(HOME)));
            case "fulfillment.askDeliveryOptions" ->
                ok(new Fulfillment.DeliveryOptions(List.of(new Fulfillment.DeliveryOption(
                        "standard", "Standard delivery", Money.inr(4_900), SOON, Optional.empty()))));
            case "fulfillment.createShipment" ->
                new Answer(201, shipment(body.path("orderId").asText(), Fulfillment.ShipmentStatus.created));
            case "fulfillment.sendShipment", "fulfillment.getShipment" ->
                ok(shipment(in.get("orderId"), Fulfillment.ShipmentStatus.created));
            case "fulfillment.findShipment" ->
                ok(shipment(in.get("trackingId").replace("TRACK-", ""), Fulfillment.ShipmentStatus.created));
            case "fulfillment.recordParcelEvent" ->
                ok(shipment("JM-NOBODY", Fulfillment.ShipmentStatus.shipped)
                        .parcels()
                        .getFirst());
            case "fulfillment.cancelShipment" -> ok(shipment(in.get("orderId"), Fulfillment.ShipmentStatus.cancelled));
            case "fulfillment.createCollection" ->
                new Answer(201, collection(body.path("reservationId").asText(), Fulfillment.CollectionStatus.waiting));
            case "fulfillment.keepCollection" ->
                ok(collection(in.get("reservationId"), Fulfillment.CollectionStatus.waiting));
            case "fulfillment.markReady" -> ok(collection(in.get("reservationId"), Fulfillment.CollectionStatus.ready));
            case "fulfillment.markCollected" ->
                ok(collection(in.get("reservationId"), Fulfillment.CollectionStatus.picked_up));
            case "fulfillment.cancelCollection" ->
                ok(collection(in.get("reservationId"), Fulfillment.CollectionStatus.cancelled));
            case "loyalty.getApplicableOffers" ->
                ok(new Loyalty.Offers("silver", 120, List.of(), List.of(), Money.inr(0), 0, Optional.empty()));
            case "loyalty.reserveBenefits" ->
                new Answer(201, benefits(body.path("orderId").asText(), Loyalty.BenefitsStatus.reserved));
            case "loyalty.commitBenefits" -> ok(benefits(in.get("orderId"), Loyalty.BenefitsStatus.committed));
            case "loyalty.releaseBenefits" -> ok(benefits(in.get("orderId"), Loyalty.BenefitsStatus.released));
            case "postPurchase.recordOrder" ->
                new Answer(201, recorded(Json.convert(body, PostPurchase.RecordOrder.class)));
            case "postPurchase.getOrderStatus" -> ok(new PostPurchase.Orders(List.of()));
            case "postPurchase.transitionOrder" -> {
                var to = PostPurchase.OrderStatus.valueOf(body.path("to").asText());
                orders.put(in.get("orderId"), to);
                yield ok(new PostPurchase.OrderState(new OrderId(in.get("orderId")), to, List.of()));
            }
            case "payment.listPaymentMethods" -> {
                var asked = Json.convert(body, Payment.ListPaymentMethods.class);
                yield ok(new Payment.PaymentMethods(
                        asked.customerId(),
                        keepers.contains(asked.customerId().value())
                                ? List.of(new Payment.KeptMethod(
                                        new PaymentToken("tok-kept"),
                                        "Visa",
                                        "4242",
                                        Optional.of("12/30"),
                                        "Visa ending 4242"))
                                : List.of()));
            }
            case "payment.removePaymentMethod" -> {
                keepers.remove(body.path("customerId").asText());
                yield ok(new Payment.RemovedPaymentMethod(new PaymentToken(in.get("token"))));
            }
            case "payment.tokeniseVpa" ->
                new Answer(
                        201,
                        new Payment.Tokenised(new PaymentToken("tok-upi"), "UPI", Optional.empty(), "UPI as…@okbank"));
            case "payment.tokeniseMethod" ->
                new Answer(
                        201,
                        new Payment.Tokenised(
                                new PaymentToken("tok-form"), "Visa", Optional.of("4242"), "Visa ending 4242"));
            case "payment.grantCredit" -> {
                var grant = Json.convert(body, Payment.GrantCredit.class);
                yield new Answer(
                        201,
                        new Payment.CreditGrant(
                                grant.grantId(), Payment.GrantStatus.granted, grant.amount(), grant.expiresAt()));
            }
            case "payment.takeCreditBack" ->
                in.get("grantId").equals("grant-spent")
                        ? new Answer(409, Problem.of(409, "credit_spent", "The customer has spent that credit."))
                        : ok(new Payment.CreditGrant(
                                new CreditId(in.get("grantId")),
                                Payment.GrantStatus.taken_back,
                                Money.inr(50_000),
                                Optional.empty()));
            case "payment.getCreditAccount" ->
                ok(new Payment.CreditAccount(
                        new CustomerId(in.get("customerId")),
                        Money.inr(70_000),
                        Money.inr(12_300),
                        List.of(new Payment.ExpiringCredit(Money.inr(20_000), Instant.parse("2030-06-30T18:30:00Z"))),
                        List.of(new Payment.GrantedCredit(
                                new CreditId("grant-spent"),
                                Payment.GrantStatus.granted,
                                Money.inr(20_000),
                                "<script>",
                                Optional.of(new OrderId("JM-LATE")),
                                Instant.EPOCH,
                                Optional.of(Instant.parse("2030-06-30T18:30:00Z")))),
                        List.of(new Payment.CreditEntry(
                                Instant.EPOCH,
                                Payment.CreditMove.given_back,
                                Money.inr(4_500),
                                Optional.of(new OrderId("JM-BACK")),
                                Optional.empty(),
                                Optional.empty()))));
            case "payment.remindOfCredit" -> ok(new Payment.CreditReminders(List.of()));
            case "loyalty.remindOfPoints" -> ok(new Loyalty.PointsReminders(List.of()));
            case "payment.openTokenisation" ->
                new Answer(
                        201,
                        new Payment.TokenisationSession(
                                "session-of-" + body.path("customerId").asText(),
                                "a-secret",
                                "http://127.0.0.1/tokens",
                                later()));
            case "payment.getAttempts" ->
                ok(new Payment.Attempts(
                        new OrderId(in.get("orderId")),
                        List.copyOf(of(in.get("orderId")).values()),
                        Optional.empty()));
            case "payment.securePayment" -> {
                var secure = Json.convert(body, Payment.SecurePayment.class);
                boolean declined = secure.token()
                                .filter(t -> t.value().equals("tok-declined"))
                                .isPresent()
                        && !solvent.contains(secure.customerId().value());
                yield new Answer(
                        201,
                        of(secure.orderId().value())
                                .computeIfAbsent(
                                        secure.attempt(),
                                        number -> declined
                                                ? attempt(
                                                        secure,
                                                        Payment.Outcome.declined,
                                                        Payment.AttemptStatus.declined)
                                                : attempt(
                                                        secure,
                                                        Payment.Outcome.secured,
                                                        Payment.AttemptStatus.authorised)));
            }
            case "payment.capturePayment" -> ok(moved(in, Payment.AttemptStatus.captured));
            case "payment.voidPayment" -> ok(moved(in, Payment.AttemptStatus.voided));
            case "postPurchase.rateProducts" -> ok(new PostPurchase.ProductRatings(List.of()));
            case "postPurchase.getCustomerReviews" ->
                ok(new PostPurchase.CustomerReviews(List.of(new PostPurchase.AskedLine(
                        new OrderId("JM-1"), REVIEWED, Instant.parse("2030-01-01T00:00:00Z"), Optional.empty()))));
            case "postPurchase.writeReview" -> {
                var wanted = Json.convert(body, PostPurchase.WriteReview.class);
                yield ok(review(wanted.customerId(), wanted.rating(), wanted.words(), Optional.empty()));
            }
            case "postPurchase.findReviews" ->
                ok(new PostPurchase.FoundReviews(List.of(new PostPurchase.FoundReview(
                        new OrderId("JM-1"),
                        new CustomerId("cust-asha"),
                        REVIEWED,
                        Instant.parse("2030-01-01T00:00:00Z"),
                        Optional.of(
                                review(new CustomerId("cust-asha"), 4, Optional.of("Fits well"), Optional.empty()))))));
            case "postPurchase.setReviewVisibility" -> {
                var wish = Json.convert(body, PostPurchase.SetReviewVisibility.class);
                yield ok(review(
                        new CustomerId("cust-asha"),
                        4,
                        Optional.of("Fits well"),
                        Optional.of(new PostPurchase.ReviewHidden(
                                        wish.by(), wish.reason(), Instant.parse("2030-01-01T00:00:00Z")))
                                .filter(hidden -> wish.hidden())));
            }
            default -> throw new IllegalStateException("nobody plays it");
        };
    }

    private static PostPurchase.Review review(
            CustomerId customer, int rating, Optional<String> words, Optional<PostPurchase.ReviewHidden> hidden) {
        var then = Instant.parse("2030-01-01T00:00:00Z");
        return new PostPurchase.Review(
                new ReviewId("RV-1"),
                new OrderId("JM-1"),
                REVIEWED.sku(),
                REVIEWED.productId(),
                customer,
                rating,
                words,
                then,
                then,
                hidden);
    }

    private Map<Integer, Payment.Attempt> of(String order) {
        return attempts.computeIfAbsent(order, name -> new TreeMap<>());
    }

    private Payment.Attempt moved(Map<String, String> in, Payment.AttemptStatus to) {
        int number = Integer.parseInt(in.get("attempt"));
        return of(in.get("orderId"))
                .merge(
                        number,
                        new Payment.Attempt(
                                new OrderId(in.get("orderId")),
                                number,
                                Payment.Outcome.declined,
                                to,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Money.inr(0),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        (old, none) -> new Payment.Attempt(
                                old.orderId(),
                                number,
                                old.outcome(),
                                old.outcome() == Payment.Outcome.secured ? to : old.status(),
                                old.code(),
                                old.detail(),
                                old.suggestions(),
                                old.amount(),
                                old.method(),
                                old.token(),
                                old.confirmAt(),
                                old.captured(),
                                Optional.empty()));
    }

    private static Payment.Attempt attempt(
            Payment.SecurePayment secure, Payment.Outcome outcome, Payment.AttemptStatus status) {
        boolean declined = outcome == Payment.Outcome.declined;
        return new Payment.Attempt(
                secure.orderId(),
                secure.attempt(),
                outcome,
                status,
                declined ? Optional.of("insufficient_funds") : Optional.empty(),
                declined ? Optional.of("Your bank declined it.") : Optional.empty(),
                declined ? List.of("Use another card.") : List.of(),
                secure.amount(),
                Optional.of(secure.method()),
                secure.token(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private PostPurchase.Order recorded(PostPurchase.RecordOrder order) {
        return new PostPurchase.Order(
                order.orderId(),
                order.customerId(),
                orders.computeIfAbsent(order.orderId().value(), id -> PostPurchase.OrderStatus.pending),
                order.lines(),
                order.discount(),
                order.deliveryFee(),
                order.taxIncluded(),
                order.total(),
                order.promisedDate(),
                Optional.empty(),
                Instant.now(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Inventory.WaitingLine waiting(String order) {
        return new Inventory.WaitingLine(new HoldId(order), new Sku(KURTA), 1, Instant.EPOCH, true);
    }

    private static Inventory.Hold hold(String id, Inventory.HoldStatus status, List<Line> lines, Instant until) {
        return new Inventory.Hold(
                new HoldId(id),
                status,
                lines.stream()
                        .map(line -> new Inventory.HeldLine(line.sku(), line.quantity(), STORE))
                        .toList(),
                List.of(),
                until);
    }

    private static Fulfillment.Shipment shipment(String order, Fulfillment.ShipmentStatus status) {
        return new Fulfillment.Shipment(
                new OrderId(order),
                status,
                Optional.of("TRACK-1"),
                Optional.of(SOON),
                List.of(new Fulfillment.Parcel(
                        new ParcelId("TRACK-1-1"),
                        Optional.of(new OrderId(order)),
                        Fulfillment.ParcelStatus.created,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        SOON,
                        Optional.empty(),
                        List.of())),
                Optional.empty(),
                Optional.empty());
    }

    private static Fulfillment.Collection collection(String reservation, Fulfillment.CollectionStatus status) {
        return new Fulfillment.Collection(
                new ReservationId(reservation),
                status,
                Optional.of(STORE),
                Optional.of("PICK-1"),
                Optional.of(later()));
    }

    private static Loyalty.Benefits benefits(String order, Loyalty.BenefitsStatus status) {
        return new Loyalty.Benefits(new OrderId(order), status, 0, 0);
    }

    private static Instant later() {
        return Instant.now().plusSeconds(3_600);
    }

    private static ImportedRows created(List<?> rows) {
        return new ImportedRows(rows.stream()
                .map(row -> ImportedRow.of(ImportedRow.Result.created))
                .toList());
    }

    private static Answer ok(Object body) {
        return new Answer(200, body);
    }
}
