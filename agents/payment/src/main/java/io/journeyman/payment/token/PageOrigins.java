package io.journeyman.payment.token;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets the shop's own pages, and no others, read the answer of {@code POST /tokens} (CORS, the Fetch standard). */
@PreMatching
@Priority(0)
public final class PageOrigins implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PATH = "tokens";
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");

    private final Set<String> allowed;
    private final String first;

    /**
     * @param allowed origins, separated by commas
     * @throws IllegalArgumentException naming each that is not an origin, such as one with a path
     */
    public PageOrigins(String allowed) {
        var origins = Arrays.asList(allowed.strip().split("\\s*,\\s*", -1));
        this.allowed = Set.copyOf(origins);
        this.first = origins.getFirst();
        var mistakes = this.allowed.stream()
                .filter(origin -> !ORIGIN.matcher(origin).matches())
                .sorted()
                .toList();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    "JOURNEYMAN_PAGE_ORIGINS must be origins such as https://shop.example, separated by commas; these are none: "
                            + mistakes);
        }
    }

    /** The one that customers are sent back to. */
    public String first() {
        return first;
    }

    /** A preflight asks before the card is sent; it carries no token and is no operation of the contract. */
    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS) && isTokens(request) && isAllowed(request)) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Methods", "POST")
                    .header("Access-Control-Allow-Headers", "Content-Type")
                    .header("Access-Control-Max-Age", "600")
                    .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isTokens(request)) {
            response.getHeaders().add("Vary", "Origin");
            if (isAllowed(request)) {
                response.getHeaders().putSingle("Access-Control-Allow-Origin", request.getHeaderString("Origin"));
            }
        }
    }

    private static boolean isTokens(ContainerRequestContext request) {
        return request.getUriInfo().getPath().replaceFirst("^/+", "").equals(PATH);
    }

    private boolean isAllowed(ContainerRequestContext request) {
        String origin = request.getHeaderString("Origin");
        return origin != null && allowed.contains(origin);
    }
}
