package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proposals, orders and reservations through HTTP. */
@ExtendWith(RunningShop.Opened.class)
class ProposalsTest {
    private static final String ADD = "use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}";
    private static final String RESERVE =
            "use reserve_in_store {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1, \"city\": \"Bengaluru\"}";

    private final RunningShop shop;

    ProposalsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void goesFromAConfirmedProposalThroughADeclinedCardToAConfirmedOrder() throws Exception {
        var customer = shop.customer();
        var id = checkoutProposal(customer);
        var shown = customer.get("/v1/conversations/proposals/open").tree().path("proposal");
        assertThat(shown.path("proposalId").asText()).isEqualTo(id);
        assertThat(shown.at("/quote/total/minor").asLong()).isEqualTo(149_900 + 4_900);

        var confirmed = confirm(customer, id).tree();
        var order = confirmed.path("workflowId").asText();
        await(customer, order, "waiting_for_customer", "payment_method");

        assertThat(pay(customer, order, "tok-declined").tree().path("code").asText())
                .isEqualTo("accepted");
        RunningShop.eventually(() -> Optional.of(journey(customer, order))
                .filter(journey -> journey.path("code").asText().contains("declined")));
        assertThat(pay(customer, order, "tok-good").tree().path("code").asText())
                .isEqualTo("accepted");
        var done = await(customer, order, "completed", "");

        assertThat(done.path("journeyId").asText())
                .isEqualTo(confirmed.path("journeyId").asText());
        assertThat(customer.get("/v1/conversations/cart").tree().path("lines")).isEmpty();
        assertThat(pay(customer, order, "tok-good").refusal()).isEqualTo("409 not_waiting");
        assertThat(customer.post("/v1/journeys/" + order + "/cancel").refusal()).startsWith("409 ");
        try (var events = customer.events("")) {
            assertThat(events.until(
                            event -> event.data().at("/body/status").asText().equals("completed")))
                    .filteredOn(event -> event.kind().equals("news"))
                    .isNotEmpty();
        }
    }

    @Test
    void startsOneOrderHoweverOftenAndByWhicheverKeyItIsConfirmed() {
        var customer = shop.customer();
        var id = checkoutProposal(customer);

        var both = Stream.of(1, 2)
                .map(n -> CompletableFuture.supplyAsync(() -> confirm(customer, id), Thread::startVirtualThread))
                .toList();
        var answers =
                both.stream().map(answer -> answer.join().body()).distinct().toList();
        var later = confirm(customer.key("another"), id).body();

        assertThat(answers).containsExactly(later);
        assertThat(customer.get("/v1/conversations/journeys").tree().path("journeys"))
                .hasSize(1);
        assertThat(customer.post("/v1/conversations/proposals/" + id + "/decline")
                        .refusal())
                .isEqualTo("409 proposal_confirmed");
    }

    @Test
    void answersForTheProposalThatIsNamedAlsoWhenAKeyIsUsedAgain() {
        var customer = shop.customer().key("same-key");
        var first = reservation(customer.key("m1"));
        assertThat(customer.post("/v1/conversations/proposals/" + first + "/decline")
                        .status())
                .isEqualTo(200);
        var second = reservation(customer.key("m2"));

        var confirmed = confirm(customer, second);
        var third = reservation(customer.key("m3"));
        var other = confirm(customer, third);

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(other.tree().path("journeyId")).isNotEqualTo(confirmed.tree().path("journeyId"));
        assertThat(customer.post("/v1/conversations/proposals/" + third + "/decline")
                        .refusal())
                .isEqualTo("409 proposal_confirmed");
    }

    @Test
    void startsNothingThatWasDeclinedExpiredReplacedUnknownOrSomebodyElses() throws Exception {
        var customer = shop.customer();
        var declined = reservation(customer);
        assertThat(customer.post("/v1/conversations/proposals/" + declined + "/decline")
                        .status())
                .isEqualTo(200);
        assertThat(customer.post("/v1/conversations/proposals/" + declined + "/decline")
                        .status())
                .isEqualTo(200);
        var replaced = reservation(customer);
        var expired = reservation(customer);
        shop.execute("UPDATE conversation.proposal SET expires_at = now() WHERE id = '" + expired + "'");

        assertThat(confirm(customer, declined).refusal()).isEqualTo("409 proposal_declined");
        assertThat(confirm(customer, replaced).refusal()).isEqualTo("409 proposal_void");
        assertThat(confirm(customer, expired).refusal()).isEqualTo("409 proposal_expired");
        assertThat(confirm(customer, "prop-none").refusal()).isEqualTo("404 proposal_unknown");
        assertThat(customer.post("/v1/conversations/proposals/prop-none/decline")
                        .refusal())
                .isEqualTo("404 proposal_unknown");
        var open = reservation(customer);
        for (var other : List.of(shop.customer(), shop.guest(RunningShop.fresh("guest")))) {
            assertThat(other.post("/v1/conversations/proposals/" + open + "/decline")
                            .refusal())
                    .isEqualTo("404 proposal_unknown");
        }
        assertThat(confirm(shop.customer(), open).refusal()).isEqualTo("404 proposal_unknown");
        assertThat(confirm(shop.guest(RunningShop.fresh("guest")), open).refusal())
                .isEqualTo("403 sign_in_needed");
        assertThat(customer.get("/v1/conversations/journeys").tree().path("journeys"))
                .isEmpty();
        assertThat(customer.get("/v1/conversations/proposals/open")
                        .tree()
                        .at("/proposal/proposalId")
                        .asText())
                .isEqualTo(open);
    }

