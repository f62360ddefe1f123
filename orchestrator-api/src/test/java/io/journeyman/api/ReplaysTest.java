package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Staff have failed payments tried again, through HTTP. */
@ExtendWith(RunningShop.Opened.class)
class ReplaysTest {
    private static final String ADD = "use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}";

    private final RunningShop shop;

    ReplaysTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void findsAndRepeatsAPaymentWhileItsOrderWaits() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));
        var failed =
                shop.staff().get("/v1/payments/failed?customerId=" + id).tree().path("payments");
        assertThat(failed).hasSize(1);
        assertThat(failed.path(0).path("orderId").asText()).isEqualTo(order);
        assertThat(failed.path(0).path("failure").asText()).isEqualTo("insufficient_funds");
        assertThat(failed.path(0).path("live").asBoolean()).isTrue();
        var whole =
                shop.staff().get("/v1/payments/failed?limit=1&customerId=" + id).tree();
        assertThat(shop.staff()
                        .get("/v1/payments/failed?limit=1&customerId=" + id + "&after="
                                + whole.path("next").asText())
                        .tree())
                .isEqualTo(io.journeyman.contracts.Json.tree("{\"payments\": []}"));

        shop.agents.cardsWorkAgain(id);
        var replay = done(ask(Map.of("orderIds", List.of(order), "reason", "the bank was down")));

        assertThat(replay.path("results")).isEqualTo(io.journeyman.contracts.Json.tree("{\"replayed_paid\": 1}"));
        assertThat(report(replay)).containsExactly(order + " replayed_paid");
        assertThat(shop.staff()
                        .get("/v1/payments/failed?customerId=" + id)
                        .tree()
                        .path("payments"))
                .isEmpty();
        assertThat(shop.agents.charges(order)).isEqualTo(1);
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = declined(shop.customer(id));

        var dry = shop.staff()
                .post("/v1/payments/replays", Map.of("filter", Map.of("customerId", id), "dryRun", true))
                .tree();

        assertThat(dry.path("orders").asInt()).isEqualTo(1);
        assertThat(dry.at("/would/try_again").asInt()).isEqualTo(1);
        assertThat(dry.at("/totals/0/minor").asLong()).isEqualTo(149_900 + 4_900);
        assertThat(dry.at("/payments/0/orderId").asText()).isEqualTo(order);
        assertThat(shop.agents.attempts(order)).isEqualTo(1);
    }

    @Test
    void reportsEachOrderInItsOwnWord() throws Exception {
        var again = RunningShop.fresh("cust");
        var declined = declined(shop.customer(again));
        var paid = declined(shop.customer(again));
        shop.agents.cardsWorkAgain(again);
        done(ask(Map.of("orderIds", List.of(paid), "reason", "first")));
        shop.agents.cardsFailAgain(again);

        var replay =
                done(ask(Map.of("orderIds", List.of(declined, paid, "JM-NOBODY", declined), "reason", "all of them")));

        assertThat(report(replay))
                .containsExactly(declined + " declined_again", paid + " already_paid", "JM-NOBODY skipped");
        var csv = shop.staff()
                .get("/v1/payments/replays/" + replay.path("replayId").asText() + "/report.csv");
        assertThat(csv.body().lines())
                .hasSize(4)
                .contains("position,orderId,result,code,at")
                .anyMatch(line -> line.startsWith("1," + declined + ",declined_again,insufficient_funds,2"));
    }

    @Test
    void startsAnOrderAgainWhoseHistoryTemporalHasDropped() throws Exception {
        var id = RunningShop.fresh("cust");
        var order = ended(shop.customer(id));
        shop.forget("checkout-" + order);
        assertThat(shop.staff().get("/staff/journeys/checkout-" + order).body())
                .contains("Temporal has dropped its history")
                .contains("Told the customer: payment failed");
        shop.agents.cardsWorkAgain(id);

        var passed = done(ask(Map.of("orderIds", List.of(order), "reason", "too late")));
        assertThat(report(passed)).containsExactly(order + " price_honoured_until_passed");
        var honoured = done(ask(Map.of(
                "orderIds",
                List.of(order),
                "reason",
                "our fault: the price stands",
                "honourPriceUntil",
                Instant.now().plusSeconds(600).toString())));

        assertThat(report(honoured)).containsExactly(order + " replayed_paid");
        assertThat(shop.agents.charges(order)).isEqualTo(1);
        try (var events = shop.customer(id).events("")) {
            assertThat(events.until(
                            event -> event.data().at("/body/code").asText().equals("order_confirmed")))
                    .isNotEmpty();
        }
    }

    @Test
    void chargesOnceThoughTwoStaffAskAtOnce() throws Exception {
        var id = RunningShop.fresh("cust");
        var orders =
                IntStream.range(0, 5).mapToObj(n -> declined(shop.customer(id))).toList();
        shop.agents.cardsWorkAgain(id);

        var both = IntStream.range(0, 2)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> ask(Map.of("orderIds", orders, "reason", "both")), Thread::startVirtualThread))
                .toList();
        for (var replay : both) {
            assertThat(report(done(replay.join())))
                    .allMatch(line -> line.endsWith(" replayed_paid") || line.endsWith(" already_paid"));
        }

        for (var order : orders) {
            assertThat(shop.agents.charges(order)).as(order).isEqualTo(1);
        }
    }

    @Test
    void isAskedOnceByItsKey() throws Exception {
        var id = RunningShop.fresh("cust");
        declined(shop.customer(id));
        var body = Map.of("filter", Map.of("customerId", id), "reason", "once");
        var staff = shop.staff().key("replay-" + UUID.randomUUID());

        var first = staff.post("/v1/payments/replays", body);
        var again = staff.post("/v1/payments/replays", body);
        var other = staff.post("/v1/payments/replays", Map.of("filter", Map.of("customerId", id), "reason", "twice"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.tree().path("replayId")).isEqualTo(first.tree().path("replayId"));
        assertThat(other.refusal()).isEqualTo("422 key_used");
    }

    @Test
    void pausesGoesOnAndStops() throws Exception {
        var id = RunningShop.fresh("cust");
        var orders =
                IntStream.range(0, 12).mapToObj(n -> "JM-NONE-" + id + "-" + n).toList();
        var path = "/v1/payments/replays/"
                + ask(Map.of("orderIds", orders, "ratePerSecond", 1, "reason", "slowly"))
                        .path("replayId")
                        .asText();

        var pausing = shop.staff().key("pause-" + id);
        assertThat(pausing.post(path + "/pause").tree().path("status").asText()).isEqualTo("paused");
        assertThat(pausing.post(path + "/pause").status()).isEqualTo(200);
        assertThat(shop.staff().post(path + "/resume").tree().path("status").asText())
                .isEqualTo("running");
        shop.staff().post(path + "/cancel");
        var ended =
                RunningShop.eventually(() -> Optional.of(shop.staff().get(path).tree())
                        .filter(replay -> replay.path("status").asText().equals("cancelled")));

        assertThat(ended.path("left").asInt()).isPositive();
        assertThat(shop.staff().post(path + "/resume").refusal()).isEqualTo("409 not_running");
        var replay = ended.path("replayId").asText();
        assertThat(shop.query(
                        "SELECT staff || ' ' || action || ' ' || code || ' ' || reason FROM conversation.staff_action"
                                + " WHERE workflow_id = 'replay-" + replay + "' ORDER BY id"))
                .containsExactly(
                        "staff-1 pause replay paused slowly",
                        "staff-1 resume replay running slowly",
                        "staff-1 cancel replay cancelled slowly",
                        "staff-1 resume replay ended slowly");
    }

    @Test
    void isForStaffAndSaysWhatIsWrong() {
        for (var other : List.of(shop.customer(), shop.guest(RunningShop.fresh("guest")))) {
            assertThat(other.get("/v1/payments/failed").refusal()).isEqualTo("403 staff_only");
            assertThat(other.post("/v1/payments/replays", Map.of("filter", Map.of(), "reason", "mine"))
                            .refusal())
                    .isEqualTo("403 staff_only");
            assertThat(other.get("/v1/payments/replays/PR-1/report.csv").refusal())
                    .isEqualTo("403 staff_only");
        }
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of("reason", "neither"),
                Map.of("orderIds", List.of("JM-1"), "filter", Map.of(), "reason", "both"),
                Map.of("filter", Map.of()),
                Map.of("filter", Map.of(), "reason", "r", "ratePerSecond", 0),
                Map.of("filter", Map.of(), "reason", "r", "cap", 10_001),
                Map.of("filter", Map.of(), "reason", "r", "honourPriceUntil", "2020-01-01T00:00:00Z"),
                Map.of("orderIds", List.of("not an id"), "reason", "r"))) {
            assertThat(shop.staff().post("/v1/payments/replays", wrong).refusal())
                    .as("%s", wrong)
                    .isEqualTo("400 bad_request");
        }
        assertThat(shop.staff().get("/v1/payments/replays/PR-1").refusal()).isEqualTo("404 replay_unknown");
        assertThat(shop.staff().get("/v1/payments/failed?after=JM-1").refusal()).isEqualTo("400 bad_request");
        assertThat(shop.staff().get("/v1/payments/failed?from=yesterday").refusal())
                .isEqualTo("400 bad_request");
    }

    /** An order that waits for another card. */
    private String declined(ApiClient customer) {
        customer.say(ADD);
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        var order = confirm(customer, proposal);
        await(customer, order, "waiting_for_customer");
        return order;
    }

    /** An order that has ended because its payment failed: its quote ran out a moment after it was confirmed. */
    private String ended(ApiClient customer) throws Exception {
        customer.say(ADD);
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        shop.execute("UPDATE conversation.quote SET valid_until = now() + interval '12 seconds',"
                + " body = jsonb_set(body, '{validUntil}', to_jsonb(to_char((now() + interval '12 seconds') AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')))"
                + " WHERE id = (SELECT quote_id FROM conversation.proposal WHERE id = '" + proposal + "')");
        var order = confirm(customer, proposal);
        await(customer, order, "failed");
        return order;
    }

    private static String confirm(ApiClient customer, String proposal) {
        return customer.post(
                        "/v1/conversations/proposals/" + proposal + "/confirm",
                        Map.of("paymentMethod", Map.of("token", "tok-declined")))
                .tree()
                .path("journeyId")
                .asText();
    }

    private static void await(ApiClient customer, String order, String status) {
        try {
            RunningShop.eventually(() -> {
                Thread.sleep(200);
                for (var journey :
                        customer.get("/v1/conversations/journeys").tree().path("journeys")) {
                    if (journey.path("journeyId").asText().equals(order)
                            && journey.path("status").asText().equals(status)) {
                        return Optional.of(journey);
                    }
                }
                return Optional.empty();
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode ask(Map<String, ?> body) {
        return shop.staff().post("/v1/payments/replays", body).tree();
    }

    private JsonNode done(JsonNode replay) throws Exception {
        var path = "/v1/payments/replays/" + replay.path("replayId").asText();
        return RunningShop.eventually(() -> {
            Thread.sleep(200);
            return Optional.of(shop.staff().get(path).tree())
                    .filter(now -> now.path("status").asText().equals("done"));
        });
    }

    private List<String> report(JsonNode replay) {
        var lines = shop.staff()
                .get("/v1/payments/replays/" + replay.path("replayId").asText() + "/report")
                .tree()
                .path("lines");
        return IntStream.range(0, lines.size())
                .mapToObj(lines::get)
                .map(line -> line.path("orderId").asText() + " "
                        + line.path("result").asText())
                .toList();
    }
}
