package io.journeyman.api.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.URI;
import java.util.Optional;

/**
 * Where the shop's staff sign in, by a token of theirs, and in the demo without one; from then on Temporal's web UI shows them what is
 * encrypted.
 */
@Path("/staff/sign-in")
@Produces("text/html; charset=utf-8")
public final class StaffSignIn {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
              <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Journeyman: staff</title>
                <link rel="icon" href="/assets/icon.svg">
                <link rel="stylesheet" href="/assets/chat.css">
                <script src="/assets/staff.js" defer></script>
              </head>
              <body>
                <header><a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="32" height="32">Journeyman</a></header>
                <main class="staff">
                  <h1>Staff</h1>
                  <p>Journeys are stored encrypted. Temporal's web UI shows what they hold to signed-in staff, in this browser.</p>
                  %s
                  <form id="by-token" class="by-token" method="post">
                    <label for="token">Token of the shop’s staff</label>
                    <input id="token" name="token" type="password" autocomplete="off" required>
                    <button type="submit">Sign in</button>
                  </form>
                  <p role="status" id="status" hidden>You are signed in as staff. <a href="/staff">Open the console</a>.%s</p>
                </main>
              </body>
            </html>
            """;

    private static final String DEMO = "<button type=\"button\" id=\"sign-in\">Sign in as demo staff</button>";

    private final boolean demo;
    private final Optional<URI> temporalUi;

    public StaffSignIn(boolean demo, Optional<URI> temporalUi) {
        this.demo = demo;
        this.temporalUi = temporalUi;
    }

    @GET
    public String page() {
        return PAGE.formatted(
                demo ? DEMO : "",
                temporalUi
                        .map(ui -> " <a href=\"" + ui.toASCIIString().replace("&", "&amp;")
                                + "\">Open Temporal's web UI</a>, or reload it.")
                        .orElse(""));
    }
}
