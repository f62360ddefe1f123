package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the model does next: ask tools, or answer the customer. */
sealed interface Step {
    record Call(String tool, ObjectNode arguments) {}

    record Ask(List<Call> calls) implements Step {
        public Ask {
            calls = List.copyOf(calls);
        }
    }

    record Say(String text) implements Step {}
}
