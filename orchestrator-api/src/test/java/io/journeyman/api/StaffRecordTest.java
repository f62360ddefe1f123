package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff do nothing without a trace, and nothing that can leave none. */
@ExtendWith(RunningShop.Opened.class)
class StaffRecordTest {
    private static final String CARD = "4242 4242 4242 4242";
    /** No year of four digits: nothing keeps such a moment. */
    private static final String FAR = "+1000000000-12-31T23:59:59Z";

    private final RunningShop shop;

    StaffRecordTest(RunningShop shop) {
        this.shop = shop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "retry-now", "extend", "resend-confirmation", "arrived", "paid-out"})
    void refusesAReasonThatCannotBeKeptBeforeAnythingIsDone(String action) throws Exception {
        var customer = shop.customer();
        String order = declined(customer);
        var wish = Map.of("reason", "\u0000x", "until", later(Duration.ofDays(1)));

        assertThat(shop.staff()
                        .post("/v1/staff/journeys/" + order + "/" + action, wish)
                        .refusal())
                .isEqualTo("400 bad_request");

        assertThat(journey(customer, order).orElseThrow().path("status").asText())
                .isEqualTo("waiting_for_customer");
        assertThat(record("checkout-" + order)).isEmpty();
    }

    @Test
    void refusesAFormWhoseReasonCannotBeKept() throws Exception {
        var customer = shop.customer();
        String order = declined(customer);

        var answer = shop.staff()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/staff/journeys/checkout-" + order + "/cancel", "key=k-" + order + "&reason=%00x");

        assertThat(answer.header("Location").orElseThrow()).endsWith("said=reason_needed");
        assertThat(record("checkout-" + order)).isEmpty();
    }

    @Test
    void keepsNoCardNumberThatStaffGiveAsAReason() throws Exception {
        var customer = RunningShop.fresh("cust");
        String order = declined(shop.customer(customer));
        String reason = "their card " + CARD + " was declined";

        assertThat(shop.staff()
                        .post(
                                "/v1/payments/replays",
                                Map.of("filter", Map.of("customerId", "nobody"), "reason", reason))
                        .status())
                .isEqualTo(201);
        assertThat(shop.staff()
                        .post("/v1/staff/reviews/RV-CARD/visibility", Map.of("hidden", true, "reason", reason))
                        .status())
                .isEqualTo(200);
        assertThat(shop.staff()
                        .post("/v1/staff/journeys/" + order + "/cancel", Map.of("reason", reason))
                        .status())
                .isEqualTo(200);

        assertThat(shop.query(
                        "SELECT reason FROM conversation.staff_action WHERE workflow_id = 'checkout-" + order + "'"))
                .containsExactly("their card [card number removed] was declined");
        assertThat(shop.everythingStored()).noneMatch(row -> row.contains(CARD));
        assertThat(shop.agents.seen()).noneMatch(call -> call.contains(CARD));
    }

    @Test
    void refusesAReasonThatIsTooLongWithoutItsCardNumber() throws Exception {
        String order = declined(shop.customer());

        assertThat(shop.staff()
                        .post(
                                "/v1/staff/journeys/" + order + "/cancel",
                                Map.of("reason", "4222222222222 " + "x".repeat(286)))
                        .refusal())
                .isEqualTo("400 bad_request");
    }

    /** The store's agent is away while they say it, so that there is time to look. */
    @Test
    void writesDownWhoSetAsideAndHandedOutAReservationFromBeforeItIsDone() throws Exception {
        var customer = shop.customer();
        String reservation = reserved(customer);
        String path = "/v1/reservations/" + reservation;
        var staff = shop.staff().key("ready-" + reservation);
        CompletableFuture<ApiClient.Answer> first;
        shop.agents.goesAway("fulfillment.markReady");
        try {
            first = CompletableFuture.supplyAsync(() -> staff.post(path + "/ready"), Thread::startVirtualThread);
            var asked = RunningShop.eventually(
                    () -> Optional.of(record("reservation-" + reservation)).filter(rows -> !rows.isEmpty()));
            assertThat(asked).containsExactly("staff-1 ready asked");
            assertThat(first.join().refusal()).isEqualTo("503 unavailable");
        } finally {
            shop.agents.comesBack("fulfillment.markReady");
        }

        var again = RunningShop.eventually(
                () -> Optional.of(staff.post(path + "/ready")).filter(answer -> answer.status() != 503));
        assertThat(again.tree().path("code").asText()).isEqualTo("ready");
        assertThat(staff.post(path + "/ready").tree().path("code").asText()).isEqualTo("ready");
        assertThat(shop.staff().post(path + "/collected").tree().path("code").asText())
                .isEqualTo("collected");

        assertThat(record("reservation-" + reservation))
                .startsWith("staff-1 ready agent_unavailable")
                .endsWith("staff-1 ready ready", "staff-1 collected collected")
                .doesNotContain("staff-1 ready asked");
    }

    @Test
    void doesUnderTheSameKeyWhatAnAgentCouldNotDoBefore() throws Exception {
        String reservation = reserved(shop.customer());
        String path = "/v1/staff/journeys/" + reservation + "/extend";
        var wish = Map.of("reason", "on a trip", "until", later(Duration.ofDays(3)));
        var staff = shop.staff().key("longer-" + reservation);
        shop.agents.goesAway("fulfillment.keepCollection");
        try {
            assertThat(staff.post(path, wish).refusal()).isEqualTo("409 agent_unavailable");
        } finally {
            shop.agents.comesBack("fulfillment.keepCollection");
        }

        var again = RunningShop.eventually(
                () -> Optional.of(staff.post(path, wish)).filter(answer -> answer.status() == 200));
        assertThat(again.tree().path("code").asText()).isEqualTo("extended");
        assertThat(staff.post(path, wish).tree().path("code").asText()).isEqualTo("extended");
    }

    @Test
    void writesDownWhoToldOfAParcel() throws Exception {
        String parcel = RunningShop.fresh("PARCEL");
        var event = Map.of("eventId", "e1", "status", "handed_over", "happenedAt", "2026-11-24T05:00:00Z");
        var staff = shop.staff().key(parcel);

        for (int i = 0; i < 2; i++) {
            assertThat(staff.post("/v1/parcels/" + parcel + "/events", event).status())
                    .isEqualTo(200);
        }

        assertThat(record("parcel-" + parcel)).containsExactly("staff-1 tell handed_over told");
    }

    @Test
    void saysInASentenceThatAMomentCannotBeKept() throws Exception {
        String order = declined(shop.customer());
        String until = URLEncoder.encode(FAR, StandardCharsets.UTF_8);

        assertThat(shop.staff()
                        .post("/v1/staff/journeys/" + order + "/extend", Map.of("reason", "r", "until", FAR))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post("/staff/journeys/checkout-" + order + "/extend", "key=k-far&reason=r&until=" + until)
                        .header("Location")
                        .orElseThrow())
                .endsWith("said=time_needed");
        assertThat(shop.staff().get("/v1/payments/failed?from=" + until).refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post("/v1/payments/replays", Map.of("filter", Map.of("from", FAR), "dryRun", true))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff().get("/v1/staff/reviews?before=" + until).refusal())
                .isEqualTo("400 bad_request");
        for (String page : List.of("/staff", "/staff/payments")) {
            assertThat(shop.staff().get(page + "?from=%2B999999999-12-31").body())
                    .as(page)
                    .contains("Give days such as");
        }
        assertThat(shop.staff().get("/staff?before=" + until + "~x").status()).isEqualTo(200);
    }

    @Test
    void findsNothingWhereTheSearchIsNoText() {
        assertThat(shop.staff().get("/staff?id=%00").status()).isEqualTo(200);
        assertThat(shop.staff().get("/v1/payments/failed?failure=%00").refusal())
                .isEqualTo("400 bad_request");
    }

    /** Who did what to it, and what that came to, in order. */
    private List<String> record(String workflowId) throws Exception {
        return shop.query(
                "SELECT staff || ' ' || action || ' ' || code FROM conversation.staff_action WHERE workflow_id = '"
                        + workflowId + "' ORDER BY id");
    }

    private static String later(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String reserved(ApiClient customer) throws Exception {
        return confirmed(
                customer,
                "use reserve_in_store {\"sku\": \"" + PlayedAgents.KURTA
                        + "\", \"quantity\": 1, \"city\": \"Bengaluru\"}",
                Map.of());
    }

    private String declined(ApiClient customer) throws Exception {
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}");
        return confirmed(
                customer, "use initiate_checkout {}", Map.of("paymentMethod", Map.of("token", "tok-declined")));
    }

    /** An agent that was away in another test may be spared for a moment yet. */
    private String confirmed(ApiClient customer, String wish, Map<String, Object> how) throws Exception {
        String proposal = RunningShop.eventually(Duration.ofSeconds(60), () -> {
            customer.say(wish);
            return Optional.of(customer.get("/v1/conversations/proposals/open")
                            .tree()
                            .at("/proposal/proposalId")
                            .asText())
                    .filter(id -> !id.isEmpty());
        });
        String id = customer.post("/v1/conversations/proposals/" + proposal + "/confirm", how)
                .tree()
                .path("journeyId")
                .asText();
        RunningShop.eventually(() -> journey(customer, id)
                .filter(journey -> journey.path("status").asText().equals("waiting_for_customer")));
        return id;
    }

    private static Optional<JsonNode> journey(ApiClient customer, String id) {
        for (var journey : customer.get("/v1/conversations/journeys").tree().path("journeys")) {
            if (journey.path("journeyId").asText().equals(id)) {
                return Optional.of(journey);
            }
        }
        return Optional.empty();
    }
}