    @Test
    void takesOnePaymentMethodAndNoCardNumberForOne() {
        var customer = shop.customer();
        var id = checkoutProposal(customer);
        var order = confirm(customer, id).tree().path("workflowId").asText();
        var path = "/v1/journeys/" + order + "/payment-method";

        for (Object method : List.of(
                Map.of(),
                Map.of("cashOnDelivery", false),
                Map.of("token", "tok-1", "cashOnDelivery", true),
                Map.of("token", "tok-1", "vpa", "asha@okbank"),
                Map.of("vpa", "asha@okbank", "cashOnDelivery", true),
                Map.of("token", ""),
                Map.of("token", "not a token"),
                Map.of("token", "4242424242424242"),
                Map.of("gatewayMethod", "pm_card_visa", "cashOnDelivery", true),
                Map.of("gatewayMethod", "pm_"),
                Map.of("gatewayMethod", "4242424242424242"),
                Map.of("token", "4242-4242-4242-4242"))) {
            assertThat(customer.post(path, method).refusal()).as("%s", method).isEqualTo("400 bad_request");
        }
        assertThat(customer.post(path).refusal()).isEqualTo("400 bad_request");
        assertThat(customer.post(path, Map.of("vpa", "asha at okbank")).refusal())
                .isEqualTo("422 upi_address_invalid");
        assertThat(customer.post(
                                "/v1/conversations/proposals/" + id + "/confirm",
                                Map.of("paymentMethod", Map.of("token", "4242424242424242")))
                        .refusal())
                .isEqualTo("400 bad_request");
    }

