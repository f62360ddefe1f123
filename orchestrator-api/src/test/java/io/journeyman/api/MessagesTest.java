package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.conversation.Redaction;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages in, replies out. */
@ExtendWith(RunningShop.Opened.class)
class MessagesTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    private final RunningShop shop;

    MessagesTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void answersWithTheReplyOfTheTurn() {
        var customer = shop.customer();

        var answer = customer.say("good morning");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.turn()).isEqualTo(1);
        assertThat(answer.reply()).isEqualTo("You said: good morning");
        assertThat(customer.get("/v1/conversations/messages/1").reply()).isEqualTo("You said: good morning");
    }

    @Test
    void answersARepeatedMessageWithTheStoredReply() {
        var customer = shop.customer().key("key-1");
        var text = "only once, " + RunningShop.fresh("text");
        var first = customer.say(text);

        var again = customer.say(text);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(shop.model.asked(text)).isEqualTo(1);
        assertThat(customer.get("/v1/conversations/transcript").tree().path("turns"))
                .hasSize(1);
    }

    @Test
    void runsOneTurnForAMessageThatComesTwiceAtOnce() {
        var customer = shop.customer().key("key-1");
        var name = RunningShop.fresh("twice");
        var both = Stream.of(1, 2)
                .map(n -> CompletableFuture.supplyAsync(() -> customer.say("wait for " + name), THREADS))
                .toList();

        shop.model.release(name);

        assertThat(both).allSatisfy(answer -> {
            assertThat(answer.join().turn()).isEqualTo(1);
            assertThat(answer.join().reply()).isEqualTo("Here I am.");
        });
        assertThat(shop.model.asked("wait for " + name)).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatCameWithAnotherMessage() {
        var customer = shop.customer().key("key-1");
        customer.say("one thing");

        assertThat(customer.say("another thing").refusal()).isEqualTo("422 key_reused");
        assertThat(customer.say("one thing", "voice").refusal()).isEqualTo("422 key_reused");
        // a key is its conversation's own
        assertThat(shop.customer().key("key-1").say("another thing").status()).isEqualTo(200);
    }

    @Test
    void needsAnIdempotencyKey() {
        for (String bad : List.of("", "k".repeat(65), "with space")) {
            assertThat(shop.customer().key(bad).say("hi").refusal()).as(bad).isEqualTo("400 idempotency_key_needed");
        }
        assertThat(shop.customer().key("k".repeat(64)).say("hi").status()).isEqualTo(200);
    }

    @Test
    void asksForPatienceWhenTooManyMessagesAreUnanswered() {
        var customer = shop.customer();
        var name = RunningShop.fresh("many");
        var waiting = new ArrayList<CompletableFuture<ApiClient.Answer>>();
        var tooMany = Optional.<ApiClient.Answer>empty();
        try {
            for (int i = 0; i < 3; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> customer.say("wait for " + name), THREADS));
            }
            tooMany = Optional.of(RunningShop.eventually(() -> customer.get("/v1/conversations/transcript")
                                    .tree()
                                    .path("turns")
                                    .size()
                            == 3
                    ? Optional.of(customer.say("and another"))
                    : Optional.empty()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            shop.model.release(name);
        }

        assertThat(tooMany.orElseThrow().refusal()).isEqualTo("429 too_many_unanswered");
        assertThat(tooMany.orElseThrow().header("Retry-After")).isPresent();
        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answer.join().reply()).isEqualTo("Here I am."));
    }

    @Test
    void tellsWhatIsWrongWithAMessage() {
        var customer = shop.customer();
        for (String body : List.of(
                "",
                "{",
                "nonsense",
                "[]",
                "7",
                "null",
                "{}",
                "{\"text\": null}",
                "{\"text\": \"\"}",
                "{\"text\": \" \\n \"}",
                "{\"text\": {}}",
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"text\": \"a\"} {}",
                "{\"text\": \"nul \\u0000 byte\"}",
                "{\"text\": \"bell \\u0007\"}",
                "{\"text\": \"escape \\u001b[31m\"}",
                "{\"text\": \"half \\ud83d a sign\"}",
                "{\"text\": \"hi\", \"channel\": \"fax\"}",
                "{\"text\": \"hi\", \"channel\": 7}",
                "{\"text\": \"" + "x".repeat(4_001) + "\"}")) {
            var answer = customer.post("/v1/conversations/messages", body);
            assertThat(answer.refusal())
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isEqualTo("400 bad_request");
        }
        assertThat(customer.post("/v1/conversations/messages").refusal()).isEqualTo("400 bad_request");
        assertThat(customer.get("/v1/conversations/transcript").tree().path("turns"))
                .isEmpty();
    }

    @Test
    void takesTheLongestMessageAndEverySignThatPeopleType() {
        var customer = shop.customer();

        assertThat(customer.say("x".repeat(4_000)).status()).isEqualTo(200);
        assertThat(customer.say("line\nline\ttab \ud83d\udc57 \u0928\u092e\u0938\u094d\u0924\u0947")
                        .reply())
                .isEqualTo("You said: line\nline\ttab \ud83d\udc57 \u0928\u092e\u0938\u094d\u0924\u0947");
    }

    @Test
    void namesTheMemberThatIsWrongWithoutQuotingIt() {
        var answer =
                shop.customer().post("/v1/conversations/messages", "{\"text\": \"hi\", \"channel\": \"my secret\"}");

        assertThat(answer.problem().detail()).contains("channel").doesNotContain("my secret");
    }

    @Test
    void takesNoOtherBodyThanAShortJsonOne() {
        var customer = shop.customer();
        var large = "{\"text\": \"" + "x".repeat(70_000) + "\"}";

        assertThat(customer.post("/v1/conversations/messages", large).refusal()).isEqualTo("413 too_large");
        // without a length in its head
        assertThat(customer.send(
                                "POST",
                                "/v1/conversations/messages",
                                Optional.of(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                                        large.getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
                        .refusal())
                .isEqualTo("413 too_large");
        assertThat(customer.with("Content-Type", "text/plain").say("hi").refusal())
                .isEqualTo("415 unsupported_media_type");
        assertThat(customer.with("Content-Type", "").say("hi").refusal()).isEqualTo("415 unsupported_media_type");
        assertThat(customer.with("Accept", "image/png").say("hi").refusal()).isEqualTo("406 not_acceptable");
    }

    @Test
    void tellsApartAnUnknownRouteAndAnUnknownMethod() {
        var customer = shop.customer();

        assertThat(customer.get("/v1/nothing").refusal()).isEqualTo("404 not_found");
        assertThat(customer.get("/v1/conversations/messages/none").refusal()).isEqualTo("404 not_found");
        assertThat(customer.get("/v1/conversations/messages/7").refusal()).isEqualTo("404 turn_unknown");
        assertThat(customer.delete("/v1/conversations/messages").refusal()).isEqualTo("405 method_not_allowed");
        assertThat(customer.get("/v1/conversations/transcript?before=yesterday").refusal())
                .isEqualTo("400 bad_request");
        assertThat(customer.get("/v1/conversations/transcript?limit=many").refusal())
                .isEqualTo("400 bad_request");
        assertThat(customer.get("/v1/conversations/journeys?before=%00").refusal())
                .isEqualTo("400 bad_request");
    }

    @Test
    void explainsAlsoWhatTheServerTurnsAwayItself() {
        assertThat(shop.nobody().get("/v1/a%2fb").refusal()).isEqualTo("400 bad_request");
        assertThat(shop.nobody().get("/assets/%2e%2e/secret").refusal()).isEqualTo("400 bad_request");
        assertThat(shop.nobody()
                        .with("X-Long", "x".repeat(20_000))
                        .get("/health?")
                        .refusal())
                .isEqualTo("431 head_too_large");
    }

    @Test
    void pagesThroughTheTranscript() {
        var customer = shop.customer();
        customer.say("one");
        customer.say("two");
        customer.say("three");

        var page = customer.get("/v1/conversations/transcript?before=3&limit=1").tree();

        assertThat(page.path("turns")).hasSize(1);
        assertThat(page.at("/turns/0/text").asText()).isEqualTo("two");
        assertThat(page.path("lastEvent").asLong()).isEqualTo(6);
    }

    @Test
    void storesNoCardNumberWhereverItIsTyped() throws Exception {
        var customer = shop.customer();
        var card = "4000 0566 5566 5556";

        customer.key("4000056655665556").say("my card is " + card + ".");
        customer.post(
                "/v1/conversations/messages", Map.of("text", "and " + card.replace(' ', '-'), "channel", "whatsapp"));
        customer.post("/v1/conversations/proposals/4000056655665556/confirm");

        var digits = shop.everythingStored().stream().map(text -> text.replaceAll("[^0-9]", ""));
        assertThat(digits).noneMatch(text -> text.contains("4000056655665556"));
        assertThat(shop.model.requests()).noneMatch(text -> text.contains("5566 5556") || text.contains("5566-5556"));
        assertThat(customer.get("/v1/conversations/transcript").body()).contains(Redaction.REMOVED);
    }

    @Test
    void slowsDownAClientThatIsTooFast() {
        var customer = shop.customer();
        var slowed = Stream.generate(() -> customer.get("/v1/conversations/cart"))
                .limit(200)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(slowed.refusal()).isEqualTo("429 too_many_requests");
        assertThat(slowed.header("Retry-After")).hasValue("1");
        assertThat(shop.customer().get("/v1/conversations/cart").status()).isEqualTo(200);
    }

    @Test
    void slowsDownWhoSendsManyMessagesAndStillShowsThemWhatTheyHave() {
        var customer = shop.customer();
        var slowed = Stream.generate(() -> customer.post("/v1/conversations/messages", Map.of("text", "")))
                .limit(50)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(slowed.refusal()).isEqualTo("429 too_many_requests");
        assertThat(customer.get("/v1/conversations/cart").status()).isEqualTo(200);
    }
}
