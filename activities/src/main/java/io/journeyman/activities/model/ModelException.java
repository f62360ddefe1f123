package io.journeyman.activities.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The model did not answer. The message is {@code code} and nothing else: a provider's text may hold the customer's words.
 *
 * <p>Codes that a repeat may cure: model_busy (429), model_down (5xx), model_timeout, model_unreachable, model_cut_off
 * (connection lost, or an answer that is no JSON or too large), model_empty, model_failed (an answer of an unknown shape). Codes that it does not: model_unauthorised (401, 403), model_refused_request
 * (400 and other 4xx), model_not_found (404), model_refused_content, model_out_of_tokens (the answer, or the thought before it, reached the
 * limit of tokens: each further one costs as much and reaches it, too; JOURNEYMAN_MODEL_MAX_TOKENS raises it).
 */
public final class ModelException extends RuntimeException {
    private final String code;
    private final boolean retryable;

    public ModelException(String code, boolean retryable, Throwable cause) {
        super(code, cause);
        this.code = code;
        this.retryable = retryable;
    }

    public String code() {
        return code;
    }

    public boolean retryable() {
        return retryable;
    }

    /** How long the provider wants not to be asked, where it says so: a minute at most. */
    public Optional<Duration> retryAfter() {
        return ModelErrors.retryAfter(getCause());
    }
}
