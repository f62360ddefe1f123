package io.journeyman.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Contract.Violation;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ServiceTokenCheck.Checked;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent's edge: only what the contract allows comes in. In this order: is there such an operation (404, 405), may the caller
 * call it (401), is the body small (413), JSON (415, 400) and as the contract says (400), are
 * its amounts in the shop's currency (422), is the key there (400). A body is read
 * before any of it, one that is too long up to 4 MiB: bytes left unread make the server close the connection with a reset, under
 * which a caller that still sends loses the answer (RFC 9112, 9.6).
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class ContractEdge implements ContainerRequestFilter, ContainerResponseFilter {
    static final int MOST_BYTES = 256 * 1024;
    static final int MOST_UNWANTED = 4 * 1024 * 1024;
    static final String CALL = Call.class.getName();
    private static final String UNREAD = ContractEdge.class.getName() + ".unread";
    private static final String IMPORT = "/import";
    private static final int LONGEST_KEY = 200;
    private static final int MOST_VIOLATIONS = 5;
    private static final Set<String> OPEN_TO_ALL = Set.of("/contract", "/health");
    private static final ObjectMapper SORTED =
            Json.mapper().copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final Contract contract;
    private final ServiceTokenCheck tokens;
    /** Tokens live by the machine's time, also where a test moves the agent's clock. */
    private final InstantSource machineTime = InstantSource.system();

    ContractEdge(Contract contract, ServiceTokenCheck tokens) {
        this.contract = contract;
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = "/" + request.getUriInfo().getPath().replaceFirst("^/+", "");
        if (OPEN_TO_ALL.contains(path) && request.getMethod().equals(HttpMethod.GET)) {
            return;
        }
        byte[] bytes = bytes(request);
        Operation operation = operation(request.getMethod(), path);
        String caller = operation.secured() ? caller(request) : "";
        Optional<String> body = body(request, bytes);
        Optional<JsonNode> json = body.isEmpty() ? Optional.empty() : Optional.of(parse(request, body.get()));
        check(operation, path, request, body);
        if (!path.endsWith(IMPORT)) {
            json.ifPresent(sent -> requireCurrency("", sent));
        }
        String key = key(operation, request);
        request.setProperty(CALL, new Call(operation.id(), path, key, fingerprint(operation, path, json), caller));
    }

    private Operation operation(String method, String path) {
        return contract.find(method, path)
                .orElseThrow(() -> new ProblemException(
                        contract.knowsPath(path)
                                ? Problem.of(405, "method_not_allowed", "This path does not take " + method + ".")
                                : Problem.of(
                                        404, "unknown_path", "There is nothing at this path; see GET /contract.")));
    }

    private String caller(ContainerRequestContext request) {
        Instant now = machineTime.instant();
        return switch (tokens.check(request.getHeaderString("Authorization"), now)) {
            case Checked.Good good -> good.caller();
            case Checked.OutOfTime token ->
                throw unauthorised("The service token ends at " + token.expires() + " and it is " + now
                        + " here: the two machines' clocks differ too much, set them right.");
            case Checked.Bad bad ->
                throw unauthorised("Send a service token for " + contract.name()
                        + " as Authorization: Bearer, signed and not expired.");
        };
    }

    private static ProblemException unauthorised(String detail) {
        return new ProblemException(Problem.of(401, "unauthorised", detail));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(UNREAD) != null) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    /** The body, or where it is too long its first bytes, one more than may be. */
    private static byte[] bytes(ContainerRequestContext request) {
        if (request.getLength() > MOST_UNWANTED) {
            request.setProperty(UNREAD, true);
            return new byte[0];
        }
        try {
            if (!request.hasEntity()) {
                return new byte[0];
            }
            var in = request.getEntityStream();
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            var unwanted = new byte[8192];
            int left = MOST_UNWANTED - bytes.length;
            for (int read = 0; read >= 0 && left >= 0; read = in.read(unwanted)) {
                left -= read;
            }
            if (left < 0) {
                request.setProperty(UNREAD, true);
            }
            return bytes;
        } catch (IOException | ProcessingException stopped) {
            request.setProperty(UNREAD, true);
            throw new ProblemException(Problem.of(408, "request_timeout", "The body did not come. Send it again."));
        }
    }

    private static Optional<String> body(ContainerRequestContext request, byte[] bytes) {
        if (bytes.length > MOST_BYTES || request.getProperty(UNREAD) != null) {
            throw tooLarge();
        }
        request.setEntityStream(new ByteArrayInputStream(bytes));
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(400, "malformed_json", "The body is not UTF-8."));
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                Problem.of(413, "too_large", "The body may have at most " + MOST_BYTES / 1024 + " KiB."));
    }

    private static JsonNode parse(ContainerRequestContext request, String body) {
        if (request.getMediaType() == null
                || !request.getMediaType().getType().equals("application")
                || !request.getMediaType().getSubtype().equals("json")) {
            throw new ProblemException(Problem.of(415, "unsupported_media_type", "Send the body as application/json."));
        }
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(400, "malformed_json", "The body is not valid JSON."));
        }
    }

    private void check(Operation operation, String path, ContainerRequestContext request, Optional<String> body) {
        Map<String, String> query = new HashMap<>();
        request.getUriInfo().getQueryParameters().forEach((name, values) -> query.put(name, values.getFirst()));
        List<Violation> violations = new ArrayList<>(contract.checkParameters(operation, path, query));
        violations.addAll(contract.checkRequest(operation, body));
        if (!violations.isEmpty()) {
            String detail = violations.stream()
                    .limit(MOST_VIOLATIONS)
                    .map(Violation::toString)
                    .collect(Collectors.joining("; "));
            throw new ProblemException(Problem.of(400, "bad_request", detail));
        }
    }

    /** A shop has one currency. Of the rows of an import each is told by itself. */
    private static void requireCurrency(String field, JsonNode value) {
        String shops = ShopCurrency.here().code();
        String currency = value.path("currency").asText(shops);
        if (value.has("minor") && !currency.equals(shops)) {
            throw new ProblemException(Problem.of(
                    422,
                    "currency_unsupported",
                    "This shop's amounts are in " + shops + ", and " + field + " is in " + currency + ".",
                    "Send every amount in " + shops + "."));
        }
        value.properties()
                .forEach(member -> requireCurrency(
                        field.isEmpty() ? member.getKey() : field + "." + member.getKey(), member.getValue()));
        if (value.isArray()) {
            value.forEach(item -> requireCurrency(field, item));
        }
    }

    private static String key(Operation operation, ContainerRequestContext request) {
        if (!operation.keyed()) {
            return "";
        }
        String key = request.getHeaderString(Contract.IDEMPOTENCY_KEY);
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(Problem.of(
                    400,
                    "bad_request",
                    "Idempotency-Key: a key of 1 to " + LONGEST_KEY
                            + " characters is required; send the same one when you repeat."));
        }
        return key;
    }

    private static String fingerprint(Operation operation, String path, Optional<JsonNode> body) {
        try {
            String canonical =
                    body.isEmpty() ? "" : SORTED.writeValueAsString(SORTED.convertValue(body.get(), Object.class));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((operation.id() + "\n" + path + "\n" + canonical).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a parsed body can be written again, and every JDK has SHA-256", e);
        }
    }
}
