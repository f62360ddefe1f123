package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An error as every service answers it: {@code application/problem+json} (RFC 9457) with a stable machine-readable {@code
 * code}, a human {@code detail} that says what to do next, and suggestions where recovery is possible.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String code, String detail, List<String> suggestions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        suggestions = suggestions == null ? List.of() : List.copyOf(suggestions);
    }

    public static Problem of(int status, String code, String detail, String... suggestions) {
        return new Problem("about:blank", code.replace('_', ' '), status, code, detail, List.of(suggestions));
    }
}
