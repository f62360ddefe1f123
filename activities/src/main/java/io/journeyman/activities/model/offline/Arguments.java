package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.util.Optional;

/** A tool call's arguments; what is empty is left out. */
final class Arguments {
    private final ObjectNode members = Json.mapper().createObjectNode();

    Arguments with(String name, String value) {
        members.put(name, value);
        return this;
    }

    Arguments with(String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> members.put(name, text));
        return this;
    }

    Arguments with(String name, JsonNode value) {
        members.set(name, value);
        return this;
    }

    Arguments withNumber(String name, Optional<Long> value) {
        value.ifPresent(number -> members.put(name, number));
        return this;
    }

    Arguments with(String name, int value) {
        members.put(name, value);
        return this;
    }

    Arguments withIf(boolean wanted, String name) {
        if (wanted) {
            members.put(name, true);
        }
        return this;
    }

    /** Read back from its own text, so that it equals what the transcript brings in the next round. */
    ObjectNode node() {
        return (ObjectNode) Json.tree(members.toString());
    }
}
