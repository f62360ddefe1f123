package io.journeyman.bench.chaos.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Promise 8: products, orders and proposals that a reply shows are what their owners have; every amount and every count of pieces
 * in its text stands in what the conversation's tools had returned by then; a receipt is the order's.
 */
final class ToldTheTruth {
    private static final Pattern RUPEES =
            Pattern.compile("₹([0-9]+(?:,[0-9]+)*(?:\\.[0-9]{2})?)|([0-9]+(?:\\.[0-9]{2})?) rupees");
    private static final Pattern LEFT = Pattern.compile("There are ([0-9]+) left");

    private record Reply(
            String conversation, int turn, Instant accepted, Instant answered, String said, JsonNode reply) {
        String name() {
            return "turn %d of %s".formatted(turn, conversation);
        }
    }

    private record Result(String conversation, int turn, String result) {}

    private record Stands(String orderId, String status, Instant from) {}

    private final Evidence evidence;
    private final Tally tally = new Tally();
    private final Map<String, Long> prices = new HashMap<>();
    private final Map<String, Long> totals = new HashMap<>();
    private final Map<String, Long> quotes = new HashMap<>();
    private final Map<String, List<Stands>> history = new HashMap<>();

    private ToldTheTruth(Evidence evidence) {
        this.evidence = evidence;
    }

    static Tally check(Evidence evidence) throws SQLException {
        return new ToldTheTruth(evidence).check();
    }

    private Tally check() throws SQLException {
        load(prices, "SELECT product_id, price FROM recommendation.product");
        load(totals, "SELECT order_id, total FROM post_purchase.placed_order");
        load(
                quotes,
                "SELECT p.id, total_minor FROM conversation.proposal p JOIN conversation.quote q ON q.id = quote_id");
        for (var stands : evidence.books()
                .rows(
                        """
                SELECT order_id, 'pending', placed_at FROM post_purchase.placed_order
                UNION ALL SELECT order_id, to_status, at FROM post_purchase.order_transition ORDER BY 3""",
                        row -> new Stands(
                                row.getString(1),
                                row.getString(2),
                                row.getTimestamp(3).toInstant()))) {
            history.computeIfAbsent(stands.orderId(), any -> new ArrayList<>()).add(stands);
        }
        checkReplies();
        checkReceipts();
        return tally;
    }

    private void load(Map<String, Long> amounts, String query) throws SQLException {
        record Amount(String id, long minor) {}
        for (var amount : evidence.books().rows(query, row -> new Amount(row.getString(1), row.getLong(2)))) {
            amounts.put(amount.id(), amount.minor());
        }
    }

    private void checkReplies() throws SQLException {
        var results = new HashMap<String, List<Result>>();
        for (var result :
                evidence.books().rows("""
                SELECT conversation_id, turn, result FROM conversation.tool_call WHERE result IS NOT NULL ORDER BY turn""", row -> new Result(row.getString(1), row.getInt(2), row.getString(3)))) {
            results.computeIfAbsent(result.conversation(), any -> new ArrayList<>())
                    .add(result);
        }
        for (var reply : evidence.books()
                .rows(
                        """
                SELECT conversation_id, turn, accepted_at, answered_at, text, reply::text
                FROM conversation.message WHERE reply IS NOT NULL""",
                        row -> new Reply(
                                row.getString(1),
                                row.getInt(2),
                                row.getTimestamp(3).toInstant(),
                                row.getTimestamp(4).toInstant(),
                                row.getString(5),
                                Json.tree(row.getString(6))))) {
            reply.reply().path("cards").forEach(card -> checkCard(reply, card));
            checkNumbers(reply, numbers(reply, results.getOrDefault(reply.conversation(), List.of())));
        }
    }

