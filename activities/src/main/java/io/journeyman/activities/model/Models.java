package io.journeyman.activities.model;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.journeyman.activities.model.offline.OfflineModel;
import java.util.Map;

/**
 * The model that the environment names. LangChain4j's own retries are off: Temporal retries, and only what a repeat can cure.
 */
public final class Models {
    private static final int ONE_TRY = 0;

    /** Those may be told not to think; an older one refuses the word, and others may not do without. */
    private static final String MAY_BE_TOLD_NOT_TO_THINK = "gemini-2.5-flash";

    private static final GeminiThinkingConfig NO_THINKING =
            GeminiThinkingConfig.builder().thinkingBudget(0).build();

    private Models() {}

    /**
     * Reads the environment once, at start; see {@link ModelConfig} for the variables.
     *
     * @throws IllegalArgumentException with every mistake named, never with a key in it
     */
    public static SalesModel fromEnvironment(Map<String, String> environment) {
        return of(ModelConfig.from(environment));
    }

    static SalesModel of(ModelConfig config) {
        return switch (config) {
            case ModelConfig.OpenAi openAi -> openAi(openAi);
            case ModelConfig.Anthropic anthropic -> anthropic(anthropic);
            case ModelConfig.Gemini gemini -> gemini(gemini);
            case ModelConfig.Offline() -> new SalesModel(new OfflineModel(), OfflineModel.NAME, true);
        };
    }

    private static SalesModel openAi(ModelConfig.OpenAi config) {
        OpenAiChatModel.OpenAiChatModelBuilder model = OpenAiChatModel.builder()
                .httpClientBuilder(ProviderHttp.within(config.limits().timeout()))
                .baseUrl(config.server().baseUrl())
                .apiKey(config.server().apiKey())
                .modelName(config.server().model())
                .timeout(config.limits().timeout())
                .maxRetries(ONE_TRY);
        // OpenAI's newer models refuse max_tokens, most servers that only speak its protocol know nothing else
        if (config.servedByOpenAi()) {
            model.maxCompletionTokens(config.limits().maxTokens());
        } else {
            model.maxTokens(config.limits().maxTokens());
        }
        // Ollama's models think unless they are told not to, and one that cannot takes no notice
        if (config.vendor().equals("ollama")) {
            model.reasoningEffort("none");
        }
        return new SalesModel(
                model.build(), config.vendor() + "/" + config.server().model(), false);
    }

    private static SalesModel anthropic(ModelConfig.Anthropic config) {
        AnthropicChatModel model = AnthropicChatModel.builder()
                .httpClientBuilder(ProviderHttp.within(config.limits().timeout()))
                .baseUrl(config.server().baseUrl())
                .apiKey(config.server().apiKey())
                .modelName(config.server().model())
                .timeout(config.limits().timeout())
                .maxTokens(config.limits().maxTokens())
                .maxRetries(ONE_TRY)
                .build();
        return new SalesModel(model, "anthropic/" + config.server().model(), false);
    }

    private static SalesModel gemini(ModelConfig.Gemini config) {
        GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder model = GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(ProviderHttp.within(
                        config.limits().timeout(),
                        body -> GeminiTurns.fitting(config.server().model(), body)))
                .baseUrl(config.server().baseUrl())
                .apiKey(config.server().apiKey())
                .modelName(config.server().model())
                .timeout(config.limits().timeout())
                .maxOutputTokens(config.limits().maxTokens())
                .maxRetries(ONE_TRY);
        if (config.server().model().startsWith(MAY_BE_TOLD_NOT_TO_THINK)) {
            model.thinkingConfig(NO_THINKING);
        }
        return new SalesModel(model.build(), "gemini/" + config.server().model(), false);
    }
}
