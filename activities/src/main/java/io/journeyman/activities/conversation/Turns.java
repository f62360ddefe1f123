package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.PaymentToken;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** A turn's rows: the message, the model's steps, the tool calls and their results, the reply. */
final class Turns {
    private static final int LARGEST_RESULT = 12_000;

    private Turns() {}

    record Message(String channel, String text, boolean answered) {}

    /** A message, and what its round decided, where it has. */
    record Round(Message message, Optional<Decision> known) {}

    /** @param home where the cart is: another conversation when a guest signed in during the turn */
    record Session(Optional<CustomerId> customer, ConversationId home) {}

    record Call(String callId, int round, String tool, String arguments, Optional<String> result) {}

    static Message message(Handle handle, TurnRef turn) {
        return handle.createQuery("""
                        SELECT channel, text, reply IS NOT NULL AS answered FROM message
                        WHERE conversation_id = :id AND turn = :turn""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .map((row, context) -> new Message(row.getString(1), row.getString(2), row.getBoolean(3)))
                .findOne()
                .orElseThrow(Turns::unknown);
    }

    /** What stands for the UPI address that the message had. */
    static Optional<PaymentToken> paymentToken(Handle handle, TurnRef turn) {
        return handle.createQuery("""
                        SELECT payment_token FROM message
                        WHERE conversation_id = :id AND turn = :turn AND payment_token IS NOT NULL""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .mapTo(PaymentToken.class)
                .findOne();
    }

    /** An answered turn has nothing to decide any more. */
    static Round round(Handle handle, TurnRef turn, int round) {
        return handle.createQuery("""
                        SELECT channel, text, reply IS NOT NULL AS answered, decision->>'decision' FROM message
                        LEFT JOIN model_step s
                          ON s.conversation_id = message.conversation_id AND s.turn = message.turn AND s.round = :round
                        WHERE message.conversation_id = :id AND message.turn = :turn""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .bind("round", round)
                .map((row, context) -> new Round(
                        new Message(row.getString(1), row.getString(2), row.getBoolean(3)),
                        row.getBoolean(3)
                                ? Optional.of(new Decision.Replied())
                                : Optional.ofNullable(row.getString(4)).map(json -> Json.read(json, Decision.class))))
                .findOne()
                .orElseThrow(Turns::unknown);
    }

    private static ApplicationFailure unknown() {
        return ApplicationFailure.newNonRetryableFailure("no such turn", "turn_unknown");
    }

    static Session session(Handle handle, ConversationId conversation) {
        return handle.createQuery("SELECT customer_id, coalesce(merged_into, id) FROM conversation WHERE id = :id")
                .bind("id", conversation)
                .map((row, context) -> new Session(
                        Optional.ofNullable(row.getString(1)).map(CustomerId::new),
                        new ConversationId(row.getString(2))))
                .one();
    }

    static Call call(Handle handle, TurnRef turn, String callId) {
        return calls(handle, turn).stream()
                .filter(call -> call.callId().equals(callId))
                .findFirst()
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure("no such call", "call_unknown"));
    }

    /** Whether the call has its result, or its turn the reply: who has given it up must not be surprised by what it does later. */
    static boolean isOver(Handle handle, TurnRef turn, String callId) {
        return call(handle, turn, callId).result().isPresent()
                || message(handle, turn).answered();
    }

    static List<Call> calls(Handle handle, TurnRef turn) {
        return callsSince(handle, turn, turn.turn()).getOrDefault(turn.turn(), List.of());
    }

    /** The calls of turn {@code first} and those after it up to {@code last}, by turn. */
    static Map<Integer, List<Call>> callsSince(Handle handle, TurnRef last, int first) {
        record InTurn(int turn, Call call) {}
        return handle
                .createQuery("""
                        SELECT turn, call_id, round, tool, arguments, result FROM tool_call
                        WHERE conversation_id = :id AND turn BETWEEN :first AND :last ORDER BY turn, round, position""")
                .bind("id", last.conversation())
                .bind("first", first)
                .bind("last", last.turn())
                .map((row, context) -> new InTurn(
                        row.getInt(1),
                        new Call(
                                row.getString(2),
                                row.getInt(3),
                                row.getString(4),
                                row.getString(5),
                                Optional.ofNullable(row.getString(6)))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(InTurn::turn, Collectors.mapping(InTurn::call, Collectors.toList())));
    }

    /** Stores a call's result, once: a result that is there stays. */
    static void result(Handle handle, TurnRef turn, String callId, String result, Instant now) {
        handle.createUpdate("""
                        UPDATE tool_call SET result = :result, done_at = :now
                        WHERE conversation_id = :id AND turn = :turn AND call_id = :call AND result IS NULL""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .bind("call", callId)
                .bind("result", result)
                .bind("now", now)
                .execute();
    }

    /** Stores the turn's reply with its event, once; false when the turn has its reply already. The caller holds the lock. */
    static boolean reply(Handle handle, TurnRef turn, String channel, Reply reply, Instant now) {
        boolean first = handle.createUpdate("""
                        UPDATE message SET reply = cast(:reply AS jsonb), answered_at = :now
                        WHERE conversation_id = :id AND turn = :turn AND reply IS NULL""")
                        .bind("id", turn.conversation())
                        .bind("turn", turn.turn())
                        .bind("reply", Json.write(reply))
                        .bind("now", now)
                        .execute()
                == 1;
        if (first) {
            ObjectNode body = Json.mapper().createObjectNode();
            body.put("turn", turn.turn()).put("channel", channel);
            body.set("reply", Json.tree(Json.write(reply)));
            EventLog.append(handle, turn.conversation(), "reply", turn.turn(), body, now);
        }
        return first;
    }

    /** A result of bounded size: where it is too long, its lists are cut, and it says so. */
    static String compact(JsonNode result) {
        String json = result.toString();
        for (int most = 20; json.length() > LARGEST_RESULT && most > 0; most /= 2) {
            JsonNode shorter = result.deepCopy();
            cut(shorter, most);
            if (shorter instanceof ObjectNode object) {
                object.put("shortened", true);
            }
            json = shorter.toString();
        }
        return json.length() <= LARGEST_RESULT
                ? json
                : ToolRefusal.of("result_too_long", "The answer was too long to be read.", "Ask for less.")
                        .json();
    }

    private static void cut(JsonNode node, int most) {
        if (node instanceof ArrayNode array) {
            while (array.size() > most) {
                array.remove(array.size() - 1);
            }
        }
        node.forEach(child -> cut(child, most));
    }
}
