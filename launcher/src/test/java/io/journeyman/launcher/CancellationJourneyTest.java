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

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers do not want any more before it leaves, or collect in a store instead, through chat and console of a whole shop. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class CancellationJourneyTest {
    private static final int PATIENCE = 90_000;

    private final RunningShop shop;

    CancellationJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void undoesAWholeOrderThatHasNotLeft() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("2 of the Indigo Block-Print Cotton Kurta in blue, size L");
        long total = total(customer, order);

        assertThat(text(customer.says("cancel my order"))).contains("Nothing is cancelled yet");
        var proposal = customer.openProposal();
        assertThat(proposal.path("kind").asText()).isEqualTo("Cancellation");
        assertThat(proposal.at("/quote/total/minor").asLong()).isEqualTo(total);
        var stop = customer.confirms(proposal).path("workflowId").asText();

        customer.awaits(stop, status("completed"));
        assertThat(customer.newsOf(stop, "cancellation_refunded").path("text").asText())
                .contains("order " + order, "went back to the card");
        customer.awaits("delivery-" + order, status("cancelled"));
        shop.books().assertCancelled(order);
        shop.books().assertRefunded(order, total);
        shop.books().assertStockAddsUp();
        assertThat(text(customer.says("where is my order " + order + "?"))).contains("is cancelled");
        assertThat(text(customer.says("cancel my order " + order)))
                .contains("no order " + order + " of yours that could");
    }

    @Test
    void cancelsOnePieceAndSendsTheRest() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("3 of the Indigo Block-Print Cotton Kurta in blue, size L");

        customer.says("please cancel 1 piece of order " + order);
        var first = customer.openProposal();
        assertThat(first.at("/quote/lines/0/quantity").asInt()).isEqualTo(1);
        assertThat(first.at("/quote/cancelled/deliveryFee/minor").asLong()).isZero();
        long refund = first.at("/quote/total/minor").asLong();
        assertThat(refund)
                .isEqualTo(first.at("/quote/goods/minor").asLong()
                        - first.at("/quote/discount/minor").asLong());
        var confirmed = customer.confirms(first);
        var stop = confirmed.path("workflowId").asText();
        customer.awaits(stop, status("completed"));
        shop.books().assertRefunded(order, refund);
        shop.books().assertBackInStock(confirmed.path("journeyId").asText(), 1);
        shop.books().assertStockAddsUp();
        assertThat(text(customer.says("where is my order " + order + "?"))).contains("of it 1 piece cancelled");

        leaves(order);
        customer.awaits("delivery-" + order, code("shipped"));
        assertThat(text(customer.says("please cancel order " + order))).contains("has left already");
        customer.says("I want to return order " + order + ", it is damaged");
        assertThat(customer.openProposal().at("/quote/lines/0/quantity").asInt())
                .isEqualTo(2);
    }

    @Test
    void changesNothingWhenTheParcelLeavesBeforeItIsConfirmed() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        customer.says("cancel my order " + order);
        var proposal = customer.openProposal();

        leaves(order);
        var stop = customer.confirms(proposal).path("workflowId").asText();

        customer.awaits(stop, status("failed"));
        assertThat(customer.newsOf(stop, "cancellation_too_late").path("text").asText())
                .contains("could not be stopped any more", "Nothing has changed");
        shop.books().assertRefunded(order, 0);
        customer.says("I want to return order " + order + ", it is damaged");
        assertThat(customer.openProposal().path("kind").asText()).isEqualTo("Return");
    }

    @Test
    void givesNothingBackOfWhatWasToBePaidOnDelivery() throws Exception {
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

        assertThat(text(customer.says("please cancel my order " + order + " completely")))
                .contains("Nothing was paid yet");
        var stop = customer.confirms(customer.openProposal()).path("workflowId").asText();

        customer.awaits(stop, status("completed"));
        assertThat(customer.newsOf(stop, "cancellation_nothing_due")
                        .path("text")
                        .asText())
                .contains("need not");
        shop.books().assertCancelled(order);
    }

    @Test
    void sendsAnOrderElsewhereUntilItLeaves() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");

        assertThat(text(customer.says(
                        "please send my order " + order + " to Meera Nair, 7 Lake Road, Kolkata 700029 instead")))
                .contains("would go to Kolkata instead", "Nothing is changed yet");
        var proposal = customer.openProposal();
        assertThat(proposal.at("/quote/total/minor").asLong()).isZero();
        var move = customer.confirms(proposal).path("workflowId").asText();
        customer.awaits(move, status("completed"));
        assertThat(customer.newsOf(move, "address_changed").path("text").asText())
                .contains("goes to the other address");
        assertThat(shop.books().goesTo(order)).containsExactly("7 Lake Road", "7 Lake Road");

        customer.says("change the address of my order " + order + " to Meera Nair, 9 Hill Road, Kolkata 700029");
        var late = customer.openProposal();
        leaves(order);
        var refused = customer.confirms(late).path("workflowId").asText();
        customer.awaits(refused, status("failed"));
        assertThat(customer.newsOf(refused, "address_change_too_late")
                        .path("text")
                        .asText())
                .contains("has left already");
        assertThat(shop.books().goesTo(order)).containsExactly("7 Lake Road", "7 Lake Road");
    }

    @Test
    void isProposedInTheChatAndReadByStaff() throws Exception {
        var customer = shop.newcomer();
        var order = customer.buys("the Indigo Block-Print Cotton Kurta in blue, size L");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("cancel my order " + order);
            button(page, "Send").click();
            assertThat(page.locator(".proposal .total")).containsText("Refund", patient());
            assertThat(page.locator(".proposal")).containsText("It goes back the way it was paid");
            picture(page, "cancellation-proposal-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Confirm cancellation").click();
            assertThat(page.locator(".entry.news").last()).containsText("cancelled", patient());
            assertThat(page.locator(".journeys")).containsText("Cancellation", patient());
            assertAccessible(page);

            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            desk.navigate(shop.page() + "staff?kind=Cancellation");
            desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CN-"))
                    .first()
                    .click();
            assertThat(desk.locator(".timeline")).containsText("fulfillment.withdrawPieces", patient());
            assertThat(desk.locator(".timeline")).containsText("postPurchase.acceptCancellation");
            assertThat(desk.locator(".timeline")).containsText("payment.refund");
            assertThat(desk.locator(".timeline")).containsText("Tells delivery-" + order);
            assertThat(desk.locator("main")).not().containsText("Cancel and undo everything");
            picture(desk, "staff-cancellation");
            assertAccessible(desk);
        }
    }

    @Test
    void handsOverWhatIsCollectedInAStore() throws Exception {
        var customer = shop.newcomer();
        var order = orderToCollect(customer, Map.of("token", customer.card("4242")));
        var delivery = "delivery-" + order;

        shop.staff().untilDone("/v1/orders/" + order + "/ready", Map.of());
        var kept = customer.awaits(delivery, code("collection_ready"));
        var pickupCode = kept.at("/facts/pickupCode").asText();
        assertThat(customer.newsOf(delivery, "collection_ready").path("text").asText())
                .contains("is ready: the Indiranagar store keeps it for you until", "pickup code is " + pickupCode);
        assertThat(text(customer.says("where is my order?"))).contains("is ready at the Indiranagar store", pickupCode);
        assertThat(shop.staff().refusedFor("/v1/orders/" + order + "/handed-over", Map.of("pickupCode", "000000")))
                .isEqualTo("wrong_code");

        shop.staff().post("/v1/orders/" + order + "/handed-over", Map.of("pickupCode", pickupCode));

        customer.awaits(delivery, code("collection_picked_up"));
        assertThat(text(customer.says("where is my order?"))).contains("was collected at the Indiranagar store");
        assertThat(text(customer.says("cancel my order " + order))).doesNotContain("Nothing is cancelled yet");
        customer.says("I want to return order " + order + ", it is damaged");
        assertThat(customer.openProposal().path("kind").asText()).isEqualTo("Return");
        shop.books().assertStockAddsUp();
    }

    @Test
    void cancelsWhatWaitsInAStore() throws Exception {
        var customer = shop.newcomer();
        var order = orderToCollect(customer, Map.of("cashOnDelivery", true));
        shop.staff().untilDone("/v1/orders/" + order + "/ready", Map.of());
        var code = customer.awaits("delivery-" + order, code("collection_ready"))
                .at("/facts/pickupCode")
                .asText();

        customer.says("cancel my order " + order);
        var stop = customer.confirms(customer.openProposal()).path("workflowId").asText();

        customer.awaits(stop, status("completed"));
        customer.awaits("delivery-" + order, code("collection_called_off"));
        assertThat(shop.staff().refusedFor("/v1/orders/" + order + "/handed-over", Map.of("pickupCode", code)))
                .isEqualTo("cancelled");
        shop.books().assertCancelled(order);
        shop.books().assertStockAddsUp();
    }

    @Test
    void showsStaffAndCustomersWhatIsCollected() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("checkout, I'll pick it up at the Indiranagar store");
            button(page, "Send").click();
            assertThat(page.locator(".proposal")).containsText("Collect at Indiranagar store, ready by", patient());
            assertThat(page.locator(".proposal")).containsText("kept until");
            picture(page, "collect-proposal-phone");
            assertFits(page);
            assertAccessible(page);
            var order = customer.confirms(customer.openProposal(), customer.card("4242"))
                    .path("journeyId")
                    .asText();
            shop.staff().untilDone("/v1/orders/" + order + "/ready", Map.of());

            var staff = browser.window(1280, 900);
            Chromium.signIn(staff, shop.page(), shop.staff());
            var desk = staff.newPage();
            customer.awaits("delivery-" + order, waitsFor("collection"));
            desk.navigate(shop.page() + "staff/journeys/delivery-" + order);
            assertThat(desk.locator(".facts")).containsText("Indigo Block-Print Cotton Kurta");
            var extend = desk.locator("form[action$='/extend']");
            extend.getByLabel("Reason").fill("is ill until Friday");
            button(desk, "Extend the deadline").click();
            assertThat(desk.locator("p.said")).containsText("The deadline is extended", patient());
            assertThat(desk.locator(".timeline")).containsText("is ill until Friday");
            assertThat(page.locator(".entry.news").last())
                    .containsText("There is more time for you to collect your order", patient());
            desk.getByLabel("Pickup code")
                    .fill(customer.journey("delivery-" + order)
                            .at("/facts/pickupCode")
                            .asText());
            picture(desk, "staff-collection");
            assertAccessible(desk);
            button(desk, "Hand it over").click();
            assertThat(desk.locator(".said").first()).containsText("It is handed over", patient());
            assertThat(page.locator(".entry.news").last()).containsText("You have collected your order", patient());
            picture(page, "collected-phone");
            assertFits(page);
            assertAccessible(page);
            var hand = browser.window(390, 844);
            Chromium.signIn(hand, shop.page(), shop.staff());
            var phone = hand.newPage();
            phone.navigate(shop.page() + "staff/journeys/delivery-" + order);
            assertThat(phone.locator(".timeline")).containsText("hand over (handed over)", patient());
            assertFits(phone);
            assertAccessible(phone);
        }
    }

    /** Bought now, and collected in the Indiranagar store. @return the order's id, once it is confirmed */
    private static String orderToCollect(Customer customer, Map<String, Object> method) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        assertThat(text(customer.says("checkout, I'll pick it up at the Indiranagar store")))
                .contains(
                        "You collect it at the Indiranagar store, Bengaluru, for nothing: ready by",
                        "kept for you until");
        var order = customer.post(
                        "/v1/conversations/proposals/"
                                + customer.openProposal().path("proposalId").asText() + "/confirm",
                        Map.of("paymentMethod", method))
                .path("journeyId")
                .asText();
        customer.awaits("checkout-" + order, status("completed"));
        assertThat(customer.newsOf("checkout-" + order, "order_confirmed")
                        .path("text")
                        .asText())
                .contains("You collect it at the Indiranagar store");
        return order;
    }

    private static long total(Customer customer, String order) throws Exception {
        return customer.newsOf("checkout-" + order, "order_confirmed")
                .at("/receipt/total/minor")
                .asLong();
    }

    /** The carrier takes the order's first parcel. */
    private void leaves(String order) throws Exception {
        var parcel = shop.books().parcel(order);
        shop.staff()
                .post(
                        "/v1/parcels/" + parcel + "/events",
                        Map.of(
                                "eventId",
                                "e1",
                                "status",
                                "handed_over",
                                "happenedAt",
                                Instant.now().toString()));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
