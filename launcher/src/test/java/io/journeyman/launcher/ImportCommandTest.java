package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./journeyman import} on a shop without the sample one; the shop has 384 MiB for everything. */
@Timeout(1_200)
class ImportCommandTest {
    /** 50,000 are what a large shop has; so many take some minutes. */
    private static final int PRODUCTS = Integer.getInteger("journeyman.products", 500);

    private static final Ports PORTS = Ports.findFree();
    private static Path folder;
    private static PartProcess shop;

    private record Run(int status, String out, String err) {}

    @BeforeAll
    static void open() throws Exception {
        folder = Files.createTempDirectory("journeyman-import-");
        shop = PartProcess.start(folder.resolve("data"), PORTS, "up", "--no-sample");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
        RunningShop.delete(folder);
    }

    @Test
    void bringsAShopsProductsInAndTellsThemInTheChat() throws Exception {
        var file = file("kurtas.csv", """
                Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status
                kurta,Patang Print Kurta,Saanjh,Kurtas,Colour,Saffron,KURTA-1,249.00,active
                kurta,,,,,Indigo,KURTA-2,249.00,
                kurta,,,,,White,KURTA-3,free,
                """);
        var report = folder.resolve("kurtas-report.csv");

        var done = imports("products", file.toString(), "--report", report.toString());

        assertThat(done.err()).isEmpty();
        assertThat(done.status()).isZero();
        assertThat(done.out())
                .contains(
                        "line 4, KURTA-3: Variant Price is no price such as 1499.00 INR",
                        "products: 1 created, 0 changed, 0 unchanged",
                        "variants: 2 created",
                        "refused:  1 rows");
        assertThat(Files.readAllLines(report))
                .containsExactly("line,id,field,reason", "4,KURTA-3,Variant Price,is no price such as 1499.00 INR");
        assertThat(Customer.newcomer(PORTS, folder.resolve("data"))
                        .says("I need the Patang Print Kurta in saffron")
                        .toString())
                .contains("Patang Print Kurta");
    }

