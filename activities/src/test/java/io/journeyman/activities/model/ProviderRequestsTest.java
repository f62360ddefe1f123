package io.journeyman.activities.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.Dialect.Wish;
import io.journeyman.contracts.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at each provider, and what is understood of its answer. */
@Timeout(60)
class ProviderRequestsTest {
    private static final ToolSpec CHECK = new ToolSpec("check_inventory", "When the customer asks for stock.", """
            {"type": "object", "additionalProperties": false, "required": ["productId"], "properties": {
              "productId": {"type": "string", "description": "the product", "pattern": "^P"},
              "quantity": {"type": "integer", "minimum": 1},
              "purpose": {"enum": ["similar", "alternatives"]},
              "sizes": {"type": "array", "items": {"type": "string"}},
              "where": {"type": "object", "properties": {"city": {"type": ["string", "null"]}}, "required": ["city"]}}}""");
    private static final ModelQuestion QUESTION = new ModelQuestion(
            List.of(
                    new ModelMessage.Customer("is it there in M?"),
                    new ModelMessage.Assistant(
                            "Let me look.",
                            List.of(
                                    new ToolCall("t1r1c1", "check_inventory", "{\"productId\":\"P-1\"}"),
                                    new ToolCall("t1r1c2", "fly to the moon!", "{\"product"))),
                    new ModelMessage.ToolResult("t1r1c1", "check_inventory", "{\"onlineStatus\":\"in_stock\"}"),
                    new ModelMessage.ToolResult("t1r1c2", "fly to the moon!", "{\"code\":\"unknown_tool\"}"),
                    new ModelMessage.Assistant("Yes, it is.", List.of()),
                    new ModelMessage.Customer("and in L?")),
            List.of(CHECK),
            "web",
            true,
            Instant.parse("2026-11-24T10:00:00Z"));

    private final ScriptedProvider provider = new ScriptedProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void openAiIsAskedInItsOwnForm() {
        ScriptedProvider.Asked asked = ask(Dialect.openai);

        assertThat(asked.path()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers()).containsEntry("authorization", "Bearer " + Dialect.KEY);
        assertChatCompletion(asked);
    }

    @Test
    void ollamaIsAskedInOpenAisFormWithoutAKey() {
        ScriptedProvider.Asked asked = ask(Dialect.ollama);

        assertThat(asked.path()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers().get("authorization")).doesNotContain(Dialect.KEY);
        assertChatCompletion(asked);
    }

