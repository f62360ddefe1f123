package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import java.util.ArrayList;
import java.util.List;

/** The same as in an earlier order once more: what can be had goes into the cart, the rest is said. */
final class OrderingAgain {
    private final Scene scene;

    OrderingAgain(Scene scene) {
        this.scene = scene;
    }

    String order() {
        if (!scene.signedIn()) {
            return "To see what you had ordered, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Done again = scene.call(
                "order_again", new Arguments().with("orderId", scene.wish().orderId()));
        if (again.problem()) {
            return again.code().equals("unknown_order")
                    ? "You have no such order yet that I could order again. " + Question.WHAT.words()
                    : scene.trouble(again);
        }
        List<PricedLine> added = lines(again.result().path("added"));
        String missing = missing(again.result().path("missing"));
        if (added.isEmpty()) {
            return "Nothing of your order " + again.result().path("orderId").asText() + " can be had again: " + missing
                    + Question.WHAT.words();
        }
        return "In your cart, as in your order "
                + again.result().path("orderId").asText() + ":"
                + scene.phrases().lines(added)
                + repriced(again.result().path("repriced"))
                + missing
                + "Together with what was there it comes to "
                + scene.phrases().money(Buying.goods(again)) + ", before offers and delivery. "
                + Question.CHECKOUT.words();
    }

    private String repriced(JsonNode lines) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : lines) {
            text.append("The ")
                    .append(line.path("name").asText())
                    .append(" cost ")
                    .append(scene.phrases().money(Json.convert(line.path("then"), Money.class)))
                    .append(" then, and ")
                    .append(scene.phrases().money(Json.convert(line.path("now"), Money.class)))
                    .append(" today. ");
        }
        return text.toString();
    }

    private static String missing(JsonNode lines) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : lines) {
            PricedLine piece = Json.convert(line.path("line"), PricedLine.class);
            text.append("The ")
                    .append(piece.name())
                    .append(' ')
                    .append(Phrases.in(piece.size(), piece.color()))
                    .append(
                            switch (line.path("why").asText()) {
                                case "not_sold_any_more" -> " is not sold any more. ";
                                case "cart_full" -> " finds no room in your cart. ";
                                case "not_so_many" ->
                                    " is not there so many times in one place just now: at most "
                                            + Phrases.pieces(
                                                    line.path("together").asInt()) + " together. ";
                                default -> " is sold out just now. ";
                            });
        }
        return text.toString();
    }

    private static List<PricedLine> lines(JsonNode lines) {
        List<PricedLine> read = new ArrayList<>();
        lines.forEach(line -> read.add(Json.convert(line, PricedLine.class)));
        return List.copyOf(read);
    }
}
