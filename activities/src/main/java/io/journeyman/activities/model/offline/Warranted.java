package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.WarrantedLine;
import io.journeyman.contracts.PostPurchase.Warranties;
import io.journeyman.contracts.PostPurchase.WarrantyState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** For how long the shop answers for what the customer has bought, and the claim of what failed meanwhile. */
final class Warranted {
    private static final Pattern FAILED = Pattern.compile(
            "claim|broke|broken|defect|faulty|stopped|does not work|doesnt work|not working|torn|came apart|failed");
    private static final int MOST = 5;

    private final Scene scene;
    private final Set<String> words;

    Warranted(Scene scene) {
        this.scene = scene;
        this.words = new HashSet<>(Interpreter.words(scene.wish().text()));
    }

    String reply() {
        if (!scene.signedIn()) {
            return "To look at your warranties, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Done answer = scene.call(
                "get_warranty", new Arguments().with("orderId", scene.wish().orderId()));
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        Warranties known = answer.as(Warranties.class);
        List<WarrantedLine> meant = meant(known.pieces());
        if (meant.isEmpty()) {
            return "You have bought nothing here yet for which there could be a warranty. " + Question.WHAT.words();
        }
        boolean claims = FAILED.matcher(
                        String.join(" ", Interpreter.words(scene.wish().text())))
                .find();
        List<WarrantedLine> running = meant.stream()
                .filter(line -> line.state() == WarrantyState.running)
                .toList();
        if (claims && running.size() == 1) {
            return claim(running.getFirst());
        }
        return meant.stream().limit(MOST).map(this::told).collect(Collectors.joining(" "))
                + (running.isEmpty() ? "" : " It covers: " + known.covers())
                + (claims && running.size() > 1 ? " Which of them failed?" : " What else can I do for you?");
    }

    /** Those that the words say most of; all, where they say nothing of any. */
    private List<WarrantedLine> meant(List<WarrantedLine> lines) {
        int most = lines.stream().mapToInt(this::named).max().orElse(0);
        return lines.stream().filter(line -> most == 0 || named(line) == most).toList();
    }

    private int named(WarrantedLine line) {
        Set<String> of = new HashSet<>(Interpreter.words(line.name()));
        of.removeIf(word -> Vocabulary.INSTANCE.isOrdinary(word) || !words.contains(word));
        return of.size();
    }

    private String told(WarrantedLine line) {
        String what = "The " + line.name() + " of order " + line.orderId();
        return switch (line.state()) {
            case none -> what + " was sold without a warranty.";
            case begins_with_delivery ->
                what + " has a warranty of " + line.months() + " months, which begins with its delivery.";
            case running ->
                what + " is under warranty until "
                        + scene.phrases().day(line.ends().orElseThrow()) + ".";
            case over ->
                what + " was under warranty until "
                        + scene.phrases().day(line.ends().orElseThrow()) + "; that is over.";
        };
    }

    private String claim(WarrantedLine line) {
        ArrayNode items = Json.mapper().createArrayNode();
        items.addObject().put("sku", line.sku().value());
        Done proposed = scene.call(
                "claim_warranty",
                new Arguments().with("orderId", line.orderId().value()).with("items", items));
        if (proposed.problem()) {
            return switch (proposed.code()) {
                case "returnable" ->
                    "It can still be returned, which is quicker, and free when it is damaged. Shall I arrange that? Say \"return the "
                            + line.name() + ", it is damaged\".";
                case "no_warranty", "warranty_over" -> told(line);
                default -> scene.trouble(proposed);
            };
        }
        return "I am sorry that it failed. You would send in the " + line.name()
                + "; our staff look at it, and what the warranty covers is repaired or replaced, or refunded with "
                + scene.phrases().money(Json.convert(proposed.result().path("refund"), Money.class))
                + ", the way you paid. Nothing is claimed yet. "
                + scene.phrases().confirm().words();
    }
}
