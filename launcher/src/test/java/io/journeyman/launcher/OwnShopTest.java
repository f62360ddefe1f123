package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Customer.status;
import static io.journeyman.launcher.Customer.text;
import static io.journeyman.launcher.Customer.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A shop that sells what is its own, from its files to what comes back: everything through chat, console API and files, and then looked up in
 * the agents' tables and in Temporal's UI. {@code -Djourneyman.products=50000} is a large shop, which takes some minutes.
 */
@Timeout(2_400)
class OwnShopTest {
    private static final GeneratedFeed FEED = new GeneratedFeed(Integer.getInteger("journeyman.products", 500));

    /** Its numbers are even, so it lies in the warehouse. */
    private static final int TENT = 10;

    /** And this one in the store. */
    private static final int LANTERN = 11;

    private static RunningShop shop;
    private static Path files;

    @BeforeAll
    static void open() throws Exception {
        shop = RunningShop.empty();
        files = Files.createTempDirectory("journeyman-own-");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
        RunningShop.delete(files);
    }

    @Test
    void sellsFromItsFeedInTwoParcelsAndTakesBackAndExchanges() throws Exception {
        var customer = shop.newcomer();
        bringsItsDataIn(customer.id());
        shop.makesOffer("""
                {"offerId": "TRAIL10", "title": "10 % for the trail", "terms": "", "saving": "percentage", "percent": 10, "productIds": [],
                 "threshold": {"minor": 0, "currency": "INR"}, "firstOrder": false, "coupon": "TRAIL10", "alone": false,
                 "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2036-01-01T00:00:00Z"}""");

        // ---- the sale: from two places, with points and a coupon
        var found = says(customer, "I need the " + GeneratedFeed.name(TENT) + " in red, size S");
        assertThat(found.path("text").asText()).contains(GeneratedFeed.name(TENT));
        says(customer, "add it to my cart");
        says(customer, "Add 2 of the " + GeneratedFeed.name(LANTERN) + " in blue, size L to my cart");
        says(customer, "I have a coupon TRAIL10");
        says(customer, "checkout and use my points");
        var proposal = customer.openProposal();
        var quote = proposal.path("quote");
        assertThat(quote.path("offers"))
                .extracting(offer -> offer.path("offerId").asText())
                .contains("TRAIL10");
        assertThat(quote.path("pointsToSpend").asInt()).isPositive();
        var order = customer.confirms(proposal, customer.card("4242"));
        var orderId = order.path("journeyId").asText();
        var checkout = order.path("workflowId").asText();
        customer.awaits(checkout, status("completed"));
        shop.books().assertSoldOnce(orderId);

        // ---- two parcels
        assertThat(text(says(customer, "where is my order?")))
                .contains("comes in 2 parcels", "from our Main warehouse", "from our FC Road store");
        var tracking = customer.newsOf(checkout, "order_confirmed")
                .at("/facts/trackingId")
                .asText();
        for (var parcel : List.of(tracking + "-1", tracking + "-2")) {
            carrierTells(parcel, "handed_over");
            carrierTells(parcel, "delivered");
        }
        customer.awaits("delivery-" + orderId, status("completed"));

        // ---- one of the two lanterns goes back
        says(
                customer,
                "I want to return 1 " + GeneratedFeed.name(LANTERN) + " from order " + orderId + ", it is damaged");
        var back = customer.openProposal();
        var returned = customer.confirms(back).path("workflowId").asText();
        customer.awaits(returned, waitsFor("parcel"));
        inspects(returned, back.path("quote"));
        customer.awaits(returned, status("completed"));
        shop.books().assertRefunded(orderId, back.at("/quote/total/minor").asLong());

        // ---- and the tent is exchanged for a larger one, at the price that was paid
        says(customer, "exchange the " + GeneratedFeed.name(TENT) + " from order " + orderId + " for size L");
        var swap = customer.openProposal();
        assertThat(swap.at("/quote/total/minor").asLong()).isZero();
        var larger = customer.confirms(swap);
        var largerId = larger.path("journeyId").asText();
        customer.awaits(larger.path("workflowId").asText(), waitsFor("return"));
        var goesBack = "return-" + swap.at("/quote/exchanged/returnId").asText();
        customer.awaits(goesBack, waitsFor("parcel"));
        inspects(goesBack, swap.at("/quote/exchanged"));
        customer.awaits(goesBack, status("completed"));
        customer.awaits(larger.path("workflowId").asText(), status("completed"));
        assertThat(text(says(customer, "where is my order " + largerId + "?"))).contains("being packed");
        shop.books().assertRefunded(orderId, back.at("/quote/total/minor").asLong());
        shop.books().assertNothingHeld();

        assertSeenInTemporalsUi(checkout, "inventory.placeHold");
        assertSeenInTemporalsUi("delivery-" + orderId, "fulfillment");
        assertSeenInTemporalsUi(returned, "payment.refund");
        assertSeenInTemporalsUi(goesBack, "postPurchase.settleExchange");
    }

