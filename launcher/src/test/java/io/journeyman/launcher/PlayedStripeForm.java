package io.journeyman.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Plays Stripe.js on an origin of its own, after Stripe's documentation of the Payment Element: a script for the shop's page, and the frame
 * in which the card is typed and from which it is sent. It makes {@code pm_card_visa} of every card.
 */
final class PlayedStripeForm implements AutoCloseable {
    private static final String SCRIPT = """
            window.Stripe = (key) => {
              const origin = new URL(document.querySelector('script[src$="/v3/"]').src).origin;
              return {
                elements: (options) => {
                  if (options.mode !== 'payment' || !(options.amount > 0)) throw new Error('no amount');
                  let frame = null;
                  const elements = {
                    create: (type) => ({
                      mount: (place) => {
                        frame = document.createElement('iframe');
                        frame.title = 'Secure payment input frame';
                        frame.src = origin + '/form?key=' + encodeURIComponent(key) + '&type=' + type;
                        place.appendChild(frame);
                      },
                    }),
                    submit: async () => ({}),
                    ask: () =>
                      new Promise((answered) => {
                        window.addEventListener('message', (e) => { if (e.origin === origin) answered(e.data); }, { once: true });
                        frame.contentWindow.postMessage('make', origin);
                      }),
                  };
                  return elements;
                },
                createPaymentMethod: async ({ elements }) => elements.ask(),
              };
            };
            """;
    private static final String FORM = """
            <!doctype html><html lang="en"><head><title>Card</title></head><body>
            <label>Card number <input name="number"></label>
            <script>
              window.addEventListener('message', async (e) => {
                const number = document.querySelector('input').value;
                if (!number) return e.source.postMessage({ error: { message: 'Your card number is incomplete.' } }, e.origin);
                const made = await (await fetch('/v1/payment_methods', { method: 'POST', body: number })).json();
                e.source.postMessage({ paymentMethod: made }, e.origin);
              });
            </script></body></html>
            """;

    private final HttpServer server;
    private final List<String> cards = new CopyOnWriteArrayList<>();

    PlayedStripeForm() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/", exchange -> answer(exchange, "text/javascript", SCRIPT));
        server.createContext("/form", exchange -> answer(exchange, "text/html", FORM));
        server.createContext("/v1/payment_methods", this::make);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The numbers that were typed, as they came. */
    List<String> cards() {
        return List.copyOf(cards);
    }

    private void make(HttpExchange exchange) throws IOException {
        cards.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(exchange, "application/json", "{\"id\": \"pm_card_visa\"}");
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