    @Test
    void sellsToTheEndWhatItsProductsStoresAndStockCameInFor() throws Exception {
        imports("products", file("lanterns.csv", """
                Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status
                lantern,Storm Lantern,Saanjh,Lanterns,Colour,Brass,LANTERN-1,1249.00,active
                lantern,,,,,Copper,LANTERN-2,1249.00,
                """).toString());
        var nowhere = imports(
                "stock",
                file("early.csv", "sku,location_id,on_hand\nLANTERN-1,MAIN,3\n").toString());
        assertThat(nowhere.out())
                .contains("line 2, LANTERN-1 MAIN: location_id is no warehouse or store", "refused:  1 rows");

        var places = imports("locations", file("places.csv", """
                location_id,kind,name,city,address
                SHOP,store,Shop,Pune,1 FC Road
                MAIN,warehouse,Main,Pune,2 Wakad
                """).toString());
        var stockFile =
                file("stock.csv", "sku,location_id,on_hand\nLANTERN-1,MAIN,3\nLANTERN-1,SHOP,2\nLANTERN-2,MAIN,0\n");
        var stock = imports("stock", stockFile.toString());

        assertThat(places.out()).contains("locations: 2 created, 0 changed, 0 unchanged");
        assertThat(stock.out()).contains("stock: 3 created, 0 changed, 0 unchanged", "refused:  0 rows");
        var customer = Customer.newcomer(PORTS, folder.resolve("data"));
        customer.says("I need the Storm Lantern in brass");
        customer.says("add it to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = customer.confirms(customer.openProposal(), customer.card("4242"));
        customer.awaits(
                order.path("workflowId").asText(),
                journey -> journey.path("status").asText().equals("completed"));
        books().assertSoldOnce(order.path("journeyId").asText());
        assertThat(imports("stock", stockFile.toString()).out()).contains("stock: 0 created, 0 changed, 3 unchanged");
        books().assertStockAddsUp();
    }

    @Test
    void tellsACustomerOfWhatTheyBoughtBeforeTheShopWasHere() throws Exception {
        var customer = Customer.newcomer(PORTS, folder.resolve("data"));
        var orders = file("orders.csv", """
                order_id,customer_id,placed_at,status,sku,name,quantity,unit_price
                #1001,%1$s,2026-03-01,shipped,TENT-2,Ridge Tent,1,8999.50
                #1001,%1$s,2026-03-01,shipped,ROPE-1,Rope,2,499
                """.formatted(customer.id()));
        var points = file("points.csv", "customer_id,points\n" + customer.id() + ",250\n");

        assertThat(imports("orders", orders.toString()).out()).contains("orders: 2 created");
        assertThat(imports("orders", orders.toString()).out()).contains("orders: 0 created, 0 changed, 2 unchanged");
        assertThat(imports("points", points.toString()).out()).contains("points: 1 created");
        assertThat(imports("points", points.toString()).out()).contains("points: 0 created, 0 changed, 1 unchanged");

        assertThat(customer.says("where is my order?").toString()).contains("1001", "shipped");
        assertThat(customer.says("what offers do I get?").toString()).contains("250 points");
    }

    @Test
    void saysWhatWouldComeOfItBeforeItDoes() throws Exception {
        var file = file("lamps.jsonl", """
                {"productId": "LAMP", "name": "Brass Lamp", "variants": [{"sku": "LAMP-1", "price": "999"}]}
                """);

        assertThat(imports("products", file.toString(), "--dry-run").out()).contains("products: would be 1 created");
        assertThat(imports("products", file.toString(), "--dry-run").out()).contains("products: would be 1 created");
        assertThat(imports("products", file.toString()).out()).contains("products: 1 created");
        assertThat(imports("products", file.toString()).out()).contains("products: 0 created, 0 changed, 1 unchanged");
    }

    @Test
    void takesALargeFeedInAndChangesOnlyWhatChangedWhenItComesAgain() throws Exception {
        var file = folder.resolve("large.tsv");
        new GeneratedFeed(PRODUCTS).write(file, product -> false);

        var first = timed("first", file);
        var again = timed("again", file);
        new GeneratedFeed(PRODUCTS).write(file, product -> product % 50 == 0);
        var changed = timed("changed", file);

        int variants = PRODUCTS * GeneratedFeed.VARIANTS;
        int fewer = PRODUCTS / 50;
        assertThat(first.out())
                .contains(
                        "products: %,d created, 0 changed, 0 unchanged".formatted(PRODUCTS),
                        "variants: %,d created".formatted(variants));
        assertThat(again.out())
                .contains(
                        "products: 0 created, 0 changed, %,d unchanged".formatted(PRODUCTS),
                        "variants: 0 created, 0 changed, %,d unchanged".formatted(variants));
        assertThat(changed.out())
                .contains(
                        "products: 0 created, %,d changed, %,d unchanged".formatted(fewer, PRODUCTS - fewer),
                        "variants: 0 created, %,d changed".formatted(fewer * GeneratedFeed.VARIANTS));
    }

    @Test
    void saysWhatToDoWhenItCannotBeDone() throws Exception {
        assertThat(imports().err()).contains("Say what: products");
        assertThat(imports("products", folder.resolve("none.csv").toString()).err())
                .contains("there is no file");
        assertThat(imports("products", file("feed.pdf", "").toString()).err()).contains("name it with --format");
        var html = imports("products", file("feed.xml", "<html></html>").toString());
        assertThat(html.status()).isEqualTo(1);
        assertThat(html.err()).contains("read up to line 1 only: there is no item in it");
        var large = folder.resolve("stranger.tsv");
        new GeneratedFeed(30_000).write(large, product -> false);
        var stranger = run(
                List.of("products", large.toString()),
                Map.of(
                        "JOURNEYMAN_API",
                        "http://127.0.0.1:" + PORTS.api(),
                        "JOURNEYMAN_STAFF_TOKEN",
                        Customer.demo(PORTS).token()));
        assertThat(stranger.err()).contains("Only the shop's staff may do this.");
    }

    private static Books books() {
        return new Books(new ShopAddress(folder.resolve("data"), PORTS).databaseUrl());
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Run timed(String name, Path file) {
        long begun = System.nanoTime();
        var run = imports("products", file.toString());
        System.out.printf("%s import of %,d products: %.1f s%n", name, PRODUCTS, (System.nanoTime() - begun) / 1e9);
        return run;
    }

    private static Run imports(String... words) {
        var all = new ArrayList<>(List.of(words));
        if (words.length > 0) {
            all.addAll(
                    List.of("--data", folder.resolve("data").toString(), "--port-base", String.valueOf(PORTS.base())));
        }
        return run(all, Map.of());
    }

    private static Run run(List<String> words, Map<String, String> environment) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = ImportCommand.run(
                words,
                new PrintWriter(out),
                new PrintWriter(err),
                (data, base) -> StaffApi.of(data, base, environment));
        return new Run(status, out.toString(), err.toString());
    }
}
