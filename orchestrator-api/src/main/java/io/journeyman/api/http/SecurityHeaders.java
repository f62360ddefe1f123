package io.journeyman.api.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import java.util.Optional;

/**
 * What a browser may do with our answers: run only our script, draw our pictures and those of the shop's catalogue, talk only to
 * us and, for the card form, to the payment agent. Where the form is the gateway's own, that one origin may run its script and show
 * its frame, too.
 */
public final class SecurityHeaders implements ContainerResponseFilter {
    private final String policy;

    /** @param gateway the origin of the gateway's own form; empty: none */
    public SecurityHeaders(URI paymentAgent, Optional<String> gateway) {
        String also = gateway.map(origin -> " " + origin).orElse("");
        this.policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'" + also,
                "style-src 'self'",
                "img-src 'self' https:",
                "connect-src 'self' " + paymentAgent.getScheme() + "://" + paymentAgent.getAuthority() + also,
                "frame-src " + gateway.orElse("'none'"),
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        headers.putSingle("Content-Security-Policy", policy);
        headers.putSingle("X-Content-Type-Options", "nosniff");
        // with no-referrer, browsers would not say of the console's forms where they come from, which SameOrigin asks
        headers.putSingle("Referrer-Policy", "same-origin");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
        headers.putSingle("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        headers.computeIfAbsent("Cache-Control", _ -> new java.util.ArrayList<>(java.util.List.of("no-store")));
    }
}
