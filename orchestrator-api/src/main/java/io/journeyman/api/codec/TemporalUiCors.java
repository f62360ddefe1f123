package io.journeyman.api.codec;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the pages of Temporal's web UI, and no others, call the codec with the cookie of signed-in staff. The cookie is sent
 * along (it is SameSite=Strict) where both are one site: the same host on another port, or hosts of one domain.
 */
@PreMatching
public final class TemporalUiCors implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Set<String> PATHS = Set.of(CodecResource.ENCODE, CodecResource.DECODE);

    private final Optional<String> ui;

    public TemporalUiCors(Optional<URI> ui) {
        this.ui = ui.map(address -> address.getScheme() + "://" + address.getAuthority());
    }

    /** Whether a page of the UI asks this of the codec. */
    public boolean admits(ContainerRequestContext request) {
        return isCodec(request) && ui.isPresent() && ui.get().equals(request.getHeaderString("Origin"));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (isPreflight(request) && admits(request)) {
            request.abortWith(Response.noContent().build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        if (isCodec(request)) {
            headers.add(HttpHeaders.VARY, "Origin");
        }
        if (admits(request)) {
            headers.putSingle("Access-Control-Allow-Origin", ui.orElseThrow());
            headers.putSingle("Access-Control-Allow-Credentials", "true");
        }
        if (isPreflight(request) && admits(request)) {
            headers.putSingle("Access-Control-Allow-Methods", "POST");
            headers.putSingle("Access-Control-Allow-Headers", "Content-Type, X-Namespace");
            headers.putSingle("Access-Control-Max-Age", "600");
        }
    }

    private static boolean isCodec(ContainerRequestContext request) {
        return PATHS.contains(request.getUriInfo().getPath());
    }

    private static boolean isPreflight(ContainerRequestContext request) {
        return request.getMethod().equals(HttpMethod.OPTIONS);
    }
}