    private void checkCard(Reply reply, JsonNode card) {
        switch (card.path("kind").asText()) {
            case "product" -> {
                var product = card.path("productId").asText();
                tally.expect(
                        prices.getOrDefault(product, -1L)
                                == card.at("/price/minor").asLong(),
                        "%s shows %s for %s".formatted(reply.name(), product, card.at("/price/minor")));
            }
            case "order" -> {
                var order = card.path("orderId").asText();
                tally.expect(
                        totals.getOrDefault(order, -1L)
                                == card.at("/total/minor").asLong(),
                        "%s shows order %s for %s".formatted(reply.name(), order, card.at("/total/minor")));
                tally.expect(
                        stoodSo(order, card.path("status").asText(), reply),
                        "%s shows order %s as %s, which it was not then"
                                .formatted(
                                        reply.name(), order, card.path("status").asText()));
            }
            case "proposal" -> {
                var proposal = card.path("proposalId").asText();
                tally.expect(
                        quotes.getOrDefault(proposal, -1L)
                                == card.at("/quote/total/minor").asLong(),
                        "%s shows proposal %s for %s".formatted(reply.name(), proposal, card.at("/quote/total/minor")));
            }
            default -> {} // a cart says what the conversation itself keeps
        }
    }

    /** At some moment between the question and the answer. */
    private boolean stoodSo(String order, String status, Reply reply) {
        var stages = history.getOrDefault(order, List.of());
        for (int i = 0; i < stages.size(); i++) {
            boolean over = i + 1 < stages.size() && stages.get(i + 1).from().isBefore(reply.accepted());
            if (stages.get(i).status().equals(status) && !stages.get(i).from().isAfter(reply.answered()) && !over) {
                return true;
            }
        }
        return false;
    }

    private void checkNumbers(Reply reply, Set<Long> known) {
        var text = reply.reply().path("text").asText();
        amounts(text)
                .forEach(amount -> tally.expect(
                        known.contains(amount),
                        "%s speaks of %d paise, which no tool had said".formatted(reply.name(), amount)));
        LEFT.matcher(text)
                .results()
                .forEach(found -> tally.expect(
                        known.contains(Long.parseLong(found.group(1))),
                        "%s speaks of %s pieces left, which no tool had said".formatted(reply.name(), found.group(1))));
    }

    private static Set<Long> numbers(Reply reply, List<Result> results) {
        var known = new HashSet<Long>();
        for (var result : results) {
            if (result.turn() <= reply.turn()) {
                collect(Json.tree(result.result()), known);
            }
        }
        amounts(reply.said()).forEach(known::add);
        return known;
    }

    /** Numbers, what a line's pieces cost and a variant's places have together, and amounts in words such as an offer's terms. */
    private static void collect(JsonNode node, Set<Long> known) {
        if (node.has("quantity") && node.at("/unitPrice/minor").isIntegralNumber()) {
            known.add(
                    node.path("quantity").asLong() * node.at("/unitPrice/minor").asLong());
        }
        if (node.has("warehouse") && node.has("stores")) {
            known.add(node.path("warehouse").asLong() + node.path("stores").asLong());
        }
        if (node.isIntegralNumber()) {
            known.add(node.asLong());
        } else if (node.isTextual()) {
            amounts(node.asText()).forEach(known::add);
        }
        node.forEach(child -> collect(child, known));
    }

    private static Stream<Long> amounts(String text) {
        return RUPEES.matcher(text).results().map(found -> {
            var rupees = found.group(1) == null ? found.group(2) : found.group(1);
            return new BigDecimal(rupees.replace(",", "")).movePointRight(2).longValueExact();
        });
    }

    private void checkReceipts() throws SQLException {
        tally.checked(evidence.books()
                .rows("SELECT count(*) FROM conversation.event WHERE body ? 'receipt'", row -> row.getLong(1))
                .getFirst());
        tally.broken(evidence.books().texts("""
                SELECT 'the receipt of order ' || o.order_id || ' says ' || (body->'receipt'->'total'->>'minor') || ' and '
                    || (body->'receipt'->>'trackingId') || '; the order ' || o.total || ' and ' || coalesce(o.tracking_id, 'nothing')
                FROM conversation.event JOIN post_purchase.placed_order o ON o.order_id = body->>'journeyId'
                WHERE body ? 'receipt' AND ((body->'receipt'->'total'->>'minor')::bigint <> o.total
                    OR body->'receipt'->>'trackingId' IS DISTINCT FROM o.tracking_id)"""));
    }
}
