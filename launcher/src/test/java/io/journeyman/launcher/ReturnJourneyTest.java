package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;
import static io.journeyman.launcher.Customer.code;
import static io.journeyman.launcher.Customer.status;
import static io.journeyman.launcher.Customer.text;
import static io.journeyman.launcher.Customer.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.journeyman.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers send back, and think of what they keep, through chat and console of a whole shop: real agents, real engine, real browser. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class ReturnJourneyTest {
    private static final int PATIENCE = 90_000;

    private final RunningShop shop;

    ReturnJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void refundsOnePieceOfAnOrderAndThenTheOther() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("2 of the Indigo Block-Print Cotton Kurta in blue, size L");

        assertThat(text(customer.says("I want to return 1 blue kurta from order " + order)))
                .endsWith("Why would you like to return it?");
        assertThat(text(customer.says("it does not fit"))).contains("The return costs ₹49", "Nothing is returned yet");
        var first = customer.openProposal();
        assertThat(first.path("kind").asText()).isEqualTo("Return");
        long refund = first.at("/quote/total/minor").asLong();
        assertThat(refund)
                .isEqualTo(first.at("/quote/goods/minor").asLong()
                        - first.at("/quote/discount/minor").asLong()
                        - 4_900);
        var back = customer.confirms(first).path("workflowId").asText();
        customer.awaits(back, waitsFor("parcel"));
        assertThat(customer.newsOf(back, "return_label").path("text").asText()).contains("order " + order, "RL-");
        assertThat(text(customer.says("where is my order " + order + "?"))).contains("waits for the parcel");

        inspects(back, first.path("quote"), 1);
        customer.awaits(back, status("completed"));
        assertThat(customer.newsOf(back, "return_refunded")
                        .at("/facts/amountMinor")
                        .asLong())
                .isEqualTo(refund);
        shop.books().assertRefunded(order, refund);

        customer.says("please send back the rest of order " + order + ", it is damaged");
        var second = customer.openProposal();
        assertThat(second.at("/quote/returned/fee/minor").asLong()).isZero();
        var rest = customer.confirms(second).path("workflowId").asText();
        customer.awaits(rest, waitsFor("parcel"));
        inspects(rest, second.path("quote"), 1);
        customer.awaits(rest, status("completed"));
        shop.books()
                .assertRefunded(order, refund + second.at("/quote/total/minor").asLong());
        shop.books().assertStockAddsUp();
        assertThat(text(customer.says("I want to return order " + order + ", it is damaged")))
                .contains("on its way back already, or came back");
    }

    @Test
    void exchangesASizeAndRefundsWhatCameForItToTheFirstPayment() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");

        assertThat(text(customer.says("I want to exchange the blue kurta from order " + order)))
                .endsWith("Which size, colour or piece would you like for it?");
        assertThat(text(customer.says("size XL"))).contains("There is nothing to pay", "Nothing is exchanged yet");
        var proposal = customer.openProposal();
        assertThat(proposal.at("/quote/total/minor").asLong()).isZero();
        var checkout = customer.confirms(proposal).path("workflowId").asText();
        customer.awaits(checkout, waitsFor("return"));
        var back = "return-" + proposal.at("/quote/exchanged/returnId").asText();
        var other = proposal.at("/quote/exchanged/orderId").asText();
        assertThat(customer.newsOf(back, "exchange_label").path("text").asText())
                .contains("order " + other, "RL-");
        customer.awaits(back, waitsFor("parcel"));
        assertThat(text(customer.says("where is my order " + other + "?"))).contains("is set aside until");

        inspects(back, proposal.at("/quote/exchanged"), 1);
        customer.awaits(back, status("completed"));
        customer.awaits(checkout, status("completed"));
        assertThat(customer.newsOf(checkout, "exchange_sent").path("text").asText())
                .contains("order " + other);
        assertThat(text(customer.says("where is my order " + other + "?"))).contains("being packed");
        shop.books().assertRefunded(order, 0);

        customer.says("I want to return order " + other + ", it is damaged");
        var money = customer.openProposal();
        var again = customer.confirms(money).path("workflowId").asText();
        customer.awaits(again, waitsFor("parcel"));
        inspects(again, money.path("quote"), 1);
        customer.awaits(again, status("completed"));
        shop.books().assertRefunded(order, money.at("/quote/total/minor").asLong());
        shop.books().assertStockAddsUp();
    }

    @Test
    void handsOverInAStoreWhatComesInExchange() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");

        assertThat(text(customer.says("exchange the Indigo Block-Print Cotton Kurta from order " + order
                        + " for XL and collect it at the Indiranagar store")))
                .contains("ready to be collected at the Indiranagar store once yours is here");
        var proposal = customer.openProposal();
        assertThat(proposal.at("/quote/delivery/collect/storeId").asText()).startsWith("ST-BLR");
        var checkout = customer.confirms(proposal).path("workflowId").asText();
        customer.awaits(checkout, waitsFor("return"));
        var back = "return-" + proposal.at("/quote/exchanged/returnId").asText();
        var other = proposal.at("/quote/exchanged/orderId").asText();
        customer.awaits(back, waitsFor("parcel"));
        inspects(back, proposal.at("/quote/exchanged"), 1);
        customer.awaits(checkout, status("completed"));
        assertThat(customer.newsOf(checkout, "exchange_sent").path("text").asText())
                .contains("is being set aside for you at the Indiranagar store");

        shop.staff().untilDone("/v1/orders/" + other + "/ready", Map.of());
        var kept = customer.awaits("delivery-" + other, code("collection_ready"));
        assertThat(Instant.parse(kept.path("until").asText()))
                .isBefore(Instant.now().plus(Duration.ofDays(8)));
        shop.staff()
                .post(
                        "/v1/orders/" + other + "/handed-over",
                        Map.of("pickupCode", kept.at("/facts/pickupCode").asText()));
        customer.awaits("delivery-" + other, code("collection_picked_up"));
        shop.books().assertRefunded(order, 0);
        shop.books().assertStockAddsUp();
    }

    @Test
    void givesTheDifferenceBackWhenAnExchangeIsCalledOff() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        assertThat(text(customer.says("exchange the Indigo Block-Print Cotton Kurta from order " + order
                        + " for the Chikankari Lucknowi Kurta in white, size L")))
                .contains("Chikankari Lucknowi Kurta", "You pay ₹");
        var proposal = customer.openProposal();
        long difference = proposal.at("/quote/total/minor").asLong();
        assertThat(difference)
                .isEqualTo(proposal.at("/quote/goods/minor").asLong()
                        - proposal.at("/quote/exchanged/value/minor").asLong());
        var checkout = customer.confirms(proposal, customer.card("4242"))
                .path("workflowId")
                .asText();
        customer.awaits(checkout, waitsFor("return"));
        var back = "return-" + proposal.at("/quote/exchanged/returnId").asText();
        customer.newsOf(back, "exchange_label");

        customer.says("cancel my exchange");
        customer.says("yes");

        customer.awaits(back, status("cancelled"));
        customer.awaits(checkout, status("cancelled"));
        shop.books().assertRefunded(checkout.substring("checkout-".length()), difference);
        shop.books().assertRefunded(order, 0);
        shop.books().assertStockAddsUp();
    }

    @Test
    void isExchangedOnThePageAndInTheConsole() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("exchange the blue kurta from order " + order + " for size XL");
            button(page, "Send").click();
            assertThat(page.locator(".proposal .total")).containsText("To pay now", patient());
            assertThat(page.locator(".proposal")).containsText("You send back 1 × Indigo Block-Print Cotton Kurta, L");
            picture(page, "exchange-proposal-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Confirm exchange").click();
            assertThat(page.locator(".entry.news").last()).containsText("is set aside for you", patient());

            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            desk.navigate(shop.page() + "staff?kind=Return&waitingFor=parcel");
            desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("RT-"))
                    .first()
                    .click();
            assertThat(desk.locator(".facts")).containsText("Comes for it");
            var inspect = desk.locator("form[action$='/inspect']");
            assertThat(inspect).containsText("Indigo Block-Print Cotton Kurta, L");
            inspect.getByLabel("Taken, of 1").fill("1");
            inspect.getByLabel("Remark").fill("as new");
            picture(desk, "staff-exchange");
            assertAccessible(desk);
            button(desk, "Keep the inspection").click();
            assertThat(page.locator(".entry.news").filter(new Locator.FilterOptions().setHasText("is packed")))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
            desk.reload();
            assertThat(desk.locator(".timeline")).containsText("postPurchase.settleExchange", patient());
            desk.locator(".facts")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("JM-"))
                    .click();
            assertThat(desk.locator(".facts")).containsText("Goes back for it");
            assertThat(desk.locator(".timeline")).containsText("fulfillment.createShipment", patient());
            assertAccessible(desk);
        }
    }

    @Test
    void refundsAsStoreCreditForWhoWantsIt() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        assertThat(text(customer.says("I want to return order " + order + " as store credit, it is damaged")))
                .contains("as store credit");
        var proposal = customer.openProposal();
        var back = customer.confirms(proposal).path("workflowId").asText();
        customer.awaits(back, waitsFor("parcel"));

        inspects(back, proposal.path("quote"), 1);

        customer.awaits(back, status("completed"));
        assertThat(customer.newsOf(back, "return_to_credit").path("text").asText())
                .contains("is store credit of yours now");
        shop.books().assertRefunded(order, 0);
        assertThat(text(customer.says("how much store credit do I have?")))
                .contains(Money.inr(proposal.at("/quote/total/minor").asLong()).shown());
    }

    @Test
    void paysOutByHandWhatWasPaidInCash() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = customer.post(
                        "/v1/conversations/proposals/"
                                + customer.openProposal().path("proposalId").asText() + "/confirm",
                        Map.of("paymentMethod", Map.of("cashOnDelivery", true)))
                .path("journeyId")
                .asText();
        customer.awaits("checkout-" + order, status("completed"));

        assertThat(text(customer.says("I would like to send back order " + order + ", I changed my mind")))
                .contains("which our staff pay out");
        var proposal = customer.openProposal();
        var back = customer.confirms(proposal).path("workflowId").asText();
        customer.awaits(back, waitsFor("parcel"));
        inspects(back, proposal.path("quote"), 1);
        customer.awaits(back, waitsFor("payout"));

        shop.staff().post("/v1/staff/journeys/" + back + "/paid-out", Map.of("reason", "UPI 4711"));

        customer.awaits(back, status("completed"));
        assertThat(customer.newsOf(back, "return_paid_out").path("text").asText())
                .contains("paid out ₹");
    }

    @Test
    void keepsEverythingWhenTheCustomerChangesTheirMind() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        customer.says("I want to return order " + order + ", it does not fit");
        var back = customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(back, waitsFor("parcel"));

        customer.says("cancel my return");
        customer.says("yes");

        customer.awaits(back, status("cancelled"));
        shop.books().assertRefunded(order, 0);
    }

    @Test
    void isProposedInTheChatAndInspectedInTheConsole() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("I want to return order " + order + ", it does not fit");
            button(page, "Send").click();
            assertThat(page.locator(".proposal .total")).containsText("Refund", patient());
            assertThat(page.locator(".proposal")).containsText("Back the way it was paid");
            picture(page, "return-proposal-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Confirm return").click();
            assertThat(page.locator(".entry.news").last()).containsText("on the parcel", patient());
            assertThat(page.locator(".journeys li").first()).containsText("Return", patient());
            picture(page, "return-label-phone");
            assertAccessible(page);

            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            desk.navigate(shop.page() + "staff?kind=Return&waitingFor=parcel");
            desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("RT-"))
                    .first()
                    .click();
            assertThat(desk.locator("main")).containsText("parcel");
            var arrived = desk.locator("form[action$='/arrived']");
            arrived.getByLabel("Remark").fill("came with the morning's post");
            button(desk, "The parcel is here").click();
            assertThat(desk.locator("p.said")).containsText("waits to be looked at");
            var inspect = desk.locator("form[action$='/inspect']");
            inspect.getByLabel("Taken, of 1").fill("1");
            inspect.getByLabel("Remark").fill("as new");
            picture(desk, "staff-return");
            assertAccessible(desk);
            button(desk, "Keep the inspection").click();
            assertThat(desk.locator("p.said")).containsText("The inspection is kept");
            assertThat(page.locator(".entry.news").last()).containsText("is done", patient());
            picture(page, "return-refunded-phone");
            desk.reload();
            assertThat(desk.locator(".timeline")).containsText("payment.refund", patient());
            assertThat(desk.locator(".timeline")).containsText("1 taken, 0 refused");
            assertAccessible(desk);
        }
    }

    @Test
    void isReviewedOnThePageAndInTheChatAndHiddenInTheConsole() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        var feedback = "feedback-" + order;
        shop.asksForReviewsAfter(Duration.ofSeconds(1));
        try (var browser = Chromium.start()) {
            var tracking = customer.newsOf("checkout-" + order, "order_confirmed")
                    .at("/facts/trackingId")
                    .asText();
            carrierDelivers(tracking + "-1");
            assertThat(customer.newsOf(feedback, "reviews_wanted").path("text").asText())
                    .contains("How do you like", "Indigo Block-Print Cotton Kurta");

            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            var form = page.locator("form.review");
            assertThat(form).hasCount(1);
            picture(page, "review-asked-phone");
            assertFits(page);
            assertAccessible(page);
            form.locator("label")
                    .filter(new Locator.FilterOptions().setHasText("4 of 5 stars"))
                    .click();
            form.getByLabel("In a few words").fill("Soft, and the colour stays. 4242 4242 4242 4242");
            button(page, "Send my review").click();
            assertThat(form).containsText("You gave 4 of 5", patient());
            assertThat(form.getByLabel("In a few words")).hasValue("Soft, and the colour stays. [card number removed]");
            picture(page, "review-given-phone");
            assertAccessible(page);

            assertThat(text(customer.says("5 stars for the kurta"))).contains("5 of 5 stars", "Indigo Block-Print");
            assertThat(form).containsText("You gave 5 of 5", patient());

            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            desk.navigate(shop.page() + "staff/reviews?product=Indigo&rating=5");
            var row = desk.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(order));
            assertThat(row).containsText("Soft, and the colour stays.");
            row.getByPlaceholder("Reason").fill("had a card number in it");
            picture(desk, "staff-reviews");
            assertAccessible(desk);
            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Hide"))
                    .click();
            assertThat(desk.locator("p.said")).containsText("The review is hidden");
            desk.navigate(shop.page() + "staff/reviews?state=hidden");
            assertThat(desk.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(order)))
                    .containsText("staff-demo: had a card number in it");
            desk.setViewportSize(390, 844);
            picture(desk, "staff-reviews-phone");
            assertFits(desk);
            assertAccessible(desk);

            assertThat(text(customer.says("Stop asking me for reviews"))).contains("do not ask you");
        } finally {
            shop.asksForReviewsAfter(Duration.ofDays(7));
        }
    }

    private void carrierDelivers(String parcel) throws Exception {
        shop.staff()
                .post(
                        "/v1/parcels/" + parcel + "/events",
                        Map.of(
                                "eventId",
                                "d1",
                                "status",
                                "delivered",
                                "happenedAt",
                                Instant.now().toString()));
    }

    private void inspects(String back, JsonNode goesBack, int taken) throws Exception {
        var sku = goesBack.at("/lines/0/sku").asText();
        shop.staff()
                .post(
                        "/v1/staff/journeys/" + back + "/inspection",
                        Map.of(
                                "reason",
                                "as new",
                                "lines",
                                List.of(Map.of("sku", sku, "accepted", taken, "refused", 0))));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
