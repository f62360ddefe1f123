package io.journeyman.activities.tool;

import io.journeyman.contracts.Contract.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that the model may choose.
 *
 * @param operation the activity's type: {@code inventory.checkInventory}, {@code conversation.addToCart}
 * @param jsonSchema of the arguments that the model gives; fields of the session are not among them
 * @param proposes whether it writes or moves money, so that it becomes a proposal first
 * @param journey the workflow that the confirmed proposal starts
 * @param session fields of the request that are filled from the session: field → customerId, cart or chosen
 * @param sessionNeeded the fields of the session without which the agent does not answer
 * @param call the agent's operation; empty for the cart's own tools
 */
public record Tool(
        String name,
        String operation,
        String description,
        String jsonSchema,
        boolean proposes,
        Optional<String> journey,
        Map<String, String> session,
        Set<String> sessionNeeded,
        Optional<Operation> call) {
    public String agent() {
        return operation.substring(0, operation.indexOf('.'));
    }
}
