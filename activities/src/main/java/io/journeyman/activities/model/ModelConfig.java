package io.journeyman.activities.model;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which model, where, and within which limits. The first key that is set decides:
 *
 * <pre>
 * OPENAI_API_KEY      with OPENAI_BASE_URL and OPENAI_MODEL, for any server that speaks OpenAI's protocol
 * ANTHROPIC_API_KEY   with ANTHROPIC_BASE_URL and ANTHROPIC_MODEL
 * GEMINI_API_KEY      with GEMINI_BASE_URL and GEMINI_MODEL
 * OLLAMA_BASE_URL     with OLLAMA_MODEL: Ollama speaks OpenAI's protocol and needs no key
 * none                the offline model
 *
 * JOURNEYMAN_MODEL    openai, anthropic, gemini, ollama or offline: chooses where several keys are set
 * JOURNEYMAN_MODEL_TIMEOUT_SECONDS   of one answer, 1 to 80, default 60: the step that asks the model is given up after 90
 * JOURNEYMAN_MODEL_MAX_TOKENS        of one answer and what the model thinks before it, 64 to 32000, default 4096
 * </pre>
 */
sealed interface ModelConfig {
    record OpenAi(String vendor, Server server, Limits limits, boolean servedByOpenAi) implements ModelConfig {}

    record Anthropic(Server server, Limits limits) implements ModelConfig {}

    record Gemini(Server server, Limits limits) implements ModelConfig {}

    record Offline() implements ModelConfig {}

    record Server(String baseUrl, String apiKey, String model) {
        /** Without the key: configs end up in logs. */
        @Override
        public String toString() {
            return model + " at " + baseUrl;
        }
    }

    record Limits(Duration timeout, int maxTokens) {}

    /** @throws IllegalArgumentException naming every mistake at once */
    static ModelConfig from(Map<String, String> environment) {
        return new Reading(environment).config();
    }

    /** One reading of the environment; it collects what is wrong. */
    final class Reading {
        private static final String OPENAI = "https://api.openai.com/v1";

        private final Map<String, String> environment;
        private final List<String> mistakes = new ArrayList<>();

        private Reading(Map<String, String> environment) {
            this.environment = environment;
        }

        private ModelConfig config() {
            Limits limits = new Limits(
                    Duration.ofSeconds(number("JOURNEYMAN_MODEL_TIMEOUT_SECONDS", 60, 1, 80)),
                    number("JOURNEYMAN_MODEL_MAX_TOKENS", 4096, 64, 32_000));
            ModelConfig config = provider(limits);
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException("The model's settings are wrong: " + String.join("; ", mistakes));
            }
            return config;
        }

        private ModelConfig provider(Limits limits) {
            return switch (value("JOURNEYMAN_MODEL").orElseGet(this::firstThatIsSet)) {
                case "openai" -> {
                    String base = url("OPENAI_BASE_URL", OPENAI);
                    yield new OpenAi(
                            "openai",
                            new Server(base, needed("OPENAI_API_KEY"), model("OPENAI_MODEL", "gpt-4.1-mini")),
                            limits,
                            base.equals(OPENAI));
                }
                case "anthropic" ->
                    new Anthropic(
                            new Server(
                                    url("ANTHROPIC_BASE_URL", "https://api.anthropic.com/v1"),
                                    needed("ANTHROPIC_API_KEY"),
                                    model("ANTHROPIC_MODEL", "claude-haiku-4-5")),
                            limits);
                case "gemini" ->
                    new Gemini(
                            new Server(
                                    url("GEMINI_BASE_URL", "https://generativelanguage.googleapis.com/v1beta"),
                                    needed("GEMINI_API_KEY"),
                                    model("GEMINI_MODEL", "gemini-2.5-flash")),
                            limits);
                case "ollama" -> {
                    String base = url("OLLAMA_BASE_URL", "http://127.0.0.1:11434");
                    yield new OpenAi(
                            "ollama",
                            new Server(
                                    base.endsWith("/v1") ? base : base + "/v1",
                                    "ollama",
                                    model("OLLAMA_MODEL", "qwen3:8b")),
                            limits,
                            false);
                }
                case "offline" -> new Offline();
                default -> {
                    mistakes.add("JOURNEYMAN_MODEL must be openai, anthropic, gemini, ollama or offline");
                    yield new Offline();
                }
            };
        }

        private String firstThatIsSet() {
            if (value("OPENAI_API_KEY").isPresent()) {
                return "openai";
            }
            if (value("ANTHROPIC_API_KEY").isPresent()) {
                return "anthropic";
            }
            if (value("GEMINI_API_KEY").isPresent()) {
                return "gemini";
            }
            return value("OLLAMA_BASE_URL").isPresent() ? "ollama" : "offline";
        }

        private Optional<String> value(String variable) {
            return Optional.ofNullable(environment.get(variable))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        private String needed(String variable) {
            Optional<String> value = value(variable);
            if (value.isEmpty()) {
                mistakes.add(variable + " must be set");
            }
            // the key travels in a header: a line break in it would fail there, with the key in the message
            value.filter(key -> !key.chars().allMatch(c -> c > ' ' && c < 127))
                    .ifPresent(key -> mistakes.add(variable + " may not contain spaces or line breaks"));
            return value.orElse("");
        }

        private String model(String variable, String normal) {
            String model = value(variable).orElse(normal);
            if (model.length() > 200 || !model.chars().allMatch(c -> c > ' ' && c < 127)) {
                mistakes.add(variable + " must be a model's name of at most 200 characters without spaces");
            }
            return model;
        }

        private String url(String variable, String normal) {
            String url = value(variable).orElse(normal);
            try {
                URI uri = URI.create(url);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (!web || uri.getHost() == null || uri.getQuery() != null) {
                    mistakes.add(variable + " must be a URL such as " + normal);
                }
            } catch (IllegalArgumentException e) {
                mistakes.add(variable + " must be a URL such as " + normal);
            }
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }

        private int number(String variable, int normal, int least, int most) {
            Optional<String> value = value(variable);
            if (value.isEmpty()) {
                return normal;
            }
            try {
                int number = Integer.parseInt(value.get());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, as for a number that is too large
            }
            mistakes.add(variable + " must be a whole number from " + least + " to " + most);
            return normal;
        }
    }
}
