package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.CustomerRecord.Promised;
import io.journeyman.bench.chaos.ShopClient.Answered;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import io.journeyman.contracts.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** One customer's side of the conversation, who repeats themselves now and then, and notes down what they hear and confirm. */
final class Talk {
    private static final List<String> CHANNELS = List.of("web", "web", "whatsapp", "mobile", "kiosk", "voice");
    /** What a journey is when it is over. */
    static final List<String> ENDS = List.of("completed", "cancelled", "failed");

    /** How the shop says that it cannot just now, and can later. */
    private static final Pattern PUT_OFF =
            Pattern.compile("does not answer just now|[Pp]lease say (it|that) again|[Pp]lease try again in a moment");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final ShopClient shop;
    private final CustomerRecord record;
    private final RandomGenerator chance;
    private String channel;
    private int keys;

    /** @param name unique among all visits: the keys of its requests begin with it */
    Talk(String name, ShopClient shop, CustomerRecord record, RandomGenerator chance) {
        this.name = name;
        this.shop = shop;
        this.record = record;
        this.chance = chance;
        changeChannel();
    }

    void changeChannel() {
        channel = CHANNELS.get(chance.nextInt(CHANNELS.size()));
    }

    /** Says it, sometimes twice, sometimes with a key that was used, and returns the reply. */
    JsonNode says(String text) throws GaveUp, InterruptedException {
        var key = key();
        if (oneIn(10)) {
            shop.postAndLeave("/v1/conversations/messages", key, message(text));
        }
        var reply = send(key, text);
        if (oneIn(8)) {
            send(key, text);
        }
        if (oneIn(12)) {
            var other = shop.post("/v1/conversations/messages", key, message(text + ", no, wait"));
            if (other.status() != 422) {
                record.complains(5, "another text under the key %s was answered %d".formatted(key, other.status()));
            }
        }
        return reply;
    }

    /** Goes away before the reply. */
    void saysAndLeaves(String text) throws InterruptedException {
        shop.postAndLeave("/v1/conversations/messages", key(), message(text));
    }

    private JsonNode send(String key, String text) throws GaveUp, InterruptedException {
        var answer = shop.post("/v1/conversations/messages", key, message(text));
        if (!answer.ok()) {
            record.complains(5, "message %s was answered %d: %s".formatted(key, answer.status(), answer.body()));
            return answer.body();
        }
        var reply = answer.body().path("reply");
        record.hears(key, answer.body().path("turn").asInt(), Optional.of(reply));
        return reply;
    }

    static boolean isPutOff(JsonNode reply) {
        return PUT_OFF.matcher(reply.path("text").asText()).find();
    }

    /** Something that was in the cart. */
    static boolean isSoldOut(JsonNode reply) {
        return reply.path("text").asText().contains("not all of your cart can be had");
    }

    boolean hasAnEmptyCart() throws GaveUp, InterruptedException {
        return shop.get("/v1/conversations/cart").body().path("lines").isEmpty();
    }

    private Map<String, String> message(String text) {
        return Map.of("text", text, "channel", channel);
    }

    /**
     * Waits until the journey waits for that, or has ended, or patience has; the caller looks which.
     *
     * @param waitingFor nothing at all when it is empty: then only its end is waited for
     */
    JsonNode awaits(String workflowId, String waitingFor) throws GaveUp, InterruptedException {
        return awaits(workflowId, waitingFor, PATIENCE);
    }

    JsonNode awaits(String workflowId, String waitingFor, Duration patience) throws GaveUp, InterruptedException {
        return awaits(workflowId, Set.of(waitingFor), patience);
    }

    JsonNode awaits(String workflowId, Set<String> waitingFor) throws GaveUp, InterruptedException {
        return awaits(workflowId, waitingFor, PATIENCE);
    }

    private JsonNode awaits(String workflowId, Set<String> waitingFor, Duration patience)
            throws GaveUp, InterruptedException {
        var deadline = Instant.now().plus(patience);
        var pause = FIRST_PAUSE;
        while (true) {
            var journey = journey(workflowId);
            var ended = ENDS.contains(journey.path("status").asText());
            var waitsFor = journey.path("waitingFor").asText();
            if (ended
                    || (!waitsFor.isEmpty() && waitingFor.contains(waitsFor))
                    || Instant.now().isAfter(deadline)) {
                return journey;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(3).dividedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    private JsonNode journey(String workflowId) throws GaveUp, InterruptedException {
        for (var journey : shop.get("/v1/conversations/journeys").body().path("journeys")) {
            if (journey.path("workflowId").asText().equals(workflowId)) {
                return journey;
            }
        }
        return Json.mapper().createObjectNode();
    }

    Optional<JsonNode> proposalOf(String kind) throws GaveUp, InterruptedException {
        return Optional.of(shop.get("/v1/conversations/proposals/open").body().path("proposal"))
                .filter(proposal -> proposal.path("kind").asText().equals(kind));
    }

    Answered confirmsOnceOrTwice(JsonNode proposal, Map<String, Object> body) throws GaveUp, InterruptedException {
        if (oneIn(8)) {
            shop.postAndLeave("/v1/conversations/proposals/" + id(proposal) + "/confirm", key(), body);
        }
        var key = key();
        var confirmed = confirm(proposal, body, key);
        if (confirmed.ok() && oneIn(3)) {
            var again = confirm(proposal, body, oneIn(2) ? key : key());
            if (again.ok() && !again.body().equals(confirmed.body())) {
                record.complains(5, "confirmed again, proposal %s became another journey".formatted(id(proposal)));
            }
        }
        return confirmed;
    }

    Answered confirm(JsonNode proposal, Map<String, Object> body, String key) throws GaveUp, InterruptedException {
        var confirmed = shop.post("/v1/conversations/proposals/" + id(proposal) + "/confirm", key, body);
        if (confirmed.ok()) {
            var journey = confirmed.body().path("journeyId").asText();
            var total = proposal.at("/quote/total");
            record.promised()
                    .put(
                            journey,
                            new Promised(
                                    journey,
                                    proposal.path("kind").asText(),
                                    total.path("minor").asLong(),
                                    total.path("currency").asText()));
        }
        return confirmed;
    }

    static String id(JsonNode proposal) {
        return proposal.path("proposalId").asText();
    }

    boolean oneIn(int many) {
        return chance.nextInt(many) == 0;
    }

    String key() {
        return name + "-" + ++keys;
    }
}
