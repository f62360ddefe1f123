package io.journeyman.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.grpc.StatusRuntimeException;
import io.journeyman.contracts.Problem;
import io.journeyman.db.DatabaseTrouble;
import io.journeyman.db.SqlState;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowServiceException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ParamException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error leaves as {@code application/problem+json} with a code and what to do next (RFC 9457). */
public final class ProblemMappers {
    private static final Logger log = LoggerFactory.getLogger(ProblemMappers.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(30);

    private ProblemMappers() {}

    public static void register(JerseyEnvironment jersey) {
        var database = new DatabaseTrouble.Watch(log);
        jersey.register(new OfProblem());
        jersey.register(new OfJson());
        jersey.register(new OfWeb());
        jersey.register(new OfDatabase(database));
        jersey.register(new OfWorkflow());
        jersey.register(new OfGrpc());
        jersey.register(new OfAnything(database));
        jersey.register((ContainerResponseFilter) (request, response) -> {
            if (request.getUriInfo().getPath().equals("v1/conversations/messages") && response.getStatus() < 300) {
                database.stored();
            }
        });
    }

    /** 503: what is needed cannot be reached just now, and a repeat with the same Idempotency-Key is safe. */
    public static ProblemException unavailable(String what) {
        return ProblemException.of(
                        503,
                        "unavailable",
                        what + " cannot be reached just now. Nothing is lost: repeat the request with the same"
                                + " Idempotency-Key in a few seconds.")
                .retryAfter(SOON);
    }

    static Response response(Problem problem, Optional<Duration> retryAfter) {
        var response = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem);
        retryAfter.ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"journeyman\"");
        }
        return response.build();
    }

    private static final class OfProblem implements ExceptionMapper<ProblemException> {
        @Override
        public Response toResponse(ProblemException e) {
            return response(e.problem(), e.retryAfter());
        }
    }

    private static final class OfJson implements ExceptionMapper<JsonProcessingException> {
        @Override
        public Response toResponse(JsonProcessingException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return response(problem.problem(), problem.retryAfter());
            }
            return response(
                    Problem.of(400, "bad_request", "The body is not as expected" + where(e) + "."), Optional.empty());
        }

        private static String where(JsonProcessingException e) {
            String path = e instanceof JsonMappingException mapping
                    ? mapping.getPath().stream()
                            .map(Reference::getFieldName)
                            .map(String::valueOf)
                            .collect(Collectors.joining("."))
                    : "";
            return path.isEmpty() ? ": it is not valid JSON" : " at " + path;
        }
    }

    private static final class OfWeb implements ExceptionMapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException e) {
            var given = e.getResponse();
            if (given.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
                return given;
            }
            // Jersey calls an unreadable query parameter "not found"
            int status = e instanceof ParamException.QueryParamException ? 400 : given.getStatus();
            var problem = switch (status) {
                case 404 -> Problem.of(404, "not_found", "There is nothing at this address.");
                case 405 -> Problem.of(405, "method_not_allowed", "This address does not take that method.");
                case 406 -> Problem.of(406, "not_acceptable", "This address answers no such media type.");
                case 413 -> Problem.of(413, "too_large", "The body is larger than 64 KiB.");
                case 415 ->
                    Problem.of(415, "unsupported_media_type", "Send the body as " + MediaType.APPLICATION_JSON + ".");
                default ->
                    status < 500
                            ? Problem.of(status, "bad_request", "The request is not as expected.")
                            : unexpected(status, e);
            };
            var response = Response.fromResponse(response(problem, Optional.empty()));
            if (given.getHeaderString(HttpHeaders.ALLOW) != null) {
                response.header(HttpHeaders.ALLOW, given.getHeaderString(HttpHeaders.ALLOW));
            }
            return response.build();
        }
    }

    private record OfDatabase(DatabaseTrouble.Watch database) implements ExceptionMapper<JdbiException> {
        @Override
        public Response toResponse(JdbiException e) {
            return ofDatabase(e, database).orElseGet(() -> response(unexpected(500, e), Optional.empty()));
        }
    }

    private static final class OfWorkflow implements ExceptionMapper<WorkflowException> {
        @Override
        public Response toResponse(WorkflowException e) {
            if (e instanceof WorkflowServiceException) {
                log.warn("Temporal cannot be reached: {}", e.getMessage());
                var problem = unavailable("The shop's workflow engine");
                return response(problem.problem(), problem.retryAfter());
            }
            return response(unexpected(500, e), Optional.empty());
        }
    }

    private static final class OfGrpc implements ExceptionMapper<StatusRuntimeException> {
        @Override
        public Response toResponse(StatusRuntimeException e) {
            log.warn("Temporal cannot be reached: {}", e.getStatus());
            var problem = unavailable("The shop's workflow engine");
            return response(problem.problem(), problem.retryAfter());
        }
    }

    private record OfAnything(DatabaseTrouble.Watch database) implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable e) {
            Optional<Response> ofDatabase = ofDatabase(e, database);
            if (ofDatabase.isPresent()) {
                return ofDatabase.get();
            }
            // Jersey wraps what goes wrong before a body's first byte
            Throwable reading = e instanceof ProcessingException && e.getCause() != null ? e.getCause() : e;
            if (reading instanceof EOFException) {
                return response(Problem.of(400, "bad_request", "The body ended too early."), Optional.empty());
            }
            return response(unexpected(500, e), Optional.empty());
        }
    }

    private static Problem unexpected(int status, Throwable e) {
        String errorId = UUID.randomUUID().toString();
        log.error("unexpected error {}", errorId, e);
        return Problem.of(
                status,
                "internal_error",
                "Something went wrong on our side; it is in our log as " + errorId
                        + ". Repeating the request with the same Idempotency-Key is safe.");
    }

    private static Optional<Response> ofDatabase(Throwable e, DatabaseTrouble.Watch database) {
        if (SqlState.isUnstorable(e)) {
            var problem = Problem.of(400, "bad_request", SqlState.UNSTORABLE_WORDS);
            return Optional.of(response(problem, Optional.empty()));
        }
        return DatabaseTrouble.of(e).map(trouble -> {
            database.saw(trouble);
            var problem = switch (trouble) {
                case away -> unavailable("The shop's database");
                case full ->
                    ProblemException.of(
                                    503,
                                    "database_full",
                                    "The shop's database has no room left, so nothing new can be stored. Nothing is lost: repeat"
                                            + " the request with the same Idempotency-Key in a minute. Staff: give its disk"
                                            + " more space.")
                            .retryAfter(LATER);
            };
            return response(problem.problem(), problem.retryAfter());
        });
    }
}
