package io.journeyman.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import io.journeyman.db.DatabaseTrouble;
import io.journeyman.db.SqlState;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request badly into {@code application/problem+json}. What nobody foresaw is logged here, once. */
final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Serialization failure, deadlock, lock not available, timeout. */
    private static final Set<String> PASSING_CLASSES = Set.of("40", "55", "57");

    private final DatabaseTrouble.Watch database;

    Problems(DatabaseTrouble.Watch database) {
        this.database = database;
    }

    @Override
    public Response toResponse(Throwable error) {
        return switch (error) {
            case ProblemException e -> answer(e);
            case JsonProcessingException e -> answer(badJson(e));
            case WebApplicationException e -> answer(byStatus(e.getResponse().getStatus()));
            default -> unforeseen(error);
        };
    }

    static Response answer(ProblemException e) {
        Response.ResponseBuilder response =
                Response.status(e.problem().status()).type(Problem.MEDIA_TYPE).entity(body(e.problem(), e.members()));
        e.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        return response.build();
    }

    static Response answer(Problem problem) {
        return answer(new ProblemException(problem));
    }

    static String body(Problem problem, Map<String, Object> members) {
        ObjectNode body = Json.mapper().valueToTree(problem);
        members.forEach((name, value) -> body.set(name, Json.mapper().valueToTree(value)));
        return body.toString();
    }

    private static Problem badJson(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            String field = mapping.getPath().stream()
                    .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                    .collect(Collectors.joining("."));
            // the message of our own records names the rule and never the value; Jackson's own would quote the value
            String rule = mapping.getCause() instanceof IllegalArgumentException ours
                    ? ours.getMessage()
                    : "cannot be read as what it should be";
            return Problem.of(400, "bad_request", field.isEmpty() ? rule : field + ": " + rule);
        }
        return Problem.of(400, "malformed_json", "The body is not valid JSON.");
    }

    private static Problem byStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "unknown_path", "There is nothing at this path; see GET /contract.");
            case 405 ->
                Problem.of(405, "method_not_allowed", "This path does not take that method; see GET /contract.");
            case 406 ->
                Problem.of(
                        406, "not_acceptable", "Answers are application/json; send an Accept header that allows it.");
            case 413 -> Problem.of(413, "too_large", "The body is too large.");
            case 415 -> Problem.of(415, "unsupported_media_type", "Send the body as application/json.");
            default ->
                status < 500
                        ? Problem.of(status, "bad_request", "The request cannot be answered; see GET /contract.")
                        : Problem.of(status, "internal_error", "Something went wrong here. Try again later.");
        };
    }

    private Response unforeseen(Throwable error) {
        Optional<DatabaseTrouble> trouble = DatabaseTrouble.of(error);
        if (trouble.isPresent()) {
            database.saw(trouble.get());
            return answer(ofDatabase(trouble.get()));
        }
        if (isPassing(error)) {
            LOG.warn("the database could not answer now: {}", rootMessage(error));
            return answer(tryAgain());
        }
        if (SqlState.isUnstorable(error)) {
            return answer(Problem.of(400, "bad_request", SqlState.UNSTORABLE_WORDS));
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("a request failed, reference {}", reference, error);
        return answer(Problem.of(
                500, "internal_error", "Something went wrong here; it is logged under reference " + reference + "."));
    }

    private static ProblemException ofDatabase(DatabaseTrouble trouble) {
        return switch (trouble) {
            case away -> tryAgain();
            case full ->
                ProblemException.tryAgain(
                        Problem.of(
                                503,
                                "database_full",
                                "The database has no room left, so nothing can be stored. Send the same request again once"
                                        + " there is room.",
                                "Give the database's disk more space."),
                        10);
        };
    }

    private static ProblemException tryAgain() {
        return ProblemException.tryAgain(
                Problem.of(503, "try_again", "The database could not answer now. Send the same request again."), 1);
    }

    private static boolean isPassing(Throwable error) {
        return SqlState.of(error)
                .anyMatch(state -> state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
    }

    private static String rootMessage(Throwable error) {
        Throwable at = error;
        for (int depth = 0; at.getCause() != null && depth < 12; depth++) {
            at = at.getCause();
        }
        return at instanceof SQLException sql
                ? "SQL state " + sql.getSQLState()
                : at.getClass().getName();
    }
}