    @Test
    void anthropicIsAskedInItsOwnForm() {
        ScriptedProvider.Asked asked = ask(Dialect.anthropic);
        JsonNode body = asked.body();

        assertThat(asked.path()).isEqualTo("/v1/messages");
        assertThat(asked.headers()).containsEntry("x-api-key", Dialect.KEY).containsKey("anthropic-version");
        assertThat(body.path("model").asText()).isEqualTo("claude-test");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(777);
        assertThat(body.path("stream").asBoolean()).isFalse();
        assertThat(body.at("/system/0/text").asText()).contains("Channel: web");
        assertThat(body.path("messages").findValuesAsText("role"))
                .containsExactly("user", "assistant", "user", "assistant", "user");
        assertThat(body.at("/messages/1/content/0/text").asText()).isEqualTo("Let me look.");
        assertThat(body.at("/messages/1/content/1/id").asText()).isEqualTo("t1r1c1");
        assertThat(body.at("/messages/1/content/1/input")).isEqualTo(Json.tree("{\"productId\":\"P-1\"}"));
        assertThat(body.at("/messages/1/content/2/name").asText()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(body.at("/messages/1/content/2/input")).isEqualTo(Json.tree("{}"));
        assertThat(body.at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("t1r1c1");
        assertThat(body.at("/messages/2/content/0/content").toString()).contains("in_stock");
        assertThat(body.at("/messages/2/content/1/tool_use_id").asText()).isEqualTo("t1r1c2");
        assertThat(body.at("/tools/0/name").asText()).isEqualTo("check_inventory");
        assertThat(body.at("/tools/0/description").asText()).isEqualTo(CHECK.description());
        assertSchema(body.at("/tools/0/input_schema"));
    }

    @Test
    void geminiIsAskedInItsOwnForm() {
        ScriptedProvider.Asked asked = ask(Dialect.gemini);
        JsonNode body = asked.body();

        assertThat(asked.path()).isEqualTo("/v1beta/models/gemini-test:generateContent");
        assertThat(asked.headers()).containsEntry("x-goog-api-key", Dialect.KEY);
        assertThat(asked.query()).doesNotContain(Dialect.KEY);
        assertThat(body.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(777);
        assertThat(body.toString()).contains("Channel: web");
        assertThat(body.path("contents").findValuesAsText("role"))
                .containsExactly("user", "model", "user", "model", "user");
        assertThat(body.at("/contents/1/parts/0/text").asText()).isEqualTo("Let me look.");
        assertThat(body.at("/contents/1/parts/1/functionCall/name").asText()).isEqualTo("check_inventory");
        assertThat(body.at("/contents/1/parts/1/functionCall/args")).isEqualTo(Json.tree("{\"productId\":\"P-1\"}"));
        assertThat(body.at("/contents/1/parts/2/functionCall/name").asText()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(body.at("/contents/2/parts/0/functionResponse/name").asText())
                .isEqualTo("check_inventory");
        assertThat(body.at("/contents/2/parts/0/functionResponse/response").toString())
                .contains("in_stock");
        assertThat(body.at("/contents/2/parts/1/functionResponse/name").asText())
                .isEqualTo(body.at("/contents/1/parts/2/functionCall/name").asText());
        assertThat(body.at("/tools/0/functionDeclarations/0/name").asText()).isEqualTo("check_inventory");
        JsonNode schema = body.at("/tools/0/functionDeclarations/0/parameters");
        assertThat(schema.at("/properties/productId/type").asText()).isEqualToIgnoringCase("string");
        assertThat(schema.at("/properties/purpose/enum")).isEqualTo(Json.tree("[\"similar\",\"alternatives\"]"));
        assertThat(schema.path("required")).isEqualTo(Json.tree("[\"productId\"]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-1.5-pro", "gemini-2.0-flash", "gemini-2.5-flash"})
    void aGeminiBeforeItsThirdVersionGetsNoSignatures(String model) {
        assertThat(askedOfGemini(model).findValues("thoughtSignature")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gemini-3.1-pro", "gemini-10.0-flash", "gemini-20", "gemini-flash-latest", "gemini-pro-latest"})
    void everyOtherGeminiGetsTheValueForCallsThatAreNotSigned(String model) {
        assertThat(askedOfGemini(model).findValues("thoughtSignature")).hasSize(2);
    }

    /** What a model thinks counts against the limit of its answer. */
    @Test
    void theModelsThatWouldThinkThoughNobodyChoseThemDoNot() {
        assertThat(asked(Map.of("GEMINI_API_KEY", Dialect.KEY, "GEMINI_BASE_URL", provider.url() + "/v1beta"))
                        .at("/generationConfig/thinkingConfig/thinkingBudget"))
                .isEqualTo(Json.tree("0"));
        assertThat(asked(Map.of("OLLAMA_BASE_URL", provider.url())).path("reasoning_effort"))
                .isEqualTo(Json.tree("\"none\""));
    }

    @Test
    void nothingIsSaidOfThinkingToAModelThatMayNotKnowTheWord() {
        for (String model : List.of("gemini-2.0-flash", "gemini-2.5-pro", "gemini-3.1-pro", "gemini-flash-latest")) {
            assertThat(askedOfGemini(model).at("/generationConfig/thinkingConfig"))
                    .as(model)
                    .isEmpty();
        }
        assertThat(asked(Dialect.openai.environment(provider.url())).has("reasoning_effort"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerInWordsIsUnderstood(Dialect dialect) {
        provider.answers(200, dialect.text("  Grüße aus dem Laden! "));

        ModelAnswer answer = model(dialect).ask(QUESTION);

        assertThat(answer.text()).isEqualTo("Grüße aus dem Laden!");
        assertThat(answer.calls()).isEmpty();
        assertThat(answer.inputTokens()).isEqualTo(11);
        assertThat(answer.outputTokens()).isEqualTo(7);
        assertThat(answer.model()).startsWith(dialect.name() + "/").endsWith("-test");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerInToolCallsIsUnderstood(Dialect dialect) {
        provider.answers(
                200,
                dialect.calls(
                        new Wish("call_a", "check_inventory", "{\"productId\":\"P-1\",\"sizes\":[\"M\"]}"),
                        new Wish("call_b", "check_inventory", "{\"productId\":\"P-2\"}")));

        ModelAnswer answer = model(dialect).ask(QUESTION);

        assertThat(answer.text()).isEmpty();
        assertThat(answer.calls()).extracting(ToolCall::name).containsExactly("check_inventory", "check_inventory");
        assertThat(answer.calls())
                .extracting(call -> Json.tree(call.argumentsJson()))
                .containsExactly(
                        Json.tree("{\"productId\":\"P-1\",\"sizes\":[\"M\"]}"), Json.tree("{\"productId\":\"P-2\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void argumentsThatAreNoObjectArePassedOnForTheContractToRefuse(Dialect dialect) {
        provider.answers(200, dialect.calls(new Wish("call_a", "check_inventory", "\"P-1\"")));

        // a provider's library may refuse them at once: then the step is asked again
        try {
            assertThat(model(dialect).ask(QUESTION).calls())
                    .extracting(ToolCall::argumentsJson)
                    .containsExactly("\"P-1\"");
        } catch (ModelException e) {
            assertThat(e.retryable()).isTrue();
        }
    }

    private static void assertChatCompletion(ScriptedProvider.Asked asked) {
        JsonNode body = asked.body();
        assertThat(body.path("model").asText()).isEqualTo("gpt-test");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(777);
        assertThat(body.path("stream").asBoolean()).isFalse();
        assertThat(body.path("messages").findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "tool", "tool", "assistant", "user");
        assertThat(body.at("/messages/0/content").asText()).contains("Channel: web");
        assertThat(body.at("/messages/2/content").asText()).isEqualTo("Let me look.");
        assertThat(body.at("/messages/2/tool_calls/0/id").asText()).isEqualTo("t1r1c1");
        assertThat(Json.tree(
                        body.at("/messages/2/tool_calls/0/function/arguments").asText()))
                .isEqualTo(Json.tree("{\"productId\":\"P-1\"}"));
        assertThat(body.at("/messages/2/tool_calls/1/function/name").asText()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(body.at("/messages/2/tool_calls/1/function/arguments").asText())
                .isEqualTo("{}");
        assertThat(body.at("/messages/3/tool_call_id").asText()).isEqualTo("t1r1c1");
        assertThat(body.at("/messages/3/content").asText()).contains("in_stock");
        assertThat(body.at("/messages/4/tool_call_id").asText()).isEqualTo("t1r1c2");
        assertThat(body.at("/tools/0/type").asText()).isEqualTo("function");
        assertThat(body.at("/tools/0/function/name").asText()).isEqualTo("check_inventory");
        assertThat(body.at("/tools/0/function/description").asText()).isEqualTo(CHECK.description());
        assertSchema(body.at("/tools/0/function/parameters"));
    }

    private static void assertSchema(JsonNode schema) {
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.at("/properties/productId/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/productId/description").asText()).contains("the product", "^P");
        assertThat(schema.at("/properties/quantity/type").asText()).isEqualTo("integer");
        assertThat(schema.at("/properties/purpose/enum")).isEqualTo(Json.tree("[\"similar\",\"alternatives\"]"));
        assertThat(schema.at("/properties/sizes/items/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/where/required")).isEqualTo(Json.tree("[\"city\"]"));
        assertThat(schema.path("required")).isEqualTo(Json.tree("[\"productId\"]"));
    }

    private ScriptedProvider.Asked ask(Dialect dialect) {
        provider.answers(200, dialect.text("It is."));
        assertThat(model(dialect).ask(QUESTION).text()).isEqualTo("It is.");
        return provider.asked().getFirst();
    }

    private JsonNode askedOfGemini(String model) {
        Map<String, String> environment = new HashMap<>(Dialect.gemini.environment(provider.url()));
        environment.put("GEMINI_MODEL", model);
        return asked(environment);
    }

    private JsonNode asked(Map<String, String> environment) {
        Dialect dialect = environment.containsKey("GEMINI_API_KEY") ? Dialect.gemini : Dialect.openai;
        provider.answers(200, dialect.text("It is."));
        Models.fromEnvironment(environment).ask(QUESTION);
        return provider.asked().getLast().body();
    }

    private SalesModel model(Dialect dialect) {
        Map<String, String> environment = new HashMap<>(dialect.environment(provider.url()));
        environment.put("JOURNEYMAN_MODEL_MAX_TOKENS", "777");
        environment.put("JOURNEYMAN_MODEL_TIMEOUT_SECONDS", "20");
        return Models.fromEnvironment(environment);
    }
}
