package io.journeyman.activities.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    @Test
    void withNothingSetTheModelIsTheOfflineOne() {
        assertThat(Models.fromEnvironment(Map.of()).offline()).isTrue();
        assertThat(Models.fromEnvironment(Map.of("OPENAI_API_KEY", " ")).offline())
                .isTrue();
    }

    @Test
    void theFirstKeyThatIsSetDecides() {
        assertThat(name("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b", "GEMINI_API_KEY", "c"))
                .startsWith("openai/");
        assertThat(name("ANTHROPIC_API_KEY", "b", "GEMINI_API_KEY", "c")).startsWith("anthropic/");
        assertThat(name("GEMINI_API_KEY", "c", "OLLAMA_BASE_URL", "http://127.0.0.1:1"))
                .startsWith("gemini/");
        assertThat(name("OLLAMA_BASE_URL", "http://127.0.0.1:1")).startsWith("ollama/");
    }

    @Test
    void aChoiceOutweighsTheOrder() {
        assertThat(name("JOURNEYMAN_MODEL", "gemini", "OPENAI_API_KEY", "a", "GEMINI_API_KEY", "c"))
                .startsWith("gemini/");
        assertThat(name("JOURNEYMAN_MODEL", "offline", "OPENAI_API_KEY", "a")).isEqualTo("offline");
        assertThat(name("JOURNEYMAN_MODEL", "ollama", "OLLAMA_MODEL", "llama3")).isEqualTo("ollama/llama3");
    }

    @Test
    void onlyOpenAiItselfIsAskedWithItsNewerWords() {
        assertThat(((ModelConfig.OpenAi) ModelConfig.from(Map.of("OPENAI_API_KEY", "a"))).servedByOpenAi())
                .isTrue();
        assertThat(((ModelConfig.OpenAi) ModelConfig.from(
                                Map.of("OPENAI_API_KEY", "a", "OPENAI_BASE_URL", "http://10.0.0.1/v1")))
                        .servedByOpenAi())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://box:11434", "http://box:11434/", "http://box:11434/v1", "http://box:11434/v1/"})
    void ollamasUrlMayBeGivenInEachUsualForm(String url) {
        ModelConfig.OpenAi config = (ModelConfig.OpenAi) ModelConfig.from(Map.of("OLLAMA_BASE_URL", url));

        assertThat(config.server().baseUrl()).isEqualTo("http://box:11434/v1");
    }

    @Test
    void limitsAreReadAndHaveDefaults() {
        ModelConfig.Anthropic normal = (ModelConfig.Anthropic) ModelConfig.from(Map.of("ANTHROPIC_API_KEY", "a"));
        ModelConfig.Anthropic set = (ModelConfig.Anthropic) ModelConfig.from(Map.of(
                "ANTHROPIC_API_KEY", "a",
                "JOURNEYMAN_MODEL_TIMEOUT_SECONDS", "7",
                "JOURNEYMAN_MODEL_MAX_TOKENS", "99"));

        assertThat(normal.limits()).isEqualTo(new ModelConfig.Limits(Duration.ofSeconds(60), 4096));
        assertThat(set.limits()).isEqualTo(new ModelConfig.Limits(Duration.ofSeconds(7), 99));
    }

    @Test
    void everyMistakeIsNamedAtOnceAndNoKeyIsShown() {
        assertThatThrownBy(() -> Models.fromEnvironment(Map.of(
                        "OPENAI_API_KEY", "sk-secret with a space",
                        "OPENAI_BASE_URL", "ftp://user:sk-secret@host",
                        "OPENAI_MODEL", "a model",
                        "JOURNEYMAN_MODEL_TIMEOUT_SECONDS", "soon",
                        "JOURNEYMAN_MODEL_MAX_TOKENS", "99999999999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "OPENAI_API_KEY",
                        "OPENAI_BASE_URL",
                        "OPENAI_MODEL",
                        "JOURNEYMAN_MODEL_TIMEOUT_SECONDS",
                        "JOURNEYMAN_MODEL_MAX_TOKENS")
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void aChoiceWithoutItsKeyOrAnUnknownOneIsAMistake() {
        assertThatThrownBy(() -> Models.fromEnvironment(Map.of("JOURNEYMAN_MODEL", "anthropic")))
                .hasMessageContaining("ANTHROPIC_API_KEY must be set");
        assertThatThrownBy(() -> Models.fromEnvironment(Map.of("JOURNEYMAN_MODEL_TIMEOUT_SECONDS", "90")))
                .hasMessageContaining("from 1 to 80");
        assertThatThrownBy(() -> Models.fromEnvironment(Map.of("JOURNEYMAN_MODEL", "parrot")))
                .hasMessageContaining("JOURNEYMAN_MODEL must be");
    }

    @Test
    void aConfigThatIsPrintedShowsNoKey() {
        for (Dialect dialect : Dialect.values()) {
            assertThat(ModelConfig.from(dialect.environment("http://127.0.0.1:1"))
                            .toString())
                    .doesNotContain(Dialect.KEY);
        }
    }

    private static String name(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Models.fromEnvironment(environment).name();
    }
}
