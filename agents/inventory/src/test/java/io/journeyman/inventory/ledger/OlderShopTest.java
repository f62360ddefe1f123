package io.journeyman.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.LedgerCheck;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.StockCard;
import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.journeyman.inventory.InventoryAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class OlderShopTest {
    private static final Owner INVENTORY = new Owner("inventory");

    @Test
    void keepsItsLedgerAndItsHoldsWhenItIsBroughtUpToDate() {
        String url = shopOfTheFirstVersion();

        try (AgentService service =
                AgentService.start(new InventoryAgent(), AgentConfig.local(url, ServiceTokens.SECRET))) {
            var client = new ContractClient(service.uri(), Contract.load("inventory"));
            LedgerCheck check = client.get("/ledger/check").as(LedgerCheck.class);
            StockCard card = client.get("/stock/SKU-1/WH").as(StockCard.class);
            Hold released = client.post("/holds/order-1/release").as(Hold.class);

            assertThat(check.balances()).isEqualTo(1);
            assertThat(check.differences()).isEmpty();
            assertThat(card.available()).isEqualTo(3);
            assertThat(card.movements())
                    .extracting(Movement::kind)
                    .containsExactly(MovementKind.held, MovementKind.received);
            assertThat(released.status()).isEqualTo(HoldStatus.released);
            assertThat(client.get("/ledger/check").as(LedgerCheck.class).addsUp())
                    .isTrue();
        }
    }

    /** One variant, five pieces in the warehouse, two of them held. */
    private static String shopOfTheFirstVersion() {
        // the role is the server's: it is made with any database
        Migrations.migrate(TestPostgres.freshDatabase(), INVENTORY, "kit");
        String url = TestPostgres.freshDatabase();
        Jdbi.create(url)
                .useHandle(handle -> handle.execute("CREATE SCHEMA inventory AUTHORIZATION " + INVENTORY.role()));
        Flyway.configure()
                .dataSource(url, null, null)
                .jdbcProperties(
                        Map.of("options", "-c role=" + INVENTORY.role() + " -c search_path=" + INVENTORY.schema()))
                .defaultSchema(INVENTORY.schema())
                .createSchemas(false)
                .locations("classpath:db/migrations/inventory")
                .target("1")
                .load()
                .migrate();
        try (Database database = Database.open(url, INVENTORY, 1)) {
            database.jdbi().useHandle(handle -> handle.createScript("""
                    INSERT INTO location (id, kind, name, city, address, pick_order)
                    VALUES ('WH', 'warehouse', 'Warehouse', 'Bengaluru', 'Whitefield', 0);
                    INSERT INTO variant (sku, product_id, size, color, position) VALUES ('SKU-1', 'P-1', 'M', 'blue', 0);
                    INSERT INTO stock (sku, location, on_hand, held) VALUES ('SKU-1', 'WH', 5, 2);
                    INSERT INTO hold (id, status, expires_at, placed_at, changed_at)
                    VALUES ('order-1', 'held', now() + interval '1 day', now(), now());
                    INSERT INTO hold_line (hold_id, sku, location, quantity) VALUES ('order-1', 'SKU-1', 'WH', 2);
                    INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id) VALUES
                        (now(), 'SKU-1', 'WH', 'received', 5, 0, NULL),
                        (now(), 'SKU-1', 'WH', 'held', 0, 2, 'order-1');
                    """).execute());
        }
        return url;
    }
}
