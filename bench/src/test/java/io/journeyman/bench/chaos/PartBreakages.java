package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.answer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Promises 6, 7 and 8, where a whole part is dead or another one: each for all who come, so that they are alone, one after the other. */
final class PartBreakages {
    private final BrokenShop shop;

    PartBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    /** In this order: API and worker talk nonsense from then on. */
    List<Breakage> all() {
        return List.of(
                new Breakage("takes others with it when an agent that is down is not alone", this::takesOthersWithIt),
                new Breakage("stores a card number when nobody takes it out", this::storesACardNumber),
                new Breakage("makes up a price when the model does", this::makesUpAPrice));
    }

    private Proof takesOthersWithIt() throws Exception {
        var buyer = shop.comesIn();
        buyer.says("hi");
        shop.network.lieTo(
                Part.inventory,
                any -> true,
                (call, agent) -> answer(503, Problem.of(503, "payment_away", "It cannot do without payment.")));
        var killed = shop.kill(Part.payment);

        buyer.says("do you have the Indigo Block-Print Cotton Kurta in blue, size L?");

        shop.network.tellTheTruth();
        shop.comesBack(Part.payment, killed);
        return audited ->
                audited.names(Promise.goes_on, "check_inventory was called unavailable while only payment was away");
    }

    private Proof storesACardNumber() throws Exception {
        var classes = shop.compiled("Redaction", """
                package io.journeyman.api.conversation;
                public final class Redaction {
                    public static String redact(String text) { return text; }
                }""");
        shop.kill(Part.api);
        shop.startInstead(Part.api, Map.of(), List.of("-Xbootclasspath/a:" + classes));
        var buyer = shop.comesIn();

        buyer.says("my card is " + shop.cardNumber());

        return audited -> audited.names(Promise.kept_private, "table conversation.message holds a card number");
    }

    private Proof makesUpAPrice() throws Exception {
        var model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", PartBreakages::liesAboutAPrice);
        model.start();
        try {
            shop.kill(Part.worker);
            shop.startInstead(
                    Part.worker,
                    Map.of(
                            "JOURNEYMAN_MODEL",
                            "openai",
                            "OPENAI_API_KEY",
                            "none-needed",
                            "OPENAI_MODEL",
                            "liar",
                            "OPENAI_BASE_URL",
                            "http://127.0.0.1:" + model.getAddress().getPort() + "/v1"),
                    List.of());
            var buyer = shop.comesIn();

            buyer.says("what does the Indigo Block-Print Cotton Kurta cost?");
        } finally {
            model.stop(0);
        }
        return audited -> audited.names(Promise.told_the_truth, "speaks of 1717 paise, which no tool had said");
    }

    private static void liesAboutAPrice(HttpExchange exchange) throws IOException {
        var said = Json.write(Map.of(
                        "id", "1",
                        "object", "chat.completion",
                        "created", 0,
                        "model", "liar",
                        "choices",
                                List.of(Map.of(
                                        "index",
                                        0,
                                        "finish_reason",
                                        "stop",
                                        "message",
                                        Map.of("role", "assistant", "content", "Only ₹17.17, and 3 are left.")))))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }
}
