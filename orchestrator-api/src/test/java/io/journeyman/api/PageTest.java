package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.auth.Session;
import io.journeyman.contracts.CustomerId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chat page as the server renders it. */
@ExtendWith(RunningShop.Opened.class)
class PageTest {
    private final RunningShop shop;

    PageTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void rendersForSomebodyWhoHasNoSession() {
        var page = shop.nobody().get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<form id=\"say\"").contains("Sign in as demo customer");
    }

    @Test
    void showsTheConversationOfItsCookie() {
        var id = RunningShop.fresh("cust");
        shop.customer(id).say("do you remember me?");
        var cookie = shop.nobody().with("Cookie", "journeyman_session=" + token(id));

        assertThat(cookie.get("/").body()).contains("do you remember me?").contains("You said: do you");
        assertThat(cookie.get("/chat/view").body())
                .contains("do you remember me?")
                .doesNotContain("<html");
        assertThat(shop.nobody().get("/").body()).doesNotContain("do you remember me?");
    }

    @Test
    void namesTheDayOnWhichAnOrderComes() {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}");
        customer.say("use initiate_checkout {}");

        assertThat(shop.nobody()
                        .with("Cookie", "journeyman_session=" + token(id))
                        .get("/chat/view")
                        .body())
                .contains("by Tue 15 Jan");
    }

    @Test
    void escapesWhatCustomersAndTheCatalogueSay() {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        customer.say("<script>alert('x')</script> \"&amp;");
        customer.say("use get_recommendations {\"query\": \"kurta\"}");

        var page = shop.nobody()
                .with("Cookie", "journeyman_session=" + token(id))
                .get("/")
                .body();

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;amp;")
                .contains("data-say=\"Tell me more about Kurta &lt;b&gt;&quot;Indigo&quot;&lt;/b&gt;\"")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>\"Indigo\"");
    }

    @Test
    void runsNoScriptBesideItsOwnFile() {
        var page = shop.nobody().get("/");
        var policy = page.header("Content-Security-Policy").orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .contains("base-uri 'none'")
                .contains("connect-src 'self' "
                        + shop.config.agents().get("payment").getScheme() + "://"
                        + shop.config.agents().get("payment").getAuthority())
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("(?i)\\son[a-z]+\\s*=")
                .doesNotContainPattern("(?i)\\sstyle\\s*=|<style|javascript:");
    }

    @Test
    void tellsBrowsersWhatTheyMayDoWithEveryAnswer() {
        for (String path :
                List.of("/", "/chat/view", "/assets/chat.js", "/pictures/P-1.svg", "/v1/nothing", "/health")) {
            var answer = shop.nobody().get(path);

            assertThat(answer.header("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Content-Security-Policy")).as(path).isPresent();
            assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isEmpty();
            assertThat(answer.header("Server")).as(path).isEmpty();
        }
    }

    @Test
    void leadsStaffFromTheirSignInToTemporalsUi() {
        var page = shop.nobody().get("/staff/sign-in");

        assertThat(page.body()).contains("href=\"" + RunningShop.TEMPORAL_UI + "\"", "/assets/staff.js");
        assertThat(shop.nobody().get("/assets/staff.js").header("Content-Type").orElseThrow())
                .startsWith("text/javascript");
    }

    @Test
    void tellsStaffThatTheyAreNoShoppers() {
        var staff =
                shop.nobody().with("Cookie", "journeyman_session=" + shop.tokens.sign(new Session.Staff("staff-page")));

        assertThat(staff.get("/").body()).contains("Signed in as staff", "Sign out");
        assertThat(staff.get("/chat/view").body()).contains("data-session=\"staff\"");
    }

    @Test
    void servesItsFilesAndKeepsTheOthersToItself() {
        var script = shop.nobody().get("/assets/chat.js");
        var tag = script.header("ETag").orElseThrow();

        assertThat(script.header("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(shop.nobody()
                        .with("If-None-Match", tag)
                        .get("/assets/chat.js")
                        .status())
                .isEqualTo(304);
        assertThat(shop.nobody().get("/assets/nothing.js").refusal()).isEqualTo("404 not_found");
    }

    @Test
    void drawsAProductFromWordsWithoutPrintingThem() {
        var picture = shop.nobody()
                .get("/pictures/P-1.svg?category=%3Cscript%3Ealert(1)%3C%2Fscript%3E&color=%22%2F%3E%3Cscript%3E");

        assertThat(picture.header("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(picture.body()).contains("<svg").doesNotContain("script").doesNotContain("alert");
        assertThat(shop.nobody().get("/pictures/P-1.svg").body()).contains("#3f6fb5");
        assertThat(shop.nobody().get("/pictures/P-NONE.svg").status()).isEqualTo(200);
    }

    @Test
    void showsTheShopsOwnPictureWhereThereIsOne() {
        var picture = shop.nobody().get("/pictures/P-PHOTO.svg?category=kurtas&color=blue");

        assertThat(picture.status()).isEqualTo(303);
        assertThat(picture.header("Location")).hasValue("https://cdn.example/kurta.jpg");
        assertThat(shop.nobody().get("/").header("Content-Security-Policy").orElseThrow())
                .contains("img-src 'self' https:");
    }

    @Test
    void reloadsOnceForALinkFromAnotherSiteSoThatTheStrictCookieComesAlong() {
        var page = shop.nobody().with("Sec-Fetch-Site", "cross-site").get("/");

        assertThat(page.body()).contains("http-equiv=\"refresh\"");
    }

    private String token(String customer) {
        return shop.tokens.sign(new Session.Customer(new CustomerId(customer)));
    }
}
