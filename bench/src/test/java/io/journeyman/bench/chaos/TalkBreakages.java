package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;
import static io.journeyman.bench.chaos.LyingNetwork.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.Wire.Call;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.contracts.Json;
import java.util.List;
import java.util.Map;

/** Promises 4, 5, 6 and 8: what customers wait for, and what they are answered. */
final class TalkBreakages {
    private final BrokenShop shop;

    TalkBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    List<Breakage> all() {
        return List.of(
                new Breakage("is stuck when somebody terminates its workflow", this::isStuck),
                new Breakage("waits for ever when a wait has no deadline", this::waitsForEver),
                new Breakage("stays open when its record is not closed", this::staysOpen),
                new Breakage("answers twice when a message's key is not kept", this::answersTwice),
                new Breakage("answers nobody when a reply is written without its event", this::answersNobody),
                new Breakage(
                        "tells another's address when an agent answers of somebody else", this::tellsAnothersAddress),
                new Breakage("shows another price when it is altered on its way", this::showsAnotherPrice));
    }

    private Proof isStuck() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        buyer.confirms(proposal);

        shop.terminate(Buyer.workflow(proposal));

        return audited -> {
            audited.names(Promise.nothing_stuck, Buyer.workflow(proposal) + " ended as TERMINATED");
            audited.names(
                    Promise.nothing_stuck, "order " + Buyer.order(proposal) + " is pending and nobody works on it");
        };
    }

    private Proof waitsForEver() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        shop.onEachRow(
                "BEFORE INSERT OR UPDATE ON conversation.journey",
                "NEW.journey_id = '" + Buyer.order(proposal) + "'",
                "NEW.until := NULL");

        buyer.confirms(proposal);

        return audited -> audited.names(Promise.nothing_stuck, Buyer.workflow(proposal) + " waits without a deadline");
    }

    private Proof staysOpen() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.swallow(
                Part.postPurchase,
                "/orders/" + order + "/transitions",
                Map.of("orderId", order, "status", "confirmed", "transitions", List.of()));

        buyer.pays(proposal);

        return audited -> audited.names(Promise.nothing_stuck, "order " + order + " is pending and nobody works on it");
    }

    private Proof answersTwice() throws Exception {
        var buyer = shop.comesIn();
        var key = "forgotten-" + buyer.record().house();
        shop.onEachRow(
                "BEFORE INSERT ON conversation.message",
                "NEW.idempotency_key = '" + key + "'",
                "NEW.idempotency_key := gen_random_uuid()::text");

        buyer.saysAgain(key, "what offers do I get?");
        buyer.saysAgain(key, "what offers do I get?");

        return audited -> audited.names(
                Promise.answered_once,
                buyer.record().customerId() + ": message " + key + " was turn 1, and turn 2 when repeated");
    }

    private Proof answersNobody() throws Exception {
        var buyer = shop.comesIn();
        buyer.says("hi");
        var conversation = shop.only("SELECT id FROM conversation.conversation WHERE customer_id = '"
                + buyer.record().customerId() + "'");
        shop.onEachRow(
                "AFTER INSERT ON conversation.event",
                "NEW.kind = 'reply' AND NEW.conversation_id = '" + conversation + "'",
                "DELETE FROM conversation.event WHERE conversation_id = NEW.conversation_id AND seq = NEW.seq");

        buyer.says("what offers do I get?");

        return audited -> {
            audited.names(Promise.answered_once, "turn 2 of " + conversation + " was replied to 0 times");
            audited.names(Promise.answered_once, "the events of " + conversation + " are not numbered");
        };
    }

    private Proof tellsAnothersAddress() throws Exception {
        var neighbour = shop.comesIn();
        neighbour.chooses();
        var buyer = shop.comesIn();
        shop.network.lieTo(
                Part.fulfillment,
                call -> call.path().equals(address(buyer)),
                (call, agent) -> agent.send(new Call(call.method(), address(neighbour), call.headers(), call.body())));

        buyer.confirms(buyer.chooses("checkout"));

        return audited -> audited.names(
                Promise.kept_private,
                " of " + buyer.record().customerId() + " names house "
                        + neighbour.record().house());
    }

    private static String address(Buyer buyer) {
        return "/customers/" + buyer.record().customerId() + "/address";
    }

    private Proof showsAnotherPrice() throws Exception {
        var buyer = shop.comesIn();
        shop.network.lieTo(
                Part.recommendation, about("/recommendations", buyer.record().customerId()), (call, agent) -> {
                    var products = Json.tree(agent.send(call).body());
                    ((ObjectNode) products.at("/products/0/price")).put("minor", 171_700);
                    return answer(200, products);
                });

        var reply = buyer.says("show me blue kurtas");
        assertThat(reply.path("cards")).as("%s", reply).isNotEmpty();

        return audited -> audited.names(Promise.told_the_truth, " for 171700");
    }
}
