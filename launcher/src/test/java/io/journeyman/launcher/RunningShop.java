package io.journeyman.launcher;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AdjustStock;
import io.journeyman.contracts.Inventory.Adjustment;
import io.journeyman.contracts.Inventory.AdjustmentReason;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.Receipt;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.StockChange;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.ShopOffer;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.PostPurchase.ReturnRules;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.PutBundle;
import io.journeyman.contracts.Recommendation.StandingBundle;
import io.journeyman.contracts.Recommendation.WarrantyRule;
import io.journeyman.contracts.Recommendation.WarrantyRules;
import io.journeyman.contracts.Sku;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One {@code journeyman up} for all test classes of this JVM that ask for it, in a process of its own; stopped when the JVM ends. */
final class RunningShop implements AutoCloseable {
    /** Not in a store of JUnit: where classes are handed out to several JVMs one by one, those end with each class. */
    private static Optional<RunningShop> shared = Optional.empty();

    private static final Pattern BASE64 =
            Pattern.compile("(?<=\"(?:data|encoding|encryption-key-id)\": \")([A-Za-z0-9+/]+=*)(?=\")");

    private static final LocationId WAREHOUSE = new LocationId("WH-BLR");

    private final Path folder;
    private final Path data;
    private final Ports ports = Ports.findFree();
    private final PartProcess up;

