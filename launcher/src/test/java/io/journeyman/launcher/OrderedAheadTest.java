package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;
import static io.journeyman.launcher.Customer.code;
import static io.journeyman.launcher.Customer.status;
import static io.journeyman.launcher.Customer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers buy before it is there, through chat and console of a whole shop. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class OrderedAheadTest {
    private static final int PATIENCE = 90_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private static final DateTimeFormatter DAY_OF_MONTH = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private static final DateTimeFormatter DAY_OF_THE_PAGE = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    /** Sold out in the sample shop, all of them. */
    private static final String GOLD_WATCH = "P-1124-ONE-GOLD";

    private static final String SILVER_WATCH = "P-1124-ONE-SILVER";
    private static final String DRESS = "P-1067-L-RED";

    private final LocalDate due = LocalDate.now(ZoneOffset.UTC).plusDays(12);

    private final RunningShop shop;

    OrderedAheadTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isSoldPaidAndSentWhenItIsHere() throws Exception {
        shop.announces("PO-COMES", GOLD_WATCH, due, 5, 2);
        var customer = shop.newcomer();

        assertThat(text(customer.says("show me watches")))
                .contains("Rose-Tone Bracelet Watch", "can be ordered ahead, arrives from " + DAY_OF_MONTH.format(due));
        assertThat(text(customer.says("Do you have the Rose-Tone Bracelet Watch in gold?")))
                .contains("not in the shop just now", "can be ordered now", "expected " + DAY.format(due));
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        assertThat(text(customer.says("Add the Rose-Tone Bracelet Watch in gold to my cart")))
                .contains("expected " + DAY.format(due));
        assertThat(text(customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016")))
                .contains(
                        "is not in the shop yet: expected " + DAY.format(due), "paid now", "cancel it until it leaves");
        var proposal = customer.openProposal();
        assertThat(proposal.at("/quote/delivery/ahead/0/dueOn").asText()).isEqualTo(due.toString());
        long total = proposal.at("/quote/total/minor").asLong();
        var order = customer.confirms(proposal, customer.card("4242"))
                .path("journeyId")
                .asText();
        customer.awaits("checkout-" + order, status("completed"));
        shop.books().assertTaken(order, total);
        assertThat(customer.newsOf("checkout-" + order, "order_confirmed")
                        .path("text")
                        .asText())
                .contains("What is here comes to Kolkata", "is expected on " + DAY.format(due));
        awaited(order);
        assertThat(shop.books().awaited(order)).isEqualTo(1);

        shop.announces("PO-COMES", GOLD_WATCH, due.plusDays(3), 5, 2);
        hurry(order);
        customer.awaits("delivery-" + order, code("awaited_moved"));
        assertThat(customer.newsOf("delivery-" + order, "awaited_moved")
                        .path("text")
                        .asText())
                .contains("comes later than we said", DAY.format(due.plusDays(3)));
        assertThat(text(customer.says("where is my order " + order + "?")))
                .contains("is expected in the shop " + DAY.format(due.plusDays(3)));

        shop.receives("PO-COMES", GOLD_WATCH, 5);
        hurry(order);
        customer.awaits("delivery-" + order, code("awaited_here"));
        assertThat(shop.books().awaited(order)).isZero();
        shop.books().assertSoldOnce(order);
        shop.books().assertStockAddsUp();

        leaves(order);
        assertThat(text(customer.says(
                        "please send my order " + order + " to Meera Nair, 7 Lake Road, Kolkata 700029 instead")))
                .contains(
                        "what has not left yet, Rose-Tone Bracelet Watch, would go to Kolkata instead",
                        "comes to the address that you gave first: Indigo Block-Print Cotton Kurta");
        var move = customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(move, status("completed"));
        assertThat(customer.newsOf(move, "address_changed_in_part").path("text").asText())
                .contains("What had left before comes to the address that you gave first: Indigo Block-Print");
        assertThat(text(customer.says("where is my order " + order + "?")))
                .contains("to Kolkata 700016 is on its way", "to Kolkata 700029 is confirmed and being packed");
    }

    @Test
    void isCancelledAndRefundedBeforeItIsHere() throws Exception {
        shop.announces("PO-WAITS", SILVER_WATCH, due, 5, 5);
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        var order = customer.buys("the Rose-Tone Bracelet Watch in silver");

        awaited(order);
        shop.callsOff("PO-WAITS");
        hurry(order);
        customer.awaits("delivery-" + order, code("awaited_called_off"));
        assertThat(customer.newsOf("delivery-" + order, "awaited_called_off")
                        .path("text")
                        .asText())
                .contains("is not coming to the shop", "Shall we cancel it");
        customer.says("please cancel the Rose-Tone Bracelet Watch of order " + order);
        var proposal = customer.openProposal();
        assertThat(proposal.at("/quote/lines/0/sku").asText()).isEqualTo(SILVER_WATCH);
        var confirmed = customer.confirms(proposal);
        customer.awaits(confirmed.path("workflowId").asText(), status("completed"));

        shop.books().assertRefunded(order, proposal.at("/quote/total/minor").asLong());
        shop.books().assertBackInStock(confirmed.path("journeyId").asText(), 1);
        assertThat(shop.books().awaited(order)).isZero();
        shop.books().assertStockAddsUp();
    }

    @Test
    void isProposedInTheChatAndAnnouncedByStaff() throws Exception {
        var customer = shop.newcomer();
        try (var browser = Chromium.start()) {
            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            desk.navigate(shop.page() + "staff/stock");
            for (var field : Map.of(
                            "delivery",
                            "PO-PAGE",
                            "location",
                            "WH-BLR",
                            "due",
                            due.toString(),
                            "sku",
                            DRESS,
                            "units",
                            "9",
                            "promisable",
                            "many")
                    .entrySet()) {
                desk.locator("input[name=" + field.getKey() + "]").fill(field.getValue());
            }
            button(desk, "Announce").click();
            assertThat(desk.locator(".said")).containsText("how many of them may be sold");
            desk.locator("input[name=promisable]").fill("9");
            button(desk, "Announce").click();
            assertThat(desk.locator(".said")).containsText("Announced", patient());
            assertThat(desk.locator("main")).containsText("PO-PAGE");

            for (var size : new int[][] {{390, 844}, {1280, 860}}) {
                var context = browser.window(size[0], size[1]);
                Chromium.signIn(context, shop.page(), customer);
                var page = context.newPage();
                page.navigate(shop.page());
                if (size[0] == 390) {
                    say(page, "show me satin dresses");
                    assertThat(page.locator(".card", new Page.LocatorOptions().setHasText("Red Satin Slip Dress")))
                            .containsText(
                                    "Can be ordered ahead, arrives from " + DAY_OF_THE_PAGE.format(due), patient());
                    page.locator(".card", new Page.LocatorOptions().setHasText("Red Satin Slip Dress"))
                            .scrollIntoViewIfNeeded();
                    picture(page, "ahead-card-phone");
                    assertFits(page);
                    assertAccessible(page);
                    say(page, "Add the Red Satin Slip Dress in red, size L to my cart");
                    say(page, "checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
                }
                assertThat(page.locator(".proposal .expected")).containsText("Expected", patient());
                picture(page, "ahead-proposal-" + (size[0] == 390 ? "phone" : "desktop"));
                assertFits(page);
                assertAccessible(page);
            }
            var order = customer.confirms(customer.openProposal(), customer.card("4242"))
                    .path("journeyId")
                    .asText();
            customer.awaits("checkout-" + order, status("completed"));

            desk.navigate(shop.page() + "staff/stock?delivery=PO-PAGE");
            assertThat(desk.locator("main")).containsText(order);
            picture(desk, "staff-stock");
            assertAccessible(desk);
            shop.callsOff("PO-PAGE");
            desk.navigate(shop.page() + "staff/stock");
            assertThat(desk.locator("main")).containsText("Sold, and announced no more");
            assertThat(desk.locator("main")).containsText(order);
            assertAccessible(desk);
        }
    }

    /** Types and sends it, and waits for the reply. */
    private static void say(Page page, String text) {
        page.locator("#text").fill(text);
        button(page, "Send").click();
        assertThat(page.locator("#text")).hasValue("", new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE));
        assertThat(page.locator("#log .waiting"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    /** Its delivery has begun, and waits; of which its customer knows already, and is not told. */
    private void awaited(String order) throws Exception {
        var deadline = Instant.now().plusMillis(PATIENCE);
        while (!shop.books().stands("delivery-" + order).equals("awaited")) {
            assertThat(Instant.now()).as("delivery of %s", order).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    /** The carrier takes the order's first parcel. */
    private void leaves(String order) throws Exception {
        shop.staff()
                .post(
                        "/v1/parcels/" + shop.books().parcel(order) + "/events",
                        Map.of(
                                "eventId",
                                "e1",
                                "status",
                                "handed_over",
                                "happenedAt",
                                Instant.now().toString()));
    }

    /** Staff have the order's delivery look at once. */
    private void hurry(String order) throws Exception {
        shop.staff()
                .post("/v1/staff/journeys/delivery-" + order + "/retry-now", Map.of("reason", "the supplier called"));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
