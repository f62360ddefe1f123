package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one customer was told and promised, in their own notebook: the shop's tables are compared with it.
 *
 * @param house the number of their house, which nobody else has: where it shows up, it is this customer who is spoken of
 */
public record CustomerRecord(
        String customerId,
        int house,
        Map<String, Said> said,
        Map<String, Promised> promised,
        Collection<Complaint> complaints) {

    public CustomerRecord(String customerId, int house) {
        this(customerId, house, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
    }

    /** @param reply empty while none has come */
    public record Said(String key, int turn, Optional<JsonNode> reply) {}

    /** A confirmed proposal: what it was, and what it shall cost. */
    public record Promised(String journeyId, String kind, long totalMinor, String currency) {}

    /** Something that the customer saw with their own eyes and that must not be. */
    public record Complaint(int promise, String what) {}

    void hears(String key, int turn, Optional<JsonNode> reply) {
        var before = said.get(key);
        said.put(
                key,
                new Said(key, turn, reply.or(() -> Optional.ofNullable(before).flatMap(Said::reply))));
        if (before == null) {
            return;
        }
        if (before.turn() != turn) {
            complains(5, "message %s was turn %d, and turn %d when repeated".formatted(key, before.turn(), turn));
        }
        if (before.reply().isPresent() && reply.isPresent() && !before.reply().equals(reply)) {
            complains(5, "message %s got another reply when repeated".formatted(key));
        }
    }

    void complains(int promise, String what) {
        complaints.add(new Complaint(promise, customerId + ": " + what));
    }
}
