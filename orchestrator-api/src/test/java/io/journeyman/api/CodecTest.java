package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.auth.Session;
import io.journeyman.api.codec.CodecResource;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The codec as Temporal's web UI and CLI call it, over HTTP; and what it is for, in the real engine. */
@Timeout(120)
@ExtendWith(RunningShop.Opened.class)
class CodecTest {
    private static final String ENCODE = "/v1/codec/encode";
    private static final String DECODE = "/v1/codec/decode";
    private static final Map<String, Object> HELLO =
            Map.of("payloads", List.of(payload("json/plain", "\"hello\""), payload("json/plain", "17")));

    private final RunningShop shop;

    CodecTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void encryptsAndDecryptsForStaff() {
        var encoded = shop.staff().with("X-Namespace", "default").post(ENCODE, HELLO);
        var first = encoded.tree().at("/payloads/0");
        var decoded = shop.staff().post(DECODE, encoded.body());

        assertThat(text(first.at("/metadata/encoding").asText())).isEqualTo("binary/encrypted");
        assertThat(text(first.at("/metadata/encryption-key-id").asText())).isEqualTo("k1");
        assertThat(encoded.body()).doesNotContain(base64("\"hello\""));
        assertThat(decoded.tree().path("payloads")).hasSize(2);
        assertThat(text(decoded.tree().at("/payloads/0/data").asText())).isEqualTo("\"hello\"");
        assertThat(text(decoded.tree().at("/payloads/1/data").asText())).isEqualTo("17");
    }

    @Test
    void writesDownWhoReadsOnceAMinute() throws Exception {
        var reader = RunningShop.fresh("reader");
        var staff = shop.nobody().bearer(shop.tokens.sign(new io.journeyman.api.auth.Session.Staff(reader)));
        var rows = "SELECT count(*) FROM conversation.payload_reading WHERE staff = '" + reader + "'";

        staff.post(ENCODE, HELLO);
        assertThat(shop.query(rows)).containsExactly("0");
        for (int i = 0; i < 5; i++) {
            staff.post(DECODE, HELLO);
        }

        // the minute may have ended in between
        assertThat(shop.query(rows)).containsAnyOf("1", "2");
    }

    @Test
    void givesBackWhatWasNeverEncrypted() {
        assertThat(shop.staff().post(DECODE, HELLO).body()).contains(base64("\"hello\""));
        assertThat(shop.staff().post(DECODE, Map.of()).tree().path("payloads")).isEmpty();
    }

    @Test
    void isForStaffOnly() {
        for (var path : List.of(ENCODE, DECODE)) {
            assertThat(shop.nobody().post(path, HELLO).refusal()).isEqualTo("401 session_needed");
            assertThat(shop.customer().post(path, HELLO).refusal()).isEqualTo("403 staff_only");
            assertThat(shop.guest(RunningShop.fresh("guest")).post(path, HELLO).refusal())
                    .isEqualTo("403 staff_only");
        }
    }

    @Test
    void saysWhyAPayloadCannotBeRead() {
        var encoded = shop.staff().post(ENCODE, HELLO).body();
        var foreign = encoded.replace(base64("k1"), base64("k0"));
        var changed = Map.of(
                "payloads",
                List.of(Map.of(
                        "metadata", Map.of("encoding", base64("binary/encrypted"), "encryption-key-id", base64("k1")),
                        "data", base64("not what was encrypted, whatever it was"))));

        assertThat(shop.staff().post(DECODE, foreign).refusal()).isEqualTo("422 payload_unreadable");
        assertThat(shop.staff().post(DECODE, foreign).problem().detail())
                .contains("the key 'k0', which is not among JOURNEYMAN_PAYLOAD_KEYS");
        assertThat(shop.staff().post(DECODE, changed).refusal()).isEqualTo("422 payload_unreadable");
        assertThat(shop.staff().post(DECODE, changed).problem().detail()).contains("was changed");
    }

