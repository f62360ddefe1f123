package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, models' answers and stored rows that could make a turn's code throw: the turn has a reply, and the next one works. */
@ExtendWith(RunningShop.Opened.class)
class PoisonTest {
    private static final String SHOW_CART = "use show_cart {}";

    private final RunningShop shop;

    PoisonTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void answersWhateverAMessageLooksLike() {
        var customer = shop.customer();
        for (String text : new String[] {
            "x".repeat(4_000),
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67".repeat(500),
            "\u202e\u2066 right to left \ufeff\u200b\u00ad",
            "Z\u0351\u036b\u0343\u036a".repeat(500),
            "\ufdfd\uffff\ufffe \ud83f\udfff \udbff\udfff",
            "'; DROP TABLE conversation.message; --",
            "{\"is\":\"replied\"}",
            "\\u0000 \\ud800 %s %n ${jndi:ldap://127.0.0.1/x}",
            "<script>alert(1)</script> ]]> <!-- &#0;",
            "data: x\n\nevent: reply\ndata: {}",
            "[".repeat(4_000),
        }) {
            var answer = customer.say(text);
            assertThat(answer.reply())
                    .as(text)
                    .startsWith("You said: " + text.strip().substring(0, 9));
        }
        assertThat(customer.say(SHOW_CART).reply()).isEqualTo("Done.");
        try (var events = customer.events("")) {
            assertThat(events.until(event -> event.kind().equals("reply")
                            && event.data().at("/body/reply/text").asText().equals("Done.")))
                    .filteredOn(event -> event.kind().equals("reply"))
                    .hasSize(12);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void answersWhateverArgumentsTheModelGivesItsTools(String arguments) {
        var customer = shop.customer();

        assertThat(customer.say("use add_to_cart {" + arguments).reply()).isEqualTo("Done.");

        assertThat(customer.say(SHOW_CART).reply()).isEqualTo("Done.");
        assertThat(customer.get("/v1/conversations/cart").tree().path("lines")).isEmpty();
    }

    static Stream<String> calls() {
        return Stream.of(
                "",
                "}}",
                "\"sku\": ",
                "\"sku\": null, \"quantity\": null}",
                "\"sku\": \"\\u0000\"}",
                "\"sku\": \"\\ud800\"}",
                "\"sku\": \"" + "x".repeat(3_900) + "\"}",
                "\"sku\": \"P-1-M-BLUE\", \"quantity\": 1e999999999}",
                "\"sku\": \"P-1-M-BLUE\", \"quantity\": " + "9".repeat(900) + "}",
                "\"sku\": \"P-1-M-BLUE\", \"sku\": \"P-1-M-BLUE\"}",
                "\"sku\": " + "[".repeat(1_500) + "]".repeat(1_500) + "}",
                "\"sku\": " + "{\"a\":".repeat(600) + "1" + "}".repeat(600) + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE conversation.tool_call SET result = 'no JSON', arguments = '{'",
                "UPDATE conversation.tool_call SET result = '{\"lines\": [null]}', tool = E'odd\\ttool'",
                "UPDATE conversation.tool_call SET result = NULL",
                "DELETE FROM conversation.tool_call",
                "UPDATE conversation.model_step SET decision = '[]'",
                "UPDATE conversation.event SET body = '7'",
                "UPDATE conversation.message SET reply = '[]'",
                "UPDATE conversation.message SET reply = '{}'",
                "UPDATE conversation.proposal SET kind = 'Parade'"
            })
    void answersThoughWhatIsStoredOfTheTurnsBeforeCannotBeRead(String spoil) throws Exception {
        var id = RunningShop.fresh("poisoned");
        var customer = shop.customer(id);
        propose(customer);

        shop.execute(spoil + " WHERE conversation_id = (SELECT conversation_id FROM conversation.alias WHERE value = '"
                + id + "')");

        assertThat(customer.say("and now?").reply()).isEqualTo("You said: and now?");
        assertThat(customer.say("yes").status()).isEqualTo(200);
        assertThat(customer.say(SHOW_CART).reply()).isEqualTo("Done.");
        assertThat(customer.get("/").status()).isEqualTo(200);
        assertThat(customer.get("/v1/conversations/transcript").status()).isEqualTo(200);
    }

    @Test
    void aProposalWhoseQuoteCannotBeReadIsNoneAndANewOneWorks() throws Exception {
        var id = RunningShop.fresh("poisoned");
        var customer = shop.customer(id);
        var proposal = propose(customer);

        shop.execute("UPDATE conversation.quote SET body = '{\"quoteId\": 7}' WHERE customer_id = '" + id + "'");

        assertThat(customer.post("/v1/conversations/proposals/" + proposal + "/confirm")
                        .status())
                .isGreaterThanOrEqualTo(400);
        assertThat(customer.say("yes").status()).isEqualTo(200);
        assertThat(customer.say("and now?").reply()).isEqualTo("You said: and now?");
        assertThat(customer.get("/v1/conversations/transcript").status()).isEqualTo(200);
        assertThat(customer.get("/v1/conversations/proposals/open").status()).isEqualTo(200);
        var next = propose(customer);
        assertThat(customer.post("/v1/conversations/proposals/" + next + "/confirm")
                        .status())
                .isEqualTo(200);
    }

    private static String propose(ApiClient customer) {
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\"}");
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        assertThat(proposal).isNotEmpty();
        return proposal;
    }
}
