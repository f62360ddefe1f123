package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The staff console as the server renders it, and its forms. */
@ExtendWith(RunningShop.Opened.class)
class StaffConsoleTest {
    private static final String ADD = "use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}";

    private final RunningShop shop;
    private final ApiClient staff;

    StaffConsoleTest(RunningShop shop) {
        this.shop = shop;
        this.staff = shop.nobody()
                .with(
                        "Cookie",
                        "journeyman_session=" + shop.tokens.sign(new io.journeyman.api.auth.Session.Staff("asha")))
                .with("Origin", "http://127.0.0.1:" + shop.api.port());
    }

    @Test
    void isForStaffOnly() {
        var customer = shop.nobody()
                .with(
                        "Cookie",
                        "journeyman_session="
                                + shop.tokens.sign(new io.journeyman.api.auth.Session.Customer(
                                        new io.journeyman.contracts.CustomerId(RunningShop.fresh("cust")))));
        for (var other : List.of(shop.nobody(), customer)) {
            for (String path : List.of("/staff", "/staff/payments", "/staff/agents", "/staff/journeys/checkout-JM-1")) {
                var answer = other.get(path);
                assertThat(answer.status()).as(path).isEqualTo(303);
                assertThat(answer.header("Location").orElseThrow()).endsWith("/staff/sign-in");
            }
        }
        var foreign = staff.with("Origin", "http://evil.example");
        assertThat(form(foreign, "/staff/journeys/checkout-JM-1/cancel", Map.of("reason", "r", "key", "k"))
                        .refusal())
                .isEqualTo("403 foreign_origin");
    }

    @Test
    void findsAnOrderByWhatStaffKnowOfIt() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));

        for (String query : List.of(
                "id=" + order,
                "id=" + order.toLowerCase(java.util.Locale.ROOT),
                "id=" + id,
                "id=" + id + "&failure=insufficient_funds&status=waiting_for_customer&waitingFor=payment_method",
                "id=" + id + "&kind=Checkout&channel=web&from=2020-01-01")) {
            assertThat(staff.get("/staff?" + query).body())
                    .as(query)
                    .contains("/staff/journeys/checkout-" + order)
                    .contains("insufficient funds");
        }
        for (String query : List.of("id=JM-NOBODY", "id=" + id + "&status=completed", "id=" + id + "&to=2020-01-01")) {
            assertThat(staff.get("/staff?" + query).body()).as(query).contains("No journey is like that");
        }
        assertThat(staff.get("/staff?from=yesterday").body()).contains("Give days such as");
    }

    @Test
    void tellsAJourneyAsAStory() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));

        var page = staff.get("/staff/journeys/checkout-" + order).body();

        assertThat(page)
                .contains("Checkout started")
                .contains("inventory.placeHold", "Stock of the order")
                .contains("postPurchase.recordOrder", "Record of the order")
                .contains("payment.secure", "Money of the order")
                .contains("Starts payment-" + order)
                .contains("Told the customer: payment declined")
                .contains("Try the payment again", "Cancel and undo everything")
                .contains("insufficient funds")
                .doesNotContain("Asha", "Lake Road", "tok-declined");
        assertThat(page.indexOf("postPurchase.recordOrder")).isLessThan(page.indexOf("inventory.placeHold"));
        assertThat(staff.get("/staff/journeys/checkout-JM-NOBODY").status()).isEqualTo(404);
    }

    @Test
    void cancelsWithAReasonThatIsKept() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));
        var path = "/staff/journeys/checkout-" + order;

        var without = form(staff, path + "/cancel", Map.of("reason", " ", "key", "k1"));
        assertThat(without.header("Location").orElseThrow()).endsWith("said=reason_needed");
        var done = form(
                staff,
                path + "/cancel",
                Map.of("reason", "called <us>", "key", UUID.randomUUID().toString()));
        assertThat(done.header("Location").orElseThrow()).endsWith("said=cancelling");

        await(shop.customer(id), order, "cancelled");
        assertThat(staff.get(path + "?said=cancelling").body())
                .contains("It is being cancelled")
                .contains("asha: cancel (cancelling)", "called &lt;us&gt;")
                .doesNotContain("Cancel and undo everything");
    }

    @Test
    void showsWhatWouldHappenThenHasThePaymentTriedAgain() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));
        var found = staff.get("/staff/payments?customer=" + id).body();
        assertThat(found).contains("value=\"" + order + "\"");
        shop.agents.cardsWorkAgain(id);

        assertThat(form(staff, "/staff/payments", Map.of("customer", id, "go", "yes"))
                        .body())
                .contains("Choose at least one payment");
        assertThat(form(staff, "/staff/payments", Map.of("customer", id, "order", order, "dry", "yes"))
                        .body())
                .contains("Nothing was tried", "try again: 1", "to be charged")
                .contains("checked");
        assertThat(shop.agents.attempts(order)).isEqualTo(1);
        var key = UUID.randomUUID().toString();
        var go = Map.of("order", order, "go", "yes", "reason", "the bank was down", "key", key);
        var begun = form(staff, "/staff/payments", go);
        var twice = form(staff, "/staff/payments", go);

        assertThat(begun.status()).isEqualTo(303);
        assertThat(twice.header("Location")).isEqualTo(begun.header("Location"));
        var progress = begun.header("Location").orElseThrow().replaceFirst("https?://[^/]+", "");
        RunningShop.eventually(() -> Optional.of(staff.get(progress).body())
                .filter(page -> page.contains("replayed paid: 1") && !page.contains("http-equiv")));
        assertThat(shop.agents.charges(order)).isEqualTo(1);
        assertThat(staff.get("/staff/journeys/checkout-" + order).body())
                .contains("asha: replay payment", "the bank was down")
                .contains("Asked: replayPayment");
        assertThat(form(staff, progress, Map.of("change", "pause", "key", "k"))
                        .header("Location")
                        .orElseThrow())
                .endsWith("said=not_running");
    }

    @Test
    void saysHowTheAgentsAre() {
        assertThat(staff.get("/staff/agents").body())
                .contains("inventory", "payment", "loyalty")
                .contains("Answered in")
                .contains(">well<")
                .doesNotContain("does not answer");
    }

    private static ApiClient.Answer form(ApiClient client, String path, Map<String, String> fields) {
        return client.with("Content-Type", "application/x-www-form-urlencoded")
                .post(
                        path,
                        fields.entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&")));
    }

    private String declined(ApiClient customer) throws Exception {
        customer.say(ADD);
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        var order = customer.post(
                        "/v1/conversations/proposals/" + proposal + "/confirm",
                        Map.of("paymentMethod", Map.of("token", "tok-declined")))
                .tree()
                .path("journeyId")
                .asText();
        await(customer, order, "waiting_for_customer");
        return order;
    }

    private static void await(ApiClient customer, String order, String status) throws Exception {
        RunningShop.eventually(() -> {
            Thread.sleep(200);
            for (var journey : customer.get("/v1/conversations/journeys").tree().path("journeys")) {
                if (journey.path("journeyId").asText().equals(order)
                        && journey.path("status").asText().equals(status)) {
                    return Optional.of(journey);
                }
            }
            return Optional.empty();
        });
    }
}