    @Test
    void refusesWhatIsNoListOfPayloadsOrTooLong() {
        for (var body : List.of("", "[]", "{\"payloads\":", "{\"payloads\":[{\"data\":\"*\"}]}", "{\"payloads\":7}")) {
            assertThat(shop.staff().post(DECODE, body).refusal()).as(body).isEqualTo("400 bad_request");
        }
        var fits = Map.of("payloads", List.of(payload("json/plain", "x".repeat(3_000_000))));
        var tooLong =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[CodecResource.MOST_BYTES + 1]));

        assertThat(shop.staff().post(DECODE, fits).status()).isEqualTo(200);
        assertThat(shop.staff()
                        .with("Content-Type", "application/json")
                        .send("POST", DECODE, Optional.of(tooLong))
                        .refusal())
                .isEqualTo("413 too_large");
    }

    @Test
    void letsThePagesOfTemporalsUiAskWithStaffsCookieAndNoOtherPage() {
        var cookie = shop.nobody()
                .with("Cookie", "journeyman_session=" + shop.tokens.sign(new Session.Staff("staff-1")))
                .with("Sec-Fetch-Site", "same-site");
        var ui = cookie.with("Origin", RunningShop.TEMPORAL_UI);

        var answer = ui.post(DECODE, HELLO);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(RunningShop.TEMPORAL_UI);
        assertThat(answer.header("Access-Control-Allow-Credentials")).hasValue("true");
        assertThat(answer.headers().get("vary")).contains("Origin");

        for (var foreign : List.of("http://127.0.0.1:8234", "http://localhost:8233", "https://evil.example", "null")) {
            var refused = cookie.with("Origin", foreign).post(DECODE, HELLO);
            assertThat(refused.refusal()).as(foreign).isEqualTo("403 foreign_origin");
            assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(preflight(foreign, DECODE).header("Access-Control-Allow-Origin"))
                    .as(foreign)
                    .isEmpty();
        }
        assertThat(cookie.post(DECODE, HELLO).refusal()).isEqualTo("403 foreign_origin");
    }

    @Test
    void opensTwoRoutesToTheUiAndNoOther() {
        var customer = shop.nobody()
                .with("Cookie", "journeyman_session=" + shop.tokens.sign(new Session.Guest(RunningShop.fresh("guest"))))
                .with("Origin", RunningShop.TEMPORAL_UI);

        assertThat(customer.say("hi").refusal()).isEqualTo("403 foreign_origin");
        assertThat(customer.post("/v1/sessions/demo", Map.of("as", "staff")).refusal())
                .isEqualTo("403 foreign_origin");
        assertThat(preflight(RunningShop.TEMPORAL_UI, "/v1/conversations/messages")
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();

        var allowed = preflight(RunningShop.TEMPORAL_UI, ENCODE);
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("Access-Control-Allow-Origin")).hasValue(RunningShop.TEMPORAL_UI);
        assertThat(allowed.header("Access-Control-Allow-Credentials")).hasValue("true");
        assertThat(allowed.header("Access-Control-Allow-Methods")).hasValue("POST");
        assertThat(allowed.header("Access-Control-Allow-Headers")).hasValue("Content-Type, X-Namespace");
    }

    @Test
    void tellsTheUiWhoIsNotSignedInInAWayThatItMayRead() {
        var answer = shop.nobody().with("Origin", RunningShop.TEMPORAL_UI).post(DECODE, HELLO);

        assertThat(answer.refusal()).isEqualTo("401 session_needed");
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(RunningShop.TEMPORAL_UI);
    }

    @Test
    void goesOnWithAWorkflowThatWasStartedBeforeThereWasEncryption() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        customer.get("/v1/conversations/cart").tree();
        var conversation = new ConversationId(
                shop.query("SELECT conversation_id FROM conversation.alias WHERE value = '" + id + "'")
                        .getFirst());
        var stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(shop.temporal.address())
                .validateAndBuildWithDefaults());
        try {
            var plain = WorkflowClient.newInstance(
                    stubs,
                    WorkflowClientOptions.newBuilder()
                            .setDataConverter(DefaultDataConverter.newDefaultInstance()
                                    .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())))
                            .build());
            var started = plain.newWorkflowStub(
                    Conversation.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId(Conversation.workflowId(conversation))
                            .setTaskQueue(Conversation.TASK_QUEUE)
                            .build());
            WorkflowClient.start(started::converse, conversation);

            assertThat(customer.say("hi").turn()).isEqualTo(1);

            var history = plain.fetchHistory(Conversation.workflowId(conversation))
                    .getHistory()
                    .toString();
            assertThat(history).contains("json/plain", "binary/encrypted");
        } finally {
            stubs.shutdownNow();
        }
    }

    private ApiClient.Answer preflight(String origin, String path) {
        return shop.nobody()
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "content-type,x-namespace")
                .send("OPTIONS", path, Optional.empty());
    }

    private static Map<String, Object> payload(String encoding, String data) {
        return Map.of("metadata", Map.of("encoding", base64(encoding)), "data", base64(data));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
