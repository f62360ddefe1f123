package io.journeyman.activities.model;

/**
 * The model did not answer. The message is {@code code} and nothing else: a provider's text may hold the customer's words.
 *
 * <p>Codes that a repeat may cure: model_busy (429), model_down (5xx), model_timeout, model_unreachable, model_cut_off
 * (connection lost, or an answer that is no JSON or too long), model_empty, model_failed (an answer of an unknown shape). Codes that it does not: model_unauthorised (401, 403), model_refused_request
 * (400 and other 4xx), model_not_found (404), model_refused_content.
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
}
