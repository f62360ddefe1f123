package io.journeyman.activities.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.agent.AgentBreaker.Kind;
import io.journeyman.activities.http.Exchange;
import io.journeyman.activities.http.RetryAfter;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * One agent over HTTP, one client for a whole process: what it sees of the agent spares the next callers the wait (see
 * {@link AgentBreaker}). It never repeats a call by itself: that is the workflow engine's work. It answers with one of three things
 * (see {@link Answer}); no request, answer or header is ever written to a log.
 */
public final class AgentClient {
    private static final long LARGEST_ANSWER = 1 << 20;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /** Shared by all agents: connections are kept alive, and each exchange runs on a thread of its own. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final Contract contract;
    private final String base;
    private final Optional<ServiceTokens> tokens;
    private final Duration timeout;
    private final AgentBreaker breaker;

    /**
     * @param contract what the agent promises; an answer that breaks it is none
     * @param base such as {@code http://127.0.0.1:5003}
     * @param timeout for a whole exchange
     */
    public AgentClient(Contract contract, URI base, ServiceTokens tokens, Duration timeout) {
        this(contract, base, Optional.of(tokens), timeout, System::nanoTime);
    }

    /** Of an agent that does not ask who calls: it is told nothing. */
    public static AgentClient withoutToken(Contract contract, URI base, Duration timeout) {
        return new AgentClient(contract, base, Optional.empty(), timeout, System::nanoTime);
    }

    AgentClient(Contract contract, URI base, Optional<ServiceTokens> tokens, Duration timeout, LongSupplier nanos) {
        this.contract = contract;
        this.base = base.toString().replaceAll("/+$", "");
        this.tokens = tokens;
        this.timeout = timeout;
        this.breaker = new AgentBreaker(contract.name(), timeout, nanos);
    }

    /** Reads; {@code operation} is the contract's operationId. */
    public <T> Answer<T> get(String operation, String path, Class<T> type) {
        return call(Kind.question, operation, request(path).GET(), type);
    }

    /** Asks a question that needs a body and changes nothing. */
    public <T> Answer<T> ask(String operation, String path, Object body, Class<T> type) {
        return call(Kind.question, operation, withBody(path).POST(json(body)), type);
    }

    /** Changes something, once per key: the key is made of what the change is about, never of chance. */
    public <T> Answer<T> change(String operation, String path, String key, Object body, Class<T> type) {
        return call(
                Kind.change,
                operation,
                withBody(path).header("Idempotency-Key", key).POST(json(body)),
                type);
    }

    /** As {@link #change(String, String, String, Object, Class)}, for an operation that takes no body. */
    public <T> Answer<T> change(String operation, String path, String key, Class<T> type) {
        return call(
                Kind.change,
                operation,
                request(path).header("Idempotency-Key", key).POST(BodyPublishers.noBody()),
                type);
    }

    /** As {@link #change(String, String, String, Object, Class)}, by PUT. */
    public <T> Answer<T> put(String operation, String path, String key, Object body, Class<T> type) {
        return call(
                Kind.change,
                operation,
                withBody(path).header("Idempotency-Key", key).PUT(json(body)),
                type);
    }

    /** An id as a segment of a path. */
    public static String segment(Object id) {
        return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As a part of a key, for calls that are another request as soon as their content is another one. */
    public static String digest(Record body) {
        return UUID.nameUUIDFromBytes(Json.write(body).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json, " + Problem.MEDIA_TYPE);
        tokens.ifPresent(known -> request.header("Authorization", "Bearer " + known.forAgent(contract.name())));
        return request;
    }

    private HttpRequest.Builder withBody(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(Json.write(body));
    }

    private <T> Answer<T> call(Kind kind, String operationId, HttpRequest.Builder request, Class<T> type) {
        Operation operation = contract.operation(operationId).orElseThrow();
        String name = contract.name() + "." + operationId;
        return breaker.call(kind, name, () -> exchange(operation, name, request.build(), type));
    }

    private <T> Answer<T> exchange(Operation operation, String name, HttpRequest request, Class<T> type) {
        try {
            HttpResponse<String> response = Exchange.within(
                    timeout,
                    HTTP,
                    request,
                    BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
            return response.statusCode() / 100 == 2 ? done(operation, name, response, type) : problem(name, response);
        } catch (HttpTimeoutException e) {
            return new Answer.Unavailable<>(name, "agent_timeout", Optional.empty());
        } catch (IOException e) {
            return new Answer.Unavailable<>(name, "agent_unreachable", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unavailable<>(name, "worker_stopping", Optional.empty());
        }
    }

    private <T> Answer<T> done(Operation operation, String name, HttpResponse<String> response, Class<T> type) {
        try {
            T value = Json.read(response.body(), type);
            boolean asPromised = contract.checkResponse(operation, response.statusCode(), response.body())
                    .isEmpty();
            return value != null && asPromised
                    ? new Answer.Done<>(value)
                    : new Answer.Unavailable<>(name, "agent_garbage", Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Answer.Unavailable<>(name, "agent_garbage", Optional.empty());
        }
    }

    /**
     * 408, 409 while in flight, 425, 429 and 5xx may be repeated, and 401: clocks that differ, or a secret that is just being changed, are
     * set right by somebody, and no journey is undone for it. Everything else is the agent's word.
     */
    private static <T> Answer<T> problem(String name, HttpResponse<String> response) {
        int status = response.statusCode();
        Optional<Duration> retryAfter = RetryAfter.of(response, LONGEST_RETRY_AFTER);
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return new Answer.Unavailable<>(name, "agent_answered_" + status, retryAfter);
        }
        if (status == 401) {
            return new Answer.Unavailable<>(name, "agent_refuses_token", retryAfter);
        }
        if (status == 409 && retryAfter.isPresent()) {
            // the same key is still being worked on
            return new Answer.Unavailable<>(name, "agent_in_flight", retryAfter);
        }
        try {
            JsonNode document = Json.tree(response.body());
            Problem problem = Json.convert(document, Problem.class);
            if (problem != null && problem.code() != null && problem.code().matches("[a-z][a-z0-9_]{0,63}")) {
                return new Answer.Refused<>(name, problem, document);
            }
        } catch (IllegalArgumentException e) {
            return new Answer.Unavailable<>(name, "agent_garbage", Optional.empty());
        }
        return new Answer.Unavailable<>(name, "agent_garbage", Optional.empty());
    }
}
