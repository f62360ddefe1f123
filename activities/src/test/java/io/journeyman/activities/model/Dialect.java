package io.journeyman.activities.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What each provider's protocol looks like on the wire, for tests: how it is chosen, how an answer is written, and where the
 * results of tools stand in a request. Sources: the providers' own API references.
 */
public enum Dialect {
    openai {
        @Override
        public Map<String, String> environment(String url) {
            return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", url + "/v1", "OPENAI_MODEL", "gpt-test");
        }
    },
    ollama {
        @Override
        public Map<String, String> environment(String url) {
            return Map.of("OLLAMA_BASE_URL", url, "OLLAMA_MODEL", "gpt-test");
        }
    },
    anthropic {
        @Override
        public Map<String, String> environment(String url) {
            return Map.of(
                    "ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", url + "/v1", "ANTHROPIC_MODEL", "claude-test");
        }

        @Override
        public String text(String text) {
            return message("[{\"type\": \"text\", \"text\": " + Json.write(text) + "}]");
        }

        @Override
        public String calls(Wish... wishes) {
            ArrayNode content = Json.mapper().createArrayNode();
            for (Wish wish : wishes) {
                content.addObject()
                        .put("type", "tool_use")
                        .put("id", wish.id())
                        .put("name", wish.name())
                        .set("input", Json.tree(wish.arguments()));
            }
            return message(content.toString());
        }

        private String message(String content) {
            return """
                    {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test", "content": %s,
                     "stop_reason": "end_turn", "stop_sequence": null, "usage": {"input_tokens": 11, "output_tokens": 7}}""".formatted(content);
        }

        @Override
        public String error(String words) {
            return "{\"type\": \"error\", \"error\": {\"type\": \"some_error\", \"message\": " + Json.write(words)
                    + "}}";
        }

        @Override
        public String nothing() {
            return message("[]");
        }

        @Override
        public String outOfTokens(String answer) {
            return answer.replace("\"end_turn\"", "\"max_tokens\"");
        }

        @Override
        public List<String> resultIds(JsonNode request) {
            return request.path("messages").findValuesAsText("tool_use_id");
        }

        @Override
        public List<String> callIds(JsonNode request) {
            return all(request.path("messages")).stream()
                    .filter(node -> node.path("type").asText().equals("tool_use"))
                    .map(node -> node.path("id").asText())
                    .toList();
        }
    },
    gemini {
        @Override
        public Map<String, String> environment(String url) {
            return Map.of("GEMINI_API_KEY", KEY, "GEMINI_BASE_URL", url + "/v1beta", "GEMINI_MODEL", "gemini-test");
        }

        @Override
        public String text(String text) {
            return candidate("[{\"text\": " + Json.write(text) + "}]");
        }

        @Override
        public String calls(Wish... wishes) {
            ArrayNode parts = Json.mapper().createArrayNode();
            for (Wish wish : wishes) {
                parts.addObject()
                        .putObject("functionCall")
                        .put("name", wish.name())
                        .set("args", Json.tree(wish.arguments()));
            }
            return candidate(parts.toString());
        }

        private String candidate(String parts) {
            return """
                    {"candidates": [{"content": {"role": "model", "parts": %s}, "finishReason": "STOP", "index": 0}],
                     "usageMetadata": {"promptTokenCount": 11, "candidatesTokenCount": 7, "totalTokenCount": 18},
                     "modelVersion": "gemini-test", "responseId": "r1"}""".formatted(parts);
        }

        @Override
        public String error(String words) {
            return "{\"error\": {\"code\": 1, \"status\": \"SOME_ERROR\", \"message\": " + Json.write(words) + "}}";
        }

        @Override
        public String nothing() {
            return candidate("[]");
        }

        /** An answer without any words has no parts then. */
        @Override
        public String outOfTokens(String answer) {
            return answer.replace("\"STOP\"", "\"MAX_TOKENS\"").replace(", \"parts\": []", "");
        }

        /** Gemini matches results with calls by name and place. */
        @Override
        public List<String> resultIds(JsonNode request) {
            return named(request, "functionResponse");
        }

        @Override
        public List<String> callIds(JsonNode request) {
            return named(request, "functionCall");
        }

        private List<String> named(JsonNode request, String member) {
            return request.path("contents").findValues(member).stream()
                    .map(node -> node.path("name").asText())
                    .toList();
        }
    };

    public static final String KEY = "sk-key-that-nobody-may-read-123456";

    /** A tool call as a provider writes it; {@code arguments} is JSON text. */
    public record Wish(String id, String name, String arguments) {}

    public abstract Map<String, String> environment(String url);

    public String text(String text) {
        return completion("{\"role\": \"assistant\", \"content\": " + Json.write(text) + "}");
    }

    public String calls(Wish... wishes) {
        ObjectNode message = Json.mapper().createObjectNode().put("role", "assistant");
        message.putNull("content");
        ArrayNode calls = message.putArray("tool_calls");
        for (Wish wish : wishes) {
            calls.addObject()
                    .put("id", wish.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", wish.name())
                    .put("arguments", wish.arguments());
        }
        return completion(message.toString());
    }

    public String error(String words) {
        return "{\"error\": {\"message\": " + Json.write(words) + ", \"type\": \"some_error\", \"code\": null}}";
    }

    /** An answer with neither words nor calls. */
    public String nothing() {
        return completion("{\"role\": \"assistant\", \"content\": \"\"}");
    }

    /** The same answer as it is when its limit of tokens was reached there. */
    public String outOfTokens(String answer) {
        return answer.replace("\"stop\"", "\"length\"");
    }

    /** Which calls have a result in this request, in order. */
    public List<String> resultIds(JsonNode request) {
        return request.path("messages").findValuesAsText("tool_call_id");
    }

    /** Which calls the assistant made in this request's transcript, in order. */
    public List<String> callIds(JsonNode request) {
        return all(request.path("messages")).stream()
                .filter(node -> node.has("function"))
                .map(node -> node.path("id").asText())
                .toList();
    }

    private static String completion(String message) {
        return """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-test",
                 "choices": [{"index": 0, "message": %s, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}}""".formatted(message);
    }

    private static List<JsonNode> all(JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>(List.of(node));
        StreamSupport.stream(node.spliterator(), false).forEach(child -> nodes.addAll(all(child)));
        return nodes;
    }
}
