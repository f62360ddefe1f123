package io.journeyman.api.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.URI;
import java.util.Optional;

/** Where the shop's staff sign in, in the demo; from then on Temporal's web UI shows them what is encrypted. */
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
                  <button type="button" id="sign-in">Sign in as demo staff</button>
                  <p role="status" id="status" hidden>You are signed in as staff. <a href="/staff">Open the console</a>.%s</p>
                </main>
              </body>
            </html>
            """;

    private final boolean demo;
    private final Optional<URI> temporalUi;

    public StaffSignIn(boolean demo, Optional<URI> temporalUi) {
        this.demo = demo;
        this.temporalUi = temporalUi;
    }

    @GET
    public String page() {
        if (!demo) {
            throw new NotFoundException();
        }
        return PAGE.formatted(temporalUi
                .map(ui -> " <a href=\"" + ui.toASCIIString().replace("&", "&amp;")
                        + "\">Open Temporal's web UI</a>, or reload it.")
                .orElse(""));
    }
}
