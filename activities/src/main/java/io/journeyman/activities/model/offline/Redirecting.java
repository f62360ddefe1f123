package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.AddressReader.Read;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.ShopPlace;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** An order that shall go elsewhere: the address, then the proposal. */
final class Redirecting {
    private static final Set<String> ELSEWHERE = Set.of("instead", "redirect", "elsewhere", "address");
    private static final Pattern ORDER_ID = Pattern.compile("(?i)\\b[a-z]{2}-[0-9a-z]{6,20}\\b");

    /** "Send my order to", "change the address of the order to": what leads to the address and is no part of it. */
    private static final Pattern LEAD = Pattern.compile("(?is)^.*?\\border\\b[^,]{0,30}?\\bto\\b\\s*[:-]?\\s*");

    private static final Pattern TAIL = Pattern.compile("(?i)[\\s,.!]*\\b(?:instead|please|thanks|thank you)[\\s.!]*$");

    private final Scene scene;
    private final Wish wish;

    Redirecting(Scene scene) {
        this.scene = scene;
        this.wish = Interpreter.read(
                scene.memory().saidSince(Question::redirects) + scene.wish().text(),
                Optional.empty(),
                scene.memory().names());
    }

    static boolean isWished(Wish wish) {
        Set<String> words = new HashSet<>(Interpreter.words(wish.text()));
        return words.contains("order")
                && words.stream().anyMatch(ELSEWHERE::contains)
                && !wish.does(Act.cancel, Act.returns, Act.checkout, Act.reserve, Act.reservations);
    }

    /** Whether the sentence is the address that was asked for. */
    static boolean goesOn(Scene scene) {
        return scene.memory().asked().filter(Question::redirects).isPresent()
                && !scene.wish().declines()
                && !scene.wish().does(Act.want, Act.cart, Act.offers, Act.cancel, Act.returns, Act.orders);
    }

    /** Of a sentence that says where an order shall go: the address. */
    static String whereTo(String sentence) {
        String text = LEAD.matcher(ORDER_ID.matcher(sentence).replaceAll(" ")).replaceFirst("");
        return TAIL.matcher(text).replaceFirst("");
    }

    String reply() {
        if (!scene.can("change_address")) {
            return "Where an order goes I cannot change here. " + Question.ORDERS.words();
        }
        if (!scene.signedIn()) {
            return "To change where an order goes, please sign in first. This chat stays as it is, and we go on from there.";
        }
        String text = whereTo(scene.wish().text());
        Read read = AddressReader.read(text);
        if (read.address().isEmpty()) {
            return (AddressReader.looksLikeOne(text)
                            ? "What is still missing: the " + Phrases.and(read.missing()) + ". "
                            : "Gladly, as long as it has not left. ")
                    + Question.NEW_ADDRESS.words();
        }
        Done proposed = scene.call(
                "change_address",
                new Arguments()
                        .with("orderId", wish.orderId())
                        .with("address", read.address().get()));
        return proposed.problem() ? refused(proposed) : proposal(proposed.result());
    }

    private String refused(Done refused) {
        return switch (refused.code()) {
            case "already_shipped" ->
                "I am sorry, all of that order has left already: it comes to the address that you gave first. "
                        + Question.ORDERS.words();
            case "delivery_dearer", "option_gone" ->
                "I am sorry, the delivery that you chose costs more there, or is not offered, so that the order cannot go there as it was paid. I can cancel it instead, and you order it anew. "
                        + Question.ORDERS.words();
            case "address_invalid" ->
                "I am sorry, I cannot use that address: "
                        + ShopPlace.here().postalCode().called() + " and city do not fit, or we do not deliver there. "
                        + Question.NEW_ADDRESS.words();
            case "address_fixed", "unknown_order", "cancelled", "unknown_shipment" ->
                "There is no order of yours that could still be sent elsewhere. " + Question.ORDERS.words();
            default -> scene.trouble(refused);
        };
    }

    private static String names(JsonNode lines) {
        return Phrases.and(StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.path("name").asText())
                .distinct()
                .toList());
    }

    private String proposal(JsonNode proposal) {
        String order = proposal.path("orderId").asText();
        String staying = names(proposal.path("staying"));
        return (staying.isEmpty()
                        ? "Your order " + order
                        : "Of your order " + order + " what has not left yet, " + names(proposal.path("lines")) + ",")
                + " would go to " + proposal.path("city").asText() + " instead, and come by "
                + scene.phrases()
                        .day(LocalDate.parse(proposal.path("promisedDate").asText()))
                + "."
                + (staying.isEmpty()
                        ? ""
                        : " What has left already comes to the address that you gave first: " + staying + ".")
                + " There is nothing to pay for it. Nothing is changed yet. "
                + scene.phrases().confirm().words();
    }
}
