package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.agent.ServiceTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shops that count in another currency than the sample one, from their files to the receipt, on all the real parts. */
@Timeout(600)
class OtherCurrenciesTest {
    @TempDir
    private Path folder;

    /**
     * @param place the shop's country and time zone, where they are not India's; @param home an address there, @param code its postal code
     * @param price of one lantern, as a feed writes it; @param shown as people there read it
     * @param foreign a price in another currency
     * @param budget enough for one, as a customer says it; the sign of money may be missing
     * @param total of three, minor units
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            EUR | de-DE | DE Europe/Berlin | Lindenstr. 4, 10969 Berlin    | 10969  | 19.99 EUR | 19,99 €  | 15.00 USD | 25,50    | 5997 | 59,97 €
            JPY | ja-JP | IN Asia/Kolkata  | 4 Park Street, Kolkata 700016 | 700016 | 2480      | ￥2,480  | 15.00 EUR | 3000 yen | 7440 | ￥7,440""")
    void sellsToTheEnd(
            String currency,
            String locale,
            String place,
            String home,
            String code,
            String price,
            String shown,
            String foreign,
            String budget,
            long total,
            String totalShown)
            throws Exception {
        var ports = Ports.findFree();
        var data = folder.resolve("data");
        var where = place.split(" ", -1);
        var environment = Map.of(
                "JOURNEYMAN_CURRENCY",
                currency,
                "JOURNEYMAN_LOCALE",
                locale,
                "JOURNEYMAN_COUNTRY",
                where[0],
                "JOURNEYMAN_TIME_ZONE",
                where[1]);
        String ended;
        try (var _ = PartProcess.start(data, ports, environment, "up", "--no-sample")) {
            var products = imports(ports, "products", """
                    Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status
                    lantern,Storm Lantern,Saanjh,Lanterns,Colour,Brass,LANTERN-1,%s,active
                    lantern,,,,,Copper,LANTERN-2,%s,
                    """.formatted(price, foreign));
            assertThat(products)
                    .contains(
                            "products: 1 created",
                            "line 3, LANTERN-2: Variant Price is in " + foreign.substring(foreign.length() - 3)
                                    + ", and the shop's prices are in " + currency);
            imports(ports, "locations", """
                    location_id,kind,name,city,address
                    MAIN,warehouse,Main,Pune,2 Wakad
                    CORNER,store,Corner store,Pune,3 Baner
                    """);
            imports(ports, "stock", "sku,location_id,on_hand\nLANTERN-1,MAIN,9\nLANTERN-1,CORNER,4\n");
            assertThat(opened(ports, data, "CORNER", code)).startsWith("200 ");
            var customer = Customer.newcomer(ports, data);

            assertThat(said(customer, "lanterns under " + budget)).contains("Storm Lantern", shown);
            assertThat(said(customer, "I need the Storm Lantern in brass")).contains(shown);
            customer.says("add 3 to my cart");
            assertThat(said(customer, "checkout and collect it in the nearest store"))
                    .contains("You collect it at the Corner store", "Total " + totalShown);
            assertThat(customer.openProposal()
                            .at("/quote/delivery/collect/keepUntil")
                            .asText())
                    .as("nine in the evening there")
                    .isEqualTo(keptUntil(ZoneId.of(where[1])));
            assertThat(said(customer, "checkout, send it to Meera Nair, " + home.replace(code, code + "0")))
                    .contains(where[0].equals("DE") ? "postal code (like 12345)" : "six-digit pincode");
            assertThat(said(customer, "Meera Nair, " + home))
                    .contains("Total " + totalShown)
                    .doesNotContain("GST", "₹");
            assertThat(page(ports, customer)).contains(shown, totalShown).doesNotContain("₹", "GST");
            var proposal = customer.openProposal();
            assertThat(proposal.at("/quote/total/minor").asLong()).isEqualTo(total);
            var order = customer.confirms(proposal);
            var workflow = order.path("workflowId").asText();
            customer.awaits(workflow, Customer.waitsFor("payment_method"));
            assertThat(page(ports, customer)).contains("Card number").doesNotContain("UPI");
            assertThat(said(customer, "pay by UPI asha@okbank")).contains("UPI pays rupees only");
            customer.pays(workflow, customer.card("4242"));
            customer.awaits(workflow, Customer.status("completed"));

            var books = new Books(new ShopAddress(data, ports).databaseUrl());
            books.assertSoldOnce(order.path("journeyId").asText());
            books.assertNothingHeld();
            assertThat(options(ports, data, code + "0")).startsWith("422 ").contains("address_invalid");
            assertThat(refusal(ports, data))
                    .contains("422 ", "currency_unsupported", "This shop's amounts are in " + currency);
            ended = workflow;
        }

        if (where[0].equals("DE")) { // once is enough: every start takes its time
            remembers(ports, data, currency, ended, totalShown);
        }
    }

    private static void remembers(Ports ports, Path data, String currency, String ended, String totalShown)
            throws Exception {
        assertThatThrownBy(() -> PartProcess.start(data, ports, Map.of("JOURNEYMAN_CURRENCY", "USD"), "up"))
                .hasMessageContaining("in " + currency + ", which it keeps, and JOURNEYMAN_CURRENCY says USD")
                .hasMessageContaining("say JOURNEYMAN_CURRENCY=" + currency);
        try (var _ = PartProcess.start(data, ports, "up")) {
            assertThat(console(ports, data, ended))
                    .as("what it counts in, it knows by itself")
                    .contains(totalShown)
                    .doesNotContain("₹");
            assertThat(options(ports, data, "109690"))
                    .as("and where it is")
                    .contains("Postal codes in Germany are written like 12345");
        }
    }

    private static String said(Customer customer, String text) throws IOException, InterruptedException {
        return customer.says(text).path("text").asText().replace('\u00a0', ' ');
    }

    private String imports(Ports ports, String what, String rows) throws IOException {
        var file = Files.writeString(folder.resolve(what + ".csv"), rows);
        var out = new StringWriter();
        var err = new StringWriter();
        int status = ImportCommand.run(
                List.of(
                        what,
                        file.toString(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--port-base",
                        String.valueOf(ports.base())),
                new PrintWriter(out),
                new PrintWriter(err),
                (data, base) -> StaffApi.of(data, base, Map.of()));
        assertThat(status).as(err.toString()).isZero();
        return out.toString();
    }

    private static String page(Ports ports, Customer customer) throws IOException, InterruptedException {
        return got("http://127.0.0.1:" + ports.api() + "/chat/view", customer.token());
    }

    private static String console(Ports ports, Path data, String workflow) throws IOException, InterruptedException {
        return got(
                "http://127.0.0.1:" + ports.api() + "/staff/journeys/" + workflow,
                Customer.staff(ports, data, "asha").token());
    }

    private static String got(String url, String token) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replace('\u00a0', ' ').replace("&nbsp;", " ");
    }

    /** What the payment agent says to an amount in rupees. */
    private static String refusal(Ports ports, Path data) throws IOException, InterruptedException {
        return told(ports, data, "payment", 5, "POST", "/attempts", """
                {"orderId": "JM-1", "attempt": 1, "customerId": "cust-1", "method": "cash_on_delivery",
                 "amount": {"minor": 100, "currency": "INR"}}""");
    }

