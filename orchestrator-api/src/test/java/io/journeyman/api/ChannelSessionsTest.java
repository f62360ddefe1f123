package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose conversation a message lands in that a bridge brings from another channel. */
@ExtendWith(RunningShop.Opened.class)
class ChannelSessionsTest {
    private final RunningShop shop;
    private final String number = "wa-" + UUID.randomUUID();

    ChannelSessionsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void landsInTheOneConversationOfTheCustomerWhomTheShopsFileNames() {
        var id = RunningShop.fresh("cust");
        shop.customer(id).say("hello from the page");

        var first = imported(false, id + ",whatsapp," + number, id + ",email,Asha.N@example.com");
        var again = imported(false, id + ",whatsapp," + number, id + ",email,asha.n@EXAMPLE.com");
        var answer = from(TestConfig.WHATSAPP_BRIDGE, number).say("hello from my phone", "whatsapp");

        assertThat(first.at("/summary/aliases/created").asInt()).isEqualTo(2);
        assertThat(again.at("/summary/aliases/unchanged").asInt()).isEqualTo(2);
        assertThat(answer.turn()).isEqualTo(2);
        assertThat(from(TestConfig.EMAIL_BRIDGE, "ASHA.N@example.com")
                        .say("and by mail", "email")
                        .turn())
                .isEqualTo(3);
        assertThat(transcript(shop.customer(id))).contains("hello from the page", "hello from my phone", "and by mail");
    }

    @Test
    void isTheSameGuestEachTimeWhileNobodyKnowsWhoItIs() {
        from(TestConfig.WHATSAPP_BRIDGE, number).say("hello from nobody", "whatsapp");

        assertThat(kind(TestConfig.WHATSAPP_BRIDGE, number)).isEqualTo("guest");
        assertThat(from(TestConfig.WHATSAPP_BRIDGE, number)
                        .say("me again", "whatsapp")
                        .turn())
                .isEqualTo(2);
        assertThat(from(TestConfig.EMAIL_BRIDGE, number)
                        .say("somebody else's name", "email")
                        .turn())
                .as("each channel has names of its own")
                .isEqualTo(1);
    }

    @Test
    void joinsWhatAGuestSaidThereToTheirConversationOnceTheFileNamesThem() {
        var id = RunningShop.fresh("cust");
        shop.customer(id).say("hello from the page");
        from(TestConfig.WHATSAPP_BRIDGE, number).say("hello from nobody", "whatsapp");

        imported(false, id + ",whatsapp," + number);

        assertThat(transcript(shop.customer(id))).contains("hello from the page", "hello from nobody");
        assertThat(from(TestConfig.WHATSAPP_BRIDGE, number)
                        .say("and on", "whatsapp")
                        .turn())
                .isEqualTo(3);
    }

