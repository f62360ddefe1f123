package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;
import static io.journeyman.bench.chaos.LyingNetwork.answer;
import static io.journeyman.bench.chaos.LyingNetwork.saying;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.api.auth.Session;
import io.journeyman.bench.chaos.HeadOffice.Announced;
import io.journeyman.bench.chaos.Wire.Call;
import io.journeyman.bench.chaos.audit.Audit;
import io.journeyman.bench.chaos.audit.Evidence;
import io.journeyman.bench.chaos.audit.Finding;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.bench.shop.Site;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import io.journeyman.launcher.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A protection is switched off in a shop that runs, real customers go on buying, and the audit notices what comes of it. Nothing in
 * the shop knows of this: the network lies, the database loses a rule, or a part is started with a class of its own taken away.
 *
 * <table>
 * <caption>What is off</caption>
 * <tr><th>promise</th><th>protection</th></tr>
 * <tr><td>1</td><td>an attempt keeps its number when it is repeated, and one attempt of an order is live; the amount stays as it was
 *     sent; a capture and a void reach the gateway; store credit is spent by an order that is confirmed, and released by another; of
 *     store credit each date expires once, and before anybody spends of it</td></tr>
 * <tr><td>2</td><td>a release reaches the stock; a hold keeps its id when it is repeated; what changes stock is written down; what is
 *     announced is counted when it is promised, and written down when it comes</td></tr>
 * <tr><td>3</td><td>each compensation; the points of a paid order; of what nobody collected its pieces are taken out before it is refunded,
 *     and the refund reaches the gateway</td></tr>
 * <tr><td>4</td><td>a journey runs until its end; a wait has a deadline; the order's record is closed before its journey</td></tr>
 * <tr><td>5</td><td>a message's key is kept; a reply and its event are written together</td></tr>
 * <tr><td>6</td><td>card numbers are taken out of messages; an agent answers of the customer who is asked for</td></tr>
 * <tr><td>7</td><td>an agent that is down takes no other with it</td></tr>
 * <tr><td>8</td><td>what an agent says arrives as it was said; the model says no more than the tools did</td></tr>
 * </table>
 *
 * <p>The shop is shared: each test looks for its own order or customer among what the audit says.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenProtectionTest {
    private final LyingNetwork network = new LyingNetwork();
    private final List<CustomerRecord> customers = new ArrayList<>();
    private final CardsTyped cards = new CardsTyped();
    private final List<Outage> outages = new ArrayList<>();
    private int rules;
    private Site site;
    private Shop shop;
    private Connection books;
    private EngineView engine;
    private HeadOffice office;
    private Calendar calendar;

    @BeforeAll
    void openAShopThatKeepsItsPromises() throws Exception {
        site = Site.create("broken");
        // parcels wait for a carrier that nobody plays, so that no test waits for them
        shop = Shop.open(site, 1, network, Map.of("JOURNEYMAN_CARRIER", "none"));
        office = new HeadOffice(shop);
        calendar = new Calendar(shop.address());
        books = DriverManager.getConnection(shop.address().databaseUrl());
        engine = new EngineView(shop.address().temporal());
        var buyer = comesIn();
        var proposal = buyer.chooses();

        buyer.pays(proposal);
        isBrought(buyer, Buyer.order(proposal));

        assertThat(Audit.of(evidence())).flatExtracting(Finding::violations).isEmpty();
    }

    /** Its carrier says so. */
    private void isBrought(Buyer buyer, String order) throws Exception {
        var parcel = only("SELECT parcel_id FROM fulfillment.parcel WHERE order_id = '" + order + "'");
        var told = Map.of(
                "eventId",
                "E-1",
                "status",
                "delivered",
                "happenedAt",
                Instant.now().toString());
        untilDone(buyer, "/v1/parcels/" + parcel + "/events", told);
        buyer.awaits("delivery-" + order);
    }

    /** Staff do it, as soon as it can be done: what it is about begins only just now. */
    private void untilDone(Buyer buyer, String path, Map<String, String> body) throws Exception {
        var deadline = Instant.now().plus(Duration.ofMinutes(1));
        for (int tries = 1; ; tries++) {
            var answer = staff(buyer).post(path, "done" + path.replace('/', '-') + tries, body);
            if (answer.ok()) {
                return;
            }
            assertThat(Instant.now()).as("%s", answer.body()).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    @AfterAll
    void close() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if (books != null) {
            books.close();
        }
        if (shop != null) {
            shop.close();
        }
        site.close();
    }

    @AfterEach
    void tellTheTruth() {
        network.tellTheTruth();
    }

    // ---- 1: money -----------------------------------------------------------------------------------------------

    /** The number alone is not enough: the index stands behind it. */
    @Test
    void chargesTwiceWhenARepeatedAttemptHasAnotherNumberAndTwoMayBeLive() throws Exception {
        var first = comesIn();
        var second = comesIn();
        var guarded = first.chooses();
        var unguarded = second.chooses();
        network.lieTo(Part.payment, call -> call.path().equals("/attempts"), (call, agent) -> {
            var answer = agent.send(call);
            agent.send(underAnotherKey(with(call, "attempt", 50)));
            return answer;
        });

        first.pays(guarded);
        sql("DROP INDEX payment.one_live_or_successful_attempt");
        second.pays(unguarded);

        assertThat(violations(Promise.charged_once)).noneMatch(violation -> violation.contains(Buyer.order(guarded)));
        assertNoticed(Promise.charged_once, "order " + Buyer.order(unguarded) + " is charged 2 times");
    }

    @Test
    void chargesAnotherAmountWhenItIsAlteredOnItsWay() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        LyingNetwork.Lie onePaisaMore = (call, agent) -> agent.send(dearer(call));
        network.lieTo(Part.payment, about("/attempts", order), onePaisaMore);
        network.lieTo(Part.payment, call -> call.path().equals("/attempts/" + order + "/1/capture"), onePaisaMore);

        buyer.pays(proposal);

        assertNoticed(Promise.charged_once, "charge " + order + "/1 is of");
    }

    @Test
    void isNotPaidWhenACaptureDoesNotReachTheGateway() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.swallow(Part.payment, "/attempts/" + order + "/1/capture", attempt(order, "captured"));

        buyer.pays(proposal);

        assertNoticed(
                Promise.charged_once,
                "order " + order + " is confirmed, and what was taken for it is: " + order + "/1 authorised");
    }

    @Test
    void keepsStoreCreditSetAsideThatTheOrderShouldHaveSpent() throws Exception {
        var buyer = comesIn();
        giveCredit(buyer);
        var proposal =
                buyer.chooses("checkout with my store credit, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = Buyer.order(proposal);
        network.swallow(
                Part.payment,
                "/credit-uses/" + order + "/spend",
                Map.of(
                        "useId",
                        order,
                        "orderId",
                        order,
                        "status",
                        "spent",
                        "amount",
                        Map.of("minor", 100, "currency", "INR")));

        buyer.pays(proposal);

        // its parcel may have left, or have come, since
        assertThat(violations(Promise.charged_once))
                .anyMatch(violation -> violation.startsWith("order " + order + " is ")
                        && violation.endsWith(", and its store credit is reserved"));
    }

    @Test
    void keepsStoreCreditSetAsideThatTheOrderShouldHaveReleased() throws Exception {
        var buyer = comesIn();
        giveCredit(buyer);
        var proposal =
                buyer.chooses("checkout with my store credit, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = Buyer.order(proposal);
        network.lieTo(Part.fulfillment, about("/shipments", order), (call, parcels) -> {
            parcels.send(call);
            return answer(422, Problem.of(422, "option_gone", "The carrier does not come any more."));
        });
        network.swallow(
                Part.payment,
                "/credit-uses/" + order + "/release",
                Map.of("useId", order, "status", "released", "amount", Map.of("minor", 100, "currency", "INR")));

        buyer.pays(proposal);

        assertNoticed(Promise.charged_once, "order " + order + " is cancelled, and its store credit is reserved");
    }

    @Test
    void spendsStoreCreditAfterItsDateWhenNobodyTakesOffWhatHasExpired() throws Exception {
        var buyer = comesIn();
        onEachRow(
                "BEFORE INSERT OR UPDATE ON payment.credit_account",
                "NEW.customer_id = '" + buyer.record().customerId() + "'",
                "NEW.lapses_at := NULL");
        giveCredit(buyer, Map.of("expiresAt", tomorrow()));
        calendar.creditEnds(buyer.record().customerId());

        buyer.pays(
                buyer.chooses("checkout with my store credit, send it to Meera Nair, 4 Park Street, Kolkata 700016"));

        assertNoticed(
                Promise.charged_once,
                "store credit of customer " + buyer.record().customerId() + " ended at");
    }

    @Test
    void takesExpiredCreditTwiceWhenADateMayExpireAgain() throws Exception {
        var buyer = comesIn();
        var customer = buyer.record().customerId();
        giveCredit(buyer, Map.of("expiresAt", tomorrow()));
        sql("DROP INDEX payment.each_date_expires_once");
        sql("ALTER TABLE payment.credit_entry DISABLE TRIGGER entries_make_the_credit");
        sql("ALTER TABLE payment.credit_account DISABLE TRIGGER the_credit_has_its_entries");
        onEachRow(
                "AFTER INSERT ON payment.credit_entry",
                "NEW.kind = 'expired' AND NEW.customer_id = '" + customer + "' AND pg_trigger_depth() = 0",
                "INSERT INTO payment.credit_entry (at, customer_id, kind, from_account, to_account, amount, expires_at)"
                        + " VALUES (NEW.at, NEW.customer_id, NEW.kind, NEW.from_account, NEW.to_account, NEW.amount, NEW.expires_at)");
        calendar.creditEnds(customer);

        buyer.says("how much store credit do I have?");

        assertNoticed(Promise.charged_once, "store credit of customer " + customer + " expired 2 times");
    }

    private static String tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).toString();
    }

    private void giveCredit(Buyer buyer) throws Exception {
        giveCredit(buyer, Map.of());
    }

    /** One rupee. */
    private void giveCredit(Buyer buyer, Map<String, Object> date) throws Exception {
        var wish = new HashMap<>(date);
        wish.put("amount", Map.of("minor", 100, "currency", "INR"));
        wish.put("reason", "a gift");
        var given = staff(buyer)
                .post(
                        "/v1/customers/" + buyer.record().customerId() + "/credit-grants",
                        "credit-" + buyer.record().customerId(),
                        wish);
        assertThat(given.ok()).isTrue();
    }

    /** Whoever looks after that buyer. */
    private ShopClient staff(Buyer buyer) {
        return new ShopClient(
                shop.address(),
                shop.address().tokenOf(new Session.Staff("staff-1")),
                seen -> buyer.record().complains(5, seen));
    }

    // ---- 2: stock -----------------------------------------------------------------------------------------------

    @Test
    void leaksStockWhenAReleaseDoesNotReachIt() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.swallow(Part.inventory, "/holds/" + order + "/release", released(order));

        buyer.confirms(proposal);
        buyer.cancels(proposal);

        assertNoticed(Promise.stock_adds_up, "hold " + order + " belongs to no open journey");
    }

    @Test
    void leaksStockWhenARepeatedHoldHasAnotherId() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.lieTo(Part.inventory, about("/holds", order), (call, agent) -> {
            agent.send(underAnotherKey(with(call, "holdId", order + "-again")));
            return agent.send(call);
        });

        buyer.pays(proposal);

        assertNoticed(Promise.stock_adds_up, "hold " + order + "-again belongs to no open journey");
    }

    @Test
    void doesNotAddUpWhenAChangeOfStockIsNotWrittenDown() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        sql("ALTER TABLE inventory.movement DISABLE TRIGGER movement_is_for_ever");
        onEachRow(
                "AFTER INSERT ON inventory.movement",
                "NEW.kind = 'sold' AND NEW.hold_id = '" + order + "'",
                "DELETE FROM inventory.movement WHERE id = NEW.id");

        buyer.pays(proposal);

        assertNoticed(Promise.stock_adds_up, "hold " + order + " is allocated: of");
        assertNoticed(Promise.stock_adds_up, "its movements come to");
    }

    @Test
    void promisesAPieceTwiceWhenItIsNotCounted() throws Exception {
        var announced = announced(0);
        onEachRow(
                "BEFORE UPDATE ON inventory.delivery_line",
                "NEW.delivery_id = '" + announced.id() + "'",
                "NEW.promised := 0");
        for (int many = 0; many < 3; many++) {
            var buyer = comesIn();
            buyer.pays(buyer.choosesOf(announced.ware()));
        }

        assertNoticed(
                Promise.stock_adds_up,
                "delivery " + announced.id() + " of " + announced.ware().sku()
                        + ": 0 are promised; its ledger says 3, and holds wait for 3");
    }

    @Test
    void doesNotAddUpWhenWhatComesForSomebodyIsNotWrittenDown() throws Exception {
        var announced = announced(1);
        sql("ALTER TABLE inventory.incoming DISABLE TRIGGER incoming_is_for_ever");
        onEachRow(
                "AFTER INSERT ON inventory.incoming",
                "NEW.kind = 'arrived' AND NEW.delivery_id = '" + announced.id() + "'",
                "DELETE FROM inventory.incoming WHERE id = NEW.id");
        var buyer = comesIn();
        buyer.pays(buyer.choosesOf(announced.ware()));

        office.receives(announced);

        assertNoticed(Promise.stock_adds_up, ": 1 went to those who waited, its ledger says 0, and 3 came");
    }

    /** Of a colour that nobody else asks for: both tests wait for pieces of their own. */
    private Announced announced(int colour) throws Exception {
        return office.announces("broken-" + colour, HeadOffice.WARES.get(colour))
                .orElseThrow();
    }

    // ---- 3: all or nothing --------------------------------------------------------------------------------------

    static Stream<Arguments> compensations() {
        return Stream.of(
                Arguments.of(Part.inventory, "/holds/ORDER/release", released("ORDER"), "and its hold"),
                Arguments.of(
                        Part.fulfillment,
                        "/shipments/ORDER/cancel",
                        Map.of("orderId", "ORDER", "status", "cancelled", "parcels", List.of()),
                        "and its parcel"),
                Arguments.of(
                        Part.loyalty,
                        "/benefits/ORDER/release",
                        Map.of("orderId", "ORDER", "status", "released", "points", 0, "earned", 0),
                        "and its benefits"),
                Arguments.of(Part.payment, "/attempts/ORDER/1/void", attempt("ORDER", "voided"), "and its attempt"));
    }

    /** The parcel is refused after it was made, so that all that was done before has to be undone. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("compensations")
    void leavesBehindWhatACompensationDoesNotReach(Part agent, String path, Object answer, String words)
            throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.lieTo(Part.fulfillment, about("/shipments", order), (call, parcels) -> {
            parcels.send(call);
            return answer(422, Problem.of(422, "option_gone", "The carrier does not come any more."));
        });
        network.swallow(
                agent,
                path.replace("ORDER", order),
                Json.tree(Json.write(answer).replace("ORDER", order)));

        buyer.pays(proposal);

        assertNoticed(Promise.all_or_nothing, "order " + order + " is cancelled, " + words);
        if (agent == Part.payment) {
            assertNoticed(Promise.charged_once, "order " + order + " is cancelled, and charge");
        }
    }

    @Test
    void owesPointsWhenTheyDoNotReachTheAccount() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.swallow(
                Part.loyalty,
                "/benefits/" + order + "/commit",
                Map.of("orderId", order, "status", "committed", "points", 0, "earned", 10));

        buyer.pays(proposal);

        assertNoticed(Promise.all_or_nothing, "order " + order + " is confirmed, and its points and offers are");
    }

    @Test
    void refundsWhatIsHandedOverWhenTheStoreIsNotAskedFirst() throws Exception {
        var buyer = comesIn();
        var order = waitsInItsStore(buyer);
        network.lieTo(
                Part.fulfillment,
                call -> call.path().equals("/withdrawals") && call.body().contains("CN-" + order.substring(3)),
                (call, agent) -> {
                    var asked = (ObjectNode) Json.tree(call.body());
                    asked.remove("trackingId");
                    return answer(201, asked.put("orderId", order).put("shipment", "cancelled"));
                });

        isNotCollected(buyer, order);
        // nobody looks after it any more, for it could not be closed
        terminate("delivery-" + order);
        var code = Map.of(
                "pickupCode",
                only("SELECT pickup_code FROM fulfillment.order_collection JOIN fulfillment.shipment"
                        + " USING (order_id) WHERE for_order = '" + order + "'"));
        assertThat(staff(buyer)
                        .post("/v1/orders/" + order + "/handed-over", "over-" + order, code)
                        .ok())
                .isTrue();

        assertNoticed(Promise.all_or_nothing, "order " + order + " was handed over in ST-BLR-1, and is undone by CN-");
        assertNoticed(Promise.all_or_nothing, "back, for which nothing came back");
    }

    @Test
    void keepsTheMoneyOfWhatNobodyCollectedWhenTheRefundDoesNotReachTheGateway() throws Exception {
        var buyer = comesIn();
        var order = waitsInItsStore(buyer);
        network.lieTo(
                Part.payment,
                call -> call.path().equals("/attempts/" + order + "/1/refunds"),
                (call, agent) -> answer(
                        200,
                        ((ObjectNode) Json.tree(call.body()))
                                .put("orderId", order)
                                .put("attempt", 1)
                                .put("status", "refunded")
                                .set("refundedInAll", Json.tree(call.body()).path("amount"))));

        isNotCollected(buyer, order);

        assertNoticed(Promise.all_or_nothing, "CN-" + order.substring(3) + "-1 is settled with");
    }

    /** Paid, and ready. @return the order */
    private String waitsInItsStore(Buyer buyer) throws Exception {
        var proposal = buyer.chooses("checkout, I'll pick it up at the Indiranagar store");
        var order = Buyer.order(proposal);
        buyer.pays(proposal);
        untilDone(buyer, "/v1/orders/" + order + "/ready", Map.of());
        return order;
    }

    private void isNotCollected(Buyer buyer, String order) throws Exception {
        calendar.collectionIsOver(order);
        staff(buyer)
                .post(
                        "/v1/staff/journeys/delivery-" + order + "/retry-now",
                        "look-" + order,
                        Map.of("reason", "its time is over"));
        buyer.awaits("cancellation-CN-" + order.substring(3) + "-1");
    }

    // ---- 4: nothing stuck ---------------------------------------------------------------------------------------

    @Test
    void isStuckWhenSomebodyTerminatesItsWorkflow() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        buyer.confirms(proposal);

        terminate(Buyer.workflow(proposal));

        assertNoticed(Promise.nothing_stuck, Buyer.workflow(proposal) + " ended as TERMINATED");
        assertNoticed(Promise.nothing_stuck, "order " + Buyer.order(proposal) + " is pending and nobody works on it");
    }

    private void terminate(String workflowId) throws Exception {
        var terminating = new ProcessBuilder(
                        Tools.temporal().toString(),
                        "workflow",
                        "terminate",
                        "--workflow-id",
                        workflowId,
                        "--address",
                        shop.address().temporal())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(terminating.waitFor()).isZero();
    }

    @Test
    void waitsForEverWhenAWaitHasNoDeadline() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        onEachRow(
                "BEFORE INSERT OR UPDATE ON conversation.journey",
                "NEW.journey_id = '" + Buyer.order(proposal) + "'",
                "NEW.until := NULL");

        buyer.confirms(proposal);

        assertNoticed(Promise.nothing_stuck, Buyer.workflow(proposal) + " waits without a deadline");
    }

    @Test
    void staysOpenWhenItsRecordIsNotClosed() throws Exception {
        var buyer = comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        network.swallow(
                Part.postPurchase,
                "/orders/" + order + "/transitions",
                Map.of("orderId", order, "status", "confirmed", "transitions", List.of()));

        buyer.pays(proposal);

        assertNoticed(Promise.nothing_stuck, "order " + order + " is pending and nobody works on it");
    }

    // ---- 5: answered once ---------------------------------------------------------------------------------------

    @Test
    void answersTwiceWhenAMessagesKeyIsNotKept() throws Exception {
        var buyer = comesIn();
        var key = "forgotten-" + buyer.record().house();
        onEachRow(
                "BEFORE INSERT ON conversation.message",
                "NEW.idempotency_key = '" + key + "'",
                "NEW.idempotency_key := gen_random_uuid()::text");

        buyer.saysAgain(key, "what offers do I get?");
        buyer.saysAgain(key, "what offers do I get?");

        assertNoticed(
                Promise.answered_once,
                buyer.record().customerId() + ": message " + key + " was turn 1, and turn 2 when repeated");
    }

    @Test
    void answersNobodyWhenAReplyIsWrittenWithoutItsEvent() throws Exception {
        var buyer = comesIn();
        buyer.says("hi");
        var conversation = only("SELECT id FROM conversation.conversation WHERE customer_id = '"
                + buyer.record().customerId() + "'");
        onEachRow(
                "AFTER INSERT ON conversation.event",
                "NEW.kind = 'reply' AND NEW.conversation_id = '" + conversation + "'",
                "DELETE FROM conversation.event WHERE conversation_id = NEW.conversation_id AND seq = NEW.seq");

        buyer.says("what offers do I get?");

        assertNoticed(Promise.answered_once, "turn 2 of " + conversation + " was replied to 0 times");
        assertNoticed(Promise.answered_once, "the events of " + conversation + " are not numbered");
    }

    // ---- 6: privacy ---------------------------------------------------------------------------------------------

    @Test
    void tellsAnothersAddressWhenAnAgentAnswersOfSomebodyElse() throws Exception {
        var neighbour = comesIn();
        neighbour.chooses();
        var buyer = comesIn();
        network.lieTo(
                Part.fulfillment,
                call -> call.path().equals(address(buyer)),
                (call, agent) -> agent.send(new Call(call.method(), address(neighbour), call.headers(), call.body())));

        buyer.confirms(buyer.chooses("checkout"));

        assertNoticed(
                Promise.kept_private,
                " of " + buyer.record().customerId() + " names house "
                        + neighbour.record().house());
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void storesACardNumberWhenNobodyTakesItOut() throws Exception {
        var classes = compiled("Redaction", """
                package io.journeyman.api.conversation;
                public final class Redaction {
                    public static String redact(String text) { return text; }
                }""");
        shop.kill(Part.api);
        site.start(shop.environment(Part.api), List.of("-Xbootclasspath/a:" + classes), "api");
        var buyer = comesIn();

        buyer.says("my card is " + cards.spoken(new SplittableRandom(1)));

        assertNoticed(Promise.kept_private, "table conversation.message holds a card number");
    }

    // ---- 7: the rest goes on ------------------------------------------------------------------------------------

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void takesOthersWithItWhenAnAgentThatIsDownIsNotAlone() throws Exception {
        var buyer = comesIn();
        buyer.says("hi");
        network.lieTo(
                Part.inventory,
                any -> true,
                (call, agent) -> answer(503, Problem.of(503, "payment_away", "It cannot do without payment.")));
        var from = Instant.now();
        shop.kill(Part.payment);

        buyer.says("do you have the Indigo Block-Print Cotton Kurta in blue, size L?");

        network.tellTheTruth();
        shop.awaitUp(Part.payment);
        outages.add(new Outage(Part.payment, Outage.Kind.killed, from, Instant.now()));
        assertNoticed(Promise.goes_on, "check_inventory was called unavailable while only payment was away");
    }

    // ---- 8: the truth -------------------------------------------------------------------------------------------

    @Test
    void showsAnotherPriceWhenItIsAlteredOnItsWay() throws Exception {
        var buyer = comesIn();
        network.lieTo(
                Part.recommendation, about("/recommendations", buyer.record().customerId()), (call, agent) -> {
                    var products = Json.tree(agent.send(call).body());
                    ((ObjectNode) products.at("/products/0/price")).put("minor", 171_700);
                    return answer(200, products);
                });

        var reply = buyer.says("show me blue kurtas");

        assertThat(reply.path("cards")).as("%s", reply).isNotEmpty();

        assertNoticed(Promise.told_the_truth, " for 171700");
    }

    /** The last one: the worker talks nonsense from then on. */
    @Test
    @Order(Integer.MAX_VALUE)
    void makesUpAPriceWhenTheModelDoes() throws Exception {
        var model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", exchange -> {
            var said = Json.write(Map.of(
                            "id", "1",
                            "object", "chat.completion",
                            "created", 0,
                            "model", "liar",
                            "choices",
                                    List.of(Map.of(
                                            "index",
                                            0,
                                            "finish_reason",
                                            "stop",
                                            "message",
                                            Map.of(
                                                    "role", "assistant",
                                                    "content", "Only ₹17.17, and 3 are left.")))))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        model.start();
        try {
            shop.kill(Part.worker);
            var environment = new HashMap<>(shop.environment(Part.worker));
            environment.put("JOURNEYMAN_MODEL", "openai");
            environment.put("OPENAI_API_KEY", "none-needed");
            environment.put("OPENAI_MODEL", "liar");
            environment.put(
                    "OPENAI_BASE_URL", "http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
            site.start(environment, "worker");
            var buyer = comesIn();

            buyer.says("what does the Indigo Block-Print Cotton Kurta cost?");

            assertNoticed(Promise.told_the_truth, "speaks of 1717 paise, which no tool had said");
        } finally {
            model.stop(0);
        }
    }

    // ---- what the audit says ------------------------------------------------------------------------------------

    private void assertNoticed(Promise promise, String words) throws Exception {
        assertThat(violations(promise))
                .anySatisfy(violation -> assertThat(violation).contains(words));
    }

    private List<String> violations(Promise promise) throws Exception {
        return Audit.of(promise, evidence()).violations();
    }

    private Evidence evidence() throws Exception {
        assertThat(new Settling(engine, books, Set.of()).await()).isEmpty();
        return new Evidence(books, engine.workflows(), customers, outages, site.folder(), Set.copyOf(cards.numbers()));
    }

    // ---- customers, lies and rules ------------------------------------------------------------------------------

    private Buyer comesIn() {
        var buyer = new Buyer(shop, 1_000 + customers.size());
        customers.add(buyer.record());
        return buyer;
    }

    private static String address(Buyer buyer) {
        return "/customers/" + buyer.record().customerId() + "/address";
    }

    private static Call with(Call call, String member, Object value) {
        var body = (ObjectNode) Json.tree(call.body());
        body.putPOJO(member, value);
        return saying(body.toString(), call);
    }

    private static Call underAnotherKey(Call call) {
        var headers = new HashMap<>(call.headers());
        headers.replaceAll((name, values) -> name.equalsIgnoreCase("Idempotency-Key")
                ? values.stream().map(key -> key + "-again").toList()
                : values);
        return new Call(call.method(), call.path(), headers, call.body());
    }

    private static Call dearer(Call call) {
        JsonNode body = Json.tree(call.body());
        var amount = (ObjectNode) body.path("amount");
        amount.put("minor", amount.path("minor").asLong() + 1);
        return saying(body.toString(), call);
    }

    private static Map<String, Object> attempt(String order, String status) {
        return Map.of(
                "orderId",
                order,
                "attempt",
                1,
                "outcome",
                "secured",
                "status",
                status,
                "suggestions",
                List.of(),
                "amount",
                Map.of("minor", 1, "currency", "INR"));
    }

    private static Map<String, Object> released(String hold) {
        return Map.of(
                "holdId",
                hold,
                "status",
                "released",
                "lines",
                List.of(),
                "incoming",
                List.of(),
                "expiresAt",
                "2030-01-01T00:00:00Z");
    }

    /** From now on the database does that by itself. */
    private void onEachRow(String event, String when, String then) throws SQLException {
        var name = "broken_" + ++rules;
        sql(
                "CREATE FUNCTION public.%s() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$BEGIN %s; RETURN NEW; END$$"
                        .formatted(name, then));
        sql("CREATE TRIGGER %1$s %2$s FOR EACH ROW WHEN (%3$s) EXECUTE FUNCTION public.%1$s()"
                .formatted(name, event, when));
    }

    private void sql(String statement) throws SQLException {
        try (var sent = books.createStatement()) {
            sent.execute(statement);
        }
    }

    private String only(String query) throws SQLException {
        try (var statement = books.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).as(query).isTrue();
            return rows.getString(1);
        }
    }

    /** @return a folder with the class, which stands before the shop's own in a class path that begins with it */
    private Path compiled(String name, String code) throws IOException {
        var folder = Files.createDirectory(site.folder().resolve("classes"));
        var source = Files.writeString(folder.resolve(name + ".java"), code);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
        return folder;
    }
}
