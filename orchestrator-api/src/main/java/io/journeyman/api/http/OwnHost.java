package io.journeyman.api.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;

/**
 * Refuses requests for a name that is not this machine's. Whoever owns a name may let it lead here (DNS rebinding), and then their site's
 * pages are the shop's own in the browser's eyes. An address leads nowhere else, so any address is let in: by it other machines, and
 * probes, find a shop that has no public origin.
 */
@PreMatching
public final class OwnHost implements ContainerRequestFilter {
    private static final Pattern OURS = Pattern.compile(
            "(?:localhost|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** @param host the header, or null: no browser leaves it out */
    public static boolean isOurs(String host) {
        return host == null || OURS.matcher(host).matches();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!isOurs(request.getHeaderString(HttpHeaders.HOST))) {
            throw ProblemException.of(
                    421,
                    "foreign_host",
                    "This shop knows no other name than localhost: to reach it by another one, set JOURNEYMAN_PUBLIC_ORIGIN.");
        }
    }
}
