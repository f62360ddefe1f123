package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.PATIENCE;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The chat page in a real Chromium, as a customer uses it. The pictures in {@code docs/images} are those that these tests
 * leave in {@code launcher/target/pictures}.
 */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class ChatPageTest {
    private static Chromium browser;

    private final RunningShop shop;
    private BrowserContext context;

    ChatPageTest(RunningShop shop) {
        this.shop = shop;
    }

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Chromium.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void closeWindows() {
        context.close();
    }

    @Test
    void leadsFromHelloToAConfirmedOrderAfterADeclinedCard() {
        var page = open(1280, 860);
        assertAccessible(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in as demo customer"))
                .click();
        assertThat(page.getByText("Sign out")).isVisible();

        say(page, "Hello!");
        say(page, "I need a blue kurta in size L for a festive evening");
        assertThat(page.locator(".card").first()).isVisible();
        picture(page, "chat");
        assertAccessible(page);
        say(page, "Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        say(page, "Checkout please");
        assertThat(page.locator(".proposal .total")).containsText("₹");
        picture(page, "proposal");
        assertAccessible(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm order"))
                .click();
        pay(page, "1111 1111 1111 1111");
        assertThat(page.locator(".entry.news").last()).containsText("insufficient funds", patient());
        assertThat(page.locator(".entry.news").last().getByRole(AriaRole.BUTTON))
                .not()
                .hasCount(0);
        picture(page, "declined");
        assertAccessible(page);
        pay(page, "4242 4242 4242 4242");
        assertThat(page.locator(".journeys li").first()).containsText("Order confirmed", patient());
        assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());
        assertThat(page.locator("form.pay")).hasCount(0);
        picture(page, "confirmed");
        assertAccessible(page);
        assertThat(page.content()).doesNotContain("1111 1111", "4242 4242");

        var order = page.locator(".journeys li small").first().textContent();
        temporalUi(order);
    }

    /** What staff see of that order: found in the list by OrderId, then its history. */
    private void temporalUi(String order) {
        var page = context.newPage();
        page.setViewportSize(1280, 860);
        page.navigate(shop.temporalUi() + "/namespaces/default/workflows?query=OrderId%3D%22" + order
                + "%22+AND+JourneyStatus%3D%22completed%22");
        var found = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("checkout-" + order));
        assertThat(found.first()).isVisible(patientlyVisible());
        picture(page, "temporal-list");
        found.first().click();
        assertThat(page.getByText("inventory.placeHold", new Page.GetByTextOptions().setExact(false))
                        .first())
                .isVisible(patientlyVisible());
    }

    @Test
    void showsWhatAJourneyWasAskedInTemporalsUiToSignedInStaffAlone() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var proposal = customer.openProposal();
        var quote = proposal.at("/quote/quoteId").asText();
        var order = customer.confirms(proposal, customer.card("4242"))
                .path("workflowId")
                .asText();
        customer.awaits(order, journey -> journey.path("status").asText().equals("completed"));

        var ui = open(1280, 1100);
        ui.navigate(shop.temporalUi() + "/namespaces/default/workflows/" + order);
        assertThat(ui.getByText("encryption-key-id").first()).isVisible(patientlyVisible());
        assertThat(ui.content()).doesNotContain(quote);
        picture(ui, "temporal-encrypted");
        var signIn = context.waitForPage(() -> ui.getByText("/staff/sign-in").click());
        assertAccessible(signIn);
        button(signIn, "Sign in as demo staff").click();
        assertThat(signIn.getByText("You are signed in as staff")).isVisible();
        picture(signIn, "staff-sign-in");
        assertAccessible(signIn);

        ui.reload();

        assertThat(ui.getByText(quote).first()).isVisible(patientlyVisible());
        assertThat(ui.getByText("Money of the order").first()).isVisible(patientlyVisible());
        ui.waitForTimeout(1_000); // the timeline is drawn with an animation
        picture(ui, "temporal-journey");
        ui.getByText("Memo", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(ui.getByText(quote)).isVisible(patientlyVisible());
    }

    @Test
    void reservesInAStoreByKeyboardAlone() throws Exception {
        var page = open(1280, 860, shop.newcomer());

        page.locator("#text").focus();
        sayByKeyboard(page, "Do you have the Indigo Block-Print Cotton Kurta in blue, size XL?");
        sayByKeyboard(page, "Reserve it in the Indiranagar store");
        var reserve = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reserve").setExact(true));
        assertThat(reserve).isVisible(patientlyVisible());
        assertAccessible(page);
        for (int i = 0;
                i < 60 && !reserve.evaluate("e => e === document.activeElement").equals(true);
                i++) {
            page.keyboard().press("Shift+Tab");
        }
        page.keyboard().press("Enter");

        assertThat(page.locator(".entry.news").last()).containsText("set aside", patient());
        assertThat(page.locator(".journeys li").first()).containsText("Reserv");
        picture(page, "reservation");
    }

    @Test
    void continuesAfterAReloadInTheMiddle() throws Exception {
        var page = open(1280, 860, shop.newcomer());
        say(page, "Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        say(page, "checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        assertThat(page.locator(".proposal")).isVisible();

        page.reload();

        assertThat(page.locator(".proposal .total")).containsText("₹");
        assertThat(page.locator(".entry.customer")).hasCount(2);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm order"))
                .click();
        assertThat(page.locator("form.pay")).isVisible(patientlyVisible());
        page.reload();
        pay(page, "4242");
        assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());
    }

    @Test
    void showsWhatIsSaidOnAnotherChannelAndGoesOnWithTheSameCart() throws Exception {
        var customer = shop.newcomer();
        var page = open(1280, 860, customer);
        say(page, "Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        assertThat(page.locator(".bag li")).hasCount(1);

        var reply = customer.says("what is in my cart?", "whatsapp");

        assertThat(reply.path("text").asText()).contains("Indigo Block-Print Cotton Kurta");
        assertThat(page.getByText("via whatsapp")).isVisible(patientlyVisible());
        customer.says("remove the kurta", "whatsapp");
        assertThat(page.locator(".bag li")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    @Test
    void keepsAGuestsCartWhenTheySignIn() {
        var page = open(390, 844);
        say(page, "Add the Indigo Block-Print Cotton Kurta in blue, size XL to my cart");
        assertThat(page.locator(".bag")).containsText("XL");
        assertFits(page);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in as demo customer"))
                .first()
                .click();

        assertThat(page.getByText("Sign out")).isVisible();
        assertThat(page.locator(".bag")).containsText("XL");
        say(page, "remove the XL kurta from my cart");
    }

    @Test
    void fitsAPhoneAndNeverShowsACardNumberThatWasTypedIntoTheChat() throws Exception {
        var page = open(390, 844, shop.newcomer());
        say(page, "my card is 4111 1111 1111 1111");
        say(page, "show me kurtas under 2000");
        assertThat(page.locator(".card").first()).isVisible();

        assertThat(page.content()).doesNotContain("4111");
        assertFits(page);
        assertAccessible(page);
        picture(page, "phone");
    }

    @Test
    void tellsThatTheSessionHasEndedAndKeepsWhatWasTyped() throws Exception {
        var page = open(1280, 860, shop.newcomer());
        say(page, "hello, it is me");

        context.clearCookies();
        page.locator("#text").fill("I need a navy shirt");
        button(page, "Send").click();

        assertThat(page.locator("#status")).containsText("Your session has ended", patient());
        assertThat(page.locator("#text")).hasValue("I need a navy shirt");
        assertThat(page.locator("#view")).hasAttribute("data-session", "none");
        assertThat(page.locator("#welcome")).isVisible();
        button(page, "Send").click();
        awaitReply(page);
        assertThat(page.locator(".entry.customer")).hasCount(1);
    }

    @Test
    void tellsWhoIsSignedInAsStaffMeanwhileHowToShop() throws Exception {
        var page = open(1280, 860, shop.newcomer());
        say(page, "hello, it is me");

        Chromium.signIn(context, shop.page(), shop.staff());
        page.locator("#text").fill("I need a navy shirt");
        button(page, "Send").click();

        assertThat(page.locator("#status")).containsText("You are signed in as staff", patient());
        assertThat(page.locator("#text")).hasValue("I need a navy shirt");
        assertThat(page.locator("header .who span")).hasText("Signed in as staff");
        button(page, "Sign out").click();
        assertThat(page.locator("#view")).hasAttribute("data-session", "none");
    }

    private Page open(int width, int height) {
        context = browser.window(width, height);
        var page = context.newPage();
        page.navigate(shop.page());
        return page;
    }

    private Page open(int width, int height, Customer customer) {
        var page = open(width, height);
        Chromium.signIn(context, shop.page(), customer);
        page.reload();
        return page;
    }

    /** Types and sends it, and waits for the reply. */
    private static void say(Page page, String text) {
        page.locator("#text").fill(text);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                .click();
        awaitReply(page);
    }

    private static void sayByKeyboard(Page page, String text) {
        page.keyboard().type(text);
        page.keyboard().press("Enter");
        awaitReply(page);
    }

    private static void awaitReply(Page page) {
        assertThat(page.locator("#text")).hasValue("", new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE));
        assertThat(page.locator("#log .waiting"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        assertThat(page.locator("#log .house").last()).isVisible(patientlyVisible());
    }

    private static void pay(Page page, String card) {
        var form = page.locator("form.pay");
        assertThat(form).isVisible(patientlyVisible());
        form.getByLabel("Card number").fill(card);
        form.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Pay").setExact(true))
                .click();
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.IsVisibleOptions patientlyVisible() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }
}
