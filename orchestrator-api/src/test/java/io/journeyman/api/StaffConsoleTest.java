package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
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
            for (String path : List.of(
                    "/staff",
                    "/staff/payments",
                    "/staff/stock",
                    "/staff/credit",
                    "/staff/agents",
                    "/staff/journeys/checkout-JM-1")) {
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
                .contains("Asked: replayPayment")
                .doesNotContain("Because of");
        assertThat(staff.get("/staff?failure=insufficient_funds&id=" + id).body())
                .contains("No journey is like that");
        assertThat(form(staff, progress, Map.of("change", "pause", "key", "k"))
                        .header("Location")
                        .orElseThrow())
                .endsWith("said=not_running");
        assertThat(staff.get(progress).body()).contains("asha: pause replay (ended)");
    }

    @Test
    void triesAtOnceWhatAnAgentDidNotAnswer() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        shop.agents.goesAway("fulfillment.createShipment");
        try {
            var order = paying(customer, "tok-ok");
            var path = "/staff/journeys/checkout-" + order;
            // after the seventh try the pause is 12.8 s long
            var page = RunningShop.eventually(Duration.ofSeconds(60), () -> {
                Thread.sleep(500);
                return Optional.of(staff.get(path).body()).filter(shown -> shown.contains("7 tries, the next at"));
            });
            assertThat(page)
                    .contains("Try again now", "not answered yet", ">fulfillment.createShipment: 7 tries, the next at");
            shop.agents.comesBack("fulfillment.createShipment");
            var key = UUID.randomUUID().toString();
            var wish = Map.of("reason", "the carrier is back", "key", key);

            var asked = Instant.now();
            assertThat(said(form(staff, path + "/retry", wish))).isEqualTo("retrying");
            await(customer, order, "completed");

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
            assertThat(said(form(staff, path + "/retry", wish))).isEqualTo("retrying");
            var done = staff.get(path + "?said=retrying").body();
            assertThat(done)
                    .contains("It is being tried again now", "asha: retry now (retrying)", "the carrier is back")
                    .doesNotContain("Try again now", "Extend the deadline");
            assertThat(occurrences(done, "asha: retry now")).isEqualTo(1);
            assertThat(shop.agents.charges(order)).isEqualTo(1);
            assertThat(said(form(
                            staff,
                            path + "/retry",
                            Map.of("reason", "r", "key", UUID.randomUUID().toString()))))
                    .isEqualTo("ended");
        } finally {
            shop.agents.comesBack("fulfillment.createShipment");
        }
    }

    @Test
    void givesACustomerMoreTimeAndTellsThem() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        var order = declined(customer);
        var path = "/staff/journeys/checkout-" + order;
        var page = staff.get(path).body();
        assertThat(page).contains("Extend the deadline", "30 min more", "2 h more", "24 h more", "72 h more");
        var later = Pattern.compile("<option value=\"([^\"]+)\">2 h more").matcher(page);
        assertThat(later.find()).isTrue();
        var until = later.group(1);
        var wish = Map.of(
                "reason",
                "waits for the salary",
                "until",
                until,
                "key",
                UUID.randomUUID().toString());

        assertThat(said(form(staff, path + "/extend", Map.of("reason", "r", "key", "k"))))
                .isEqualTo("time_needed");
        assertThat(said(form(staff, path + "/extend", wish))).isEqualTo("extended");
        assertThat(said(form(staff, path + "/extend", wish))).isEqualTo("extended");

        var extended = RunningShop.eventually(() -> journey(customer, order)
                .filter(journey -> journey.path("until").asText().equals(until)));
        assertThat(extended.path("code").asText()).isEqualTo("payment_declined");
        assertThat(extended.path("waitingFor").asText()).isEqualTo("payment_method");
        var told = staff.get(path).body();
        assertThat(told)
                .contains("asha: extend until " + until + " (extended)", "waits for the salary")
                .contains("Told the customer: deadline extended", "There is more time for your order");
        assertThat(occurrences(told, "asha: extend until")).isEqualTo(1);
        assertThat(occurrences(told, "Told the customer: deadline extended")).isEqualTo(1);
        assertThat(staff.get("/staff/payments?customer=" + id).body()).contains("value=\"" + order + "\"");
        assertThat(shop.staff()
                        .post(
                                "/v1/staff/journeys/" + order + "/extend",
                                Map.of("reason", "r", "until", "2099-01-01T00:00:00Z"))
                        .refusal())
                .isEqualTo("409 too_far");
        assertThat(shop.staff()
                        .post("/v1/staff/journeys/" + order + "/extend", Map.of("reason", "r", "until", until))
                        .refusal())
                .isEqualTo("409 not_later");
    }

    @Test
    void sendsAConfirmationOnceMoreForEachWish() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        var order = paying(customer, "tok-ok");
        await(customer, order, "completed");
        var path = "/staff/journeys/checkout-" + order;
        assertThat(staff.get(path).body())
                .contains("Send the confirmation again")
                .doesNotContain("Cancel and undo");
        var wish = Map.of("reason", "lost the mail", "key", UUID.randomUUID().toString());

        assertThat(said(form(staff, path + "/resend", wish))).isEqualTo("resent");
        assertThat(said(form(staff, path + "/resend", wish))).isEqualTo("resent");

        var told = staff.get(path).body();
        assertThat(occurrences(told, "Told the customer: order confirmed")).isEqualTo(2);
        assertThat(occurrences(told, "Once more, for you to keep: Your order " + order + " is confirmed"))
                .isEqualTo(1);
        assertThat(occurrences(told, "asha: resend confirmation (resent)")).isEqualTo(1);
        assertThat(journey(customer, order).orElseThrow().path("code").asText()).isEqualTo("order_confirmed");
        assertThat(shop.staff()
                        .post("/v1/staff/journeys/" + order + "/resend-confirmation", Map.of("reason", "and again"))
                        .tree()
                        .path("code")
                        .asText())
                .isEqualTo("resent");
        assertThat(occurrences(staff.get(path).body(), "Told the customer: order confirmed"))
                .isEqualTo(3);
    }

    @Test
    void keepsAReservationLongerAndTellsItAgain() throws Exception {
        var customer = shop.customer();
        customer.say("use reserve_in_store {\"sku\": \"" + PlayedAgents.KURTA
                + "\", \"quantity\": 1, \"city\": \"Bengaluru\"}");
        var proposal = customer.get("/v1/conversations/proposals/open")
                .tree()
                .at("/proposal/proposalId")
                .asText();
        var reservation = customer.post("/v1/conversations/proposals/" + proposal + "/confirm")
                .tree()
                .path("journeyId")
                .asText();
        await(customer, reservation, "waiting_for_customer");
        var path = "/v1/staff/journeys/" + reservation;
        var until = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(staff.get("/staff/journeys/reservation-" + reservation).body())
                .contains("Extend the deadline", "Send the confirmation again", "Cancel and undo everything")
                .doesNotContain("Try again now", "Try the payment again");

        assertThat(shop.staff()
                        .post(path + "/extend", Map.of("reason", "on a trip", "until", until.toString()))
                        .status())
                .isEqualTo(200);
        RunningShop.eventually(() -> journey(customer, reservation)
                .filter(kept -> kept.path("until").asText().equals(until.toString())));
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("fulfillment.keepCollection") && call.contains(until.toString()))
                .anyMatch(call -> call.startsWith("inventory.renewHold")
                        && call.contains(until.plus(Duration.ofHours(1)).toString()));
        assertThat(shop.staff()
                        .post(path + "/resend-confirmation", Map.of("reason", "lost it"))
                        .status())
                .isEqualTo(200);

        assertThat(staff.get("/staff/journeys/reservation-" + reservation).body())
                .contains("There is more time for your reservation " + reservation)
                .contains("Once more, for you to keep: Your reservation " + reservation + " is set aside")
                .contains("Your pickup code is PICK-1");
    }

    @Test
    void actsForScriptsOfTheStaffByTheSameRules() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        var order = declined(customer);
        var path = "/v1/staff/journeys/" + order;
        var why = Map.of("reason", "a script");

        for (String action : List.of("cancel", "retry-now", "extend", "resend-confirmation")) {
            assertThat(customer.post(path + "/" + action, why).refusal()).isEqualTo("403 staff_only");
            assertThat(shop.staff()
                            .post(path + "/" + action, Map.of("reason", " "))
                            .refusal())
                    .isEqualTo("400 bad_request");
            assertThat(shop.staff()
                            .post("/v1/staff/journeys/JM-NOBODY/" + action, why)
                            .refusal())
                    .isEqualTo("404 journey_unknown");
        }
        assertThat(shop.staff().post(path + "/extend", why).refusal()).isEqualTo("400 bad_request");
        assertThat(shop.staff().post(path + "/retry-now", why).refusal()).isEqualTo("409 nothing_to_retry");
        assertThat(shop.staff().post(path + "/resend-confirmation", why).refusal())
                .isEqualTo("409 nothing_to_resend");
        assertThat(shop.staff().post(path + "/cancel", why).tree().path("code").asText())
                .isEqualTo("cancelling");
        await(customer, order, "cancelled");
        assertThat(staff.get("/staff/journeys/checkout-" + order).body())
                .contains("staff-1: retry now (nothing to retry)")
                .contains("staff-1: cancel (cancelling)", "a script");
    }

    private static String said(ApiClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(303);
        return answer.header("Location").orElseThrow().replaceFirst(".*said=", "");
    }

    private static int occurrences(String page, String text) {
        return page.split(Pattern.quote(text), -1).length - 1;
    }

    @Test
    void pagesThroughALongReport() throws Exception {
        shop.execute("""
                INSERT INTO conversation.payment_replay VALUES ('PR-long', 'asha', 'long', 'f', 'a long one', NULL, 5, 'done', now(), now());
                INSERT INTO conversation.payment_replay_order
                SELECT 'PR-long', n, 'JM-L' || n, 'skipped', 'order_unknown', now() FROM generate_series(1, 1001) n""");

        assertThat(staff.get("/staff/payments/replays/PR-long").body())
                .contains("Orders 1 to 1,000 of 1,001", "JM-L1000<", "?after=1000\">The next orders")
                .doesNotContain("JM-L1001<");
        assertThat(staff.get("/staff/payments/replays/PR-long?after=1000").body())
                .contains("Orders 1,001 to 1,001 of 1,001", "JM-L1001<")
                .doesNotContain("The next orders");
    }

    @Test
    void anotherPersonsKeyIsAnotherWish() throws Exception {
        var customer = shop.customer();
        var order = paying(customer, "tok-ok");
        await(customer, order, "completed");
        var path = "/v1/staff/journeys/" + order + "/resend-confirmation";
        var other = shop.nobody().bearer(shop.tokens.sign(new io.journeyman.api.auth.Session.Staff("meera")));

        for (var person : List.of(shop.staff(), other, shop.staff())) {
            assertThat(person.key("1").post(path, Map.of("reason", "r")).status())
                    .isEqualTo(200);
        }

        assertThat(occurrences(
                        staff.get("/staff/journeys/checkout-" + order).body(), "Told the customer: order confirmed"))
                .isEqualTo(3);
    }

    @Test
    void saysHowTheAgentsAre() {
        assertThat(staff.get("/staff/agents").body())
                .contains("inventory", "payment", "loyalty")
                .contains("Answered in")
                .contains(">well<")
                .doesNotContain("does not answer");
    }

    @Test
    void showsWhatGoodsAreOnTheirWayToComeAndBooked() throws Exception {
        assertThat(staff.get("/staff/stock").body())
                .contains("TR-1", "ST-1", "DEL-1", "late", "&lt;script&gt;", "counted")
                .doesNotContain("<script>");

        shop.agents.goesAway("inventory.getGoodsDesk");
        try {
            assertThat(staff.get("/staff/stock").body()).contains("The inventory agent does not answer");
        } finally {
            shop.agents.comesBack("inventory.getGoodsDesk");
        }
    }

    @Test
    void announcesWhatIsToComeAndShowsWhoWaits() throws Exception {
        var page = staff.get("/staff/stock?delivery=DEL-1").body();
        assertThat(page)
                .contains("Who waits for DEL-1", "checkout-JM-1", "1, who waits")
                .contains("Sold, and announced no more", "checkout-JM-2");
        var key = UUID.randomUUID().toString();
        var wish = Map.of(
                "key",
                key,
                "delivery",
                "PO-1",
                "location",
                "WH-1",
                "due",
                "2026-12-12",
                "sku",
                "A",
                "units",
                "50",
                "promisable",
                "20");

        assertThat(form(staff, "/staff/stock", wish).header("Location").orElseThrow())
                .contains("said=delivery_announced");
        assertThat(form(staff, "/staff/stock", with(wish, "promisable", "many")).body())
                .contains("how many of them may be sold", "value=\"PO-1\"");
        assertThat(form(staff, "/staff/stock", with(wish, "sku", "NONE-1")).body())
                .contains("sku is of no product.");
        assertThat(form(staff, "/staff/stock", with(wish, "key", ""))
                        .header("Location")
                        .orElseThrow())
                .contains("form_stale");

        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("inventory.importDeliveries") && call.contains("\"promisable\":20"));
        assertThat(shop.query("SELECT action || ' ' || code FROM conversation.staff_action"
                        + " WHERE workflow_id = 'delivery-PO-1' ORDER BY id"))
                .containsExactly(
                        "announce 50 of A for 2026-12-12 created", "announce 50 of NONE-1 for 2026-12-12 refused");
        assertThat(shop.agents.violations()).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var other = new HashMap<>(fields);
        other.put(name, value);
        return other;
    }

    @Test
    void showsACustomersStoreCreditAndGivesSome() throws Exception {
        var customer = RunningShop.fresh("cust");
        assertThat(staff.get("/staff/credit").body()).contains("Customer").doesNotContain("Give it");
        assertThat(staff.get("/staff/credit?customer=" + customer).body())
                .contains("₹700", "₹123", "₹200 until 30 Jun 2030", "JM-LATE", "JM-BACK", "given back")
                .doesNotContain("<script>");
        var given = Map.of(
                "customer",
                customer,
                "key",
                "k-1",
                "amount",
                "1,499.50",
                "reason",
                "for the delay",
                "until",
                "2030-01-31");

        for (int i = 0; i < 2; i++) {
            var answer = form(staff, "/staff/credit", given);
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location").orElseThrow())
                    .endsWith("/staff/credit?customer=" + customer + "&said=credit_granted");
        }

        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("payment.grantCredit")
                        && call.contains(customer)
                        && call.contains("\"minor\":149950")
                        && call.contains("2030-01-31T18:30:00Z"));
        assertThat(shop.query("SELECT action FROM conversation.staff_action WHERE action LIKE '%" + customer + "%'"))
                .containsExactly("grant ₹1,499.50 to " + customer + " until 2030-01-31T18:30:00Z");
        assertThat(staff.get("/staff/credit?customer=" + customer + "&said=credit_granted")
                        .body())
                .contains("Given: the customer can pay with it at once.");
    }

    @Test
    void saysWhyNoStoreCreditWasGivenOrTakenBackAndKeepsWhatWasTyped() {
        for (var refused : Map.of(
                        "much", "Give the amount in INR",
                        "0", "Say how much",
                        "50000.01", "At most ₹50,000 is given at a time")
                .entrySet()) {
            assertThat(form(
                                    staff,
                                    "/staff/credit",
                                    Map.of(
                                            "customer",
                                            "cust-a",
                                            "key",
                                            "k",
                                            "amount",
                                            refused.getKey(),
                                            "reason",
                                            "why"))
                            .body())
                    .contains(refused.getValue())
                    .contains("value=\"" + refused.getKey() + "\"");
        }
        assertThat(form(staff, "/staff/credit", Map.of("customer", "cust-a", "key", "k", "amount", "5", "reason", " "))
                        .body())
                .contains("Say why");
        assertThat(form(
                                staff,
                                "/staff/credit",
                                Map.of(
                                        "customer",
                                        "cust-a",
                                        "key",
                                        "k",
                                        "takeBack",
                                        "grant-spent",
                                        "reason",
                                        "a mistake"))
                        .body())
                .contains("The customer has spent that credit.");
        assertThat(form(staff, "/staff/credit", Map.of("customer", "cust-a", "amount", "5", "reason", "why"))
                        .header("Location")
                        .orElseThrow())
                .endsWith("said=form_stale");
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
        var order = paying(customer, "tok-declined");
        await(customer, order, "waiting_for_customer");
        return order;
    }

    private static String paying(ApiClient customer, String token) {
        customer.say(ADD);
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        return customer.post(
                        "/v1/conversations/proposals/" + proposal + "/confirm",
                        Map.of("paymentMethod", Map.of("token", token)))
                .tree()
                .path("journeyId")
                .asText();
    }

    private static Optional<JsonNode> journey(ApiClient customer, String order) {
        for (var journey : customer.get("/v1/conversations/journeys").tree().path("journeys")) {
            if (journey.path("journeyId").asText().equals(order)) {
                return Optional.of(journey);
            }
        }
        return Optional.empty();
    }

    private static void await(ApiClient customer, String order, String status) throws Exception {
        RunningShop.eventually(() -> {
            Thread.sleep(200);
            return journey(customer, order)
                    .filter(found -> found.path("status").asText().equals(status));
        });
    }
}
