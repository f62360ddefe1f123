package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Contract.Operation;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each body that an agent takes is shown by an example, and what is shown is allowed. */
class ExamplesTest {
    static Stream<String> agents() {
        return Contract.AGENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("agents")
    void showWhatTheContractAllows(String agent) {
        Contract contract = Contract.load(agent);

        var mistakes = new ArrayList<String>();
        for (Operation operation : contract.operations()) {
            if (operation.requestSchema().isPresent() && operation.examples().isEmpty()) {
                mistakes.add(operation.id() + " has a body and no example of one");
            }
            for (JsonNode example : operation.examples()) {
                contract.checkRequest(operation, Optional.of(example.toString()))
                        .forEach(violation -> mistakes.add(operation.id() + ": " + violation));
            }
        }

        assertThat(mistakes).isEmpty();
        assertThat(contract.examplesOn()).isPresent();
    }

    @Test
    void countFromADay() {
        var contract = Contract.parse("x", """
                {"openapi": "3.1.0", "info": {"x-examples-on": "yesterday"}}""");

        assertThatThrownBy(contract::examplesOn).hasMessageContaining("must be a day such as 2026-11-26");
        assertThat(Contract.parse("x", "{\"openapi\": \"3.1.0\"}").examplesOn()).isEmpty();
    }
}