    private RunningShop(String... options) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("journeyman-shop-");
        data = folder.resolve("data");
        // as docker-compose says it: then the pages' requests have to say that they come from there
        var origin = Map.of("JOURNEYMAN_PUBLIC_ORIGIN", "http://127.0.0.1:" + ports.api());
        up = PartProcess.start(
                data,
                ports,
                origin,
                Stream.concat(Stream.of("up"), Stream.of(options)).toArray(String[]::new));
    }

    private static synchronized RunningShop shared() {
        if (shared.isEmpty()) {
            try {
                var shop = new RunningShop();
                Runtime.getRuntime().addShutdownHook(new Thread(shop::end));
                shared = Optional.of(shop);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return shared.orElseThrow();
    }

    private void end() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample shop, for one test class alone, which closes it: where what others do at the same time would count. */
    static RunningShop alone() throws IOException, InterruptedException {
        return new RunningShop();
    }

    /** A shop without the sample one, for one test class alone, which closes it. */
    static RunningShop empty() throws IOException, InterruptedException {
        return new RunningShop("--no-sample");
    }

    Ports ports() {
        return ports;
    }

    Path data() {
        return data;
    }

    String page() {
        return "http://127.0.0.1:" + ports.api() + "/";
    }

    String temporalUi() {
        return "http://127.0.0.1:" + ports.temporalUi();
    }

    Customer demo() throws IOException, InterruptedException {
        return Customer.demo(ports);
    }

    Customer staff() throws IOException, InterruptedException {
        return Customer.staff(ports);
    }

    /** Somebody of the staff by that name. */
    Customer staff(String name) {
        return Customer.staff(ports, data, name);
    }

    Books books() {
        return new Books(new ShopAddress(data, ports).databaseUrl());
    }

    /** A workflow's history as Temporal's CLI prints it, decoded with somebody's session or as it is stored; no longer in base64. */
    static String history(Ports ports, String workflowId, Optional<Customer> reader)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Tools.temporal().toString(), "workflow", "show", "-o", "json"));
        command.addAll(List.of("--address", "127.0.0.1:" + ports.temporal(), "--workflow-id", workflowId));
        reader.ifPresent(session -> command.addAll(List.of(
                "--codec-endpoint",
                "http://127.0.0.1:" + ports.api() + "/v1/codec",
                "--codec-auth",
                "Bearer " + session.token())));
        var printing = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(printing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (printing.waitFor() != 0) {
            throw new IOException(printed);
        }
        return BASE64.matcher(printed)
                .replaceAll(found -> Matcher.quoteReplacement(
                        new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.ISO_8859_1)));
    }

    Customer newcomer() {
        return Customer.newcomer(ports, data);
    }

    /** Staff make an offer, in JSON, at the loyalty agent. */
    void makesOffer(String offer) {
        agent("loyalty", 6)
                .change("createOffer", "/offers", UUID.randomUUID().toString(), Json.tree(offer), ShopOffer.class)
                .orFail();
    }

    /** Pieces that come to the warehouse on that day; so many of them may be sold before. */
    void announces(String deliveryId, String sku, LocalDate dueOn, int units, int promisable) {
        agent("inventory", 3)
                .put(
                        "announceDelivery",
                        "/deliveries/" + deliveryId,
                        UUID.randomUUID().toString(),
                        new AnnounceDelivery(
                                WAREHOUSE,
                                dueOn,
                                List.of(new AnnouncedLine(new Sku(sku), units, Optional.of(promisable)))),
                        Delivery.class)
                .orFail();
    }

    /** It does not come after all. */
    void callsOff(String deliveryId) {
        agent("inventory", 3)
                .change(
                        "cancelDelivery",
                        "/deliveries/" + deliveryId + "/cancel",
                        UUID.randomUUID().toString(),
                        Delivery.class)
                .orFail();
    }

    /** So many of its pieces have come. */
    void receives(String deliveryId, String sku, int units) {
        agent("inventory", 3)
                .change(
                        "receiveStock",
                        "/receipts",
                        UUID.randomUUID().toString(),
                        new ReceiveStock(
                                new BookingId("receipt-" + UUID.randomUUID()),
                                WAREHOUSE,
                                Optional.of(new DeliveryId(deliveryId)),
                                List.of(new StockLine(new Sku(sku), units))),
                        Receipt.class)
                .orFail();
    }

    /** All pieces of a variant that nobody holds are lost, wherever they lay. */
    void loses(String sku) throws SQLException {
        for (var place : books().free(sku)) {
            agent("inventory", 3)
                    .change(
                            "adjustStock",
                            "/adjustments",
                            UUID.randomUUID().toString(),
                            new AdjustStock(
                                    new BookingId("lost-" + UUID.randomUUID()),
                                    place.locationId(),
                                    AdjustmentReason.lost,
                                    Optional.empty(),
                                    List.of(new StockChange(new Sku(sku), -place.pieces()))),
                            Adjustment.class)
                    .orFail();
        }
    }

    /** So long after an order has arrived its customer is asked what they think of it, from now on. */
    void asksForReviewsAfter(Duration delay) {
        agent("postPurchase", 4)
                .put(
                        "setReviewRule",
                        "/review-rule",
                        UUID.randomUUID().toString(),
                        new ReviewRule(true, (int) delay.toSeconds()),
                        ReviewRule.class)
                .orFail();
    }

    /** What is bought of that category from now on has a warranty, and comes back for no other reason, so that it can be claimed at once. */
    void warrants(String category, int months) {
        agent("recommendation", 2)
                .put(
                        "setWarrantyRules",
                        "/warranty-rules",
                        UUID.randomUUID().toString(),
                        new WarrantyRules(List.of(new WarrantyRule(category, months))),
                        WarrantyRules.class)
                .orFail();
        var free = Optional.of(Money.inr(0));
        agent("postPurchase", 4)
                .put(
                        "setReturnRules",
                        "/return-rules",
                        UUID.randomUUID().toString(),
                        new ReturnRules(List.of(
                                new ReturnRule("*", 30, false, Money.inr(4_900), free),
                                new ReturnRule(category, 0, false, Money.inr(4_900), free))),
                        ReturnRules.class)
                .orFail();
    }

    /** Two to six products that are sold together from now on. */
    void sellsTogether(String bundleId, String name, String... productIds) {
        agent("recommendation", 2)
                .put(
                        "putBundle",
                        "/bundles/" + bundleId,
                        UUID.randomUUID().toString(),
                        new PutBundle(
                                name, Stream.of(productIds).map(ProductId::new).toList()),
                        StandingBundle.class)
                .orFail();
    }

    private AgentClient agent(String name, int place) {
        var tokens = new ServiceTokens(
                new DataFolder(data).existingSecret("service").orElseThrow(), "test", InstantSource.system());
        return new AgentClient(
                Contract.load(name),
                URI.create("http://127.0.0.1:" + (ports.base() + place)),
                tokens,
                Duration.ofSeconds(10));
    }

    @Override
    public void close() throws IOException {
        up.close();
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives the shop to test methods and constructors that have it as a parameter. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == RunningShop.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return shared();
        }
    }
}
