package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** What was sold, for how much, and when it comes: the end of every confirmed order. It names the city, not the street. */
final class Receipt {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private Receipt() {}

    /** @param facts of the news that confirmed it: trackingId, pointsEarned */
    static ObjectNode of(Quote quote, Map<String, String> facts) {
        var receipt = Json.mapper().createObjectNode();
        receipt.set("lines", Json.mapper().valueToTree(quote.lines()));
        receipt.set("offers", Json.mapper().valueToTree(quote.offers()));
        quote.delivery()
                .filter(delivery -> !delivery.ahead().isEmpty())
                .ifPresent(delivery -> receipt.set("ahead", Json.mapper().valueToTree(delivery.ahead())));
        quote.delivery()
                .ifPresent(delivery -> receipt.putObject("delivery")
                        .put("label", delivery.label())
                        .put("city", delivery.address().city())
                        .put("promisedDate", delivery.promisedDate().toString())
                        .put("collected", delivery.collect().isPresent())
                        .set("fee", Json.mapper().valueToTree(delivery.fee())));
        receipt.set("taxIncluded", Json.mapper().valueToTree(quote.taxIncluded()));
        receipt.set("total", Json.mapper().valueToTree(quote.total()));
        quote.credit().ifPresent(credit -> receipt.set("credit", Json.mapper().valueToTree(credit)));
        receipt.put("trackingId", facts.getOrDefault("trackingId", ""));
        receipt.put("pointsEarned", points(facts));
        return receipt;
    }

    static String words(Quote quote, Map<String, String> facts) {
        var words = new StringBuilder();
        for (var line : quote.lines()) {
            words.append("\n- %d × %s in %s, %s, %s"
                    .formatted(
                            line.quantity(),
                            line.name(),
                            line.size(),
                            line.color(),
                            line.amount().shown()));
        }
        quote.offers()
                .forEach(offer -> words.append(
                        "\n- %s: −%s".formatted(offer.title(), offer.amount().shown())));
        quote.delivery()
                .ifPresent(delivery -> words.append("\n- %s: %s"
                        .formatted(
                                delivery.label(),
                                delivery.fee().minor() == 0
                                        ? "free"
                                        : delivery.fee().shown())));
        words.append("\nTotal ").append(quote.total().shown());
        if (quote.taxIncluded().minor() > 0) {
            words.append(", GST of ").append(quote.taxIncluded().shown()).append(" included");
        }
        words.append('.');
        quote.credit()
                .ifPresent(credit -> words.append(" Store credit paid ")
                        .append(quote.due().minor() == 0 ? "all of it." : credit.shown() + " of it."));
        quote.delivery()
                .ifPresent(delivery -> words.append(delivery.collect()
                        .map(store -> " You collect it at the %s: it should be ready on %s, and you hear so here."
                                .formatted(store.name(), DAY.format(delivery.promisedDate())))
                        .orElseGet(() -> comes(quote, delivery))));
        var tracking = facts.getOrDefault("trackingId", "");
        boolean collected = quote.delivery().flatMap(Quote.Delivery::collect).isPresent();
        if (!tracking.isEmpty() && !collected) {
            words.append(" Tracking number: ").append(tracking).append('.');
        }
        if (points(facts) > 0) {
            words.append(" You earned ").append(points(facts)).append(" points.");
        }
        return words.toString();
    }

    /** What is here comes first; each of the others when it has come to the shop. */
    private static String comes(Quote quote, Quote.Delivery delivery) {
        var words = new StringBuilder();
        if (delivery.ahead().size() < quote.lines().size()) {
            words.append(" %s comes to %s by %s."
                    .formatted(
                            delivery.ahead().isEmpty() ? "It" : "What is here",
                            delivery.address().city(),
                            DAY.format(delivery.promisedDate())));
        }
        for (var ahead : delivery.ahead()) {
            quote.lines().stream()
                    .filter(line -> line.sku().equals(ahead.sku()))
                    .forEach(line -> words.append(
                            " %s is expected on %s and comes to %s by %s; until it leaves you may cancel it and get its money back."
                                    .formatted(
                                            line.name(),
                                            DAY.format(ahead.dueOn()),
                                            delivery.address().city(),
                                            DAY.format(ahead.promisedDate()))));
        }
        return words.toString();
    }

    private static long points(Map<String, String> facts) {
        return Long.parseLong(facts.getOrDefault("pointsEarned", "0"));
    }
}
