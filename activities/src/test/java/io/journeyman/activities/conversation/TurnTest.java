package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.model.ModelAnswer;
import io.journeyman.activities.model.ModelException;
import io.journeyman.activities.model.ModelMessage;
import io.journeyman.activities.model.ModelQuestion;
import io.journeyman.activities.model.ToolCall;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.activities.returns.ExchangedReturn;
import io.journeyman.activities.tool.Tool;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SavedAddress;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.GiftWrapping.GiftWrappingOptions;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.CancelledLine;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderCancellation;
import io.journeyman.contracts.PostPurchase.OrderReturn;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.ProductRating;
import io.journeyman.contracts.PostPurchase.ProductRatings;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReturnedLine;
import io.journeyman.contracts.PostPurchase.Warranties;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.Recommendation.Bundle;
import io.journeyman.contracts.Recommendation.BundlePart;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A turn as the workflow drives it, on a real Postgres, with agents and a model that say what the test scripted. */
class TurnTest {
    private static final PaymentMethod CASH = new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty());

    private static String url;
    private static Database database;
    private static Jdbi jdbi;
    private static int conversations;

    private final Deque<ModelAnswer> script = new ArrayDeque<>();
    private final List<ModelQuestion> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private ScriptedAgents agents;
    private ConversationStore store;
    private StoredConversation activities;
    private ToolCalls toolCalls;
    private ConversationId conversation;
    private int messages;

    @BeforeAll
    static void openDatabase() {
        url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        jdbi = database.jdbi();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void open() {
        agents = Shop.open();
        store = new ConversationStore(jdbi, () -> now);
        Toolbox toolbox = agents.toolbox();
        activities = new StoredConversation(jdbi, () -> now, toolbox, question -> {
            asked.add(question);
            return script.removeFirst();
        });
        toolCalls = new ToolCalls(jdbi, () -> now, toolbox);
        conversation = store.forCustomer(new CustomerId("cust-" + ++conversations));
    }

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @Test
    void aRepeatedStepAnswersTheStoredDecisionWithoutAskingTheModel() {
        TurnRef turn = says("hello");
        script.add(reply("Hello! What are you looking for?"));

        Decision first = activities.decide(turn, 1);
        Decision again = activities.decide(turn, 1);

        assertThat(first).isEqualTo(new Decision.Replied()).isEqualTo(again);
        assertThat(asked).hasSize(1);
        assertThat(store.reply(conversation, turn.turn()))
                .map(Reply::text)
                .contains("Hello! What are you looking for?");
        assertThat(kinds()).containsExactly("message", "reply");
    }

    @Test
    void whatTheModelCannotCallHasAResultThatItReadsNext() {
        TurnRef turn = says("wrap it");
        script.add(calls(
                new ToolCall("x", "fly_to_moon", "{}"),
                new ToolCall("y", "check_inventory", "{\"product\":"),
                new ToolCall("z", "check_inventory", "{\"size\":\"M\"}")));
        script.add(reply("I cannot do that."));

        Decision decision = activities.decide(turn, 1);
        activities.decide(turn, 2);

        assertThat(decision).isEqualTo(new Decision.CallTools(List.of()));
        assertThat(results(asked.get(1)))
                .extracting(result -> Json.tree(result.json()).path("code").asText())
                .containsExactly("unknown_tool", "invalid_arguments", "invalid_arguments");
    }

    @Test
    void aCallWhoseResultNeverCameIsToldToTheModelAsSuch() {
        TurnRef turn = says("is it there?");
        script.add(calls(new ToolCall("x", "check_inventory", "{\"productId\":\"P-1\"}")));
        script.add(reply("I do not know."));

        activities.decide(turn, 1);
        activities.decide(turn, 2);

        assertThat(results(asked.get(1)).getFirst().json()).contains("no_result");
    }

    @Test
    void aModelThatIsDownIsAFailureWithItsCodeAndNothingElse() {
        TurnRef turn = says("hello");
        StoredConversation down = new StoredConversation(jdbi, () -> now, agents.toolbox(List.of()), question -> {
            throw new ModelException("model_unauthorised", false, new IllegalStateException("secret"));
        });

        assertThatThrownBy(() -> down.decide(turn, 1)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo("model_unauthorised");
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getCause()).isNull();
        });
    }

    @Test
    void anItemIsAddedOnceThoughTheCallIsRepeated() {
        TurnRef turn = says("the blue one in M, two of them");
        String call =
                run(turn, "add_to_cart", "{\"productId\":\"P-1\",\"size\":\"m\",\"color\":\"Blue\",\"quantity\":2}");
        toolCalls.run(turn, call, 1);

        assertThat(store.cart(conversation).pieces()).isEqualTo(2);
        assertThat(store.cart(conversation).goods()).isEqualTo(Money.inr(299_800));
        assertThat(result(turn, call).path("status").asText()).isEqualTo("added");
    }

    @Test
    void aVariantThatIsNotMadeIsRefusedWithTheOnesThatAre() {
        TurnRef turn = says("in XXL");
        String call = run(turn, "add_to_cart", "{\"productId\":\"P-1\",\"size\":\"XXL\"}");

        assertThat(result(turn, call).path("code").asText()).isEqualTo("unknown_variant");
        assertThat(result(turn, call).path("detail").asText())
                .contains("M blue")
                .contains("L blue");
    }

    @Test
    void nothingInStockTellsTheModelToLookForAlternatives() {
        Shop.stock(agents, 0);
        TurnRef turn = says("is it there in M?");
        String call = run(turn, "check_inventory", "{\"productId\":\"P-1\",\"size\":\"M\"}");

        assertThat(result(turn, call).path("nextStep").asText())
                .contains("get_recommendations")
                .contains("P-1");
    }

    @Test
    void anAgentThatIsDownEndsAsAResultAfterThreeTries() {
        TurnRef turn = says("is it there?");
        agents.answers(
                "inventory.checkInventory",
                request -> new ScriptedAgents.Scripted(503, "down", Map.of(), Duration.ZERO, true));
        script.add(calls(new ToolCall("x", "check_inventory", "{\"productId\":\"P-1\"}")));
        activities.decide(turn, 1);

        assertThatThrownBy(() -> toolCalls.run(turn, "t1r1c1", 1)).isInstanceOf(ApplicationFailure.class);
        assertThatThrownBy(() -> toolCalls.run(turn, "t1r1c1", 2)).isInstanceOf(ApplicationFailure.class);
        toolCalls.run(turn, "t1r1c1", 3);

        assertThat(result(turn, "t1r1c1").path("code").asText()).isEqualTo("tool_unavailable");
    }

    @Test
    void toolsOfAnAgentThatIsKnownToBeDownSaySoAtOnceAndTheOthersGoOn() {
        agents.answers("postPurchase.getOrderStatus", 200, Map.of("orders", List.of()));
        inCart();
        stockIsDown();
        TurnRef turn = says("is it there? what did I order? and check out");
        script.add(calls(
                new ToolCall("a", "check_inventory", "{\"productId\":\"P-1\"}"),
                new ToolCall("b", "get_order_status", "{}"),
                new ToolCall("c", "initiate_checkout", "{}")));
        activities.decide(turn, 1);
        int asked = agents.seen("inventory.checkInventory").size();

        toolCalls.run(turn, "t" + turn.turn() + "r1c1", 1);
        toolCalls.run(turn, "t" + turn.turn() + "r1c2", 1);
        activities.propose(turn, "t" + turn.turn() + "r1c3", 1);

        for (String call : List.of("r1c1", "r1c3")) {
            JsonNode told = result(turn, "t" + turn.turn() + call);
            assertThat(told.path("code").asText()).isEqualTo("tool_unavailable");
            assertThat(told.path("detail").asText()).contains("inventory");
        }
        assertThat(result(turn, "t" + turn.turn() + "r1c2").has("orders")).isTrue();
        assertThat(agents.seen("inventory.checkInventory")).hasSize(asked);
    }

    @Test
    void anAnswerThatBreaksItsContractIsNothingThatTheModelCouldTell() {
        TurnRef turn = says("is it there?");
        agents.answers(
                "inventory.checkInventory",
                request -> new ScriptedAgents.Scripted(
                        200, "{\"onlineStatus\":\"plenty\"}", Map.of(), Duration.ZERO, true));
        script.add(calls(new ToolCall("x", "check_inventory", "{\"productId\":\"P-1\"}")));
        activities.decide(turn, 1);

        assertThatThrownBy(() -> toolCalls.run(turn, "t1r1c1", 1))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("agent_garbage"));
        toolCalls.run(turn, "t1r1c1", 3);

        assertThat(result(turn, "t1r1c1").path("code").asText()).isEqualTo("tool_unavailable");
    }

    @Test
    void everyToolThatReadsAsksItsAgentAsTheContractWantsIt() {
        agents.answers("recommendation.getRecommendations", 200, found());
        agents.answers("postPurchase.getOrderStatus", 200, Map.of("orders", List.of()));
        agents.answers("giftWrapping.checkGiftWrapping", 200, new GiftWrappingOptions("success", true, List.of()));
        agents.answers("inventory.findStores", 200, new Stores(List.of()));
        agents.answers("fulfillment.trackParcels", 200, new TrackedOrders(List.of()));
        agents.answers("postPurchase.getWarranties", 200, new Warranties("Defects.", List.of()));
        hasCredit(0);
        keeps();
        inCart();
        Map<String, String> arguments = Map.of(
                "get_recommendations", "{\"query\":\"blue kurta\",\"customerId\":\"somebody\"}",
                "check_inventory", "{\"productId\":\"P-1\",\"size\":\"M\",\"color\":null}",
                "find_stores", "{\"latitude\":18.52,\"longitude\":73.86}",
                "get_applicable_offers", "{\"coupon\":\"FESTIVE\"}",
                "get_order_status", "{}",
                "track_parcels", "{}",
                "get_store_credit", "{}",
                "get_warranty", "{}",
                "get_saved_cards", "{}",
                "check_gift_wrapping", "{\"productId\":\"P-1\"}");

        List<Tool> reads = agents.toolbox().ofTheHouse().tools().specs().stream()
                .map(spec ->
                        agents.toolbox().ofTheHouse().tools().named(spec.name()).orElseThrow())
                .filter(tool -> !tool.proposes() && tool.call().isPresent())
                .toList();
        assertThat(reads).extracting(Tool::name).containsExactlyInAnyOrderElementsOf(arguments.keySet());
        for (Tool tool : reads) {
            TurnRef turn = says("look with " + tool.name());
            String call = run(turn, tool.name(), arguments.get(tool.name()));
            activities.answer(turn, "declined");

            assertThat(result(turn, call).has("code")).as(tool.name()).isFalse();
            assertThat(agents.seen(tool.operation())).as(tool.name()).hasSize(1);
        }
    }

    @Test
    void whatIsRecommendedComesWithWhatItsBuyersThinkOfItWhereEnoughSaidSo() {
        agents.answers(
                "recommendation.getRecommendations", 200, found(card("P-1", "Kurta"), card("P-2", "Other Kurta")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 3), stock("P-2", 3)));
        agents.answers(
                "postPurchase.rateProducts",
                200,
                new ProductRatings(List.of(
                        new ProductRating(new ProductId("P-1"), 46, 12),
                        new ProductRating(new ProductId("P-2"), 50, 2))));
        TurnRef turn = says("a kurta");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\"}"));

        assertThat(answer.path("products"))
                .extracting(product -> product.path("rating").asText())
                .containsExactly("4.6 of 5 (12)", "");
        assertThat(agents.seen("postPurchase.rateProducts")).hasSize(1);
    }

    @Test
    void isRecommendedAlsoWhereNobodyTellsWhatItsBuyersThink() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Kurta")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 3)));
        agents.refuses("postPurchase.rateProducts", 503, "unavailable");
        TurnRef turn = says("a kurta");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\"}"));

        assertThat(answer.path("products")).hasSize(1);
        assertThat(answer.path("products").path(0).has("rating")).isFalse();
    }

    @Test
    void aReviewThatIsTypedIsKeptWithoutTheModel() {
        agents.answers(
                "postPurchase.wishReviews",
                200,
                new io.journeyman.contracts.PostPurchase.ReviewWish(new CustomerId("cust-1"), false));
        TurnRef turn = says("Stop asking me for reviews");

        assertThat(activities.decide(turn, 0)).isEqualTo(new Decision.Replied());
        assertThat(activities.decide(turn, 0)).isEqualTo(new Decision.Replied());

        assertThat(asked).isEmpty();
        assertThat(agents.seen("postPurchase.wishReviews")).hasSize(1);
        assertThat(store.reply(conversation, turn.turn()).orElseThrow().text()).contains("any more");
    }

    @Test
    void whatIsSoldOutIsNotRecommended() {
        agents.answers(
                "recommendation.getRecommendations",
                200,
                found(card("P-1", "Gone Kurta"), card("P-2", "Kurta"), card("P-3", "New Kurta")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 0), stock("P-2", 3)));
        TurnRef turn = says("a kurta");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\",\"limit\":2}"));

        assertThat(answer.path("products"))
                .as("the stock list has never heard of P-3")
                .extracting(product -> product.path("productId").asText())
                .containsExactly("P-2", "P-3");
        assertThat(agents.seen("recommendation.getRecommendations")
                        .getFirst()
                        .body()
                        .path("limit")
                        .asInt())
                .as("some more, to take the places of what is sold out")
                .isEqualTo(5);
    }

    @Test
    void whatCanBeOrderedAheadIsRecommendedBehindWhatIsThereAndAsGood() {
        agents.answers(
                "recommendation.getRecommendations",
                200,
                found(
                        card("P-1", "Kurta to Come", "Matches blue and kurta."),
                        card("P-2", "Gone Kurta", "Matches blue and kurta."),
                        card("P-3", "Kurta", "Matches blue and kurta."),
                        card("P-4", "Red Kurta", "Matches kurta.")));
        agents.answers(
                "inventory.lookUpStock",
                200,
                inStock(toCome("P-1"), stock("P-2", 0), stock("P-3", 3), stock("P-4", 3)));
        TurnRef turn = says("something blue to wear");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"blue kurta\"}"));

        assertThat(answer.path("products"))
                .extracting(product -> product.path("productId").asText())
                .containsExactly("P-3", "P-1", "P-4");
        assertThat(answer.at("/products/1/orderAhead")).isEqualTo(Json.tree("{\"dueOn\":\"2026-12-12\",\"units\":4}"));
        assertThat(answer.at("/products/1").has("soldOut")).isFalse();
        assertThat(answer.at("/products/0").has("orderAhead")).isFalse();
    }

    @Test
    void whatCanBeOrderedAheadIsNotInStock() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Kurta"), card("P-2", "Other")));
        agents.answers("inventory.lookUpStock", 200, inStock(toCome("P-1"), stock("P-2", 1)));
        TurnRef turn = says("a kurta, in stock only");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\",\"inStock\":true}"));

        assertThat(answer.path("products"))
                .extracting(product -> product.path("productId").asText())
                .containsExactly("P-2");
    }

    @Test
    void whatTheCustomerAskedForByItsNameIsShownAndMarkedWhenItIsSoldOut() {
        agents.answers(
                "recommendation.getRecommendations",
                200,
                found(card("P-1", "Gone Kurta"), card("P-2", "Kurta in Blue")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 0), stock("P-2", 3)));
        TurnRef turn = says("do you have the Gone Kurta?");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"gone kurta\"}"));

        assertThat(answer.path("products"))
                .extracting(product -> product.path("productId").asText())
                .containsExactly("P-1", "P-2");
        assertThat(answer.at("/products/0/soldOut").asBoolean()).isTrue();
        assertThat(answer.at("/products/1").has("soldOut")).isFalse();
    }

    @Test
    void aStandInIsThereInTheWantedSizeAndColour() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-2", "Kurta")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-2", 3)));
        TurnRef turn = says("something like it in blue, size M");

        run(turn, "get_recommendations", "{\"likeProductId\":\"P-1\",\"size\":\"M\",\"color\":\"blue\"}");

        assertThat(agents.seen("inventory.lookUpStock").getFirst().body())
                .isEqualTo(Json.tree("{\"productIds\":[\"P-2\"],\"size\":\"M\",\"color\":\"blue\"}"));
    }

    @Test
    void ofWhatFitsOnlyWhatTheStoreHasIsRecommended() {
        agents.answers(
                "recommendation.getRecommendations",
                200,
                found(card("P-1", "Gone Kurta"), card("P-2", "Kurta"), card("P-3", "New Kurta")));
        agents.answers(
                "inventory.lookUpStock",
                200,
                new ProductStocks(
                        List.of(stock("P-1", 0), stock("P-2", 3)),
                        Optional.of(List.of(new Store(
                                new LocationId("ST-1"), "Bandra", "Mumbai", "9 Linking Road", Optional.empty())))));
        TurnRef turn = says("what do you have at the Bandra store in M?");

        JsonNode answer = result(
                turn,
                run(
                        turn,
                        "get_recommendations",
                        "{\"query\":\"gone kurta\",\"store\":\"Bandra\",\"size\":\"M\",\"inStock\":true}"));

        assertThat(answer.path("products"))
                .as("nobody knows that P-3 is there")
                .extracting(product -> product.path("productId").asText())
                .containsExactly("P-2");
        assertThat(answer.at("/stores/0/name").asText()).isEqualTo("Bandra");
        JsonNode asked =
                agents.seen("recommendation.getRecommendations").getFirst().body();
        assertThat(asked.path("limit").asInt()).isEqualTo(50);
        assertThat(asked.has("store")).isFalse();
        assertThat(agents.seen("inventory.lookUpStock").getFirst().body())
                .isEqualTo(Json.tree("{\"productIds\":[\"P-1\",\"P-2\",\"P-3\"],\"size\":\"M\",\"store\":\"Bandra\"}"));
    }

    @Test
    void whatNoStoreIsCalledIsSaidWithTheStoresThatThereAre() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Kurta")));
        agents.refuses("inventory.lookUpStock", 404, "unknown_store");
        TurnRef turn = says("kurtas at the Atlantis store");

        JsonNode answer =
                result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\",\"store\":\"Atlantis\"}"));

        assertThat(answer.path("code").asText()).isEqualTo("unknown_store");
        assertThat(answer.has("products")).isFalse();
    }

    @Test
    void withoutTheStockListNobodySaysWhatAStoreHas() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Kurta")));
        agents.refuses("inventory.lookUpStock", 503, "unavailable");
        TurnRef turn = says("kurtas at the Bandra store");
        script.add(calls(new ToolCall("a", "get_recommendations", "{\"query\":\"kurta\",\"store\":\"Bandra\"}")));
        activities.decide(turn, 1);

        toolCalls.run(turn, "t" + turn.turn() + "r1c1", ToolCalls.TRIES);

        assertThat(result(turn, "t" + turn.turn() + "r1c1").path("code").asText())
                .isEqualTo("tool_unavailable");
    }

    @Test
    void whoWantsOnlyWhatIsInStockGetsNothingElse() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Gone Kurta")));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 0)));
        TurnRef turn = says("the Gone Kurta, if it is in stock");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"gone kurta\",\"inStock\":true}"));

        assertThat(answer.path("products")).isEmpty();
        assertThat(answer.path("nextStep").asText()).contains("without inStock");
    }

    @Test
    void aBundleOfWhichAPartIsSoldOutIsNotOffered() {
        agents.answers(
                "recommendation.getRecommendations",
                200,
                new Recommendations(
                        List.of(card("P-2", "Kurta")),
                        Optional.empty(),
                        Optional.of(List.of(bundle("WHOLE", "P-2", "P-3"), bundle("BROKEN", "P-2", "P-1")))));
        agents.answers("inventory.lookUpStock", 200, inStock(stock("P-1", 0), stock("P-2", 3), stock("P-3", 1)));
        TurnRef turn = says("what goes with it?");

        JsonNode answer = result(
                turn, run(turn, "get_recommendations", "{\"likeProductId\":\"P-9\",\"purpose\":\"complementary\"}"));

        assertThat(answer.path("bundles"))
                .extracting(bundle -> bundle.path("bundleId").asText())
                .containsExactly("WHOLE");
    }

    @Test
    void withoutTheStockListTheCatalogueStillAnswersAndSaysSo() {
        agents.answers("recommendation.getRecommendations", 200, found(card("P-1", "Kurta")));
        agents.refuses("inventory.lookUpStock", 503, "unavailable");
        TurnRef turn = says("a kurta");

        JsonNode answer = result(turn, run(turn, "get_recommendations", "{\"query\":\"kurta\"}"));

        assertThat(answer.path("products")).hasSize(1);
        assertThat(answer.path("stock").asText()).contains("does not answer");
    }

    @Test
    void theModelCannotNameAnotherCustomer() {
        agents.answers("postPurchase.getOrderStatus", 200, Map.of("orders", List.of()));
        TurnRef turn = says("where is my order?");
        run(turn, "get_order_status", "{\"customerId\":\"cust-somebody-else\"}");

        assertThat(agents.seen("postPurchase.getOrderStatus")
                        .getFirst()
                        .body()
                        .path("customerId")
                        .asText())
                .isEqualTo("cust-" + conversations);
    }

    @Test
    void aGuestIsAskedToSignInForOrdersButSeesOffers() {
        conversation = store.forGuest("guest-" + ++conversations);
        TurnRef turn = says("where is my order? any offers?");
        script.add(calls(
                new ToolCall("a", "get_order_status", "{}"),
                new ToolCall("b", "get_applicable_offers", "{}"),
                new ToolCall("c", "initiate_checkout", "{}")));
        activities.decide(turn, 1);
        toolCalls.run(turn, "t1r1c1", 1);
        toolCalls.run(turn, "t1r1c2", 1);
        activities.propose(turn, "t1r1c3", 1);

        assertThat(result(turn, "t1r1c1").path("code").asText()).isEqualTo("sign_in_needed");
        assertThat(result(turn, "t1r1c2").path("tier").asText()).isEqualTo("silver");
        assertThat(result(turn, "t1r1c3").path("code").asText()).isEqualTo("sign_in_needed");
    }

    @Test
    void aProposalCarriesTheFrozenQuote() {
        Proposal proposal = proposed();

        Quote quote = proposal.quote();
        assertThat(quote.goods()).isEqualTo(Money.inr(149_900));
        assertThat(quote.discount()).isEqualTo(Money.inr(14_990));
        // 134,910 paise with 12 % inside, and 4,900 with 18 %
        assertThat(quote.taxIncluded()).isEqualTo(Money.inr(14_455 + 747));
        assertThat(quote.total()).isEqualTo(Money.inr(139_810));
        assertThat(quote.delivery()).map(Quote.Delivery::address).contains(Shop.HOME);
        assertThat(quote.validUntil()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        Reply reply = store.reply(conversation, proposal.turn()).orElseThrow();
        assertThat(reply.proposal()).contains(proposal.proposalId());
        assertThat(reply.cards()).extracting(card -> card.path("kind").asText()).containsExactly("proposal");
    }

    @Test
    void freeDeliveryTakesItsFeeAndTheTaxInItOffTheQuote() {
        agents.answers(
                "loyalty.getApplicableOffers",
                200,
                new Offers(
                        "silver",
                        0,
                        List.of(),
                        List.of(
                                new AppliedOffer("tier-silver", "Silver members save", Money.inr(14_990)),
                                new AppliedOffer("SHIP", "Free delivery", Money.inr(4_900))),
                        Money.inr(19_890),
                        0,
                        Optional.empty(),
                        Optional.of(Money.inr(4_900)),
                        Optional.empty()));

        Quote quote = proposed().quote();

        assertThat(agents.seen("loyalty.getApplicableOffers")
                        .getLast()
                        .body()
                        .at("/deliveryFee/minor")
                        .asLong())
                .isEqualTo(4_900);
        assertThat(quote.total()).isEqualTo(Money.inr(134_910));
        assertThat(quote.taxIncluded()).isEqualTo(Money.inr(14_455));
        assertThat(quote.delivery()).map(Quote.Delivery::fee).contains(Money.inr(4_900));
    }

    @Test
    void storeCreditPaysWhatItCanOfTheQuoteAndIsShownBesideTheTotal() {
        hasCredit(39_810);
        inCart();
        TurnRef turn = says("checkout with my store credit");

        String call = propose(turn, "initiate_checkout", "{\"useCredit\":true}");

        assertThat(result(turn, call).at("/storeCredit/minor").asLong()).isEqualTo(39_810);
        assertThat(result(turn, call).at("/leftToPay/minor").asLong()).isEqualTo(100_000);
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.quote().total()).isEqualTo(Money.inr(139_810));
        assertThat(proposal.quote().due()).isEqualTo(Money.inr(100_000));
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(Confirmation.Confirmed.class, confirmed -> {
                    assertThat(confirmed.credit()).contains(Money.inr(39_810));
                    assertThat(confirmed.owesNothing()).isFalse();
                });
    }

    @Test
    void storeCreditPaysNoMoreThanTheOrderCosts() {
        hasCredit(1_000_000);
        inCart();
        propose(says("checkout with my store credit"), "initiate_checkout", "{\"useCredit\":true}");

        Quote quote = store.openProposal(conversation).orElseThrow().quote();

        assertThat(quote.credit()).contains(quote.total());
        assertThat(quote.due()).isEqualTo(Money.inr(0));
    }

    @Test
    void whoHasNoStoreCreditIsToldSoWithTheProposal() {
        hasCredit(0);
        inCart();
        TurnRef turn = says("checkout with my store credit");

        String call = propose(turn, "initiate_checkout", "{\"useCredit\":true}");

        assertThat(result(turn, call).path("note").asText()).isEqualTo("There is no store credit to pay with.");
        assertThat(store.openProposal(conversation).orElseThrow().quote().credit())
                .isEmpty();
    }

    private void hasCredit(long minor) {
        agents.answers(
                "payment.getStoreCredit",
                200,
                new StoreCredit(new CustomerId("cust-1"), Money.inr(minor), Money.inr(0), List.of(), List.of()));
    }

    @Test
    void withoutAnAddressTheModelIsToldToAsk() {
        agents.answers("fulfillment.getAddress", 200, new SavedAddress(Optional.empty()));
        inCart();
        TurnRef turn = says("check out");
        String call = propose(turn, "initiate_checkout", "{}");

        assertThat(result(turn, call).path("code").asText()).isEqualTo("address_needed");
        assertThat(store.openProposal(conversation)).isEmpty();
    }

    @Test
    void anAddressGivenIsSavedAndUsed() {
        inCart();
        TurnRef turn = says("check out");
        propose(turn, "initiate_checkout", "{\"address\":" + Json.write(Shop.HOME) + "}");

        assertThat(agents.seen("fulfillment.saveAddress")).hasSize(1);
        assertThat(store.openProposal(conversation)).isPresent();
    }

    @Test
    void anEmptyCartOrAnItemThatSoldOutIsNoProposal() {
        TurnRef first = says("check out");
        assertThat(result(first, propose(first, "initiate_checkout", "{}"))
                        .path("code")
                        .asText())
                .isEqualTo("cart_empty");

        inCart();
        Shop.stock(agents, 0);
        TurnRef second = says("check out");
        assertThat(result(second, propose(second, "initiate_checkout", "{}"))
                        .path("code")
                        .asText())
                .isEqualTo("out_of_stock");
    }

    @Test
    void whatIsToComeIsQuotedWithItsDays() {
        LocalDate due = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(12);
        inCart();
        Shop.toCome(agents, due, 1);
        sentLater(due.plusDays(3));

        TurnRef turn = says("check out");
        JsonNode result = result(turn, propose(turn, "initiate_checkout", "{}"));

        Quote.Delivery delivery = store.openProposal(conversation)
                .orElseThrow()
                .quote()
                .delivery()
                .orElseThrow();
        assertThat(delivery.ahead())
                .extracting(Quote.Ahead::sku, Quote.Ahead::dueOn)
                .containsExactly(tuple(Shop.BLUE_M, due));
        assertThat(delivery.ahead().getFirst().promisedDate())
                .isEqualTo(due.plusDays(3))
                .isEqualTo(delivery.promisedDate());
        assertThat(agents.seen("fulfillment.askDeliveryOptions")
                        .getLast()
                        .body()
                        .path("hereOn")
                        .asText())
                .isEqualTo(due.toString());
        assertThat(result.at("/orderedAhead/0/dueOn").asText()).isEqualTo(due.toString());
        assertThat(result.path("nextStep").asText())
                .contains("not in the shop yet", "paid now", "cancelled until it leaves");
    }

    @Test
    void whatNoPlaceHasSoManyOfIsNoProposal() {
        inCart();
        inCart();
        Shop.scattered(agents, 2, Optional.empty());

        TurnRef turn = says("check out");
        JsonNode two = result(turn, propose(turn, "initiate_checkout", "{}"));

        assertThat(two.path("code").asText()).isEqualTo("not_so_many");
        assertThat(two.path("detail").asText())
                .isEqualTo(
                        "Indigo Kurta in M blue is not available 2 times in one place; at most 1 can be had together.");
    }

    @Test
    void whatNoPlaceHasSoManyOfIsOrderedAheadWhereThatCanBe() {
        LocalDate due = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(12);
        inCart();
        inCart();
        Shop.scattered(agents, 2, Optional.of(new OrderAhead(due, 2)));

        TurnRef turn = says("check out");
        JsonNode result = result(turn, propose(turn, "initiate_checkout", "{}"));

        assertThat(result.at("/orderedAhead/0/dueOn").asText()).isEqualTo(due.toString());
    }

    @Test
    void moreThanCanBePromisedIsNoProposal() {
        inCart();
        inCart();
        Shop.toCome(agents, LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(12), 1);

        TurnRef turn = says("check out");
        assertThat(result(turn, propose(turn, "initiate_checkout", "{}"))
                        .path("code")
                        .asText())
                .isEqualTo("not_so_many");
    }

    @Test
    void anOrderIsCollectedInAStoreThatHasAllOfItAndNeedsNoAddress() {
        storesAre("ST-BLR-1");
        agents.answers("fulfillment.getAddress", 200, new SavedAddress(Optional.empty()));
        inCart();
        TurnRef turn = says("I'll pick it up at the Indiranagar store");
        String call = propose(turn, "initiate_checkout", "{\"deliveryOption\":\"collect\",\"store\":\"Indiranagar\"}");

        assertThat(result(turn, call).at("/delivery/collectedAt").asText()).isEqualTo("Indiranagar store");
        assertThat(result(turn, call).at("/delivery/keptUntil").asText()).isEqualTo("2026-11-29T15:30:00Z");
        Quote quote = store.openProposal(conversation).orElseThrow().quote();
        assertThat(quote.inStore()).contains(new LocationId("ST-BLR-1"));
        assertThat(quote.total()).isEqualTo(quote.goods().minus(quote.discount()));
        assertThat(quote.delivery()).hasValueSatisfying(delivery -> {
            assertThat(delivery.fee()).isEqualTo(Money.inr(0));
            assertThat(delivery.address())
                    .isEqualTo(new Address("Indiranagar store", "100 Feet Road", "Bengaluru", "560038"));
        });
    }

    @Test
    void anOrderIsCollectedOnlyWhereAllOfItIs() {
        storesAre("ST-BLR-2");
        inCart();
        TurnRef turn = says("I'll pick it up at the Koramangala store");
        String call = propose(turn, "initiate_checkout", "{\"deliveryOption\":\"collect\",\"store\":\"Koramangala\"}");

        assertThat(result(turn, call).path("code").asText()).isEqualTo("not_in_that_store");
        assertThat(result(turn, call).path("detail").asText()).contains("Indiranagar, Bengaluru");
        assertThat(store.openProposal(conversation)).isEmpty();
    }

    @Test
    void anOrderThatIsSentSaysWhereElseItCouldBeCollected() {
        storesAre("ST-BLR-1");
        inCart();
        TurnRef turn = says("check out");
        String call = propose(turn, "initiate_checkout", "{}");

        assertThat(result(turn, call).path("deliveryOptions"))
                .extracting(option -> option.path("optionId").asText())
                .containsExactly("standard", "collect");
        assertThat(agents.seen("fulfillment.askDeliveryOptions")
                        .getFirst()
                        .body()
                        .at("/stores/0")
                        .asText())
                .isEqualTo("ST-BLR-1");
        assertThat(store.openProposal(conversation).orElseThrow().quote().inStore())
                .isEmpty();
    }

    /** Whoever names a store means that one; collection is offered in the Indiranagar store. */
    private void storesAre(String meant) {
        Store named = new Store(new LocationId(meant), "Indiranagar", "Bengaluru", "100 Feet Road", Optional.empty());
        agents.answers("inventory.lookUpStock", 200, new ProductStocks(List.of(), Optional.of(List.of(named))));
        agents.answers("inventory.listStores", 200, new Stores(List.of(named)));
        agents.answers(
                "fulfillment.askDeliveryOptions",
                200,
                new DeliveryOptions(List.of(
                        new DeliveryOption(
                                "standard",
                                "Standard delivery",
                                Money.inr(4_900),
                                LocalDate.of(2026, 11, 28),
                                Optional.empty()),
                        new DeliveryOption(
                                "collect",
                                "Collect at Indiranagar store",
                                Money.inr(0),
                                LocalDate.of(2026, 11, 26),
                                Optional.of(new CollectionPoint(
                                        new LocationId("ST-BLR-1"),
                                        "Indiranagar store",
                                        "560038",
                                        Instant.parse("2026-11-29T15:30:00Z")))))));
    }

    @Test
    void aReservationNamesItsStoreAndCostsNoDelivery() {
        TurnRef turn = says("keep it for me in Bengaluru");
        propose(
                turn,
                "reserve_in_store",
                "{\"productId\":\"P-1\",\"size\":\"M\",\"color\":\"blue\",\"city\":\"bengaluru\",\"quantity\":1}");

        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Reservation");
        assertThat(proposal.quote().store()).map(s -> s.storeId().value()).contains("ST-BLR-1");
        assertThat(proposal.quote().total()).isEqualTo(Money.inr(149_900));
    }

    @Test
    void anOrderIsSoldWithTheWarrantyThatItsLinesHaveNow() {
        inCart();
        TurnRef turn = says("check out");
        String call = propose(turn, "initiate_checkout", "{}");

        assertThat(result(turn, call).at("/warranties/0/months").asInt()).isEqualTo(24);
        assertThat(store.openProposal(conversation).orElseThrow().quote().warranties())
                .containsExactly(new LineWarranty(Shop.BLUE_M, 24));
    }

    @Test
    void whatFailedUnderItsWarrantyIsClaimedByAReturnForThatReason() {
        bought(List.of());
        TurnRef turn = says("my kurta came apart, I claim the warranty");
        String call = propose(turn, "claim_warranty", "{\"items\":[{\"sku\":\"" + Shop.BLUE_M + "\",\"quantity\":1}]}");

        assertThat(result(turn, call).path("nextStep").asText()).contains("Nothing is claimed yet");
        assertThat(agents.seen("postPurchase.quoteReturn")
                        .getFirst()
                        .body()
                        .path("reason")
                        .asText())
                .isEqualTo("warranty");
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Return");
        assertThat(proposal.quote().returned().orElseThrow().reason()).isEqualTo(ReturnReason.warranty);
    }

    @Test
    void aReturnCarriesWhatIsRefundedAndIsConfirmedThoughPricesChanged() {
        bought(List.of());
        TurnRef turn = says("I want to send it back, it does not fit");
        String call = propose(turn, "return_items", "{\"reason\":\"does_not_fit\"}");

        assertThat(result(turn, call).at("/refund/minor").asLong()).isEqualTo(130_010);
        var asked = agents.seen("postPurchase.quoteReturn").getFirst().body();
        assertThat(asked.path("customerId").asText()).isEqualTo("cust-" + conversations);
        assertThat(asked.at("/lines/0/quantity").asInt()).isEqualTo(2);
        assertThat(asked.at("/lines/0/category").asText()).isEqualTo("kurtas");
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Return");
        assertThat(proposal.quote().returned()).hasValueSatisfying(returned -> {
            assertThat(returned.orderId()).isEqualTo(new OrderId("JM-1"));
            assertThat(returned.byHand()).isFalse();
        });
        Shop.price(agents, 1);
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(Confirmation.Confirmed.class, confirmed -> {
                    assertThat(confirmed.kind()).isEqualTo("Return");
                    assertThat(confirmed.journeyId()).startsWith("RT-");
                    assertThat(confirmed.total()).isEqualTo(Money.inr(130_010));
                });
    }

    @Test
    void whatCameForSomethingThatWasPaidInCashIsPaidOutByHand() {
        bought(List.of());
        isPaidBy(Optional.of(List.of(new OrderId("JM-1"), new OrderId("JM-0"))));
        paid(MethodKind.cash_on_delivery, "JM-0");
        TurnRef turn = says("I want to send it back, it does not fit");
        String call = propose(turn, "return_items", "{\"reason\":\"does_not_fit\"}");

        assertThat(result(turn, call).path("refundTo").asText()).contains("in cash", "by hand");
        assertThat(store.openProposal(conversation).orElseThrow().quote().returned())
                .hasValueSatisfying(returned -> assertThat(returned.byHand()).isTrue());

        TurnRef another = says("no, a new one");
        String exchange = propose(
                another,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\",\"quantity\":1},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\"}");
        assertThat(result(another, exchange).at("/exchange/refundTo").asText()).contains("in cash", "by hand");
    }

    @Test
    void aReturnIsRefundedAsStoreCreditForWhoWantsIt() {
        bought(List.of());
        TurnRef turn = says("return it, as store credit");
        String call = propose(turn, "return_items", "{\"reason\":\"does_not_fit\",\"refundTo\":\"store_credit\"}");

        assertThat(result(turn, call).path("refundTo").asText()).contains("customer's store credit");
        assertThat(store.openProposal(conversation).orElseThrow().quote().returned())
                .hasValueSatisfying(returned -> assertThat(returned.asCredit()).isTrue());
    }

    @Test
    void whatIsOnItsWayBackIsNotReturnedAgain() {
        bought(List.of(new OrderReturn(
                new ReturnId("RT-1"),
                ReturnStatus.requested,
                List.of(new Line(Shop.BLUE_M, 1)),
                Money.inr(1),
                Optional.empty(),
                Optional.empty())));
        propose(says("return everything"), "return_items", "{\"orderId\":\"JM-1\",\"reason\":\"damaged\"}");
        TurnRef turn = says("return the shirt");
        String call = propose(turn, "return_items", "{\"items\":[{\"sku\":\"P-9\"}],\"reason\":\"damaged\"}");

        assertThat(agents.seen("postPurchase.quoteReturn")
                        .getFirst()
                        .body()
                        .at("/lines/0/quantity")
                        .asInt())
                .isEqualTo(1);
        assertThat(result(turn, call).path("code").asText()).isEqualTo("not_in_order");
    }

    @Test
    void whatAPartlyCoveredClaimRefusedIsNotReturnedAgain() {
        bought(List.of(new OrderReturn(
                new ReturnId("RT-1"),
                ReturnStatus.repaired,
                List.of(new Line(Shop.BLUE_M, 2)),
                Money.inr(0),
                Optional.empty(),
                Optional.of(List.of(new Line(Shop.BLUE_M, 1))))));

        propose(says("return everything"), "return_items", "{\"orderId\":\"JM-1\",\"reason\":\"damaged\"}");

        assertThat(agents.seen("postPurchase.quoteReturn")
                        .getFirst()
                        .body()
                        .at("/lines/0/quantity")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatComesForAPieceOfTheSameProductKeepsThePriceThatWasPaid() {
        bought(List.of());
        TurnRef turn = says("a new one, please");
        String call = propose(
                turn,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\",\"quantity\":1},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\"}");

        assertThat(result(turn, call).path("code").asText()).isEmpty();
        assertThat(agents.seen("postPurchase.quoteReturn")
                        .getFirst()
                        .body()
                        .path("exchange")
                        .asBoolean())
                .isTrue();
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        Quote quote = proposal.quote();
        assertThat(proposal.kind()).isEqualTo("Checkout");
        assertThat(quote.lines().getFirst().sku()).isEqualTo(Shop.BLUE_M);
        assertThat(quote.goods().minus(quote.discount())).isEqualTo(Money.inr(134_910));
        // the fee of ₹49 is what the customer pays
        assertThat(quote.total()).isEqualTo(Money.inr(4_900));
        assertThat(quote.exchanged()).hasValueSatisfying(exchanged -> {
            assertThat(exchanged.orderId().value()).isEqualTo(proposal.journeyId());
            assertThat(exchanged.value()).isEqualTo(Money.inr(134_910));
            assertThat(exchanged.credit()).isEqualTo(Money.inr(130_010));
            assertThat(exchanged.refund()).isEqualTo(Money.inr(0));
        });
        Shop.price(agents, 1);
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(Confirmation.Confirmed.class, confirmed -> {
                    assertThat(confirmed.kind()).isEqualTo("Checkout");
                    assertThat(confirmed.exchange())
                            .contains(new ExchangedReturn(
                                    quote.exchanged().orElseThrow().returnId(), Money.inr(0)));
                });
    }

    @Test
    void storeCreditPaysTheDifferenceOfAnExchangeAsFarAsItGoes() {
        bought(List.of());
        hasCredit(1_900);
        TurnRef turn = says("a new one, and pay with my store credit");
        String call = propose(
                turn,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\",\"quantity\":1},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\",\"useCredit\":true}");

        assertThat(result(turn, call).at("/leftToPay/minor").asLong()).isEqualTo(3_000);
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.quote().credit()).contains(Money.inr(1_900));
        assertThat(proposal.quote().due()).isEqualTo(Money.inr(3_000));
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(
                        Confirmation.Confirmed.class,
                        confirmed -> assertThat(confirmed.credit()).contains(Money.inr(1_900)));
    }

    @Test
    void whatComesInExchangeIsCollectedInAStoreThatHasIt() {
        bought(List.of());
        storesAre("ST-BLR-1");
        agents.answers("fulfillment.getAddress", 200, new SavedAddress(Optional.empty()));
        TurnRef turn = says("a new one, I collect it in Indiranagar");
        String call = propose(
                turn,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\",\"quantity\":1},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\",\"deliveryOption\":\"collect\",\"store\":\"Indiranagar\"}");

        assertThat(result(turn, call).at("/delivery/collectedAt").asText()).isEqualTo("Indiranagar store");
        assertThat(result(turn, call).at("/delivery").has("keptUntil"))
                .as("it is kept from when it is ready")
                .isFalse();
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.quote().inStore()).contains(new LocationId("ST-BLR-1"));
        assertThat(proposal.quote().delivery().orElseThrow().promisedDate()).isEqualTo(LocalDate.of(2026, 12, 17));
        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "exchange_sent",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of("orderId", proposal.journeyId(), "trackingId", "TRACK-7")));
        assertThat(store.events(conversation, 0, 100)
                        .getLast()
                        .body()
                        .path("text")
                        .asText())
                .contains("is being set aside for you at the Indiranagar store")
                .doesNotContain("TRACK-7");
    }

    @Test
    void whoHasNoStoreCreditIsToldSoWithTheExchange() {
        bought(List.of());
        hasCredit(0);
        TurnRef turn = says("a new one, and pay with my store credit");
        String call = propose(
                turn,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\",\"quantity\":1},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\",\"useCredit\":true}");

        assertThat(result(turn, call).path("note").asText()).isEqualTo("There is no store credit to pay with.");
    }

    @Test
    void whichKeptCardShallBeForgottenIsDecidedFromWhatIsSaidOfIt() {
        keeps(
                new KeptCard("Visa", "4242", Optional.of("12/30"), "Visa ending 4242", List.of(new OrderId("JM-7"))),
                new KeptCard("Visa", "1881", Optional.empty(), "Visa ending 1881", List.of()),
                new KeptCard("Mastercard", "4444", Optional.of("11/31"), "Mastercard ending 4444", List.of()));
        TurnRef vague = says("forget my visa");
        var asked = result(vague, propose(vague, "forget_cards", "{\"brand\":\"Visa\"}"));
        assertThat(asked.path("code").asText()).isEqualTo("which_card");
        assertThat(asked.path("detail").asText()).contains("Visa ending 4242 (12/30), Visa ending 1881.");
        TurnRef other = says("forget my rupay");
        assertThat(result(other, propose(other, "forget_cards", "{\"brand\":\"RuPay\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("unknown_card");

        TurnRef turn = says("forget my Visa ending 4242");
        var proposed = result(turn, propose(turn, "forget_cards", "{\"brand\":\"Visa\",\"last4\":\"4242\"}"));

        assertThat(proposed.at("/cards/0").asText()).isEqualTo("Visa ending 4242 (12/30)");
        assertThat(proposed.at("/payingFor/0").asText()).isEqualTo("JM-7");
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("CardRemoval");
        assertThat(proposal.quote().total()).isEqualTo(Money.inr(0));
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(Confirmation.Confirmed.class, confirmed -> {
                    assertThat(confirmed.kind()).isEqualTo("CardRemoval");
                    assertThat(confirmed.journeyId()).startsWith("CR-");
                });
    }

    @Test
    void allKeptCardsAreForgottenWhereAllAreMeantAndNoneWhereThereIsNone() {
        keeps(
                new KeptCard("Visa", "4242", Optional.empty(), "Visa ending 4242", List.of()),
                new KeptCard("Mastercard", "4444", Optional.empty(), "Mastercard ending 4444", List.of()));
        TurnRef turn = says("remove my saved cards");
        propose(turn, "forget_cards", "{\"all\":true}");
        assertThat(store.openProposal(conversation)
                        .orElseThrow()
                        .quote()
                        .toForget()
                        .cards())
                .hasSize(2);

        keeps();
        TurnRef later = says("and now?");
        assertThat(result(later, propose(later, "forget_cards", "{\"all\":true}"))
                        .path("code")
                        .asText())
                .isEqualTo("no_card_kept");
    }

    private void keeps(KeptCard... cards) {
        agents.answers("payment.listKeptCards", 200, new KeptCards(new CustomerId("cust-1"), List.of(cards)));
    }

    @Test
    void theSameAgainGoesIntoTheCartAtTodaysPriceOnceForItsCall() {
        bought(List.of());
        Shop.price(agents, 159_900);
        TurnRef turn = says("the same again");
        String call = run(turn, "order_again", "{}");
        toolCalls.run(turn, call, 1);

        var result = result(turn, call);
        assertThat(result.path("orderId").asText()).isEqualTo("JM-1");
        assertThat(result.at("/added/0/quantity").asInt()).isEqualTo(2);
        assertThat(result.at("/repriced/0/then/minor").asLong()).isEqualTo(149_900);
        assertThat(result.at("/repriced/0/now/minor").asLong()).isEqualTo(159_900);
        assertThat(result.path("pieces").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsGoneIsMissingFromTheSameAgain() {
        bought(List.of());
        agents.answers("recommendation.lookUpVariants", 200, new PricedVariants(List.of()));
        TurnRef turn = says("the same again");

        var gone = result(turn, run(turn, "order_again", "{}"));

        assertThat(gone.at("/missing/0/why").asText()).isEqualTo("not_sold_any_more");
        assertThat(gone.path("pieces").asInt()).isZero();
        Shop.price(agents, 149_900);
        Shop.stock(agents, 0);
        TurnRef later = says("and now?");
        assertThat(result(later, run(later, "order_again", "{}"))
                        .at("/missing/0/why")
                        .asText())
                .isEqualTo("sold_out");
    }

    @Test
    void whatNoPlaceHasSoManyOfIsMissingFromTheSameAgainAndNotSoldOut() {
        bought(List.of());
        Shop.scattered(agents, 2, Optional.empty());
        TurnRef turn = says("the same again");

        var again = result(turn, run(turn, "order_again", "{}"));

        assertThat(again.at("/missing/0/why").asText()).isEqualTo("not_so_many");
        assertThat(again.at("/missing/0/together").asInt()).isEqualTo(1);
        assertThat(again.path("pieces").asInt()).isZero();
    }

    @Test
    void whatNoPlaceHasSoManyOfComesInNoExchange() {
        bought(List.of());
        Shop.scattered(agents, 2, Optional.of(new OrderAhead(LocalDate.of(2026, 12, 12), 4)));
        TurnRef turn = says("new ones, please");
        String exchange = "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                + "\",\"quantity\":%d},\"instead\":{\"size\":\"M\"},\"reason\":\"damaged\"}";

        var two = result(turn, propose(turn, "exchange_items", exchange.formatted(2)));
        TurnRef later = says("one, then");
        var one = result(later, propose(later, "exchange_items", exchange.formatted(1)));

        assertThat(two.path("code").asText()).isEqualTo("not_so_many");
        assertThat(two.path("detail").asText()).endsWith("at most 1 can be had together.");
        assertThat(one.path("status").asText()).isEqualTo("proposed");
    }

    @Test
    void thePieceThatOneHasIsNoExchange() {
        bought(List.of());
        TurnRef turn = says("exchange it");
        String call = propose(
                turn,
                "exchange_items",
                "{\"item\":{\"sku\":\"" + Shop.BLUE_M
                        + "\"},\"instead\":{\"size\":\"M\"},\"reason\":\"changed_mind\"}");

        assertThat(result(turn, call).path("code").asText()).isEqualTo("same_piece");
    }

    @Test
    void whatPostPurchaseRefusesIsToldToTheModel() {
        bought(List.of());
        agents.refuses("postPurchase.quoteReturn", 409, "window_over");
        TurnRef turn = says("return it");

        assertThat(result(turn, propose(turn, "return_items", "{\"reason\":\"changed_mind\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("window_over");
    }

    @Test
    void aCancellationCarriesWhatGoesBackAndIsConfirmedThoughPricesChanged() {
        bought(List.of());
        stands(ParcelStatus.created, 2);
        TurnRef turn = says("please cancel what I have ordered");
        String call = propose(turn, "cancel_items", "{}");

        assertThat(result(turn, call).at("/refund/minor").asLong()).isEqualTo(284_810);
        var asked = agents.seen("postPurchase.quoteCancellation").getFirst().body();
        assertThat(asked.path("customerId").asText()).isEqualTo("cust-" + conversations);
        assertThat(asked.at("/lines/0/quantity").asInt()).isEqualTo(2);
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Cancellation");
        assertThat(proposal.quote().cancelled()).hasValueSatisfying(cancelled -> {
            assertThat(cancelled.orderId()).isEqualTo(new OrderId("JM-1"));
            assertThat(cancelled.lines()).containsExactly(new Line(Shop.BLUE_M, 2));
            assertThat(cancelled.unpaid()).isFalse();
        });
        Shop.price(agents, 1);
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(Confirmation.Confirmed.class, confirmed -> {
                    assertThat(confirmed.kind()).isEqualTo("Cancellation");
                    assertThat(confirmed.journeyId()).startsWith("CN-");
                    assertThat(confirmed.total()).isEqualTo(Money.inr(284_810));
                });
    }

    @Test
    void onlyWhatHasNotLeftIsCancelledAndTheRestIsNamed() {
        bought(List.of());
        stands(ParcelStatus.created, 1); // the other piece has left
        TurnRef turn = says("please cancel what I have ordered");
        String call = propose(turn, "cancel_items", "{}");

        assertThat(agents.seen("postPurchase.quoteCancellation")
                        .getFirst()
                        .body()
                        .at("/lines/0/quantity")
                        .asInt())
                .isEqualTo(1);
        assertThat(result(turn, call).path("note").asText()).contains("1 × Indigo Kurta", "return_items");
        TurnRef both = says("no, both of them");
        assertThat(result(both, propose(both, "cancel_items", "{\"items\":[{\"sku\":\"" + Shop.BLUE_M + "\"}]}"))
                        .path("code")
                        .asText())
                .isEqualTo("already_shipped");
    }

    @Test
    void whatHasLeftIsNotCancelled() {
        bought(List.of());
        stands(ParcelStatus.in_transit, 2);
        TurnRef turn = says("please cancel what I have ordered");

        assertThat(result(turn, propose(turn, "cancel_items", "{}"))
                        .path("code")
                        .asText())
                .isEqualTo("already_shipped");
        assertThat(agents.seen("postPurchase.quoteCancellation")).isEmpty();
    }

    @Test
    void whatWasCancelledIsNeitherCancelledNorReturnedAgain() {
        bought(
                List.of(),
                List.of(new OrderCancellation(
                        new CancellationId("CN-1"),
                        CancellationStatus.accepted,
                        List.of(new Line(Shop.BLUE_M, 2)),
                        Money.inr(284_810))));
        TurnRef turn = says("cancel it");
        TurnRef back = says("return it");

        assertThat(result(turn, propose(turn, "cancel_items", "{}"))
                        .path("code")
                        .asText())
                .isEqualTo("nothing_to_cancel");
        assertThat(result(back, propose(back, "return_items", "{\"reason\":\"damaged\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("nothing_to_return");
    }

    @Test
    void anOrderGoesElsewhereWhereTheSameDeliveryCostsNoMore() {
        bought(List.of());
        moves(Money.inr(7_900));
        String there =
                "{\"address\":{\"name\":\"Meera Nair\",\"line1\":\"4 Park Street\",\"city\":\"Kolkata\",\"pincode\":\"700016\"}}";
        TurnRef turn = says("please have it sent elsewhere");
        String call = propose(turn, "change_address", there);

        assertThat(result(turn, call).path("city").asText()).isEqualTo("Kolkata");
        assertThat(result(turn, call).toString()).doesNotContain("Park Street");
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("AddressChange");
        assertThat(proposal.quote().total()).isEqualTo(Money.inr(0));
        assertThat(proposal.quote().moved()).hasValueSatisfying(moved -> {
            assertThat(moved.orderId()).isEqualTo(new OrderId("JM-1"));
            assertThat(moved.trackingId()).isEqualTo("TRACK-1");
            assertThat(moved.address().pincode()).isEqualTo("700016");
        });
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isInstanceOfSatisfying(
                        Confirmation.Confirmed.class,
                        confirmed -> assertThat(confirmed.journeyId()).startsWith("AC-"));

        moves(Money.inr(9_900));
        TurnRef dearer = says("and to another one?");
        assertThat(result(dearer, propose(dearer, "change_address", there))
                        .path("code")
                        .asText())
                .isEqualTo("delivery_dearer");
    }

    @Test
    void ofAnOrderOfWhichAParcelHasLeftTheRestGoesElsewhere() {
        bought(List.of());
        moves(Money.inr(7_900), 1);
        TurnRef turn = says("please have it sent elsewhere");
        String call = propose(
                turn,
                "change_address",
                "{\"address\":{\"name\":\"Meera Nair\",\"line1\":\"4 Park Street\",\"city\":\"Kolkata\",\"pincode\":\"700016\"}}");

        assertThat(result(turn, call).at("/lines/0/quantity").asInt()).isEqualTo(1);
        assertThat(result(turn, call).path("staying"))
                .isEqualTo(Json.tree("[{\"name\":\"Indigo Kurta\",\"quantity\":1}]"));
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        activities.confirm(conversation, proposal.proposalId());
        activities.tell(new JourneyNews(
                conversation,
                "addresschange-" + proposal.journeyId(),
                1,
                "AddressChange",
                "address_changed_in_part",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of("orderId", "JM-1", "due", "2026-12-03", "staying", Shop.BLUE_M.value())));
        assertThat(store.events(conversation, 0, 100)
                        .getLast()
                        .body()
                        .path("text")
                        .asText())
                .isEqualTo(
                        "What of your order JM-1 had not left goes to the other address now, and should come by Thursday 3 December."
                                + " What had left before comes to the address that you gave first: Indigo Kurta."
                                + " There is nothing to pay for it.");
    }

    /** To another address the same delivery costs so much; to the first one it cost ₹79. */
    private void moves(Money fee) {
        moves(fee, 0);
    }

    /** @param gone of its kurtas, so many have left */
    private void moves(Money fee, int gone) {
        agents.answers(
                "fulfillment.quoteAddressChange",
                200,
                new AddressChangeQuote(
                        "standard",
                        "Standard delivery",
                        Money.inr(7_900),
                        fee,
                        LocalDate.of(2026, 12, 3),
                        Optional.of(gone)
                                .filter(some -> some > 0)
                                .map(some -> List.of(new ParcelLine(Shop.BLUE_M, some)))));
    }

    /** So many kurtas are in a parcel that stands so. */
    private void stands(ParcelStatus status, int pieces) {
        LocalDate day = LocalDate.of(2026, 11, 28);
        agents.answers(
                "fulfillment.trackParcels",
                200,
                new TrackedOrders(List.of(new TrackedOrder(
                        new OrderId("JM-1"),
                        status == ParcelStatus.created ? ShipmentStatus.created : ShipmentStatus.shipped,
                        Optional.of("TRACK-1"),
                        Optional.of(day),
                        List.of(new Parcel(
                                new ParcelId("TRACK-1-1"),
                                Optional.of(new OrderId("JM-1")),
                                status,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(new ParcelLine(Shop.BLUE_M, pieces)),
                                day,
                                Optional.empty(),
                                List.of())),
                        Optional.empty()))));
        agents.answers(
                "postPurchase.quoteCancellation",
                200,
                new CancellationQuote(
                        new OrderId("JM-1"),
                        List.of(new CancelledLine(
                                Shop.BLUE_M,
                                Shop.KURTA,
                                "Indigo Kurta",
                                "M",
                                "blue",
                                pieces,
                                Money.inr(149_900),
                                Money.inr(284_810))),
                        Money.inr(299_800),
                        Money.inr(14_990),
                        Money.inr(0),
                        Money.inr(284_810)));
    }

    /** An order of two kurtas, paid by card. */
    private void bought(List<OrderReturn> returns) {
        bought(returns, List.of());
    }

    private void bought(List<OrderReturn> returns, List<OrderCancellation> cancellations) {
        agents.answers(
                "postPurchase.getOrderStatus",
                200,
                new Orders(List.of(order("JM-1", OrderStatus.confirmed, returns, cancellations))));
        isPaidBy(Optional.empty());
        paid(MethodKind.card, "JM-1");
    }

    private void isPaidBy(Optional<List<OrderId>> orders) {
        agents.answers(
                "postPurchase.quoteReturn",
                200,
                new ReturnQuote(
                        new OrderId("JM-1"),
                        List.of(new ReturnedLine(
                                Shop.BLUE_M,
                                Shop.KURTA,
                                "Indigo Kurta",
                                "M",
                                "blue",
                                1,
                                Money.inr(149_900),
                                Money.inr(134_910),
                                0,
                                0,
                                Optional.empty())),
                        Money.inr(149_900),
                        Money.inr(14_990),
                        Money.inr(4_900),
                        Money.inr(130_010),
                        Instant.parse("2026-12-24T05:00:00Z"),
                        orders));
    }

    /** The order is paid so, and for any other nothing was due. */
    private void paid(MethodKind method, String order) {
        var id = new OrderId(order);
        var attempt = new Attempt(
                id,
                1,
                Outcome.secured,
                AttemptStatus.captured,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Money.inr(284_810),
                Optional.of(method),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        agents.answers("payment.getAttempts", request -> {
            boolean asked = agents.seen("payment.getAttempts").getLast().path().contains("/" + order + "/");
            var attempts = new Attempts(id, asked ? List.of(attempt) : List.of(), Optional.empty());
            return new ScriptedAgents.Scripted(200, Json.write(attempts), Map.of(), Duration.ZERO, false);
        });
    }

    private static Order order(
            String id, OrderStatus status, List<OrderReturn> returns, List<OrderCancellation> cancellations) {
        PricedLine line = new PricedLine(Shop.BLUE_M, Shop.KURTA, "Indigo Kurta", "M", "blue", 2, Money.inr(149_900));
        return new Order(
                new OrderId(id),
                new CustomerId("cust-1"),
                status,
                List.of(line),
                Money.inr(14_990),
                Money.inr(0),
                Money.inr(0),
                Money.inr(284_810),
                LocalDate.of(2026, 11, 28),
                Optional.of("TRACK-1"),
                Instant.parse("2026-11-24T05:00:00Z"),
                List.of(),
                returns,
                Optional.empty(),
                cancellations);
    }

    @Test
    void whatAStoreKeepsBecomesAnOrderAndTheCartStays() {
        String reservation = reserved();
        inCart();
        inCart();
        TurnRef turn = says("have my reservation delivered instead");
        String call = propose(turn, "initiate_checkout", "{\"reservationId\":\"mine\"}");

        assertThat(result(turn, call).path("reservationId").asText()).isEqualTo(reservation);
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Checkout");
        assertThat(proposal.quote().lines()).extracting(PricedLine::quantity).containsExactly(1);
        assertThat(proposal.quote().delivery()).map(Quote.Delivery::address).contains(Shop.HOME);
        Confirmation confirmed = activities.confirm(conversation, proposal.proposalId());
        assertThat(confirmed).isInstanceOfSatisfying(Confirmation.Confirmed.class, order -> {
            assertThat(order.kind()).isEqualTo("Checkout");
            assertThat(order.reservation()).contains(new ReservationId(reservation));
        });
        assertThat(store.cart(conversation).pieces()).isEqualTo(2);
    }

    @Test
    void whatAStoreKeepsIsOrderedThoughNothingElseOfItIsLeft() {
        reserved();
        Shop.stock(agents, 0);
        TurnRef turn = says("have my reservation delivered instead");
        propose(turn, "initiate_checkout", "{\"reservationId\":\"mine\"}");

        assertThat(store.openProposal(conversation)).isPresent();
    }

    @Test
    void ofTwoReservationsTheCustomerSaysWhichOne() {
        String first = reserved();
        String second = reserved();
        TurnRef turn = says("have my reservation delivered instead");
        JsonNode which = result(turn, propose(turn, "initiate_checkout", "{\"reservationId\":\"mine\"}"));
        TurnRef answer = says("the first one");
        propose(answer, "initiate_checkout", "{\"reservationId\":\"" + first + "\"}");

        assertThat(which.path("code").asText()).isEqualTo("which_reservation");
        assertThat(which.path("detail").asText()).contains(first, second);
        assertThat(store.openProposal(conversation).orElseThrow().quote().reservation())
                .contains(new ReservationId(first));
    }

    @Test
    void aReservationThatEndedOrIsSomebodyElsesIsNone() {
        String mine = reserved();
        told(mine, 2, JourneyStatus.cancelled, "reservation_cancelled");
        conversation = store.forCustomer(new CustomerId("cust-" + ++conversations));
        String others = reserved();
        conversation = store.forCustomer(new CustomerId("cust-" + ++conversations));

        for (String named : List.of("mine", mine, others, "RS-NOBODY")) {
            TurnRef turn = says("have my reservation delivered instead");
            String call = propose(turn, "initiate_checkout", "{\"reservationId\":\"" + named + "\"}");
            assertThat(result(turn, call).path("code").asText()).isEqualTo("no_reservation");
            activities.answer(turn, "declined");
        }
    }

    @Test
    void confirmingTwiceIsOneJourneyAndEmptiesTheCartOnce() {
        Proposal proposal = proposed();

        Confirmation first = activities.confirm(conversation, proposal.proposalId());
        inCart();
        Confirmation again = activities.confirm(conversation, proposal.proposalId());

        assertThat(first).isInstanceOf(Confirmation.Confirmed.class).isEqualTo(again);
        assertThat(store.cart(conversation).pieces()).isEqualTo(1);
        assertThat(store.journeys(conversation, "", 50))
                .extracting(JourneyView::workflowId)
                .containsExactly("checkout-" + proposal.journeyId());
        assertThat(activities.decline(conversation, proposal.proposalId())).isEqualTo("proposal_confirmed");
    }

    @Test
    void confirmingOnceMoreWhatHasSaidSomethingDoesNotStartIt() {
        Proposal proposal = proposed();
        var first = (Confirmation.Confirmed) activities.confirm(conversation, proposal.proposalId());
        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "order_confirmed",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of()));

        var later = (Confirmation.Confirmed) activities.confirm(conversation, proposal.proposalId());

        assertThat(first.hasBegun()).isFalse();
        assertThat(later.hasBegun()).isTrue();
        assertThat(later.journeyId()).isEqualTo(first.journeyId());
    }

    @Test
    void anOrderThatTheListDoesNotKnowYetIsToldAsBeingPlaced() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        agents.answers("postPurchase.getOrderStatus", 200, Map.of("orders", List.of()));

        TurnRef asks = says("where is my order?");
        JsonNode all = result(asks, run(asks, "get_order_status", "{}"));
        TurnRef asksForAnother = says("where is order JM-ABCD123456?");
        JsonNode another =
                result(asksForAnother, run(asksForAnother, "get_order_status", "{\"orderId\":\"JM-ABCD123456\"}"));

        assertThat(all.path("beingPlaced")).extracting(JsonNode::asText).containsExactly(proposal.journeyId());
        assertThat(another.has("beingPlaced")).isFalse();
    }

    /** Such as one that is paid in cash: its record is pending until it is confirmed. */
    @Test
    void anOrderThatIsNotPaidYetIsToldAsBeingPlacedUntilItWaitsForItsPayment() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        agents.answers(
                "postPurchase.getOrderStatus",
                200,
                new Orders(List.of(order(proposal.journeyId(), OrderStatus.pending, List.of(), List.of()))));

        TurnRef asks = says("where is my order?");
        JsonNode placed = result(asks, run(asks, "get_order_status", "{}"));
        activities.answer(asks, "declined");
        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "payment_method_needed",
                JourneyStatus.waiting_for_customer,
                "payment_method",
                Optional.empty(),
                Map.of()));
        TurnRef asksAgain = says("and now?");
        JsonNode waits = result(asksAgain, run(asksAgain, "get_order_status", "{}"));

        assertThat(placed.path("beingPlaced")).extracting(JsonNode::asText).containsExactly(proposal.journeyId());
        assertThat(waits.has("beingPlaced")).isFalse();
    }

    @Test
    void whatWasProposedCannotBeConfirmedOnceTheCartChanged() {
        Proposal proposal = proposed();
        inCart();

        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isEqualTo(new Confirmation.Refused("proposal_void"));
    }

    @Test
    void aPriceThatChangedVoidsTheProposal() {
        Proposal proposal = proposed();
        Shop.price(agents, 159_900);

        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isEqualTo(new Confirmation.Refused("price_changed"));
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isEqualTo(new Confirmation.Refused("proposal_void"));
    }

    @Test
    void aProposalEndsWithItsTimeAndAnUnknownOneIsRefused() {
        Proposal proposal = proposed();
        now = now.plus(Duration.ofMinutes(30));

        assertThat(store.openProposal(conversation)).isEmpty();
        assertThat(activities.confirm(conversation, proposal.proposalId()))
                .isEqualTo(new Confirmation.Refused("proposal_expired"));
        assertThat(activities.confirm(conversation, new ProposalId("prop-nobody")))
                .isEqualTo(new Confirmation.Refused("proposal_unknown"));
    }

    @Test
    void aWholeYesConfirmsWhatWasShownLast() {
        Proposal proposal = proposed();

        assertThat(activities.decide(says("Yes, please!"), 1)).isEqualTo(new Decision.Confirm(proposal.proposalId()));
    }

    @Test
    void aYesAmongOtherWordsOrOnAnotherChannelOrAfterNewsGoesToTheModel() {
        proposed();
        script.add(reply("Shall I?"));
        assertThat(activities.decide(says("yes but in red"), 1)).isEqualTo(new Decision.Replied());

        script.add(reply("Please confirm by the button."));
        assertThat(activities.decide(says("yes"), 1)).isEqualTo(new Decision.Replied());

        Proposal second = proposed();
        script.add(reply("What do you mean?"));
        assertThat(activities.decide(says("whatsapp", "yes"), 1)).isEqualTo(new Decision.Replied());
        activities.tell(new JourneyNews(
                conversation,
                "reservation-RS-" + conversations,
                1,
                "Reservation",
                "reservation_ending",
                JourneyStatus.waiting_for_customer,
                "pickup",
                Optional.of(now),
                Map.of()));
        script.add(reply("Which do you mean?"));
        assertThat(activities.decide(says("yes"), 1)).isEqualTo(new Decision.Replied());
        assertThat(store.proposal(conversation, second.proposalId()))
                .map(Proposal::status)
                .contains(Proposal.Status.open);
    }

    /** Two messages one after the other: whatever the yes was meant for, it was not what came after it. */
    @Test
    void aYesThatWasSaidBeforeTheProposalCameDoesNotConfirmIt() {
        inCart();
        TurnRef checkout = says("check out");
        TurnRef yes = says("yes");
        TurnRef paying = says("yes, cash on delivery");
        propose(checkout, "initiate_checkout", "{}");
        script.add(reply("This is your order. Shall I place it?"));
        activities.decide(checkout, 2);
        Proposal proposal = store.openProposal(conversation).orElseThrow();

        script.add(reply("This is your order. Please confirm it."));
        assertThat(activities.decide(yes, 0)).isEqualTo(new Decision.Replied());
        script.add(reply("Please confirm it first."));
        assertThat(activities.decide(paying, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.proposal(conversation, proposal.proposalId()))
                .map(Proposal::status)
                .contains(Proposal.Status.open);
    }

    /** The model failed between the proposal and its words: what the customer agrees to then is no order. */
    @Test
    void anOkToAnExcuseDoesNotConfirmWhatNobodyHasSeen() {
        inCart();
        TurnRef turn = says("check out");
        propose(turn, "initiate_checkout", "{}");
        activities.answer(turn, "model_down");
        script.add(reply("This is your order. Shall I place it?"));

        assertThat(activities.decide(says("ok"), 0)).isEqualTo(new Decision.Replied());
        assertThat(store.openProposal(conversation)).isPresent();
    }

    /** A step that was given up because it took too long may still be at work. */
    @Test
    void whatComesAfterItsTurnHasItsReplyChangesNothing() {
        Proposal shown = proposed();
        TurnRef late = says("check out, and add one");
        script.add(calls(
                new ToolCall("x", "initiate_checkout", "{}"),
                new ToolCall("y", "add_to_cart", "{\"sku\":\"P-1-M-BLUE\"}")));
        activities.decide(late, 1);
        activities.answer(late, "model_unavailable");

        activities.propose(late, "t" + late.turn() + "r1c1", 1);
        toolCalls.run(late, "t" + late.turn() + "r1c2", 1);

        assertThat(store.openProposal(conversation)).map(Proposal::proposalId).contains(shown.proposalId());
        assertThat(store.cart(conversation).pieces()).isEqualTo(1);
    }

    @Test
    void anExcuseSaysWhereTheCartHasChangedAllTheSame() {
        TurnRef adds = says("add one");
        run(adds, "add_to_cart", "{\"sku\":\"P-1-M-BLUE\"}");
        activities.answer(adds, "model_down");
        TurnRef looks = says("show it");
        run(looks, "show_cart", "{}");
        activities.answer(looks, "model_down");

        assertThat(store.reply(conversation, adds.turn()).orElseThrow().text())
                .contains("has changed your cart")
                .doesNotContain("nothing was ordered or changed");
        assertThat(store.reply(conversation, looks.turn()).orElseThrow().text())
                .contains("nothing was ordered or changed");
    }

    @Test
    void aWholeNoDropsTheProposalAndSaysSo() {
        Proposal proposal = proposed();
        TurnRef turn = says("no thanks");

        assertThat(activities.decide(turn, 1)).isEqualTo(new Decision.Replied());
        assertThat(store.proposal(conversation, proposal.proposalId()))
                .map(Proposal::status)
                .contains(Proposal.Status.declined);
        assertThat(store.reply(conversation, turn.turn())).map(Reply::model).contains("house");
    }

    @Test
    void anOrderIsCancelledOnlyAfterTheCustomersYes() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        TurnRef wish = says("Please cancel my order.");

        assertThat(activities.decide(wish, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, wish.turn()))
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains(proposal.journeyId()));
        assertThat(activities.decide(says("yes"), 0))
                .isEqualTo(new Decision.CancelJourney("checkout-" + proposal.journeyId()));
    }

    @Test
    void cancelItIsAYesToWhoAskedWhetherToCancelAndKeepItIsANo() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        activities.decide(says("cancel my order"), 0);
        TurnRef keep = says("keep it");
        assertThat(activities.decide(keep, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, keep.turn())).map(Reply::text).contains("All right, it goes on as it is.");

        activities.decide(says("cancel my order"), 0);
        assertThat(activities.decide(says("Cancel it"), 0))
                .isEqualTo(new Decision.CancelJourney("checkout-" + proposal.journeyId()));
    }

    @Test
    void cancelItConfirmsTheCancellationThatWasShown() {
        Proposal proposal = cancellation();

        assertThat(activities.decide(says("yes, cancel it"), 1)).isEqualTo(new Decision.Confirm(proposal.proposalId()));
    }

    @Test
    void aNoToACancellationDoesNotSayThatNothingWasOrdered() {
        Proposal proposal = cancellation();
        TurnRef turn = says("don't cancel it");

        assertThat(activities.decide(turn, 1)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, turn.turn())).map(Reply::text).contains("All right, it goes on as it is.");
        assertThat(store.proposal(conversation, proposal.proposalId()))
                .map(Proposal::status)
                .contains(Proposal.Status.declined);
    }

    @Test
    void cancelItDropsWhateverElseWasShown() {
        Proposal proposal = proposed();

        assertThat(activities.decide(says("cancel it"), 1)).isEqualTo(new Decision.Replied());
        assertThat(store.proposal(conversation, proposal.proposalId()))
                .map(Proposal::status)
                .contains(Proposal.Status.declined);
    }

    /** Of what was bought, shown and not confirmed yet. */
    private Proposal cancellation() {
        bought(List.of());
        stands(ParcelStatus.created, 2);
        TurnRef turn = says("I do not want it any more");
        propose(turn, "cancel_items", "{}");
        script.add(reply("Both kurtas would be cancelled. Shall I cancel them?"));
        activities.decide(turn, 2);
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        assertThat(proposal.kind()).isEqualTo("Cancellation");
        return proposal;
    }

    @Test
    void anOrderOfWhichNobodyKnowsWhetherItIsPaidCanBeCancelledToo() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "payment_unresolved",
                JourneyStatus.needs_staff,
                "payment_gateway",
                Optional.empty(),
                Map.of()));

        TurnRef wish = says("cancel my order");
        assertThat(activities.decide(wish, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, wish.turn()))
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("Shall I cancel", proposal.journeyId()));
    }

    @Test
    void anOrderThatWaitsForItsPaymentIsPaidByUpiOrInCashAsTheCustomerSays() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        String workflowId = "checkout-" + proposal.journeyId();
        activities.tell(new JourneyNews(
                conversation,
                workflowId,
                1,
                "Checkout",
                "payment_method_needed",
                JourneyStatus.waiting_for_customer,
                "payment_method",
                Optional.empty(),
                Map.of()));

        TurnRef upi = new TurnRef(
                conversation,
                ((Accepted.New) store.accept(
                                conversation,
                                "upi-1",
                                "web",
                                "pay by UPI as…@okbank",
                                Optional.of(new PaymentToken("tok-upi"))))
                        .turn());
        assertThat(activities.decide(upi, 1))
                .isEqualTo(new Decision.Pay(
                        workflowId, new PaymentMethod(MethodKind.upi, Optional.of(new PaymentToken("tok-upi")))));
        assertThat(activities.decide(upi, 1)).isInstanceOf(Decision.Pay.class);
        activities.answer(upi, "paying_by_upi");

        TurnRef cash = says("pay cash on delivery");
        assertThat(activities.decide(cash, 1)).isEqualTo(new Decision.Pay(workflowId, CASH));
        activities.answer(cash, "paying_in_cash");

        TurnRef refused = says("pay by UPI as…@okbank");
        assertThat(activities.decide(refused, 1)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, refused.turn()).orElseThrow().text())
                .contains("could not hand that UPI address on");

        TurnRef which = says("pay by UPI");
        assertThat(activities.decide(which, 1)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, which.turn()).orElseThrow().text())
                .contains("which UPI address", "name@bank");
    }

    @Test
    void nobodySaysThatNoCardIsKeptWhileNobodyKnows() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        agents.answers(
                "payment.listPaymentMethods",
                request -> new ScriptedAgents.Scripted(503, "down", Map.of(), Duration.ZERO, true));

        TurnRef turn = says("use my visa ending 4242");

        assertThat(activities.decide(turn, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, turn.turn()).orElseThrow().text())
                .contains("cannot look up your cards just now");
    }

    @Test
    void onlyTheKeptCardThatTheCustomerNamesIsCharged() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        agents.answers(
                "payment.listPaymentMethods",
                200,
                new PaymentMethods(
                        new CustomerId("cust-1"),
                        List.of(
                                new KeptMethod(
                                        new PaymentToken("tok-visa"),
                                        "Visa",
                                        "4242",
                                        Optional.empty(),
                                        "Visa ending 4242"),
                                new KeptMethod(
                                        new PaymentToken("tok-rupay"),
                                        "RuPay",
                                        "4242",
                                        Optional.empty(),
                                        "RuPay ending 4242"))));

        for (String other : List.of("pay with my Mastercard", "yes, use my amex ending 4242", "pay with my card")) {
            TurnRef turn = says(other);
            assertThat(activities.decide(turn, 0)).as(other).isEqualTo(new Decision.Replied());
            assertThat(store.reply(conversation, turn.turn()).orElseThrow().text())
                    .contains("kept are: Visa ending 4242, RuPay ending 4242.");
        }
        assertThat(activities.decide(says("use my Visa ending 4242"), 0))
                .isEqualTo(new Decision.Pay(
                        "checkout-" + proposal.journeyId(),
                        new PaymentMethod(MethodKind.card, Optional.of(new PaymentToken("tok-visa")))));
    }

    @Test
    void aYesWithACardThatIsNotKeptChargesNoOther() {
        Proposal proposal = proposed();
        agents.answers(
                "payment.listPaymentMethods",
                200,
                new PaymentMethods(
                        new CustomerId("cust-1"),
                        List.of(new KeptMethod(
                                new PaymentToken("tok-visa"), "Visa", "4242", Optional.empty(), "Visa ending 4242"))));

        assertThat(activities.decide(says("yes, pay with my Mastercard"), 0))
                .isEqualTo(
                        new Decision.Confirm(proposal.proposalId(), Optional.empty(), Optional.of("kept_card_needed")));
    }

    /** With one connection for all: whoever asks the agent must not keep it from the others. */
    @Test
    void noConnectionWaitsForAnAgent() {
        try (var narrow = Database.open(url, ActivityAssembly.OWNER, 1)) {
            var asking = new StoredConversation(
                    narrow.jdbi(), () -> now, agents.toolbox(), question -> script.removeFirst());
            Proposal proposal = proposed();
            activities.confirm(conversation, proposal.proposalId());
            agents.answers("payment.listPaymentMethods", request -> {
                narrow.jdbi().useHandle(handle -> handle.execute("SELECT 1"));
                var none = new PaymentMethods(
                        new CustomerId(request.path("customerId").asText()), List.of());
                return new ScriptedAgents.Scripted(200, Json.write(none), Map.of(), Duration.ZERO, false);
            });
            TurnRef turn = says("use my visa ending 4242");

            asking.decide(turn, 0);

            assertThat(store.reply(conversation, turn.turn()).orElseThrow().text())
                    .contains("No card of yours is kept");
        }
    }

    @Test
    void whoSaysHowTheyPayRightAfterTheirYesMeansTheOrderThatIsBeingPlaced() {
        Proposal proposal = proposed();
        assertThat(activities.decide(says("yes"), 0)).isEqualTo(new Decision.Confirm(proposal.proposalId()));
        activities.confirm(conversation, proposal.proposalId());

        assertThat(activities.decide(says("pay in the store"), 0))
                .isEqualTo(new Decision.Pay("checkout-" + proposal.journeyId(), CASH));
    }

    @Test
    void whoSaysHowTheyPayJustAfterTheirOrderWasConfirmedMeansItUntilTheyTalkOfSomethingElse() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        confirmed(proposal);

        assertThat(activities.decide(says("cash on delivery"), 0))
                .isEqualTo(new Decision.Pay("checkout-" + proposal.journeyId(), CASH));

        now = now.plus(Duration.ofMinutes(3));
        script.add(reply("Gladly. What would you like to buy?"));
        assertThat(activities.decide(says("cash on delivery"), 0)).isEqualTo(new Decision.Replied());
        assertThat(activities.decide(says("cash on delivery for order " + proposal.journeyId()), 0))
                .isInstanceOf(Decision.Pay.class);
    }

    @Test
    void whoHasSomethingElseInTheCartDoesNotMeanTheOrderBefore() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        confirmed(proposal);
        inCart();
        script.add(reply("Shall I check out, to be paid in cash?"));

        assertThat(activities.decide(says("pay in cash"), 0)).isEqualTo(new Decision.Replied());
    }

    @Test
    void ofTwoOrdersThatAreNotPaidTheCustomerSaysWhichOne() {
        Proposal first = proposed();
        activities.confirm(conversation, first.proposalId());
        Proposal second = proposed();
        activities.confirm(conversation, second.proposalId());
        TurnRef turn = says("pay in cash");

        assertThat(activities.decide(turn, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, turn.turn()).orElseThrow().text())
                .contains(first.journeyId(), second.journeyId());
        assertThat(activities.decide(says("pay in cash for order " + first.journeyId()), 0))
                .isEqualTo(new Decision.Pay("checkout-" + first.journeyId(), CASH));
    }

    @Test
    void aYesMayBringAlongHowTheOrderIsPaid() {
        Proposal proposal = proposed();

        assertThat(activities.decide(says("Yes, pay in the store"), 0))
                .isEqualTo(new Decision.Confirm(proposal.proposalId(), Optional.of(CASH), Optional.empty()));
    }

    @Test
    void aYesConfirmsAlsoWhereSomethingIsMissingForItsPayment() {
        Proposal proposal = proposed();

        assertThat(activities.decide(says("yes, pay by UPI"), 0))
                .isEqualTo(new Decision.Confirm(
                        proposal.proposalId(), Optional.empty(), Optional.of("upi_address_needed")));
    }

    @Test
    void aYesWithAPaymentToWhatIsConfirmedAlreadyIsTheWishAlone() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());

        assertThat(activities.decide(says("yes, pay in the store"), 0))
                .isEqualTo(new Decision.Pay("checkout-" + proposal.journeyId(), CASH));
    }

    @Test
    void whatAStoreKeepsIsPaidThereAndConfirmedByWhoeverSaysSo() {
        TurnRef turn = says("keep it for me in Bengaluru");
        propose(turn, "reserve_in_store", "{\"sku\":\"P-1-M-BLUE\",\"city\":\"bengaluru\",\"quantity\":1}");
        script.add(reply("Shall I have it kept?"));
        activities.decide(turn, 2);
        Proposal proposal = store.openProposal(conversation).orElseThrow();

        assertThat(activities.decide(says("yes, I pay in the store"), 0))
                .isEqualTo(new Decision.Confirm(proposal.proposalId()));
        assertThat(proposal.kind()).isEqualTo("Reservation");
    }

    private void confirmed(Proposal proposal) {
        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "order_confirmed",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of("trackingId", "TRACK-7")));
    }

    @Test
    void aNoKeepsTheOrderAndAnotherConversationsOrderIsNotKnown() {
        Proposal proposal = proposed();
        activities.confirm(conversation, proposal.proposalId());
        activities.decide(says("cancel order " + proposal.journeyId()), 0);
        TurnRef no = says("no");
        assertThat(activities.decide(no, 0)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, no.turn())).map(Reply::text).contains("All right, it goes on as it is.");

        conversation = store.forCustomer(new CustomerId("cust-" + ++conversations));
        script.add(reply("I know no such order."));
        activities.decide(says("cancel order " + proposal.journeyId()), 0);
        assertThat(asked.getLast().messages()).hasSize(1);
    }

    @Test
    void theToolsActivityIsNamedByTheOperation() {
        TurnRef turn = says("what is in my cart?");
        script.add(calls(new ToolCall("x", "show_cart", "{}")));
        activities.decide(turn, 0);
        var environment = io.temporal.testing.TestActivityEnvironment.newInstance();
        environment.registerActivitiesImplementations(toolCalls);

        environment.newActivityStub(ShowCartActivity.class).show(turn, "t" + turn.turn() + "r0c1");
        environment.close();

        assertThat(result(turn, "t" + turn.turn() + "r0c1").path("pieces").asInt())
                .isZero();
    }

    @Test
    void aConfirmedOrderEndsWithItsReceipt() {
        Proposal proposal = proposed();

        activities.tell(new JourneyNews(
                conversation,
                "checkout-" + proposal.journeyId(),
                1,
                "Checkout",
                "order_confirmed",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of("trackingId", "TRACK-7", "pointsEarned", "14")));

        var quote = proposal.quote();
        var body = store.events(conversation, 0, 100).getLast().body();
        assertThat(body.at("/receipt/total/minor").asLong())
                .isEqualTo(quote.total().minor());
        assertThat(body.at("/receipt/lines")).hasSameSizeAs(quote.lines());
        assertThat(body.path("text").asText())
                .contains(quote.lines().getFirst().name(), quote.total().shown(), "TRACK-7", "14 points")
                .doesNotContain(quote.delivery().orElseThrow().address().line1());
    }

    @Test
    void whatTheCustomerSaidAndWhatHappenedIsAskedInOrderWithItsToolsResults() {
        proposed();
        activities.tell(new JourneyNews(
                conversation,
                "checkout-JM-" + conversations,
                1,
                "Checkout",
                "payment_declined",
                JourneyStatus.waiting_for_customer,
                "payment_method",
                Optional.of(now),
                Map.of("reason", "insufficient_funds")));
        now = now.plusSeconds(1);
        script.add(reply("I am sorry."));
        activities.decide(says("why?"), 0);

        List<ModelMessage> messages = asked.getLast().messages();
        assertThat(messages)
                .extracting(message -> switch (message) {
                    case ModelMessage.Customer c -> "customer";
                    case ModelMessage.Assistant a -> a.calls().isEmpty() ? "says" : "calls";
                    case ModelMessage.ToolResult r -> "result";
                })
                .containsExactly(
                        "customer",
                        "calls",
                        "result",
                        "says",
                        "customer",
                        "calls",
                        "result",
                        "says",
                        "says",
                        "customer");
        assertThat(((ModelMessage.Assistant) messages.get(8)).text()).contains("insufficient funds");
        assertThat(asked.getLast().signedIn()).isTrue();
    }

    @Test
    void howeverLongTheConversationTheModelReadsTheCustomersWordsFirst() {
        activities.tell(new JourneyNews(
                conversation,
                "checkout-JM-" + conversations,
                1,
                "Checkout",
                "payment_declined",
                JourneyStatus.waiting_for_customer,
                "payment_method",
                Optional.of(now),
                Map.of("reason", "insufficient_funds")));
        for (int i = 0; i < 31; i++) {
            script.add(reply("And what else?"));
            activities.decide(says("message " + i), 0);
        }

        assertThat(asked.getLast().messages().getFirst()).isInstanceOf(ModelMessage.Customer.class);
    }

    @Test
    void aTurnThatHasItsReplyKeepsIt() {
        TurnRef turn = says("hello");
        activities.answer(turn, "model_unavailable");
        activities.answer(turn, "too_many_rounds");

        assertThat(store.reply(conversation, turn.turn()))
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("cannot think clearly"));
        assertThat(activities.decide(turn, 1)).isEqualTo(new Decision.Replied());
    }

    private TurnRef says(String text) {
        return says("web", text);
    }

    private TurnRef says(String channel, String text) {
        now = now.plusSeconds(1);
        Accepted accepted = store.accept(conversation, "key-" + ++messages, channel, text);
        return new TurnRef(conversation, ((Accepted.New) accepted).turn());
    }

    private String run(TurnRef turn, String tool, String arguments) {
        script.add(calls(new ToolCall("x", tool, arguments)));
        activities.decide(turn, 1);
        String call = "t" + turn.turn() + "r1c1";
        toolCalls.run(turn, call, 1);
        return call;
    }

    private String propose(TurnRef turn, String tool, String arguments) {
        script.add(calls(new ToolCall("x", tool, arguments)));
        activities.decide(turn, 1);
        String call = "t" + turn.turn() + "r1c1";
        activities.propose(turn, call, 1);
        return call;
    }

    /** Until everybody in this process knows. */
    private void stockIsDown() {
        agents.answers(
                "inventory.checkInventory",
                request -> new ScriptedAgents.Scripted(503, "down", Map.of(), Duration.ZERO, true));
        for (int i = 0; i < 2; i++) {
            TurnRef turn = says("is it there?");
            script.add(calls(new ToolCall("x", "check_inventory", "{\"productId\":\"P-1\"}")));
            activities.decide(turn, 1);
            String call = "t" + turn.turn() + "r1c1";
            assertThatThrownBy(() -> toolCalls.run(turn, call, 1)).isInstanceOf(ApplicationFailure.class);
            assertThatThrownBy(() -> toolCalls.run(turn, call, 2)).isInstanceOf(ApplicationFailure.class);
            toolCalls.run(turn, call, 3);
            activities.answer(turn, "declined");
        }
    }

    /** What is still to come is promised for that day. */
    private void sentLater(LocalDate promised) {
        agents.answers(
                "fulfillment.askDeliveryOptions",
                question -> new ScriptedAgents.Scripted(
                        200,
                        Json.write(new DeliveryOptions(List.of(new DeliveryOption(
                                "standard",
                                "Standard delivery",
                                Money.inr(4_900),
                                question.has("hereOn") ? promised : LocalDate.of(2026, 11, 28),
                                Optional.empty())))),
                        Map.of(),
                        Duration.ZERO,
                        false));
    }

    private void inCart() {
        TurnRef turn = says("add one");
        run(turn, "add_to_cart", "{\"sku\":\"P-1-M-BLUE\"}");
        activities.answer(turn, "declined");
    }

    /** A reservation that the store has set aside. */
    private String reserved() {
        TurnRef turn = says("keep it for me in Bengaluru");
        propose(turn, "reserve_in_store", "{\"sku\":\"P-1-M-BLUE\",\"city\":\"bengaluru\",\"quantity\":1}");
        Proposal proposal = store.openProposal(conversation).orElseThrow();
        activities.confirm(conversation, proposal.proposalId());
        activities.answer(turn, "reservation_started");
        told(proposal.journeyId(), 1, JourneyStatus.waiting_for_customer, "reserved");
        return proposal.journeyId();
    }

    private void told(String reservation, int seq, JourneyStatus status, String code) {
        activities.tell(new JourneyNews(
                conversation,
                "reservation-" + reservation,
                seq,
                "Reservation",
                code,
                status,
                status == JourneyStatus.waiting_for_customer ? "collection" : "",
                Optional.empty(),
                Map.of()));
    }

    private Proposal proposed() {
        inCart();
        TurnRef turn = says("check out");
        propose(turn, "initiate_checkout", "{}");
        script.add(reply("This is your order. Shall I place it?"));
        activities.decide(turn, 2);
        return store.openProposal(conversation).orElseThrow();
    }

    private JsonNode result(TurnRef turn, String callId) {
        return jdbi.withHandle(
                handle -> Json.tree(Turns.call(handle, turn, callId).result().orElseThrow()));
    }

    private List<String> kinds() {
        return store.events(conversation, 0, 100).stream()
                .map(ConversationEvent::kind)
                .toList();
    }

    private static List<ModelMessage.ToolResult> results(ModelQuestion question) {
        return question.messages().stream()
                .filter(ModelMessage.ToolResult.class::isInstance)
                .map(ModelMessage.ToolResult.class::cast)
                .toList();
    }

    private static ModelAnswer reply(String text) {
        return new ModelAnswer(text, List.of(), "scripted", 1, 1);
    }

    private static ModelAnswer calls(ToolCall... calls) {
        return new ModelAnswer("", List.of(calls), "scripted", 1, 1);
    }

    private static Recommendations found(ProductCard... cards) {
        return new Recommendations(List.of(cards), Optional.empty(), Optional.empty());
    }

    private static ProductCard card(String id, String name) {
        return card(id, name, "Matches kurta.");
    }

    private static ProductCard card(String id, String name, String reason) {
        return new ProductCard(
                new ProductId(id), name, "kurtas", "", Money.inr(149_900), List.of("M"), List.of("blue"), reason);
    }

    private static Bundle bundle(String id, String... parts) {
        return new Bundle(
                new BundleId(id),
                "Set",
                Stream.of(parts)
                        .map(part -> new BundlePart(new ProductId(part), "Part", Money.inr(100)))
                        .toList(),
                Money.inr(200));
    }

    private static ProductStocks inStock(ProductStock... products) {
        return new ProductStocks(List.of(products), Optional.empty());
    }

    private static ProductStock stock(String id, int available) {
        return new ProductStock(new ProductId(id), available);
    }

    private static ProductStock toCome(String id) {
        return new ProductStock(new ProductId(id), 0, Optional.of(new OrderAhead(LocalDate.of(2026, 12, 12), 4)));
    }
}
