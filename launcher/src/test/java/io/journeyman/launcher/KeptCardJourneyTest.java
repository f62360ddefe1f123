package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A card that is kept for the next time, in the browser and the chat of a whole shop. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class KeptCardJourneyTest {
    private static final int PATIENCE = 90_000;
    private static final String KEPT = "Visa ending 4242 (12/30)";

    private final RunningShop shop;

    KeptCardJourneyTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isKeptWhenTheCustomerWantsItPaysTheNextOrdersAndIsRemoved() throws Exception {
        var customer = shop.newcomer();
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            checksOut(customer);
            button(page, "Confirm order").click();
            page.getByLabel("Card number").fill("4242 4242 4242 4242");
            page.getByLabel("Expiry").fill("12/30");
            page.getByLabel("Keep this card").check();
            picture(page, "keep-card-phone");
            assertAccessible(page);
            button(page, "Pay").click();
            assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());

            checksOut(customer);
            picture(page, "kept-card-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Confirm and pay with " + KEPT).click();
            assertThat(page.locator(".entry.news"))
                    .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
            assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());

            checksOut(customer);
            var order = customer.confirms(customer.openProposal())
                    .path("workflowId")
                    .asText();
            customer.awaits(
                    order, journey -> journey.path("waitingFor").asText().equals("payment_method"));
            assertThat(customer.says("use my Visa ending 4242").path("text").asText())
                    .contains("I am paying with that card");
            customer.awaits(order, journey -> journey.path("status").asText().equals("completed"));

            checksOut(customer);
            var last = customer.confirms(customer.openProposal())
                    .path("workflowId")
                    .asText();
            customer.awaits(last, journey -> journey.path("waitingFor").asText().equals("payment_method"));
            assertThat(page.locator("form[data-pay]")).containsText("Pay with " + KEPT, patient());
            button(page, "Remove " + KEPT).click();
            assertThat(page.locator("form[data-pay]")).not().containsText("Visa ending", patient());
            assertThat(customer.says("use my Visa ending 4242").path("text").asText())
                    .contains("No card of yours is kept");
        }
    }

    @Test
    void isToldAndForgottenByWordsAlsoWhileAnOrderIsPaidWithIt() throws Exception {
        var customer = shop.newcomer();
        customer.keeps("4242");
        customer.keeps("5050");
        assertThat(customer.says("which cards do you have of mine?")
                        .path("text")
                        .asText())
                .contains("Visa ending 4242 (12/30)", "ending 5050 (12/30)");
        assertThat(customer.says("forget my card").path("text").asText())
                .contains("More than one card fits")
                .endsWith("Its last four digits are enough.");
        try (var browser = Chromium.start()) {
            var context = browser.window(390, 844);
            Chromium.signIn(context, shop.page(), customer);
            var page = context.newPage();
            page.navigate(shop.page());
            page.locator("#text").fill("forget my Visa ending 4242");
            button(page, "Send").click();
            assertThat(page.locator(".proposal")).containsText("Visa ending 4242 (12/30)", patient());
            picture(page, "forget-card-phone");
            assertFits(page);
            assertAccessible(page);
            button(page, "Forget this card").click();
            assertThat(page.locator(".entry.news").last()).containsText("It is forgotten", patient());
        }
        assertThat(customer.says("which cards do you have of mine?")
                        .path("text")
                        .asText())
                .contains("ending 5050")
                .doesNotContain("4242");
        customer.says("remove my saved cards");
        var removal =
                customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(removal, journey -> journey.path("status").asText().equals("completed"));
        assertThat(customer.says("which cards do you have of mine?")
                        .path("text")
                        .asText())
                .contains("No card of yours is kept");
    }

    private static void checksOut(Customer customer) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