    /** Until the store closes three days after the order is ready: today, where it was ordered two hours before it closes. */
    private static String keptUntil(ZoneId zone) {
        var now = ZonedDateTime.now(zone);
        var ready = now.toLocalTime().isAfter(LocalTime.of(19, 0)) ? now.plusDays(1) : now;
        return ready.toLocalDate()
                .plusDays(3)
                .atTime(21, 0)
                .atZone(zone)
                .toInstant()
                .toString();
    }

    /** What the fulfillment agent says to a postal code. */
    private static String options(Ports ports, Path data, String code) throws IOException, InterruptedException {
        return told(ports, data, "fulfillment", 1, "POST", "/delivery-options", """
                {"address": {"name": "Meera Nair", "line1": "4 Park Street", "city": "Somewhere", "pincode": "%s"},
                 "goods": {"minor": 100, "currency": "%s"}}""".formatted(
                        code, code.length() == 6 ? "EUR" : "JPY"));
    }

    /** A store that hands orders over, from now on. */
    private static String opened(Ports ports, Path data, String store, String code)
            throws IOException, InterruptedException {
        return told(ports, data, "fulfillment", 1, "PUT", "/origins/" + store, """
                {"name": "Corner store", "pincode": "%s", "opens": "10:00", "closes": "21:00"}""".formatted(code));
    }

    /** @return the agent's status and answer */
    private static String told(Ports ports, Path data, String agent, int port, String method, String path, String body)
            throws IOException, InterruptedException {
        var tokens = new ServiceTokens(
                new DataFolder(data).existingSecret("service").orElseThrow(), "test", InstantSource.system());
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (ports.base() + port) + path))
                                .header("Authorization", "Bearer " + tokens.forAgent(agent))
                                .header("Idempotency-Key", method + path)
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