    @Test
    void paysWithACardThatTheGatewaysOwnFormHasSentIt() throws Exception {
        var customer = shop.customer();
        var order = confirm(customer, checkoutProposal(customer))
                .tree()
                .path("workflowId")
                .asText();
        await(customer, order, "waiting_for_customer", "payment_method");

        assertThat(customer.post("/v1/journeys/" + order + "/payment-method", Map.of("gatewayMethod", "pm_card_visa"))
                        .status())
                .isEqualTo(200);

        await(customer, order, "completed", "");
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("payment.tokeniseMethod") && call.contains("pm_card_visa"))
                .anyMatch(call -> call.startsWith("payment.securePayment") && call.contains("tok-form"));
    }

    @Test
    void cancelsAnOrderThatWaitsForItsPayment() throws Exception {
        var customer = shop.customer();
        var order = confirm(customer, checkoutProposal(customer))
                .tree()
                .path("workflowId")
                .asText();
        await(customer, order, "waiting_for_customer", "payment_method");

        assertThat(customer.post("/v1/journeys/" + order + "/cancel")
                        .tree()
                        .path("code")
                        .asText())
                .isEqualTo("cancelling");
        await(customer, order, "cancelled", "");
        try (var events = customer.events("")) {
            assertThat(events.until(event ->
                                    event.data().at("/body/code").asText().equals("order_cancelled"))
                            .getLast()
                            .data()
                            .at("/body/text")
                            .asText())
                    .contains("cancelled (as you asked)");
        }
        assertThat(customer.post("/v1/journeys/" + order + "/cancel").refusal()).isEqualTo("409 not_waiting");
    }

    @Test
    void showsAndTouchesOnlyOnesOwnJourneys() {
        var customer = shop.customer();
        var order = confirm(customer, checkoutProposal(customer))
                .tree()
                .path("workflowId")
                .asText();

        for (var other : List.of(shop.customer(), shop.guest(RunningShop.fresh("guest")))) {
            assertThat(other.get("/v1/conversations/journeys").tree().path("journeys"))
                    .isEmpty();
            assertThat(other.post("/v1/journeys/" + order + "/cancel").refusal())
                    .isEqualTo("404 journey_unknown");
            assertThat(pay(other, order, "tok-good").refusal()).isEqualTo("404 journey_unknown");
            assertThat(other.get("/v1/conversations/messages/1").refusal()).isEqualTo("404 turn_unknown");
        }
        assertThat(shop.staff().post("/v1/journeys/" + order + "/cancel").refusal())
                .isEqualTo("403 customers_only");
    }

    @Test
    void letsStaffHandOverAReservation() throws Exception {
        var customer = shop.customer();
        var reservation = confirm(customer, reservation(customer)).tree();
        var reserved = "/v1/reservations/" + reservation.path("journeyId").asText();
        var path = reserved + "/collected";
        await(customer, reservation.path("workflowId").asText(), "waiting_for_customer", "collection");

        assertThat(customer.post(reserved + "/ready").refusal()).isEqualTo("403 staff_only");
        assertThat(shop.staff().post(reserved + "/ready").tree().path("code").asText())
                .isEqualTo("ready");
        assertThat(customer.post(path).refusal()).isEqualTo("403 staff_only");
        assertThat(shop.staff().post(path).tree().path("code").asText()).isEqualTo("collected");
        await(customer, reservation.path("workflowId").asText(), "completed", "");
        assertThat(shop.staff().post(path).refusal()).isEqualTo("409 not_waiting");
        assertThat(shop.staff().post("/v1/reservations/RS-NOBODY/collected").refusal())
                .isEqualTo("409 not_waiting");
        assertThat(pay(customer, reservation.path("workflowId").asText(), "tok-good")
                        .refusal())
                .isEqualTo("409 not_waiting");
    }

    @Test
    void turnsAReservationIntoAnOrder() throws Exception {
        var customer = shop.customer();
        var reservation = confirm(customer, reservation(customer)).tree();
        await(customer, reservation.path("workflowId").asText(), "waiting_for_customer", "collection");

        var id = proposal(customer.say("use initiate_checkout {\"reservationId\": \"mine\"}"));
        assertThat(customer.get("/v1/conversations/proposals/open")
                        .tree()
                        .at("/proposal/quote/reservation")
                        .asText())
                .isEqualTo(reservation.path("journeyId").asText());
        var order = confirm(customer, id).tree().path("workflowId").asText();

        var over = await(customer, reservation.path("workflowId").asText(), "completed", "");
        assertThat(over.path("code").asText()).isEqualTo("reservation_ordered");
        await(customer, order, "waiting_for_customer", "payment_method");
        assertThat(pay(customer, order, "tok-good").tree().path("code").asText())
                .isEqualTo("accepted");
        await(customer, order, "completed", "");
        assertThat(shop.staff()
                        .post("/v1/reservations/"
                                + reservation.path("journeyId").asText() + "/collected")
                        .refusal())
                .isEqualTo("409 not_waiting");
    }

    @Test
    void opensAPaymentSessionOfTheCustomersOwn() {
        var id = RunningShop.fresh("cust");

        var opened = shop.customer(id).post("/v1/payment-sessions");

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.tree().path("sessionId").asText()).isEqualTo("session-of-" + id);
    }

    @Test
    void calledTheAgentsAsTheirContractsSay() {
        assertThat(shop.agents.violations()).isEmpty();
    }

    private String checkoutProposal(ApiClient customer) {
        customer.say(ADD);
        return proposal(customer.say("use initiate_checkout {}"));
    }

    private String reservation(ApiClient customer) {
        return proposal(customer.say(RESERVE));
    }

    private static String proposal(ApiClient.Answer answer) {
        assertThat(answer.tree().at("/reply/proposal").asText())
                .as(answer.body())
                .isNotEmpty();
        return answer.tree().at("/reply/proposal").asText();
    }

    private static ApiClient.Answer confirm(ApiClient customer, String proposal) {
        return customer.post("/v1/conversations/proposals/" + proposal + "/confirm");
    }

    private static ApiClient.Answer pay(ApiClient customer, String order, String token) {
        return customer.post("/v1/journeys/" + order + "/payment-method", Map.of("token", token));
    }

    private static JsonNode journey(ApiClient customer, String workflowId) {
        for (var journey : customer.get("/v1/conversations/journeys").tree().path("journeys")) {
            if (journey.path("workflowId").asText().equals(workflowId)) {
                return journey;
            }
        }
        throw new AssertionError("no journey " + workflowId);
    }

    private static JsonNode await(ApiClient customer, String workflowId, String status, String waitingFor)
            throws Exception {
        return RunningShop.eventually(() -> {
            Thread.sleep(200);
            return Optional.of(journey(customer, workflowId))
                    .filter(journey -> journey.path("status").asText().equals(status)
                            && journey.path("waitingFor").asText().contains(waitingFor));
        });
    }
}
