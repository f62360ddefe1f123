package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Json;
import java.util.List;

/** A tool says no. It ends as the call's stored result, which the model reads; it never leaves this package. */
final class ToolRefusal extends RuntimeException {
    private final String code;
    private final String detail;
    private final List<String> suggestions;

    ToolRefusal(String code, String detail, List<String> suggestions) {
        super(code, null, false, false);
        this.code = code;
        this.detail = detail;
        this.suggestions = List.copyOf(suggestions);
    }

    /** The code of {@link #unavailable}. */
    static final String UNAVAILABLE = "tool_unavailable";

    static ToolRefusal of(String code, String detail, String... suggestions) {
        return new ToolRefusal(code, detail, List.of(suggestions));
    }

    static ToolRefusal signInNeeded() {
        return of(
                "sign_in_needed",
                "The customer is a guest; this needs a signed-in customer.",
                "Ask the customer to sign in; the cart and this conversation continue afterwards.");
    }

    static ToolRefusal unavailable(String agent) {
        return of(
                UNAVAILABLE,
                "The " + agent + " service does not answer just now; this tool cannot be used.",
                "Say so honestly and go on with what else you can do.",
                "Offer to try again in a few minutes.");
    }

    /** Staff took its agent away between the model's choice and the call. */
    static ToolRefusal gone() {
        return of("tool_gone", "The shop has just taken this tool away.", "Say so honestly and go on without it.");
    }

    /** The value; an agent's no becomes a refusal, silence a failure that the engine repeats, and silence known before a refusal too. */
    static <T> T said(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> refused ->
                throw new ToolRefusal(
                        refused.problem().code(),
                        refused.problem().detail() == null
                                ? ""
                                : refused.problem().detail(),
                        refused.problem().suggestions());
            case Answer.Unavailable<T> unavailable when !unavailable.sent() -> throw unavailable(unavailable.agent());
            case Answer.Unavailable<T> unavailable -> throw unavailable.failure();
        };
    }

    String code() {
        return code;
    }

    String json() {
        ObjectNode problem = Json.mapper().createObjectNode();
        problem.put("status", "refused").put("code", code).put("detail", detail);
        ArrayNode next = problem.putArray("suggestions");
        suggestions.forEach(next::add);
        return problem.toString();
    }
}
