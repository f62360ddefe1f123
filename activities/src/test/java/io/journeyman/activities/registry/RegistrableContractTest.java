package io.journeyman.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which contracts may join a running shop, and what is said of those that may not. */
class RegistrableContractTest {
    private static final List<Contract> HOUSE =
            List.of(Contract.load("inventory"), Contract.load("recommendation"), Contract.load("payment"));

    private final RegistrableContract registrable = new RegistrableContract(HOUSE);

    @Test
    void takesAQuestionWithAnAnswer() {
        assertThat(mistakes(JoiningAgent.contract("weather", "check_weather").text()))
                .isEmpty();
        assertThat(registrable.mistakes(Contract.load("giftWrapping"), List.of()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "x-effect": "read"                     | "x-effect": "write"                              | it must only read
            "x-effect": "read"                     | "x-effect": "read", "x-journey": "Checkout"      | x-journey is for the house's own agents
            "name": "check_weather"                | "name": "check_inventory"                        | the tool check_inventory is there already, of the house
            "name": "check_weather"                | "name": "check_news"                             | the tool check_news is there already, of news
            "name": "check_weather"                | "name": "add_to_cart"                            | the tool add_to_cart is there already
            "when": "Whenever it helps."           | "when": "now", "session": {"what": "customerId"} | it learns nothing of the customer
            "post": {                              | "put": {                                         | PUT is not how a tool is asked
            "operationId": "ask"                   | "operationId": "ask", "parameters": [{"name": "day", "in": "query", "schema": {"type": "string"}}] | it has query parameters
            "operationId": "ask"                   | "operationId": "ask", "parameters": [{"name": "Idempotency-Key", "in": "header"}] | it must only read
            "200"                                  | "202"                                            | it does not say what it answers
            "/ask"                                 | "/ask/{place}"                                   | nothing says what {place} of its path is
            {"type": "string", "maxLength": 20}    | {"$ref": "https://elsewhere/schema.json"}        | it refers to another document
            {"type": "string", "maxLength": 20}    | {"type": "string", "pattern": "("}               | cannot be used
            "x-tool"                               | "x-other"                                        | it offers no tool""")
    void saysWhatIsWrong(String right, String wrong, String words) {
        var contract = JoiningAgent.contract("weather", "check_weather").text();
        assertThat(contract).contains(right);

        assertThat(mistakes(contract.replace(right, wrong)))
                .anySatisfy(mistake -> assertThat(mistake).contains(words));
    }

    @Test
    void saysAllOfItAtOnce() {
        var contract = JoiningAgent.contract("inventory", "check_inventory")
                .text()
                .replace("\"read\"", "\"money\"")
                .replace("Whenever it helps.", "again ".repeat(100));

        assertThat(registrable.mistakes(Contract.parse("inventory", contract), List.of()))
                .hasSize(4)
                .anyMatch(mistake -> mistake.contains("inventory is an agent of the house"))
                .anyMatch(mistake -> mistake.contains("x-tool.when has 600 characters"));
    }

    private List<String> mistakes(String contract) {
        return registrable.mistakes(
                Contract.parse("weather", contract), List.of(JoiningAgent.contract("news", "check_news")));
    }
}