    private void bringsItsDataIn(String customer) throws Exception {
        var feed = files.resolve("feed.tsv");
        FEED.write(feed, product -> false);
        imports("products", feed, "products: %,d created".formatted(FEED.products()));
        var places = written(
                "places.csv",
                Stream.of(
                        "location_id,kind,name,city,address,pincode,opens,closes",
                        "MAIN,warehouse,Main warehouse,Pune,2 Wakad,411057,,",
                        "FC,store,FC Road store,Pune,1 FC Road,411004,10:00,21:00"));
        imports("locations", places, "locations: 2 created");
        imports("origins", places, "origins: 2 created");
        imports(
                "stock",
                written(
                        "stock.csv",
                        Stream.concat(
                                Stream.of("sku,location_id,on_hand"),
                                FEED.skus()
                                        .map(sku -> sku + "," + (GeneratedFeed.product(sku) % 2 == 0 ? "MAIN" : "FC")
                                                + ",5"))),
                "stock: %,d created".formatted(FEED.products() * GeneratedFeed.VARIANTS));
        imports(
                "customers",
                written(
                        "customers.csv",
                        Stream.of(
                                "customer_id,name,line1,city,pincode",
                                customer + ",Meera Nair,4 Park Street,Kolkata,700016")),
                "customers: 1 created");
        imports(
                "points",
                written("points.csv", Stream.of("customer_id,points", customer + ",250")),
                "points: 1 created");
    }

    /** As a customer, who is shown what comes back. */
    private static JsonNode says(Customer customer, String words) throws Exception {
        var reply = customer.says(words);
        System.out.printf("> %s%n%s%n", words, text(reply));
        return reply;
    }

    private static Path written(String name, Stream<String> lines) throws IOException {
        return Files.writeString(files.resolve(name), lines.collect(Collectors.joining("\n", "", "\n")));
    }

    private static void imports(String what, Path file, String outcome) {
        long begun = System.nanoTime();
        var out = new StringWriter();
        var err = new StringWriter();
        var words = List.of(
                what,
                file.toString(),
                "--data",
                shop.data().toString(),
                "--port-base",
                String.valueOf(shop.ports().base()));
        int status = ImportCommand.run(
                words, new PrintWriter(out), new PrintWriter(err), (data, base) -> StaffApi.of(data, base, Map.of()));
        assertThat(status).as("%s %s", out, err).isZero();
        assertThat(out.toString()).contains(outcome, "refused:  0 rows");
        System.out.printf("import of %s: %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    private static void carrierTells(String parcel, String status) throws Exception {
        shop.staff()
                .post(
                        "/v1/parcels/" + parcel + "/events",
                        Map.of(
                                "eventId",
                                status,
                                "status",
                                status,
                                "happenedAt",
                                Instant.now().toString()));
    }

    private static void inspects(String returned, JsonNode goesBack) throws Exception {
        var sku = goesBack.at("/lines/0/sku").asText();
        shop.staff()
                .post(
                        "/v1/staff/journeys/" + returned + "/inspection",
                        Map.of("reason", "as new", "lines", List.of(Map.of("sku", sku, "accepted", 1, "refused", 0))));
    }

    private static void assertSeenInTemporalsUi(String workflowId, String activity) throws IOException {
        try (var browser = Chromium.start()) {
            var page = browser.window(1280, 900).newPage();
            page.navigate(shop.temporalUi() + "/namespaces/default/workflows/" + workflowId);
            assertThat(page.getByText(activity, new Page.GetByTextOptions().setExact(false))
                            .first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Chromium.PATIENCE));
            Chromium.picture(page, "own-shop-" + workflowId.substring(0, workflowId.indexOf('-')));
        }
    }
}
