package io.journeyman.inventory.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.FindStores;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProductId;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.inventory.InventoryAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleStockTest {
    @Test
    void loadsTheSameShopAtEachFirstStartAndNeverAgain() {
        String first = TestPostgres.freshDatabase();
        String second = TestPostgres.freshDatabase();
        start(first).close();
        start(second).close();
        start(second).close();

        Map<String, Integer> stock = stock(first);

        assertThat(stock).hasSizeGreaterThan(7_000);
        assertThat(stock(second)).isEqualTo(stock);
    }

    @Test
    void aShopFromBeforePlacesHadPositionsLearnsThemAtItsNextStart() {
        String url = TestPostgres.freshDatabase();
        start(url).close();
        try (Database database = Database.open(url, new Owner("inventory"), 1)) {
            database.jdbi()
                    .useHandle(handle -> handle.execute("UPDATE location SET latitude = NULL, longitude = NULL"));
        }

        try (AgentService service = start(url)) {
            var client = new ContractClient(service.uri(), Contract.load("inventory"));
            var question = new FindStores(Optional.of("Koramangala"), Optional.empty(), Optional.empty());

            assertThat(client.post("/stores/near", question).as(Stores.class).stores())
                    .extracting(Store::name)
                    .containsExactly("Koramangala", "Indiranagar", "T. Nagar", "Jubilee Hills", "Bandra", "Saket");
        }
    }

    @Test
    void isAsItsListsSay() throws IOException {
        JsonNode plan = sample("inventory/stock.json");
        Set<String> named = new HashSet<>();
        try (AgentService service = start(TestPostgres.freshDatabase())) {
            var client = new ContractClient(service.uri(), Contract.load("inventory"));

            assertThat(client.get("/stores").as(Stores.class).stores()).hasSize(6);
            assertThat(plan.path("outOfStock")).hasSize(6).allSatisfy(product -> {
                Availability answer = check(client, product.path("productId").asText(), Optional.empty());
                named.add(answer.productId().value());
                assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.out_of_stock);
                assertThat(answer.variants()).isNotEmpty();
            });
            assertThat(plan.path("lowStock")).hasSize(12).allSatisfy(product -> {
                Availability answer = check(client, product.path("productId").asText(), Optional.empty());
                named.add(answer.productId().value());
                assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.low_stock);
                assertThat(answer.available()).isEqualTo(product.path("units").asInt());
            });
            assertThat(plan.path("missingSize")).hasSize(15).allSatisfy(product -> {
                Optional<String> size = Optional.of(product.path("size").asText());
                Availability answer = check(client, product.path("productId").asText(), size);
                assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.in_stock);
                assertThat(answer.variants()).isNotEmpty();
                assertThat(answer.attributesAvailable()).isFalse();
                assertThat(answer.stores()).isEmpty();
                assertThat(answer.suggestions()).isNotEmpty();
            });
            for (JsonNode product : sample("catalogue.json").path("products")) {
                String id = product.path("productId").asText();
                if (!named.contains(id)) {
                    Availability answer = check(client, id, Optional.empty());
                    assertThat(answer.onlineStatus()).as(id).isEqualTo(OnlineStatus.in_stock);
                    assertThat(answer.variants())
                            .hasSize(product.path("variants").size());
                }
            }
        }
    }

    @Test
    void itsListsNameProductsAsTheCatalogueDoes() throws IOException {
        Map<String, String> names = new TreeMap<>();
        sample("catalogue.json")
                .path("products")
                .forEach(p ->
                        names.put(p.path("productId").asText(), p.path("name").asText()));
        JsonNode plan = sample("inventory/stock.json");

        for (String list : List.of("outOfStock", "lowStock", "missingSize")) {
            assertThat(plan.path(list))
                    .allSatisfy(p -> assertThat(names)
                            .containsEntry(
                                    p.path("productId").asText(), p.path("name").asText()));
        }
    }

    private static Availability check(ContractClient client, String product, Optional<String> size) {
        return client.post(
                        "/inventory/check",
                        new CheckInventory(new ProductId(product), size, Optional.empty(), Optional.empty()))
                .as(Availability.class);
    }

    private static AgentService start(String url) {
        return AgentService.start(
                new InventoryAgent(),
                AgentConfig.local(url, ServiceTokens.SECRET).withSampleShop(true));
    }

    private static Map<String, Integer> stock(String url) {
        try (Database database = Database.open(url, new Owner("inventory"), 1)) {
            Map<String, Integer> stock = new TreeMap<>();
            database.jdbi()
                    .useHandle(handle -> handle.createQuery("SELECT sku, location, on_hand FROM stock")
                            .map((row, context) -> Map.entry(row.getString(1) + "@" + row.getString(2), row.getInt(3)))
                            .forEach(entry -> stock.put(entry.getKey(), entry.getValue())));
            return stock;
        }
    }

    private static JsonNode sample(String file) throws IOException {
        try (InputStream in = SampleStockTest.class.getResourceAsStream("/db/sample/" + file)) {
            return Json.mapper().readTree(in);
        }
    }
}
