package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three of the staff have the same failed payment tried again, and its customer pays by another card, all in the same moment, on
 * everything that {@code up} starts: whoever comes first, the gateway's own ledger has one charge of the order.
 */
@Timeout(7_200)
@ExtendWith(RunningShop.Extension.class)
class ReplayRaceTest {
    /** 1,000 by {@code -Djourneyman.rounds=1000}. */
    private static final int ROUNDS = Integer.getInteger("journeyman.rounds", 10);

    private static final int AT_A_TIME = 8;
    private static final int STAFF = 3;

    private final RunningShop shop;
    private final Map<String, Integer> answers = new TreeMap<>();

    ReplayRaceTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void chargesOnceThoughThreeStaffAndTheCustomerPayAtOnce() throws Exception {
        receive(ROUNDS);
        var began = Instant.now();
        try (var rounds = Executors.newFixedThreadPool(AT_A_TIME)) {
            var all = new ArrayList<Callable<String>>();
            for (int i = 0; i < ROUNDS; i++) {
                boolean ended = i % 2 == 1;
                all.add(() -> race(ended ? ended("6666") : waiting()));
            }
            for (var order : rounds.invokeAll(all)) {
                shop.books().assertSoldOnce(order.get());
            }
        }
        System.out.printf(
                "%d orders, each paid for by three staff and its customer at once, were charged once; %d s; answers: %s%n",
                ROUNDS, Instant.now().getEpochSecond() - began.getEpochSecond(), answers);
    }

    /** Each time is a run of its own: what the one before gave back is not in its way, however soon it follows. */
    @Test
    void anOrderIsTriedAgainAsOftenAsItFails() throws Exception {
        var order = ended("1111");

        for (int time = 1; time <= 3; time++) {
            assertThat(replayed(shop.staff("staff-" + time), order, Duration.ofSeconds(4)))
                    .as("time %d", time)
                    .isEqualTo("declined_again");
            order.customer().awaits(order.workflowId(), ReplayRaceTest::failed);
            assertThat(shop.books().order(order.orderId())).isEqualTo("payment_failed");
        }
        shop.books().assertStockAddsUp();
    }

    /** An order whose payment has failed. */
    private record Failed(Customer customer, String orderId) {
        String workflowId() {
            return "checkout-" + orderId;
        }
    }

    /** Declined, and still waiting for another card. */
    private Failed waiting() throws Exception {
        var customer = shop.newcomer();
        var confirmed = customer.confirms(proposed(customer), customer.card("6666"));
        var order = new Failed(customer, confirmed.path("journeyId").asText());
        customer.awaits(
                order.workflowId(),
                journey -> journey.path("waitingFor").asText().equals("payment_method"));
        return order;
    }

    /** Declined, and given up since, because its quote ran out. */
    private Failed ended(String number) throws Exception {
        var customer = shop.newcomer();
        var card = customer.card(number);
        var proposal = proposed(customer);
        shop.books().execute("""
                UPDATE conversation.quote SET valid_until = now() + interval '4 seconds', body = jsonb_set(body, '{validUntil}',
                    to_jsonb(to_char((now() + interval '4 seconds') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
                WHERE id = '%s'""".formatted(proposal.at("/quote/quoteId").asText()));
        var confirmed = customer.confirms(proposal, card);
        var order = new Failed(customer, confirmed.path("journeyId").asText());
        customer.awaits(order.workflowId(), ReplayRaceTest::failed);
        return order;
    }

    private String race(Failed order) throws Exception {
        var card = order.customer().card("4242");
        var start = new CountDownLatch(1);
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var replays = new ArrayList<Future<String>>();
            for (int i = 1; i <= STAFF; i++) {
                var staff = shop.staff("staff-" + order.orderId() + "-" + i);
                replays.add(hands.submit(() -> {
                    start.await();
                    return replayed(staff, order, Duration.ofMinutes(10));
                }));
            }
            var paid = hands.submit(() -> {
                start.await();
                return order.customer().offers(order.workflowId(), card);
            });
            start.countDown();
            note("customer " + paid.get());
            for (var replay : replays) {
                note("staff " + replay.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError("order " + order.orderId(), e.getCause());
        }
        order.customer()
                .awaits(
                        order.workflowId(),
                        journey -> journey.path("status").asText().equals("completed"));
        return order.orderId();
    }

    /** @param honoured how long the quoted price is @return what it came to */
    private static String replayed(Customer staff, Failed order, Duration honoured) throws Exception {
        var replay = staff.post(
                "/v1/payments/replays",
                Map.of(
                        "orderIds",
                        List.of(order.orderId()),
                        "reason",
                        "the bank was down",
                        "honourPriceUntil",
                        Instant.now().plus(honoured).toString()));
        var path = "/v1/payments/replays/" + replay.path("replayId").asText();
        while (!staff.get(path).path("status").asText().equals("done")) {
            Thread.sleep(200);
        }
        return staff.get(path + "/report").at("/lines/0/result").asText();
    }

    private synchronized void note(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    private static JsonNode proposed(Customer customer) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        return customer.openProposal();
    }

    private static boolean failed(JsonNode journey) {
        return journey.path("status").asText().equals("failed");
    }

    /** So many pieces more, as the shop's own ledger writes it down. */
    private void receive(int pieces) throws SQLException {
        shop.books().execute("""
                WITH changed AS (
                    UPDATE inventory.stock SET on_hand = on_hand + %1$d
                    WHERE (sku, location) IN (SELECT s.sku, s.location FROM inventory.stock s JOIN inventory.location l ON l.id = s.location
                        WHERE s.sku = 'P-1001-L-BLUE' AND l.kind = 'warehouse') RETURNING sku, location)
                INSERT INTO inventory.movement (at, sku, location, kind, on_hand_change, held_change)
                SELECT now(), sku, location, 'received', %1$d, 0 FROM changed""".formatted(pieces));
    }
}
