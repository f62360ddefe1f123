package io.journeyman.payment.gateway;

import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.attempt.Attempts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The bank of the test cards: where a customer confirms a payment (3-D Secure), or does not. Its page works without scripts. What
 * they decide the gateway tells twice, as a gateway may.
 */
@Path("/test-bank/{challenge}")
@Produces(MediaType.TEXT_HTML)
public final class TestBank {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Test bank</title><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}
            button{font:inherit;padding:.6rem 1.2rem;margin-right:.5rem}</style></head>
            <body><main><h1>Test bank</h1>%s</main></body></html>
            """;

    private final TestGateway gateway;
    private final Attempts attempts;

    public TestBank(TestGateway gateway, Attempts attempts) {
        this.gateway = gateway;
        this.attempts = attempts;
    }

    @GET
    public Response showTestBank(@PathParam("challenge") String challenge) {
        var asked = gateway.challenged(challenge).orElseThrow(TestBank::unknown);
        return page("""
                <p>Do you want to pay %s for order %s?</p>
                <form method="post" action="%s/approve"><button>Confirm the payment</button></form>
                <form method="post" action="%s/refuse"><button>Refuse it</button></form>
                """.formatted(asked.amount().shown(), asked.key().orderId(), challenge, challenge));
    }

    @POST
    @Path("/approve")
    public Response approveAtTestBank(@PathParam("challenge") String challenge) {
        return decided(challenge, true);
    }

    @POST
    @Path("/refuse")
    public Response refuseAtTestBank(@PathParam("challenge") String challenge) {
        return decided(challenge, false);
    }

    private Response decided(String challenge, boolean approved) {
        var asked = gateway.challenged(challenge).orElseThrow(TestBank::unknown);
        boolean stands = gateway.decide(asked.key(), approved);
        OrderId order = asked.key().orderId();
        attempts.hear(order, asked.key().attempt());
        attempts.hear(order, asked.key().attempt());
        return page(
                stands
                        ? "<p>You have " + (approved ? "confirmed" : "refused")
                                + " the payment. Go back to the shop.</p>"
                        : "<p>It was decided before, or the shop does not wait for it any more. Go back to the shop.</p>");
    }

    private static Response page(String content) {
        return Response.ok(PAGE.formatted(content))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(
                404, "unknown_challenge", "The bank waits for no such confirmation.", "Go back to the shop."));
    }
}
