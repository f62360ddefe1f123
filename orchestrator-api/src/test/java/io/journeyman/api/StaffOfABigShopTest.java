package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.auth.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console where there are ten thousand journeys, and two hundred of one customer: its pages are short, and there at once. */
@ExtendWith(RunningShop.Opened.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaffOfABigShopTest {
    private static final int JOURNEYS = Integer.getInteger("journeyman.journeys", 10_000);
    private static final int CUSTOMERS = 2_000;
    private static final int OF_THE_REGULAR = 200;
    private static final int LOOKS = 21;
    private static final int LONGEST_PAGE = 120_000;

    /** On a machine that others use too; the figures are printed. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final RunningShop shop;

    StaffOfABigShopTest(RunningShop shop) {
        this.shop = shop;
    }

    /** Two in a hundred failed, as many wait, the rest are completed; all have one quote, and five pieces of news each. */
    @BeforeAll
    void fill() throws Exception {
        var real = declined();
        shop.execute("""
                INSERT INTO conversation.conversation (id, customer_id, created_at, last_event)
                SELECT 'conv-big-' || n, 'cust-big-' || n, now(), 100000 FROM generate_series(1, %2$d) n;
                CREATE TEMPORARY TABLE big AS
                SELECT n, 'JM-BIG' || n AS id, CASE WHEN n %% (%1$d / %3$d) = 0 THEN 1 ELSE 2 + n %% (%2$d - 1) END AS customer,
                    CASE n %% 50 WHEN 0 THEN 'failed' WHEN 1 THEN 'waiting_for_customer' ELSE 'completed' END AS status,
                    now() - n * interval '1 minute' AS at FROM generate_series(1, %1$d) n;
                INSERT INTO conversation.quote (id, conversation_id, customer_id, body, total_minor, currency, created_at, valid_until)
                SELECT 'quote-' || id, 'conv-big-' || customer, 'cust-big-' || customer, body, 149900, 'INR', at, at
                FROM big, (SELECT q.body FROM conversation.quote q JOIN conversation.proposal p ON p.quote_id = q.id WHERE p.journey_id = '%4$s') q;
                INSERT INTO conversation.proposal (id, conversation_id, turn, call_id, kind, quote_id, channel, status, journey_id, created_at,
                    expires_at)
                SELECT 'prop-' || id, 'conv-big-' || customer, n, 'c', 'Checkout', 'quote-' || id, 'web', 'confirmed', id, at, at FROM big;
                INSERT INTO conversation.journey (workflow_id, journey_id, conversation_id, kind, status, code, waiting_for, until, last_seq,
                    facts, started_at, updated_at)
                SELECT 'checkout-' || id, id, 'conv-big-' || customer, 'Checkout', status,
                    CASE status WHEN 'failed' THEN 'payment_failed' WHEN 'completed' THEN 'order_confirmed' ELSE 'payment_declined' END,
                    CASE status WHEN 'waiting_for_customer' THEN 'payment_method' ELSE '' END, NULL, 5,
                    CASE status WHEN 'completed' THEN '{}' ELSE '{"reason": "insufficient_funds"}' END::jsonb, at, at FROM big;
                INSERT INTO conversation.event (conversation_id, seq, kind, workflow_id, journey_seq, body, at)
                SELECT 'conv-big-' || customer, n * 5 + s, 'news', 'checkout-' || id, s, '{"code": "told", "text": "some news"}', at
                FROM big, generate_series(1, 5) s;
                DROP TABLE big;
                ANALYZE""".formatted(JOURNEYS, CUSTOMERS, OF_THE_REGULAR, real));
    }

    @AfterAll
    void empty() throws Exception {
        for (var table : List.of("event", "journey", "proposal", "quote")) {
            shop.execute("DELETE FROM conversation." + table + " WHERE conversation_id LIKE 'conv-big-%'");
        }
        shop.execute("DELETE FROM conversation.conversation WHERE id LIKE 'conv-big-%'");
    }

    @Test
    void findsThemAtOnceAndShowsFiftyAtATime() {
        var last = Optional.of("/staff");
        int pages = 0;
        while (last.isPresent() && pages < 5) {
            last = next(looked("page " + ++pages + " of all", last.get()));
        }
        for (var search : Map.of(
                        "one order", "id=JM-BIG" + JOURNEYS,
                        "one customer of 200", "id=cust-big-1",
                        "nobody", "id=cust-nobody",
                        "failed", "failure=insufficient_funds&status=failed",
                        "waiting", "status=waiting_for_customer&waitingFor=payment_method",
                        "a word that none has", "failure=expired_card",
                        "the first day", "to=2000-01-01")
                .entrySet()) {
            looked(search.getKey(), "/staff?" + search.getValue());
        }
        looked("failed payments", "/staff/payments");
        looked("failed payments of one", "/staff/payments?customer=cust-big-1");
    }

    @Test
    void pagesThroughAllOfOneCustomersJourneys() {
        var seen = 0;
        var pages = 0;
        for (var path = Optional.of("/staff?id=cust-big-1"); path.isPresent(); pages++) {
            var page = staff().get(path.get()).body();
            seen += page.split("/staff/journeys/checkout-JM-BIG", -1).length - 1;
            path = next(page);
        }
        assertThat(seen).isEqualTo(OF_THE_REGULAR);
        assertThat(pages).isBetween(4, 5);
    }

    @Test
    void tellsOneJourneyAtOnce() {
        looked("a journey that Temporal has dropped", "/staff/journeys/checkout-JM-BIG7");
        looked("a journey that waits", "/staff/journeys/checkout-" + declined());
    }

    /** One more of the staff: each may look eight times a second. */
    private ApiClient staff() {
        var session = new Session.Staff(RunningShop.fresh("staff"));
        return shop.nobody().with("Cookie", "journeyman_session=" + shop.tokens.sign(session));
    }

    /** Looks so often, prints how long it took, and answers the page. */
    private String looked(String what, String path) {
        var staff = staff();
        var took = new ArrayList<Long>();
        var page = "";
        for (int look = 0; look < LOOKS; look++) {
            long start = System.nanoTime();
            var answer = staff.get(path);
            took.add((System.nanoTime() - start) / 1_000);
            assertThat(answer.status()).as(path).isEqualTo(200);
            page = answer.body();
        }
        took.sort(Long::compare);
        long p95 = took.get(LOOKS * 95 / 100);
        System.out.printf(
                "%-40s p50 %6.1f ms, p95 %6.1f ms, %6d characters%n",
                what, took.get(LOOKS / 2) / 1e3, p95 / 1e3, page.length());
        assertThat(Duration.ofNanos(p95 * 1_000)).as(what).isLessThan(SOON);
        assertThat(page).as(what).hasSizeLessThan(LONGEST_PAGE);
        return page;
    }

    private static Optional<String> next(String page) {
        var link = Pattern.compile("href=\"(/staff\\?[^\"]*before=[^\"]*)\"").matcher(page);
        return link.find() ? Optional.of(link.group(1).replace("&amp;", "&")) : Optional.empty();
    }

    private String declined() {
        var customer = shop.customer(RunningShop.fresh("cust"));
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}");
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        return customer.post(
                        "/v1/conversations/proposals/" + proposal + "/confirm",
                        Map.of("paymentMethod", Map.of("token", "tok-declined")))
                .tree()
                .path("journeyId")
                .asText();
    }
}
