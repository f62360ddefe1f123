package io.journeyman.api.auth;

import io.journeyman.api.http.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses requests that another site's page made in a customer's name (CSRF). Browsers say where a request comes from, in
 * Sec-Fetch-Site or at least in Origin; a changing request that says neither does not come from a browser's page, and then
 * has no business with a cookie.
 */
public final class SameOrigin {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final Optional<String> publicOrigin;
    private final Predicate<ContainerRequestContext> welcome;

    /**
     * @param publicOrigin the only origin of the shop's pages; empty: what a request calls us, which {@code OwnHost} has checked
     * @param welcome requests of another origin's page that may be done all the same
     */
    public SameOrigin(Optional<URI> publicOrigin, Predicate<ContainerRequestContext> welcome) {
        this.publicOrigin = publicOrigin.map(SameOrigin::origin);
        this.welcome = welcome;
    }

    /** @throws ProblemException 403 {@code foreign_origin} */
    public void check(ContainerRequestContext request) {
        if (READS.contains(request.getMethod())) {
            return;
        }
        String site = request.getHeaderString("Sec-Fetch-Site");
        String origin = request.getHeaderString("Origin");
        // a site whose name leads here is of the same origin as itself: with a public origin, that says nothing yet
        boolean ours = site == null
                ? origin != null && isOurs(origin, request)
                : site.equals("same-origin")
                        && (publicOrigin.isEmpty() || publicOrigin.get().equals(origin));
        if (!ours && !welcome.test(request)) {
            throw ProblemException.of(
                    403,
                    "foreign_origin",
                    "This request did not come from the shop's own page%s, so it was not done."
                            .formatted(publicOrigin.map(page -> ", " + page).orElse("")));
        }
    }

    /** For requests without a cookie: refuses only what a browser says to be foreign. */
    public void checkIfBrowser(ContainerRequestContext request) {
        if (request.getHeaderString("Sec-Fetch-Site") != null || request.getHeaderString("Origin") != null) {
            check(request);
        }
    }

    private boolean isOurs(String origin, ContainerRequestContext request) {
        return publicOrigin
                .map(origin::equals)
                .orElseGet(() -> origin.equals("http://" + request.getHeaderString(HttpHeaders.HOST))
                        || origin.equals("https://" + request.getHeaderString(HttpHeaders.HOST)));
    }

    /** As browsers write it: in small letters, without the port that the scheme has anyway. */
    private static String origin(URI uri) {
        boolean usual = uri.getPort() == ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
        return (uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 || usual ? "" : ":" + uri.getPort()))
                .toLowerCase(Locale.ROOT);
    }
}
