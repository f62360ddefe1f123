package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.Answered;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who is in the shop: what they say and hear, and all that they decide drawn from {@code chance}.
 *
 * @param shop the API, as the chat page uses it
 * @param staff the same for staff, who hand over, look at what came back, and give credit
 * @param steps where it is counted what they did
 */
record Visitor(
        Talk talk,
        ShopClient shop,
        ShopClient staff,
        CustomerRecord record,
        RandomGenerator chance,
        CardsTyped cards,
        Steps steps) {
    private static final int TRIES = 3;

    /** As long as a part that was killed takes to be back, and the shop to notice. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /** To their own house, which nobody else has. */
    String address() {
        return "Meera Nair, " + record.house() + " Park Street, Kolkata 700016";
    }

    boolean oneIn(int many) {
        return talk.oneIn(many);
    }

    /** Says it, and says it again later and later while a part of the shop is away. @return what is answered last */
    JsonNode insists(String words) throws GaveUp, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            var reply = talk.says(words);
            if (!Talk.isPutOff(reply) || Instant.now().plus(pause).isAfter(deadline)) {
                return reply;
            }
            Thread.sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /**
     * Says it again, for what has just happened may be known a moment later. Whatever has sold out meanwhile leaves their cart
     * with all else: they do not come for it another time.
     */
    Optional<JsonNode> untilProposed(String kind, String words) throws GaveUp, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            var reply = insists(words);
            var proposal = talk.proposalOf(kind);
            if (proposal.isPresent()) {
                return proposal;
            }
            if (Talk.isSoldOut(reply)) {
                talk.says("remove everything from my cart");
                return proposal;
            }
            Thread.sleep(1_000);
        }
        return Optional.empty();
    }

    /** Confirms what costs nothing. @return the journey's workflow */
    Optional<String> confirms(JsonNode proposal) throws GaveUp, InterruptedException {
        return workflow(talk.confirmsOnceOrTwice(proposal, Map.of()));
    }

    static Optional<String> workflow(Answered confirmed) {
        return Optional.of(confirmed)
                .filter(Answered::ok)
                .map(answer -> answer.body().path("workflowId").asText());
    }

    /** Staff have the journey look at once. */
    void hurries(String workflowId) throws GaveUp, InterruptedException {
        staff.post(
                "/v1/staff/journeys/" + workflowId + "/retry-now", talk.key(), Map.of("reason", "the customer asks"));
    }

    void cancels(String workflowId) throws GaveUp, InterruptedException {
        if (oneIn(3)) {
            var noun = workflowId.startsWith("checkout-")
                    ? "order"
                    : workflowId.startsWith("return-") ? "return" : "reservation";
            talk.says("cancel my " + noun + " " + journey(workflowId));
            talk.says("yes");
        } else {
            var key = talk.key();
            shop.post("/v1/journeys/" + workflowId + "/cancel", key, Map.of());
            if (oneIn(3)) {
                shop.post("/v1/journeys/" + workflowId + "/cancel", key, Map.of());
            }
        }
    }

    /** Or waits for staff to pay it out, which is as good. */
    static boolean isDone(JsonNode journey) {
        return journey.path("status").asText().equals("completed")
                || journey.path("waitingFor").asText().equals("payout");
    }

    /** The journey's id: what stands behind the first dash. */
    static String journey(String workflowId) {
        return workflowId.substring(workflowId.indexOf('-') + 1);
    }
}
