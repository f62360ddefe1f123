package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.activities.registry.Toolbox.Offer;
import io.journeyman.activities.tool.Tool;
import io.journeyman.activities.tool.ToolCatalogue;
import io.journeyman.activities.tool.ToolCatalogue.Checked;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs the model's reads and the cart's tools: one activity whose type is the operation, with (turn, callId). A call that has
 * its result is not run again. Whatever happens ends in a stored result that the model can read; an agent that does not answer
 * is asked {@value #TRIES} times, one that is known not to answer not at all.
 */
public final class ToolCalls implements DynamicActivity {
    static final int TRIES = 3;

    /** A guest may see what everybody gets. */
    private static final Set<String> GUESTS_WELCOME = Set.of("loyalty.getApplicableOffers");

    private static final String GUEST = "guest";
    private static final String ORDER_STATUS = "postPurchase.getOrderStatus";
    private static final String RECOMMENDATIONS = "recommendation.getRecommendations";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Toolbox toolbox;
    private final Variants variants;
    private final RecommendedStock recommended;
    private final CustomerRatings ratings;
    private final Reordering reordering;

    ToolCalls(Jdbi jdbi, InstantSource clock, Toolbox toolbox) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.toolbox = toolbox;
        this.variants = new Variants(toolbox.ofTheHouse().agents());
        this.recommended = new RecommendedStock(toolbox.ofTheHouse().agents());
        this.ratings = new CustomerRatings(toolbox.ofTheHouse().agents());
        this.reordering = new Reordering(toolbox.ofTheHouse().agents());
    }

    @Override
    public Object execute(EncodedValues arguments) {
        TurnRef turn = arguments.get(0, TurnRef.class);
        String callId = arguments.get(1, String.class);
        run(turn, callId, Activity.getExecutionContext().getInfo().getAttempt());
        return null; // Temporal's word for "no result": what came of it is stored
    }

    void run(TurnRef turn, String callId, int attempt) {
        record Asked(Turns.Call call, Optional<Offer> offer) {}
        Asked asked = jdbi.withHandle(handle -> {
            Turns.Call call = Turns.call(handle, turn, callId);
            return new Asked(call, toolbox.with(handle, call.tool()));
        });
        Turns.Call call = asked.call();
        if (call.result().isPresent()) {
            return;
        }
        if (asked.offer().isEmpty()) {
            store(turn, callId, ToolRefusal.gone().json());
            return;
        }
        Offer offer = asked.offer().get();
        Tool tool = offer.tools().named(call.tool()).orElseThrow();
        try {
            switch (offer.tools().check(tool, call.arguments())) {
                case Checked.Invalid invalid ->
                    store(turn, callId, invalidArguments(invalid).json());
                case Checked.Valid valid -> {
                    switch (tool.operation()) {
                        case ToolCatalogue.ADD_TO_CART -> add(turn, callId, valid.arguments());
                        case ToolCatalogue.REMOVE_FROM_CART -> remove(turn, callId, valid.arguments());
                        case ToolCatalogue.SHOW_CART -> showCart(turn, callId);
                        case ToolCatalogue.ORDER_AGAIN -> orderAgain(turn, callId, valid.arguments());
                        default -> store(turn, callId, ask(turn, tool, offer, valid.arguments()));
                    }
                }
            }
        } catch (ToolRefusal refusal) {
            store(turn, callId, refusal.json());
        } catch (ApplicationFailure failure) {
            if (attempt < TRIES && !failure.isNonRetryable()) {
                throw failure;
            }
            store(turn, callId, ToolRefusal.unavailable(tool.agent()).json());
        }
    }

    static ToolRefusal invalidArguments(Checked.Invalid invalid) {
        return ToolRefusal.of("invalid_arguments", invalid.detail(), "Call the tool again with corrected arguments.");
    }

    private void store(TurnRef turn, String callId, String result) {
        jdbi.useHandle(handle -> Turns.result(handle, turn, callId, result, clock.instant()));
    }

    private String ask(TurnRef turn, Tool tool, Offer offer, ObjectNode arguments) {
        Operation operation = tool.call().orElseThrow();
        AgentClient agent = Optional.ofNullable(offer.agents().get(tool.agent()))
                .orElseThrow(() -> ToolRefusal.unavailable(tool.agent()));
        jdbi.useHandle(handle -> fillFromSession(handle, turn, tool, arguments));
        boolean recommends = tool.operation().equals(RECOMMENDATIONS);
        ObjectNode question = recommends ? RecommendedStock.forTheCatalogue(arguments) : arguments;
        JsonNode answer = ToolRefusal.said(
                operation.method().equals("GET")
                        ? agent.get(operation.id(), path(operation, question), JsonNode.class)
                        : agent.ask(operation.id(), path(operation, question), question, JsonNode.class));
        if (recommends && answer instanceof ObjectNode object) {
            recommended.sift(arguments, object);
            ratings.addTo(object);
        }
        if (tool.operation().equals(ORDER_STATUS) && answer instanceof ObjectNode orders) {
            jdbi.useHandle(handle -> BeingPlaced.add(
                    handle, Turns.session(handle, turn.conversation()).home(), arguments, orders, clock.instant()));
        }
        if (answer instanceof ObjectNode object && nothingFits(object)) {
            object.put(
                    "nextStep",
                    "Say honestly that it is not available"
                            + (isOrderedAhead(object)
                                    ? ", that it can be ordered now all the same, and for which day"
                                    : "")
                            + ", and look for alternatives with get_recommendations: likeProductId "
                            + arguments.path("productId").asText()
                            + ", purpose alternatives, with the size and color that the customer wants.");
        }
        return Turns.compact(answer);
    }

    /** The seed's edge cases 2 and 4: out of stock, or no variant with the wanted size and colour. */
    private static boolean nothingFits(ObjectNode answer) {
        return answer.path("onlineStatus").asText().equals("out_of_stock")
                || (answer.path("attributesAvailable").isBoolean()
                        && !answer.path("attributesAvailable").asBoolean());
    }

    private static boolean isOrderedAhead(ObjectNode stock) {
        return stock.path("variants").findValue("orderAhead") != null;
    }

    private static void fillFromSession(Handle handle, TurnRef turn, Tool tool, ObjectNode request) {
        Turns.Session session = Turns.session(handle, turn.conversation());
        tool.session().forEach((field, source) -> {
            switch (source) {
                case "customerId" -> {
                    if (session.customer().isPresent()) {
                        request.put(field, session.customer().get().value());
                    } else if (GUESTS_WELCOME.contains(tool.operation())) {
                        request.put(field, GUEST);
                    } else if (tool.sessionNeeded().contains(field)) {
                        throw ToolRefusal.signInNeeded();
                    }
                }
                case "cart" -> request.set(field, Json.mapper().valueToTree(Carts.lines(handle, session.home())));
                case "chosen" -> request.set(field, Json.mapper().valueToTree(Carts.chosen(handle, session.home())));
                default -> throw new IllegalStateException(tool.name() + ": the session has no " + source);
            }
        });
    }

    private static String path(Operation operation, ObjectNode arguments) {
        String path = operation.path();
        for (Iterator<Map.Entry<String, JsonNode>> members =
                        arguments.properties().iterator();
                members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            path = path.replace(
                    "{" + member.getKey() + "}",
                    AgentClient.segment(member.getValue().asText()));
        }
        return path;
    }

    private void add(TurnRef turn, String callId, ObjectNode arguments) {
        int quantity = arguments.path("quantity").asInt(1);
        PricedLine line = variants.one(arguments, quantity);
        inCart(turn, callId, (handle, session) -> {
            if (!Carts.add(handle, session.home(), line, turn.turn(), clock.instant())) {
                throw ToolRefusal.of(
                        "cart_full",
                        "A cart has at most " + Carts.MOST_LINES + " lines, and a line " + Line.MOST_PIECES
                                + " pieces.",
                        "Check out what is in the cart first, or take something out.");
            }
            return status("added");
        });
    }

    /** What the cart has no room for any more is missing like what is sold out. */
    private void orderAgain(TurnRef turn, String callId, ObjectNode arguments) {
        CustomerId customer = jdbi.withHandle(handle -> Turns.session(handle, turn.conversation()))
                .customer()
                .orElseThrow(ToolRefusal::signInNeeded);
        Reordering.Again again = reordering.of(
                customer,
                Optional.of(arguments.path("orderId").asText("").strip())
                        .filter(id -> !id.isEmpty())
                        .map(OrderId::new));
        inCart(turn, callId, (handle, session) -> {
            List<PricedLine> added = new ArrayList<>();
            List<Reordering.Missing> missing = new ArrayList<>(again.missing());
            for (PricedLine line : again.lines()) {
                if (Carts.add(handle, session.home(), line, turn.turn(), clock.instant())) {
                    added.add(line);
                } else {
                    missing.add(new Reordering.Missing(line, "cart_full"));
                }
            }
            ObjectNode result = Json.mapper().createObjectNode();
            result.put("status", "added").put("orderId", again.orderId().value());
            result.set("added", Json.mapper().valueToTree(added));
            result.set("missing", Json.mapper().valueToTree(missing));
            result.set("repriced", Json.mapper().valueToTree(again.repriced()));
            return result;
        });
    }

    private void remove(TurnRef turn, String callId, ObjectNode arguments) {
        int quantity = arguments.path("quantity").asInt(Line.MOST_PIECES);
        inCart(turn, callId, (handle, session) -> {
            List<Sku> fitting = Carts.lines(handle, session.home()).stream()
                    .filter(line -> Variants.fits(arguments, line))
                    .map(PricedLine::sku)
                    .toList();
            if (fitting.isEmpty()) {
                throw ToolRefusal.of("not_in_cart", "The cart has no such item.", "Look with show_cart.");
            }
            fitting.forEach(sku -> Carts.remove(handle, session.home(), sku, quantity));
            return status("removed");
        });
    }

    private void showCart(TurnRef turn, String callId) {
        String result =
                jdbi.withHandle(handle -> cart(handle, Turns.session(handle, turn.conversation()), status("shown")));
        store(turn, callId, result);
    }

    private interface CartChange {
        /** Answers what the result says beside the cart as it is then. */
        ObjectNode change(Handle handle, Turns.Session session);
    }

    /** The change, its result and the end of an open proposal are one transaction: a repeated call never adds twice. */
    private void inCart(TurnRef turn, String callId, CartChange change) {
        jdbi.useTransaction(handle -> {
            Turns.Session session = Turns.session(handle, turn.conversation());
            EventLog.lock(handle, session.home());
            if (Turns.isOver(handle, turn, callId)) {
                return;
            }
            ObjectNode done = change.change(handle, session);
            Proposals.voidOpen(handle, session.home(), clock.instant());
            EventLog.append(
                    handle,
                    session.home(),
                    "cart",
                    turn.turn(),
                    Carts.summary(handle, session.home()),
                    clock.instant());
            Turns.result(handle, turn, callId, cart(handle, session, done), clock.instant());
        });
    }

    private static ObjectNode status(String done) {
        return Json.mapper().createObjectNode().put("status", done);
    }

    private static String cart(Handle handle, Turns.Session session, ObjectNode result) {
        CartView cart = CartView.of(Carts.lines(handle, session.home()));
        result.setAll((ObjectNode) Json.mapper().valueToTree(cart));
        return Turns.compact(result);
    }
}
