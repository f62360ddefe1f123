package io.journeyman.activities.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.util.regex.Pattern;

/** Two rules of Gemini about a transcript with tool calls, which LangChain4j's one content for each message would break. */
final class GeminiTurns {
    private static final Pattern KNOWS_NO_SIGNATURES = Pattern.compile("gemini-[12](\\D.*)?");

    private GeminiTurns() {}

    /**
     * The results of all calls of one answer stand in one content, else Gemini refuses the request ("number of function response
     * parts"): neighbours with the same role become one. And since version 3 a call without its thought signature is refused
     * too; ours come out of the database without one, and carry the value that Gemini's documentation gives for such calls.
     */
    static String fitting(String model, String request) {
        if (!(Json.tree(request) instanceof ObjectNode body && body.path("contents") instanceof ArrayNode contents)) {
            return request;
        }
        ArrayNode turns = Json.mapper().createArrayNode();
        for (JsonNode content : contents) {
            JsonNode last = turns.path(turns.size() - 1);
            if (last.path("role").equals(content.path("role")) && last.path("parts") instanceof ArrayNode parts) {
                content.path("parts").forEach(parts::add);
            } else {
                turns.add(content);
            }
        }
        if (!KNOWS_NO_SIGNATURES.matcher(model).matches()) {
            turns.findParents("functionCall")
                    .forEach(part -> ((ObjectNode) part).put("thoughtSignature", "skip_thought_signature_validator"));
        }
        body.set("contents", turns);
        return body.toString();
    }
}
