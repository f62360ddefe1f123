package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;
import static io.journeyman.launcher.Customer.status;
import static io.journeyman.launcher.Customer.text;
import static io.journeyman.launcher.Customer.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.journeyman.contracts.ShopTime;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that store credit pays a part of, or all, in a whole shop: real agents, real engine, real browser. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class StoreCreditJourneyTest {
    private static final int PATIENCE = 90_000;

    private final RunningShop shop;

    StoreCreditJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void paysItsPartBesideTheCardAndGetsItsPartOfARefund() throws Exception {
        var customer = shop.newcomer();
        grants(customer, 50_000);
        assertThat(text(customer.says("how much store credit do I have?"))).contains("₹500 of store credit");

        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        assertThat(text(customer.says(
                        "checkout with my store credit, send it to Meera Nair, 4 Park Street, Kolkata 700016")))
                .contains("Store credit pays ₹500 of it");
        var proposal = customer.openProposal();
        long total = proposal.at("/quote/total/minor").asLong();
        var order = customer.confirms(proposal, customer.card("4242"))
                .path("journeyId")
                .asText();
        customer.awaits("checkout-" + order, status("completed"));
        shop.books().assertTaken(order, total - 50_000);
        shop.books().assertCredit(customer.id(), 0, 0);
        assertThat(customer.newsOf("checkout-" + order, "order_confirmed")
                        .path("text")
                        .asText())
                .contains("Store credit paid ₹500 of it");

        customer.says("I want to return order " + order + ", it is damaged");
        var back = customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(back, waitsFor("parcel"));
        inspects(back, proposal.at("/quote/lines/0/sku").asText());
        customer.awaits(back, status("completed"));

        var refunded = customer.newsOf(back, "return_refunded").path("facts");
        long refund = refunded.path("amountMinor").asLong();
        long credit = refund * 50_000 / total;
        assertThat(refunded.path("creditMinor").asLong()).isEqualTo(credit).isPositive();
        shop.books().assertRefunded(order, refund - credit);
        shop.books().assertCredit(customer.id(), credit, 0);
    }

    @Test
    void givesTheCreditBackWhenTheCardIsDeclinedAndTheOrderCancelled() throws Exception {
        var customer = shop.newcomer();
        grants(customer, 50_000);
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout with my store credit, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = customer.confirms(customer.openProposal(), customer.card("1111"))
                .path("journeyId")
                .asText();
        customer.awaits("checkout-" + order, waitsFor("payment_method"));
        shop.books().assertCredit(customer.id(), 0, 50_000);

        customer.says("cancel my order " + order);
        customer.says("yes");

        customer.awaits("checkout-" + order, status("cancelled"));
        shop.books().assertCredit(customer.id(), 50_000, 0);
        shop.books().assertTaken(order, 0);
    }

    @Test
    void paysTheDifferenceOfAnExchangeAndGetsItsPartBack() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        grants(customer, 10_000);
        assertThat(text(customer.says("exchange the Indigo Block-Print Cotton Kurta from order " + order
                        + " for the Chikankari Lucknowi Kurta in white, size L, and pay with my store credit")))
                .contains("store credit pays ₹100, and you pay ₹");
        var proposal = customer.openProposal();
        long difference = proposal.at("/quote/total/minor").asLong();
        var checkout = customer.confirms(proposal, customer.card("4242"))
                .path("workflowId")
                .asText();
        customer.awaits(checkout, waitsFor("return"));
        var other = proposal.at("/quote/exchanged/orderId").asText();
        shop.books().assertTaken(other, difference - 10_000);
        shop.books().assertCredit(customer.id(), 0, 10_000);
        var back = "return-" + proposal.at("/quote/exchanged/returnId").asText();
        customer.awaits(back, waitsFor("parcel"));
        inspects(back, proposal.at("/quote/exchanged/lines/0/sku").asText());
        customer.awaits(checkout, status("completed"));
        shop.books().assertCredit(customer.id(), 0, 0);

        customer.says("I want to return order " + other + ", it is damaged");
        var money = customer.openProposal();
        var again = customer.confirms(money).path("workflowId").asText();
        customer.awaits(again, waitsFor("parcel"));
        inspects(again, money.at("/quote/lines/0/sku").asText());
        customer.awaits(again, status("completed"));
        shop.books().assertCredit(customer.id(), 10_000, 0);
        shop.books().assertRefunded(other, difference - 10_000);
        shop.books().assertRefunded(order, money.at("/quote/total/minor").asLong() - difference);
    }

    @Test
    void paysAllWithoutACardInTheBrowser() throws Exception {
        var customer = shop.newcomer();
        grants(customer, 2_000_000);
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("use my store credit");
            button(page, "Send").click();
            assertThat(page.locator(".proposal")).containsText("Store credit", patient());
            assertThat(page.locator(".proposal .total").last()).containsText("₹0");
            picture(page, "store-credit-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Confirm order").click();
            assertThat(page.locator(".entry.news").last()).containsText("Store credit paid all of it", patient());
            assertThat(page.locator("form.pay")).hasCount(0);
        }
    }

    @Test
    void remindsOnceOfWhatEndsSoon() throws Exception {
        var customer = shop.newcomer();
        customer.says("hi");
        var until = Instant.now().plus(Duration.ofDays(5));
        shop.staff()
                .post(
                        "/v1/customers/" + customer.id() + "/credit-grants",
                        Map.of(
                                "amount",
                                Map.of("minor", 50_000, "currency", "INR"),
                                "reason",
                                "for the delay",
                                "expiresAt",
                                until.toString()));

        looksAgain();
        looksAgain();

        var day = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH)
                .withZone(ShopTime.ZONE)
                .format(until);
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            var news = page.locator(".entry.news", new Page.LocatorOptions().setHasText("Some of your store credit"));
            assertThat(news).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
            assertThat(news).containsText("You can use ₹500 until " + day);
            picture(page, "credit-ending-phone");
            assertFits(page);
            assertAccessible(page);
        }
        assertThat(text(customer.says("how long is my store credit good for?"))).contains("₹500 of it until");
    }

    /** As when a worker begins: all who are to hear of something do, and the round is over. */
    private void looksAgain() {
        var stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + shop.ports().temporal())
                .build());
        try {
            new ClientJourneyStart(WorkflowClient.newInstance(stubs), Conversation.TASK_QUEUE).startReminders();
        } finally {
            stubs.shutdownNow();
        }
    }

    private void grants(Customer customer, long minor) throws Exception {
        shop.staff()
                .post(
                        "/v1/customers/" + customer.id() + "/credit-grants",
                        Map.of("amount", Map.of("minor", minor, "currency", "INR"), "reason", "for the delay"));
    }

    private void inspects(String back, String sku) throws Exception {
        shop.staff()
                .post(
                        "/v1/staff/journeys/" + back + "/inspection",
                        Map.of("reason", "torn", "lines", List.of(Map.of("sku", sku, "accepted", 1, "refused", 0))));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
