package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.PATIENCE;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The staff console in a real Chromium: why did that order fail, and what is done about it. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class StaffConsolePageTest {
    private static Chromium browser;

    private final RunningShop shop;
    private BrowserContext window;

    StaffConsolePageTest(RunningShop shop) {
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
    void closeWindow() {
        window.close();
    }

    @Test
    void saysWhyAnOrderFailedInThreeClicksAndHasItPaid() throws Exception {
        var customer = shop.newcomer();
        var order = declined(customer, "6666");
        window = browser.window(1280, 900);
        var page = window.newPage();

        page.navigate(shop.page() + "staff");
        button(page, "Sign in as demo staff").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the console"))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Journeys")))
                .isVisible();
        picture(page, "staff-journeys");
        assertAccessible(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(order))
                .click();
        assertThat(page.locator(".facts")).containsText("insufficient funds");
        assertThat(page.locator(".timeline")).containsText("payment.secure");
        assertThat(page.locator(".timeline")).containsText("Told the customer: payment declined");
        picture(page, "staff-journey");
        assertAccessible(page);

        var extend = page.locator("form[action$='/extend']");
        extend.getByLabel("Reason").fill("salary comes tonight");
        extend.getByLabel("More time").selectOption(new SelectOption().setIndex(1));
        button(page, "Extend the deadline").click();
        assertThat(page.locator("p.said")).containsText("The deadline is extended");
        assertThat(page.locator(".timeline")).containsText("There is more time for your order " + order, patient());
        picture(page, "staff-extended");
        assertAccessible(page);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Failed payments"))
                .click();
        page.locator("input[name=order][value='" + order + "']").check();
        button(page, "What would happen?").click();
        assertThat(page.locator("div.said")).containsText("try again: 1");
        assertThat(page.locator("input[name=order][value='" + order + "']")).isChecked();
        page.getByLabel("Reason").fill("salary day");
        picture(page, "staff-payments");
        assertAccessible(page);
        button(page, "Try these payments again").click();
        assertThat(page.locator("main")).containsText("replayed paid: 1", patient());
        assertThat(page.locator("main .badge"))
                .hasText("done", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        picture(page, "staff-replay");
        assertAccessible(page);
        customer.awaits(
                "checkout-" + order, journey -> journey.path("status").asText().equals("completed"));
        shop.books().assertSoldOnce(order);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(order))
                .click();
        assertThat(page.locator(".timeline")).containsText("staff-demo: replay payment");
        assertThat(page.locator(".timeline")).containsText("salary day");
        assertThat(button(page, "Cancel and undo everything")).hasCount(0);
        var resend = page.locator("form[action$='/resend']");
        resend.getByLabel("Reason").fill("asked at the counter");
        button(page, "Send the confirmation again").click();
        assertThat(page.locator("p.said")).containsText("told to the customer once more");
        assertThat(page.locator(".timeline")).containsText("Once more, for you to keep: Your order " + order);
        picture(page, "staff-resent");
        assertAccessible(page);
    }

    @Test
    void letsStaffInByTheirToken() throws Exception {
        window = browser.window(1280, 900);
        var page = window.newPage();
        page.navigate(shop.page() + "staff");
        var token = page.getByLabel("Token of the shop’s staff");

        token.fill(shop.newcomer().token());
        button(page, "Sign in").last().click();
        assertThat(page.locator("#status")).containsText("That is no valid token of the shop's staff");
        assertAccessible(page);
        token.fill(shop.staff("asha").token());
        button(page, "Sign in").last().click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the console"))
                .click();

        assertThat(page.locator("header .who")).hasText("asha");
    }

    @Test
    void hasAStepTriedAgainAtOnceOnAPhone() throws Exception {
        window = browser.window(390, 844);
        Chromium.signIn(window, shop.page(), shop.staff());
        var page = window.newPage();
        var customer = shop.newcomer();
        var retry = page.locator("form[action$='/retry']");
        inTheDatabase("ALTER TABLE fulfillment.shipment RENAME TO away");
        String order;
        try {
            order = paying(customer, "4242");
            // from the seventh try on the pause is long enough for what follows
            var tries = page.locator(".timeline").getByText(Pattern.compile("[78] tries, the next at"));
            for (int looks = 0; looks < 90 && (looks == 0 || tries.count() == 0); looks++) {
                page.waitForTimeout(1_000);
                page.navigate(shop.page() + "staff/journeys/checkout-" + order);
            }
            assertThat(tries).isVisible();
            assertThat(retry).isVisible();
            retry.getByLabel("Reason").focus();
            page.keyboard().type("the carrier is back");
            picture(page, "staff-retry-phone");
        } finally {
            inTheDatabase("ALTER TABLE fulfillment.away RENAME TO shipment");
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("p.said")).containsText("It is being tried again now");
        assertThat(page.locator(".timeline")).containsText("staff-demo: retry now (retrying)");
        assertFits(page);
        assertAccessible(page);
        customer.awaits(
                "checkout-" + order, journey -> journey.path("status").asText().equals("completed"));
        shop.books().assertSoldOnce(order);
    }

    @Test
    void movesADeadlineByKeyboard() throws Exception {
        window = browser.window(390, 844);
        Chromium.signIn(window, shop.page(), shop.staff());
        var page = window.newPage();
        var declined = declined(shop.newcomer(), "1111");
        page.navigate(shop.page() + "staff/journeys/checkout-" + declined);
        var extend = page.locator("form[action$='/extend']");
        extend.getByLabel("Reason").focus();
        page.keyboard().type("they call back tomorrow");
        page.keyboard().press("Tab");
        assertThat(extend.getByLabel("More time")).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("p.said")).containsText("The deadline is extended");
        assertThat(page.locator(".timeline")).containsText("staff-demo: extend until");
        assertFits(page);
        assertAccessible(page);
        picture(page, "staff-extended-phone");
    }

    @Test
    void isUsedByKeyboardAndFitsAPhone() throws Exception {
        var order = declined(shop.newcomer(), "2222");
        window = browser.window(390, 844);
        Chromium.signIn(window, shop.page(), shop.staff());
        var page = window.newPage();
        page.navigate(shop.page() + "staff");

        assertFits(page);
        page.getByLabel("Order, reservation, return or customer").focus();
        page.keyboard().type(order);
        page.keyboard().press("Enter");
        var found = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(order));
        assertThat(found).isVisible();
        found.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".facts")).containsText("expired card");
        assertFits(page);
        assertAccessible(page);
        picture(page, "staff-phone");
        var reason = page.locator("form[action$='/cancel']").getByLabel("Reason");
        reason.focus();
        page.keyboard().type("the customer called");
        page.keyboard().press("Enter");

        assertThat(page.locator("p.said")).containsText("being cancelled");
        page.navigate(shop.page() + "staff/payments");
        assertFits(page);
        assertAccessible(page);
        page.navigate(shop.page() + "staff/agents");
        assertThat(page.locator("table")).containsText("inventory");
        assertFits(page);
        assertAccessible(page);
        page.getByLabel("Where it is").fill("http://127.0.0.1:" + (shop.ports().base() + 3));
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText("checkInventory: the tool check_inventory is there already");
        picture(page, "staff-agents-phone");
        assertFits(page);
        assertAccessible(page);
    }

    @Test
    void givesStoreCreditByKeyboardOnAPhoneAndTakesAMistakeBack() throws Exception {
        var customer = shop.newcomer();
        window = browser.window(390, 844);
        Chromium.signIn(window, shop.page(), shop.staff());
        var page = window.newPage();
        page.navigate(shop.page() + "staff/credit");
        assertAccessible(page);
        page.getByLabel("Customer", new Page.GetByLabelOptions().setExact(true)).focus();
        page.keyboard().type(customer.id());
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).containsText("This customer was never given any");

        page.getByLabel("Amount in INR").focus();
        page.keyboard().type("70000");
        page.keyboard().press("Tab");
        page.keyboard().type("for the delay");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("At most ₹50,000 is given at a time");
        assertThat(page.getByLabel("Reason, which the customer may see")).hasValue("for the delay");
        page.getByLabel("Amount in INR").fill("500");
        page.getByLabel("Can be used until, if it ends")
                .fill(LocalDate.now(ZoneOffset.UTC).plusYears(1).toString());
        button(page, "Give it").click();
        assertThat(page.locator("p.said")).containsText("the customer can pay with it at once");
        assertThat(page.locator(".facts")).containsText("₹500 until");
        picture(page, "staff-credit-phone");
        assertFits(page);
        assertAccessible(page);
        shop.books().assertCredit(customer.id(), 50_000, 0);

        var mistake = page.locator("form:has(input[name=takeBack])");
        mistake.getByLabel("Reason").focus();
        page.keyboard().type("meant for somebody else");
        page.keyboard().press("Enter");
        assertThat(page.locator("p.said")).containsText("Taken back");
        assertThat(page.locator("main")).containsText("staff-demo: take credit of " + customer.id() + " back");
        assertThat(mistake).hasCount(0);
        assertFits(page);
        assertAccessible(page);
        shop.books().assertCredit(customer.id(), 0, 0);
    }

    private static String declined(Customer customer, String card) throws Exception {
        var order = paying(customer, card);
        customer.awaits(
                "checkout-" + order,
                journey -> journey.path("waitingFor").asText().equals("payment_method"));
        return order;
    }

    private static String paying(Customer customer, String card) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        return customer.confirms(customer.openProposal(), customer.card(card))
                .path("journeyId")
                .asText();
    }

    private void inTheDatabase(String statement) throws SQLException {
        var url = new ShopAddress(shop.data(), shop.ports()).databaseUrl();
        try (var connection = DriverManager.getConnection(url);
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
