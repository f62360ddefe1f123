package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.Json;
import io.journeyman.testing.RawConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Staff send a file of products. What the catalogue makes of them is played; that it is asked as its contract says is not. */
@ExtendWith(RunningShop.Opened.class)
class ImportsTest {
    private static final String PATH = "/v1/imports/products?format=google_tsv";
    private static final String HEAD = "id\ttitle\tprice\n";

    private final RunningShop shop;

    ImportsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void bringsGoodRowsToTheCatalogueAndAnswersTheOthersByLine() throws Exception {
        String sku = RunningShop.fresh("SKU");
        var answer = sent(
                shop.staff(), PATH, HEAD + sku + "\tTent\t8999 INR\nBAD\t" + "x".repeat(151) + "\t1\nNONE\tTent\t\n");

        var lines = lines(answer);
        assertThat(lines.subList(0, 2))
                .extracting(
                        line -> line.at("/refused/line").asLong(),
                        line -> line.at("/refused/field").asText())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(3L, "title"),
                        org.assertj.core.groups.Tuple.tuple(4L, "price"));
        var summary = lines.getLast().path("summary");
        assertThat(summary.path("complete").asBoolean()).isTrue();
        assertThat(summary.at("/products/created").asLong()).isEqualTo(1);
        assertThat(summary.path("refusals").asLong()).isEqualTo(2);
        assertThat(shop.agents.seen())
                .filteredOn(call -> call.startsWith("recommendation.importProducts") && call.contains(sku))
                .hasSize(1);
        assertThat(shop.agents.violations()).isEmpty();
        assertThat(shop.query("SELECT summary ->> 'refusals' FROM conversation.staff_import WHERE staff = 'staff-1'"))
                .contains("2");
    }

    @Test
    void tellsTheCatalogueThatItIsADryRunAndWritesNothingDown() throws Exception {
        var before = shop.query("SELECT key FROM conversation.staff_import");

        var answer = sent(shop.staff(), PATH + "&dryRun=true", HEAD + "DRY-1\tTent\t8999 INR\n");

        assertThat(lines(answer).getLast().at("/summary/dryRun").asBoolean()).isTrue();
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.contains("DRY-1") && call.contains("\"dryRun\":true"))
                .noneMatch(call -> call.contains("DRY-1") && call.contains("\"dryRun\":false"));
        assertThat(shop.query("SELECT key FROM conversation.staff_import")).isEqualTo(before);
    }

    @Test
    void saysWhereAFileCannotBeReadOn() {
        var answer = sent(shop.staff(), PATH, HEAD + "Q-1\tTent\t8999\nQ-2\t\"Tent\t1\n");

        var summary = lines(answer).getLast().path("summary");
        assertThat(summary.path("complete").asBoolean()).isFalse();
        assertThat(summary.at("/stopped/line").asLong()).isEqualTo(3);
        assertThat(summary.at("/products/created").asLong()).isEqualTo(1);
    }

    @Test
    void goesOnWhenTheCatalogueIsAwayForAMoment() throws Exception {
        shop.agents.goesAway("recommendation.importProducts");
        var back = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(1_500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            shop.agents.comesBack("recommendation.importProducts");
        });

        var answer = sent(shop.staff(), PATH, HEAD + "AWAY-1\tTent\t8999\n");
        back.join();

        assertThat(lines(answer).getLast().at("/summary/complete").asBoolean()).isTrue();
        assertThat(lines(answer).getLast().at("/summary/products/created").asLong())
                .isEqualTo(1);
    }

    @Test
    void bringsStockInByWhateverNamesItsColumnsHaveAndAsTheCatalogueHasTheVariants() throws Exception {
        String file = """
                SKU,Location ID,On Hand,Colour
                %s,WH 1,12,anything
                NEW/1,WH-1,13,red
                NEW-2,WH-1,many,red
                NEW-3,,4,red
                NEW-2,WH-1,5.0,red
                """.formatted(PlayedAgents.KURTA);

        var answer = sent(shop.staff(), "/v1/imports/stock?format=csv", file);

        var lines = lines(answer);
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.at("/refused/line").asText() + " "
                        + line.at("/refused/id").asText() + ": "
                        + line.at("/refused/field").asText())
                .containsExactlyInAnyOrder("3 NEW-1 WH-1: on_hand", "4 NEW-2 WH-1: on_hand", "5 NEW-3: location_id");
        var summary = lines.getLast().path("summary");
        assertThat(summary.at("/stock/created").asLong()).isEqualTo(2);
        assertThat(summary.path("refused").asLong()).isEqualTo(3);
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("inventory.importStock")
                        && call.contains("\"locationId\":\"WH-1\"")
                        && call.contains("\"color\":\"blue\""));
        assertThat(shop.agents.violations()).isEmpty();
    }

    @Test
    void announcesDeliveriesWithWhatMayBeSoldBefore() throws Exception {
        String file = """
                Delivery,Location,Due on,SKU,Quantity,Promisable
                PO-1,WH-1,2026-12-12,A,50,20
                PO-1,WH-1,2026-12-12,B,50,
                PO-1,WH-1,soon,C,50,20
                PO-1,WH-1,2026-12-12,NONE,50,20
                """;

        var lines = lines(sent(shop.staff(), "/v1/imports/deliveries?format=csv", file));

        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.at("/refused/id").asText() + ": "
                        + line.at("/refused/field").asText())
                .containsExactlyInAnyOrder("PO-1 C: due_on", "PO-1 NONE: sku");
        assertThat(lines.getLast().at("/summary/deliveries/created").asLong()).isEqualTo(2);
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("inventory.importDeliveries")
                        && call.contains("\"deliveryId\":\"PO-1\",\"units\":50,\"promisable\":20")
                        && call.contains("\"deliveryId\":\"PO-1\",\"units\":50,\"locationId\":\"WH-1\",\"sku\":\"B\""));
        assertThat(shop.agents.violations()).isEmpty();
    }

    @Test
    void bringsPlacesInFromJsonLines() throws Exception {
        var answer = sent(shop.staff(), "/v1/imports/locations?format=jsonl", """
                {"id": "ST-1", "kind": "store", "name": "Fort", "city": "Mumbai", "address": "1 Road", "latitude": "18.93", "longitude": 72.8}
                {"id": "ST-2", "kind": "shed", "name": "Fort", "city": "Mumbai", "address": "1 Road"}
                no JSON
                {"id": "ST-1", "kind": "store", "name": "Fort", "city": "Mumbai", "address": "1 Road"}
                """);

        var lines = lines(answer);
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.at("/refused/line").asText() + " "
                        + line.at("/refused/field").asText())
                .containsExactly("2 kind", "3 row", "4 id");
        assertThat(lines.getLast().at("/summary/locations/created").asLong()).isEqualTo(1);
        assertThat(shop.agents.violations()).isEmpty();
    }

    @Test
    void saysOfTheSameFileFromWhereParcelsLeave() throws Exception {
        String places = """
                location_id,kind,name,city,address,pincode,opens,closes
                WH-7,warehouse,Hub,Pune,2 Wakad,411057,,
                ST-7,store,FC Road,Pune,1 FC Road,411004,10:00,21:00
                ST-8,store,Camp,Pune,1 MG Road,411001,9 o'clock,21:00
                """;

        var locations = lines(sent(shop.staff(), "/v1/imports/locations?format=csv", places));
        var origins = lines(sent(shop.staff(), "/v1/imports/origins?format=csv", places));

        assertThat(locations.getLast().at("/summary/locations/created").asLong())
                .isEqualTo(3);
        assertThat(origins.getFirst().at("/refused/field").asText()).isEqualTo("opens");
        assertThat(origins.getLast().at("/summary/origins/created").asLong()).isEqualTo(2);
        assertThat(shop.agents.seen())
                .anyMatch(
                        call -> call.startsWith("fulfillment.importOrigins") && call.contains("\"closes\":\"21:00\""));
        assertThat(shop.agents.violations()).isEmpty();
    }

    @Test
    void bringsCustomersPointsAndOrdersToThoseWhoKeepThem() throws Exception {
        var customer = RunningShop.fresh("cust");
        var customers = sent(
                shop.staff(),
                "/v1/imports/customers?format=csv",
                "customer_id,name,street,city,zip\n%s,Asha,4 Park Street,Pune,411001\n".formatted(customer));
        var points = sent(
                shop.staff(),
                "/v1/imports/points?format=jsonl",
                "{\"customer_id\": \"%s\", \"points\": 250, \"expires_on\": \"2027-01-31\"}".formatted(customer));
        var orders = sent(shop.staff(), "/v1/imports/orders?format=csv", """
                Order ID,Customer ID,Placed At,Status,SKU,Name,Quantity,Unit Price
                #1001,%1$s,2026-03-01,delivered,TENT/2,Ridge Tent,1,8999.50
                #1002,%1$s,2026-03-01,cancelled,TENT/2,Ridge Tent,1,free
                """.formatted(customer));

        assertThat(lines(customers).getLast().at("/summary/customers/created").asLong())
                .isEqualTo(1);
        assertThat(lines(points).getLast().at("/summary/points/created").asLong())
                .isEqualTo(1);
        assertThat(lines(orders).getFirst().at("/refused/field").asText()).isEqualTo("unit_price");
        assertThat(lines(orders).getLast().at("/summary/orders/created").asLong())
                .isEqualTo(1);
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("postPurchase.importOrders")
                        && call.contains("\"minor\":899950")
                        && call.contains("\"orderId\":\"1001\"")
                        && call.contains("TENT-2"))
                .anyMatch(call -> call.startsWith("loyalty.importPoints")
                        && call.contains(customer)
                        && call.contains("\"orders\":1"));
        assertThat(shop.agents.violations()).isEmpty();
    }

    @Test
    void saysWhichColumnATableLacks() {
        var answer = sent(shop.staff(), "/v1/imports/stock?format=csv", "sku,on_hand\nA,1\n");

        assertThat(lines(answer).getLast().at("/summary/stopped/reason").asText())
                .isEqualTo("the first line has no column location_id");
    }

    @Test
    void isForStaffWithAKeyAndAKnownFormat() {
        assertThat(sent(shop.customer(), PATH, HEAD).refusal()).isEqualTo("403 staff_only");
        assertThat(sent(shop.nobody(), PATH, HEAD).refusal()).isEqualTo("401 session_needed");
        assertThat(sent(shop.staff().key(""), PATH, HEAD).refusal()).isEqualTo("400 idempotency_key_needed");
        assertThat(sent(shop.staff(), "/v1/imports/products?format=pdf", HEAD).refusal())
                .isEqualTo("400 bad_request");
    }

    @Test
    void readsAFileLargerThanOtherBodiesMayBe() {
        var file = new StringBuilder(HEAD);
        for (int i = 0; i < 3_000; i++) {
            file.append("LARGE-").append(i).append("\tA tent with a rather long name for its size\t8999 INR\n");
        }

        var answer = sent(shop.staff(), PATH, file.toString());

        assertThat(lines(answer).getLast().at("/summary/products/created").asLong())
                .isEqualTo(3_000);
    }

    @Test
    void writesDownWhatIsInAlsoWhereTheFileIsCutOff() throws Exception {
        String key = RunningShop.fresh("cut");
        String sku = RunningShop.fresh("CUT");
        var rows = new StringBuilder("SKU,Location ID,On Hand\n");
        for (int i = 0; i < 500; i++) {
            rows.append(sku).append('-').append(i).append(",WH-1,5\n");
        }
        try (var connection = new RawConnection(shop.api.port())) {
            connection.send(
                    "POST /v1/imports/stock?format=csv HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
                            + "Authorization: Bearer " + shop.tokens.sign(new Session.Staff("staff-1"))
                            + "\r\nIdempotency-Key: " + key + "\r\nContent-Type: application/octet-stream\r\n\r\n"
                            + rows);
            RunningShop.eventually(() -> shop.agents.seen().stream()
                    .filter(call -> call.startsWith("inventory.importStock") && call.contains(sku + "-399\""))
                    .findFirst());
        }

        var ended = RunningShop.eventually(() -> shop
                .query("SELECT kind || ' ' || summary FROM conversation.staff_import WHERE key = '" + key
                        + "' AND ended_at IS NOT NULL")
                .stream()
                .findFirst());
        assertThat(ended).startsWith("stock ").contains("\"complete\": false");
        assertThat(sent(shop.staff().key(key), "/v1/imports/stock?format=csv", rows.toString())
                        .status())
                .isEqualTo(200);
        assertThat(shop.query("SELECT summary FROM conversation.staff_import WHERE key = '" + key + "'"))
                .singleElement()
                .asString()
                .contains("\"complete\": true", "\"created\": 500");
    }

    @Test
    void usesAKeyForOneKindOfFile() throws Exception {
        String key = RunningShop.fresh("key");
        String customer = RunningShop.fresh("cust");
        String places = "id,kind,name,city,address\nST-9,store,Fort,Mumbai,1 Road\n";
        assertThat(sent(shop.staff().key(key), "/v1/imports/locations?format=csv", places)
                        .status())
                .isEqualTo(200);

        var aliases = sent(
                shop.staff().key(key),
                "/v1/imports/aliases?format=csv",
                "customer_id,channel,alias\n" + customer + ",sms,+919876543210\n");

        assertThat(aliases.refusal()).isEqualTo("422 key_used");
        assertThat(shop.query("SELECT value FROM conversation.channel_alias WHERE customer_id = '" + customer + "'"))
                .isEmpty();
        assertThat(shop.query("SELECT kind FROM conversation.staff_import WHERE key = '" + key + "'"))
                .containsExactly("locations");
    }

    @Test
    void readsNoFurtherWhereHardlyARowGoesIn() {
        var rows = new StringBuilder("SKU,Location ID,On Hand\nGOOD-1,WH-1,5\n");
        for (int i = 0; i < 11_000; i++) {
            rows.append("BAD-").append(i).append(",WH-1,many\n");
        }

        var lines = lines(sent(shop.staff(), "/v1/imports/stock?format=csv", rows.toString()));

        assertThat(lines).hasSize(10_001);
        var summary = lines.getLast().path("summary");
        assertThat(summary.path("complete").asBoolean()).isFalse();
        assertThat(summary.at("/stopped/reason").asText()).contains("another format");
        assertThat(summary.at("/stopped/line").asLong()).isEqualTo(10_003);
        assertThat(summary.at("/stock/created").asLong()).isEqualTo(1);
    }

    private static ApiClient.Answer sent(ApiClient client, String path, String file) {
        return client.with("Content-Type", "application/octet-stream")
                .send("POST", path, Optional.of(BodyPublishers.ofString(file)));
    }

    private static List<JsonNode> lines(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().map(Json::tree).toList();
    }
}
