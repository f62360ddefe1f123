package io.journeyman.activities.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Sorts what a provider's client throws into what a repeat may cure and what it does not. */
final class ModelErrors {
    private static final int DEEPEST_CAUSE = 16;

    private ModelErrors() {}

    static ModelException sorted(RuntimeException thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            Optional<ModelException> known = known(cause, thrown);
            if (known.isPresent()) {
                return known.get();
            }
        }
        // an answer whose shape the provider's library does not know ends as any of Java's own exceptions
        return new ModelException("model_failed", true, thrown);
    }

    /** The status with its headers stands below what the provider's client made of it. */
    static Optional<Duration> retryAfter(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof ProviderHttp.Refusal refusal) {
                return refusal.retryAfter();
            }
        }
        return Optional.empty();
    }

    private static Optional<ModelException> known(Throwable cause, RuntimeException thrown) {
        return switch (cause) {
            case ModelException already -> Optional.of(already);
            case HttpException http -> Optional.of(byStatus(http.statusCode(), thrown));
            case RateLimitException busy -> Optional.of(new ModelException("model_busy", true, busy));
            case InternalServerException down -> Optional.of(new ModelException("model_down", true, down));
            case TimeoutException slow -> Optional.of(new ModelException("model_timeout", true, slow));
            case UnresolvedModelServerException nowhere ->
                Optional.of(new ModelException("model_unreachable", true, nowhere));
            case ConnectException nowhere -> Optional.of(new ModelException("model_unreachable", true, nowhere));
            case HttpTimeoutException slow -> Optional.of(new ModelException("model_timeout", true, slow));
            case ContentFilteredException refused ->
                Optional.of(new ModelException("model_refused_content", false, refused));
            case AuthenticationException keys -> Optional.of(new ModelException("model_unauthorised", false, keys));
            case ModelNotFoundException missing -> Optional.of(new ModelException("model_not_found", false, missing));
            // several clients wrap an HttpException of any status in this one: its cause knows better
            case InvalidRequestException refused
            when !(refused.getCause() instanceof HttpException) ->
                Optional.of(new ModelException("model_refused_request", false, refused));
            case JsonProcessingException cut -> Optional.of(new ModelException("model_cut_off", true, cut));
            case IOException lost -> Optional.of(new ModelException("model_cut_off", true, lost));
            case InterruptedException stopped -> {
                Thread.currentThread().interrupt();
                yield Optional.of(new ModelException("model_cut_off", true, stopped));
            }
            default -> Optional.empty();
        };
    }

    private static ModelException byStatus(int status, RuntimeException thrown) {
        return switch (status) {
            case 401, 403 -> new ModelException("model_unauthorised", false, thrown);
            case 404 -> new ModelException("model_not_found", false, thrown);
            case 408 -> new ModelException("model_timeout", true, thrown);
            case 425, 429 -> new ModelException("model_busy", true, thrown);
            default ->
                status >= 500
                        ? new ModelException("model_down", true, thrown)
                        : new ModelException("model_refused_request", false, thrown);
        };
    }
}
