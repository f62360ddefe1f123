package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Customers who have been here for years, and proposals that nobody came back to. */
@ExtendWith(RunningShop.Opened.class)
class LongLivesTest {
    private static final int JOURNEYS = 200;
    private static final int NEWS_OF_EACH = 5;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final RunningShop shop;

    LongLivesTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void aCustomerOfTwoHundredJourneysPagesThroughThemAndFindsTheOneThatWaits() throws Exception {
        var id = RunningShop.fresh("regular");
        var customer = shop.customer(id);
        customer.say("hello");
        var name = customer(id);

        var seen = new HashSet<String>();
        var pages = 0;
        for (var last = ""; pages == 0 || !last.isEmpty(); pages++) {
            var page = timed(customer, "/v1/conversations/journeys?before=" + last)
                    .tree()
                    .path("journeys");
            assertThat(page.size()).isLessThanOrEqualTo(50);
            page.forEach(journey ->
                    assertThat(seen.add(journey.path("workflowId").asText())).isTrue());
            last = page.isEmpty()
                    ? ""
                    : page.get(page.size() - 1).path("workflowId").asText();
        }
        assertThat(seen).hasSize(JOURNEYS);
        assertThat(pages).isEqualTo(5);

        assertThat(timed(customer, "/").body())
                .hasSizeLessThan(200_000)
                .contains(name + "-1") // the oldest, and the only one that still waits
                .contains(name + "-200")
                .doesNotContain(name + "-150");
        assertThat(timed(customer, "/v1/conversations/transcript").body()).hasSizeLessThan(20_000);
        try (var events = customer.events("")) {
            var all =
                    events.until(event -> event.data().at("/body/text").asText().equals("the last news"));
            assertThat(all).hasSize(JOURNEYS * NEWS_OF_EACH + 2);
            try (var resumed = customer.events("?after=" + (all.getLast().id() - 1))) {
                assertThat(resumed.next().id()).isEqualTo(all.getLast().id());
            }
        }
        assertThat(customer.say("and now?").reply()).isEqualTo("You said: and now?");
    }

    private static ApiClient.Answer timed(ApiClient customer, String path) {
        long start = System.nanoTime();
        var answer = customer.get(path);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(SOON);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer;
    }

    /** Gives a customer their journeys, all but the oldest done, with their news; answers how their ids begin. */
    private String customer(String id) throws Exception {
        var name = "JM-" + id.toUpperCase(Locale.ROOT);
        shop.execute("""
                INSERT INTO conversation.journey (workflow_id, journey_id, conversation_id, kind, status, code, waiting_for, until,
                    last_seq, facts, started_at, updated_at)
                SELECT 'checkout-%1$s-' || n, '%1$s-' || n, a.conversation_id, 'Checkout',
                    CASE n WHEN 1 THEN 'waiting_for_customer' ELSE 'completed' END, 'order_confirmed',
                    CASE n WHEN 1 THEN 'payment_method' ELSE '' END, NULL, %3$d, '{}',
                    now() - (1000 - n) * interval '1 hour', now() - (1000 - n) * interval '1 hour'
                FROM conversation.alias a, generate_series(1, %2$d) n WHERE a.value = '%4$s';
                INSERT INTO conversation.event (conversation_id, seq, kind, workflow_id, journey_seq, body, at)
                SELECT a.conversation_id, c.last_event + (n - 1) * %3$d + s, 'news', 'checkout-%1$s-' || n, s,
                    jsonb_build_object('workflowId', 'checkout-%1$s-' || n, 'code', 'told', 'text',
                        CASE WHEN n = %2$d AND s = %3$d THEN 'the last news' ELSE 'some news' END), now()
                FROM conversation.alias a JOIN conversation.conversation c ON c.id = a.conversation_id,
                    generate_series(1, %2$d) n, generate_series(1, %3$d) s WHERE a.value = '%4$s';
                UPDATE conversation.conversation SET last_event = last_event + %2$d * %3$d
                WHERE id = (SELECT conversation_id FROM conversation.alias WHERE value = '%4$s')""".formatted(name, JOURNEYS, NEWS_OF_EACH, id));
        return name;
    }

    @Test
    void anAbandonedProposalEndsWithItsTimeAndTheCartIsThereForANewOne() throws Exception {
        var id = RunningShop.fresh("gone");
        var customer = shop.customer(id);
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\"}");
        var abandoned = proposal(customer);
        var quote = customer.get("/v1/conversations/proposals/open").tree().path("proposal");
        assertThat(instant(quote.path("expiresAt"))).isEqualTo(instant(quote.at("/quote/validUntil")));

        shop.execute("UPDATE conversation.proposal SET expires_at = now() WHERE id = '" + abandoned + "'");

        assertThat(customer.get("/v1/conversations/proposals/open").tree().has("proposal"))
                .isFalse();
        var late = customer.post("/v1/conversations/proposals/" + abandoned + "/confirm");
        assertThat(late.refusal()).isEqualTo("409 proposal_expired");
        assertThat(late.problem().detail()).isNotBlank();
        assertThat(customer.say("yes").reply()).contains("has run out; nothing was ordered");
        assertThat(customer.get("/v1/conversations/journeys").tree().path("journeys"))
                .isEmpty();
        assertThat(customer.get("/v1/conversations/cart")
                        .tree()
                        .at("/lines/0/sku")
                        .asText())
                .isEqualTo(PlayedAgents.KURTA);
        assertThat(customer.post("/v1/conversations/proposals/" + proposal(customer) + "/confirm")
                        .status())
                .isEqualTo(200);
    }

    private static Instant instant(JsonNode at) {
        return Instant.parse(at.asText()).truncatedTo(ChronoUnit.MILLIS);
    }

    private static String proposal(ApiClient customer) {
        return customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
    }
}
