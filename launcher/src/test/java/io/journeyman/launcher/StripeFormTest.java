package io.journeyman.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.journeyman.launcher.Chromium.assertAccessible;
import static io.journeyman.launcher.Chromium.assertFits;
import static io.journeyman.launcher.Chromium.button;
import static io.journeyman.launcher.Chromium.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chat page with Stripe's own card form, which is played: a second API of the shop offers it. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class StripeFormTest {
    private static final String CARD = "4000 0566 5566 5556";

    private final RunningShop shop;

    StripeFormTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void takesTheCardInStripesOwnFrameAndSeesNothingOfIt() throws Exception {
        var customer = shop.newcomer();
        int port = freePort();
        try (var stripe = new PlayedStripeForm();
                var _ = PartProcess.start(
                        shop.data(),
                        shop.ports(),
                        Map.of(
                                "JOURNEYMAN_API_PORT",
                                Integer.toString(port),
                                "STRIPE_PUBLISHABLE_KEY",
                                "pk_test_ofTests",
                                "STRIPE_JS_URL",
                                stripe.origin() + "/v3/"),
                        "api");
                var browser = Chromium.start()) {
            var url = "http://127.0.0.1:" + port + "/";
            assertThat(policy(url))
                    .contains("script-src 'self' " + stripe.origin() + ";", "frame-src " + stripe.origin() + ";");
            assertThat(policy(shop.page())).contains("script-src 'self';", "frame-src 'none';");

            var window = browser.window(390, 844);
            Chromium.signIn(window, url, customer);
            var page = window.newPage();
            var sent = sentFrom(page, stripe.origin());
            page.navigate(url);
            customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
            customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
            button(page, "Confirm order").click();
            var number = page.frameLocator("iframe").getByLabel("Card number");
            assertThat(number).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Chromium.PATIENCE));
            page.locator("form.pay [type=submit]").click();
            assertThat(page.locator("#status")).containsText("Your card number is incomplete", patient());
            number.fill(CARD);
            customer.says("what is in my cart?");
            assertThat(page.locator(".entry").last()).containsText("empty", patient());
            assertThat(number).hasValue(CARD);
            picture(page, "stripe-phone");
            assertFits(page);
            assertAccessible(page);
            page.locator("form.pay [type=submit]").click();
            assertThat(page.locator(".entry.news").last()).containsText("is confirmed", patient());

            assertThat(stripe.cards()).containsExactly(CARD);
            assertThat(sent).isNotEmpty().noneMatch(body -> body.contains("5566"));
            assertThat(sent).anyMatch(body -> body.contains("\"gatewayMethod\":\"pm_card_visa\""));
        }
    }

    /** The bodies that the page sends to others than Stripe, from now on. */
    private static List<String> sentFrom(Page page, String stripe) {
        var sent = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> {
            if (!request.url().startsWith(stripe)) {
                sent.add(request.url() + Optional.ofNullable(request.postData()).orElse(""));
            }
        });
        return sent;
    }

    private static String policy(String url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(Chromium.PATIENCE);
    }
}
