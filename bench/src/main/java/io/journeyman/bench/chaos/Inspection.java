package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Staff look at what came back and say what they make of it, now and then twice, as whoever heard no answer does. */
final class Inspection {
    private final Visitor visitor;

    Inspection(Visitor visitor) {
        this.visitor = visitor;
    }

    /** @param pieces lines with {@code sku} and {@code quantity}; of several the last may be worn, whatever the others are */
    void finds(Verdict verdict, String workflowId, JsonNode pieces) throws GaveUp, InterruptedException {
        var lines = new ArrayList<Map<String, Object>>();
        for (var piece : pieces) {
            boolean worn = pieces.size() > 1 && lines.size() == pieces.size() - 1 && visitor.oneIn(3);
            lines.add(line(
                    worn ? Verdict.refuse : verdict,
                    piece.path("sku").asText(),
                    piece.path("quantity").asInt()));
        }
        var found = new HashMap<String, Object>(Map.of("reason", "looked at", "lines", lines));
        switch (verdict) {
            case replace, repair -> found.put("remedy", verdict.name());
            case refund, refuse -> {} // money is what there is for all that is taken
        }
        says("inspection", workflowId, found);
    }

    private static Map<String, Object> line(Verdict verdict, String sku, int pieces) {
        return verdict == Verdict.refuse
                ? Map.of("sku", sku, "accepted", 0, "refused", pieces, "refusal", "worn")
                : Map.of("sku", sku, "accepted", pieces, "refused", 0);
    }

    /** There is no other piece. @param verdict refund or repair */
    void chooses(Verdict verdict, String workflowId) throws GaveUp, InterruptedException {
        says("remedy", workflowId, Map.of("reason", "nobody knows when more come", "remedy", verdict.name()));
    }

    private void says(String what, String workflowId, Map<String, Object> words) throws GaveUp, InterruptedException {
        var path = "/v1/staff/journeys/" + workflowId + "/" + what;
        var key = visitor.talk().key();
        visitor.staff().post(path, key, words);
        if (visitor.oneIn(3)) {
            visitor.staff().post(path, visitor.oneIn(2) ? key : visitor.talk().key(), words);
        }
    }
}
