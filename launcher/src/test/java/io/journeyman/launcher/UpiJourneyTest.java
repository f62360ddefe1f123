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
import com.microsoft.playwright.options.AriaRole;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that are paid by UPI, through the chat of a whole shop: real agents, real engine, real browser. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class UpiJourneyTest {
    private static final int PATIENCE = 90_000;

    private final RunningShop shop;

    UpiJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isPaidAsTheCustomerSaysInTheChat() throws Exception {
        var customer = shop.newcomer();
        var workflow = ordered(customer);

        assertThat(text(customer.says("pay by UPI decline@test"))).contains("your UPI app");
        customer.awaits(workflow, code("payment_declined"));
        assertThat(customer.newsOf(workflow, "payment_declined").path("text").asText())
                .contains("it was declined in the UPI app");
        assertThat(text(customer.says("pay by UPI success@test"))).contains("your UPI app");

        customer.awaits(workflow, status("completed"));
        shop.books().assertSoldOnce(workflow.substring("checkout-".length()));
    }

    @Test
    void isPaidAsTheCustomerSaysBesideTheirYes() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var workflow = "checkout-" + customer.openProposal().path("journeyId").asText();

        assertThat(text(customer.says("yes, pay by UPI success@test"))).contains("your UPI app");

        customer.awaits(workflow, status("completed"));
        shop.books().assertSoldOnce(workflow.substring("checkout-".length()));
        assertThat(text(customer.says("pay in cash"))).contains("was paid by UPI before you said so");
    }

    @Test
    void isPaidInCashByWhoSaysSoRightAfterTheirYes() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var workflow = "checkout-" + customer.openProposal().path("journeyId").asText();
        customer.says("yes");

        assertThat(text(customer.says("pay cash on delivery"))).contains("you pay when it is handed over");

        customer.awaits(workflow, status("completed"));
        assertThat(text(customer.says("cash on delivery"))).contains("nothing was charged for it");
    }

    @Test
    void isPaidInCashByWhoCannotApproveItInTheApp() throws Exception {
        var customer = shop.newcomer();
        var workflow = ordered(customer);
        customer.says("pay by UPI meera.nair@oksbi");
        customer.awaits(workflow, code("payment_confirmation_needed"));

        assertThat(text(customer.says("pay cash on delivery"))).contains("you pay when it is handed over");

        customer.awaits(workflow, status("completed"));
        shop.books().assertPaidInCash(workflow.substring("checkout-".length()));
    }

    @Test
    void isPaidAnotherWayOnThePageThanTheAppIsAskedFor() throws Exception {
        var customer = shop.newcomer();
        var workflow = ordered(customer);
        customer.says("pay by UPI meera.nair@oksbi");
        customer.awaits(workflow, code("payment_confirmation_needed"));
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            assertThat(page.getByLabel("Card number")).not().isVisible();
            page.getByText("Pay another way").click();
            assertThat(page.getByLabel("Card number")).isVisible();
            picture(page, "pay-another-way-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Cash, when you get it").click();
            assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());
            assertThat(page.locator("form.pay")).hasCount(0);
        }
        shop.books().assertPaidInCash(workflow.substring("checkout-".length()));
    }

    @Test
    void isApprovedInTheAppThatTheChatLeadsTo() throws Exception {
        var customer = shop.newcomer();
        var workflow = ordered(customer);
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            picture(page, "upi-form-phone");
            assertFits(page);
            assertAccessible(page);
            page.getByLabel("Or your UPI address").fill("meera.nair@oksbi");
            button(page, "Pay by UPI").click();
            assertThat(page.locator(".entry.news").last()).containsText("approve the payment", patient());
            assertThat(page.locator("#now")).containsText("Approve it in your UPI app", patient());
            picture(page, "upi-approve-phone");
            assertAccessible(page);
            var app = context.waitForPage(
                    () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the UPI app"))
                            .click());
            button(app, "Confirm the payment").click();
            assertThat(app.locator("main")).containsText("You have confirmed the payment", patient());
            assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());
        }
        shop.books().assertSoldOnce(workflow.substring("checkout-".length()));
        assertThat(RunningShop.history(shop.ports(), workflow, Optional.of(shop.staff())))
                .contains("payment.secure")
                .doesNotContain("meera.nair@");
    }

    /** An order that was confirmed in the chat and waits for its payment. */
    private static String ordered(Customer customer) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var workflow =
                customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(workflow, journey -> journey.path("waitingFor").asText().equals("payment_method"));
        return workflow;
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