    @Test
    void answersWhatABridgeSendsAgainAfterItsGuestWasNamedAsBefore() {
        var id = RunningShop.fresh("cust");
        shop.customer(id).say("hello from the page");
        var said = Map.of(
                "text",
                "use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}",
                "channel",
                "whatsapp");
        var first = from(TestConfig.WHATSAPP_BRIDGE, number).key("wamid-1").post("/v1/conversations/messages", said);
        imported(false, id + ",whatsapp," + number);

        var again = from(TestConfig.WHATSAPP_BRIDGE, number).key("wamid-1").post("/v1/conversations/messages", said);

        assertThat(again.tree().path("reply")).isEqualTo(first.tree().path("reply"));
        assertThat(again.tree().path("turn").asInt()).isEqualTo(2);
        assertThat(shop.customer(id)
                        .get("/v1/conversations/cart")
                        .tree()
                        .path("pieces")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void isWhoeverSignedInThereWhateverTheFileSays() {
        var filed = RunningShop.fresh("cust");
        var signedIn = RunningShop.fresh("cust");
        imported(false, filed + ",whatsapp," + number);

        var session = opened(TestConfig.WHATSAPP_BRIDGE, Map.of("alias", number, "signedIn", token(signedIn)));
        shop.nobody().bearer(session.path("token").asText()).say("it is me", "whatsapp");
        from(TestConfig.WHATSAPP_BRIDGE, number).say("still me", "whatsapp");
        var refused = imported(false, filed + ",whatsapp," + number);

        assertThat(transcript(shop.customer(signedIn))).contains("it is me", "still me");
        assertThat(transcript(shop.customer(filed))).doesNotContain("me");
        assertThat(refused.at("/refused/reason").asText()).isEqualTo("is of another customer, who signed in there");
        assertThat(kind(TestConfig.WHATSAPP_BRIDGE, number)).isEqualTo("customer");
    }

    /** Somebody else may have the guest's token, who opened the session in this browser or listens to this number. */
    @Test
    void tellsAGuestNothingMoreOnceACustomerHasSignedInThere() throws Exception {
        var id = RunningShop.fresh("cust");
        var guest = from(TestConfig.WHATSAPP_BRIDGE, number);
        guest.say("hello", "whatsapp");
        try (var events = guest.events("")) {
            events.untilReply(1);
            opened(TestConfig.WHATSAPP_BRIDGE, Map.of("alias", number, "signedIn", token(id)));

            shop.customer(id).say("a secret");

            assertThat(events.endsWithin(10)).isTrue();
            assertThat(events.within(0)).isEmpty();
        }
        assertThat(transcript(shop.customer(id))).contains("hello", "a secret");
    }

    @Test
    void bringsAGuestsCartAlongWhenTheySignInThere() {
        var id = RunningShop.fresh("cust");
        from(TestConfig.WHATSAPP_BRIDGE, number)
                .say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 2}", "whatsapp");

        opened(TestConfig.WHATSAPP_BRIDGE, Map.of("alias", number, "signedIn", token(id)));

        assertThat(shop.customer(id)
                        .get("/v1/conversations/cart")
                        .tree()
                        .path("pieces")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void knowsAGuestOfAChannelWhoSignedInOnThePage() {
        from(TestConfig.WHATSAPP_BRIDGE, number).say("hello from nobody", "whatsapp");

        from(TestConfig.WHATSAPP_BRIDGE, number).post("/v1/sessions/demo", Map.of("as", "customer"));

        assertThat(kind(TestConfig.WHATSAPP_BRIDGE, number)).isEqualTo("customer");
    }

    @Test
    void movesANumberThatTheShopsFileGivesToAnotherCustomer() {
        var before = RunningShop.fresh("cust");
        var now = RunningShop.fresh("cust");
        imported(false, before + ",whatsapp," + number);

        var moved = imported(false, now + ",whatsapp," + number);
        from(TestConfig.WHATSAPP_BRIDGE, number).say("a new number", "whatsapp");

        assertThat(moved.at("/summary/aliases/changed").asInt()).isEqualTo(1);
        assertThat(transcript(shop.customer(now))).contains("a new number");
        assertThat(transcript(shop.customer(before))).doesNotContain("a new number");
    }

    @Test
    void changesNothingInADryRunAndTakesSoManyOfACustomerOnly() {
        var id = RunningShop.fresh("cust");
        var rows = new ArrayList<>(IntStream.range(0, 21)
                .mapToObj(i -> id + ",whatsapp," + number + "-" + i)
                .toList());

        var dry = imported(true, rows.toArray(String[]::new));
        var unknown = kind(TestConfig.WHATSAPP_BRIDGE, number + "-0");
        var done = imported(false, rows.toArray(String[]::new));

        assertThat(dry.at("/refused/reason").asText()).isEqualTo("has 20 aliases already");
        assertThat(unknown).isEqualTo("guest");
        assertThat(done.at("/refused/id").asText()).isEqualTo("whatsapp " + number + "-20");
        assertThat(kind(TestConfig.WHATSAPP_BRIDGE, number + "-0")).isEqualTo("customer");
        assertThat(bridge(TestConfig.WHATSAPP_BRIDGE)
                        .post("/v1/sessions/channel", Map.of("alias", number + "-20", "signedIn", token(id)))
                        .refusal())
                .isEqualTo("409 too_many_aliases");
    }

    @Test
    void saysWhatIsWrongWithARow() {
        var refused = imported(
                false,
                "cust-1,telegram," + number,
                "no id,whatsapp," + number,
                "cust-1,whatsapp,",
                "cust-1,whatsapp," + "x".repeat(129));

        assertThat(refused.at("/summary/refused").asInt()).isEqualTo(4);
        assertThat(refused.at("/summary/aliases/created").asInt()).isZero();
    }

    @Test
    void opensNothingForWhoeverIsNoBridge() {
        var alias = Map.of("alias", number);
        for (ApiClient client : List.of(
                shop.nobody(),
                shop.customer(),
                shop.staff(),
                shop.guest("guest-of-nobody"),
                bridge(TestConfig.WHATSAPP_BRIDGE + "x"),
                bridge(""),
                shop.nobody().with("Authorization", "Basic " + TestConfig.WHATSAPP_BRIDGE))) {
            assertThat(client.post("/v1/sessions/channel", alias).refusal()).isEqualTo("401 bridge_needed");
        }
        assertThat(bridge(TestConfig.WHATSAPP_BRIDGE)
                        .get("/v1/conversations/cart")
                        .refusal())
                .isEqualTo("401 session_needed");
    }

    @Test
    void saysWhatABridgeHasWrong() {
        var bridge = bridge(TestConfig.WHATSAPP_BRIDGE);
        var guest = shop.tokens.sign(new Session.Guest("guest-signed-in"));

        for (Object wrong :
                List.of(Map.of(), Map.of("alias", " "), Map.of("alias", "x".repeat(129)), Map.of("alias", "a\u0000"))) {
            assertThat(bridge.post("/v1/sessions/channel", wrong).refusal()).isEqualTo("400 bad_request");
        }
        for (String token : List.of(guest, "nonsense", TestConfig.WHATSAPP_BRIDGE)) {
            assertThat(bridge.post("/v1/sessions/channel", Map.of("alias", number, "signedIn", token))
                            .refusal())
                    .isEqualTo("422 not_signed_in");
        }
        assertThat(kind(TestConfig.WHATSAPP_BRIDGE, number)).isEqualTo("guest");
    }

    private ApiClient bridge(String secret) {
        return shop.nobody().bearer(secret);
    }

    /** Whoever it is, as the bridge lets them speak. */
    private ApiClient from(String secret, String alias) {
        return shop.nobody()
                .bearer(opened(secret, Map.of("alias", alias)).path("token").asText());
    }

    private String kind(String secret, String alias) {
        return opened(secret, Map.of("alias", alias)).path("kind").asText();
    }

    private JsonNode opened(String secret, Map<String, String> speaker) {
        var answer = bridge(secret).post("/v1/sessions/channel", speaker);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.tree();
    }

    private String token(String customer) {
        return shop.tokens.sign(new Session.Customer(new CustomerId(customer)));
    }

    private static String transcript(ApiClient client) {
        return client.get("/v1/conversations/transcript").body();
    }

    /** @return the first refusal, if there is one, and the summary */
    private JsonNode imported(boolean dryRun, String... rows) {
        var answer = shop.staff()
                .with("Content-Type", "application/octet-stream")
                .send(
                        "POST",
                        "/v1/imports/aliases?format=csv&dryRun=" + dryRun,
                        Optional.of(BodyPublishers.ofString(
                                "Customer ID,Channel,Alias\n" + String.join("\n", rows) + "\n")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var all = Json.mapper().createObjectNode();
        answer.body()
                .lines()
                .map(Json::tree)
                .forEach(line ->
                        line.properties().forEach(member -> all.putIfAbsent(member.getKey(), member.getValue())));
        return all;
    }
}
