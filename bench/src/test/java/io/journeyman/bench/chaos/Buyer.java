package io.journeyman.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import io.journeyman.contracts.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A customer who knows what they want: one kurta, delivered to their own house. They note down what they hear. */
final class Buyer {
    /** Repeats nothing and changes nothing: whoever is drawn from it always does the usual. */
    private static final RandomGenerator DECIDED = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 1;
        }

        @Override
        public int nextInt(int bound) {
            return 1;
        }
    };

    private final CustomerRecord record;
    private final ShopClient client;
    private final Talk talk;

    /** @param house nobody else lives there */
    Buyer(Shop shop, int house) {
        record = new CustomerRecord("cust-" + house, house);
        var session = new Session.Customer(new CustomerId(record.customerId()));
        client = new ShopClient(shop.address(), shop.address().tokenOf(session), seen -> record.complains(5, seen));
        talk = new Talk("b" + house, client, record, DECIDED);
    }

    CustomerRecord record() {
        return record;
    }

    JsonNode says(String text) throws GaveUp, InterruptedException {
        return talk.says(text);
    }

    /** Sends the same message once more. */
    void saysAgain(String key, String text) throws GaveUp, InterruptedException {
        var answer = client.post("/v1/conversations/messages", key, Map.of("text", text, "channel", "web"));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        record.hears(
                key,
                answer.body().path("turn").asInt(),
                Optional.of(answer.body().path("reply")));
    }

    /** Lets an order be proposed. */
    JsonNode chooses() throws GaveUp, InterruptedException {
        return chooses("checkout, send it to Meera Nair, " + record.house() + " Park Street, Kolkata 700016");
    }

    /** The same of something else, which need not be in the shop yet. */
    JsonNode choosesOf(HeadOffice.Ware ware) throws GaveUp, InterruptedException {
        says("Add the " + ware.inWords() + " to my cart");
        return proposed("checkout, send it to Meera Nair, " + record.house() + " Park Street, Kolkata 700016");
    }

    JsonNode chooses(String checkout) throws GaveUp, InterruptedException {
        says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        return proposed(checkout);
    }

    private JsonNode proposed(String checkout) throws GaveUp, InterruptedException {
        var reply = says(checkout);
        return talk.proposalOf("Checkout").orElseThrow(() -> new AssertionError("no proposal: " + reply));
    }

    /** Confirms without saying how to pay: the order waits for it. */
    void confirms(JsonNode proposal) throws GaveUp, InterruptedException {
        confirms(proposal, Map.of());
        var journey = talk.awaits(workflow(proposal), "payment_method");
        assertThat(journey.path("waitingFor").asText()).as("%s", journey).isEqualTo("payment_method");
    }

    /** Confirms, pays, and waits for the end. */
    void pays(JsonNode proposal) throws GaveUp, InterruptedException {
        var token = client.card(Card.good.number(), false, talk.key()).orElseThrow();
        confirms(proposal, Map.of("paymentMethod", Map.of("token", token)));
        talk.awaits(workflow(proposal), "");
    }

    private void confirms(JsonNode proposal, Map<String, Object> body) throws GaveUp, InterruptedException {
        var confirmed = talk.confirm(proposal, body, talk.key());
        assertThat(confirmed.ok()).as("%s", confirmed.body()).isTrue();
    }

    /** What they bought has come, fails, and is on its way to the shop. @return the claim's id */
    String claims(String order, String name) throws GaveUp, InterruptedException {
        var proposal = proposedSoon("I want to claim the warranty, my " + name + " of order " + order + " stopped");
        var confirmed = talk.confirm(proposal, Map.of(), talk.key());
        assertThat(confirmed.ok()).as("%s", confirmed.body()).isTrue();
        var claim = confirmed.body().path("journeyId").asText();
        var journey = talk.awaits("return-" + claim, "parcel");
        assertThat(journey.path("waitingFor").asText()).as("%s", journey).isEqualTo("parcel");
        return claim;
    }

    /** That all of an order has come its record says a moment after its customer has heard it. */
    private JsonNode proposedSoon(String claim) throws GaveUp, InterruptedException {
        for (var deadline = Instant.now().plus(Duration.ofMinutes(1)); ; Thread.sleep(500)) {
            var reply = says(claim);
            var proposal = talk.proposalOf("Return");
            if (proposal.isPresent()) {
                return proposal.get();
            }
            assertThat(Instant.now()).as("no proposal: %s", reply).isBefore(deadline);
        }
    }

    /** Waits until that is over. */
    void awaits(String workflowId) throws GaveUp, InterruptedException {
        talk.awaits(workflowId, "");
    }

    void cancels(JsonNode proposal) throws GaveUp, InterruptedException {
        client.post("/v1/journeys/" + workflow(proposal) + "/cancel", talk.key(), Map.of());
        talk.awaits(workflow(proposal), "");
    }

    static String order(JsonNode proposal) {
        return proposal.path("journeyId").asText();
    }

    static String workflow(JsonNode proposal) {
        return "checkout-" + order(proposal);
    }
}
