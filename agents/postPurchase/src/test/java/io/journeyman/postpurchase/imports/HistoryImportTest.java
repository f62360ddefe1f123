package io.journeyman.postpurchase.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.ImportOrders;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.PastOrderLine;
import io.journeyman.contracts.PostPurchase.PastStatus;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.postpurchase.PostPurchaseAgent;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders that customers placed elsewhere come in, line by line. */
class HistoryImportTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");
    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new PostPurchaseAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("postPurchase"), "kit"), ServiceTokens.SECRET));
        client = new ContractClient(service.uri(), Contract.load("postPurchase"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsTheCustomerOfAnOrderWithAllItsLinesAndItsTotal() {
        var results = taken(
                line("OLD-1", PastStatus.shipped, "TENT", 1, 8_999_00),
                line("OLD-1", PastStatus.shipped, "ROPE", 2, 499_50));

        assertThat(results).containsOnly(ImportedRow.of(Result.created));
        Order order = order("OLD-1");
        assertThat(order.status()).isEqualTo(OrderStatus.shipped);
        assertThat(order.lines()).extracting(line -> line.sku().value()).containsExactly("TENT", "ROPE");
        assertThat(order.discount()).isEqualTo(Money.inr(100_00));
        assertThat(order.total()).isEqualTo(Money.inr(8_999_00 + 2 * 499_50 - 100_00 + 49_00));
        assertThat(order.placedAt()).isEqualTo(SPRING);
        assertThat(client.post("/order-status", new GetOrderStatus(Optional.empty(), ASHA))
                        .as(Orders.class)
                        .orders())
                .extracting(told -> told.orderId().value())
                .contains("OLD-1");
    }

    @Test
    void refundsNothingThatWasPaidElsewhere() {
        taken(line("OLD-9", PastStatus.delivered, "TENT", 1, 8_999_00));

        var refused = client.post(
                "/return-quotes",
                new QuoteReturn(
                        ASHA,
                        new OrderId("OLD-9"),
                        ReturnReason.damaged,
                        List.of(new ReturnLine(new Sku("TENT"), 1, Optional.empty())),
                        Optional.empty()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem().code()).isEqualTo("placed_elsewhere");
    }

    @Test
    void changesNothingWhenTheSameLinesComeAgain() {
        var tent = line("OLD-2", PastStatus.confirmed, "TENT", 1, 8_999_00);
        taken(tent);
        Order before = order("OLD-2");

        assertThat(taken(tent)).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(order("OLD-2")).isEqualTo(before);
    }

    @Test
    void movesAnOrderOnAndNeverBack() {
        taken(line("OLD-3", PastStatus.confirmed, "TENT", 1, 8_999_00));

        assertThat(taken(line("OLD-3", PastStatus.delivered, "TENT", 1, 8_999_00)))
                .containsExactly(ImportedRow.of(Result.changed));
        var back = taken(line("OLD-3", PastStatus.shipped, "TENT", 1, 8_999_00)).getFirst();

        assertThat(back.field()).contains("status");
        assertThat(order("OLD-3").status()).isEqualTo(OrderStatus.delivered);
        assertThat(order("OLD-3").transitions())
                .extracting(transition -> transition.to())
                .containsExactly(OrderStatus.confirmed, OrderStatus.delivered);
    }

    @Test
    void refusesARowWithItsReasonAndTakesTheOthers() {
        taken(line("OLD-4", PastStatus.confirmed, "TENT", 1, 8_999_00));
        client.post(
                "/orders/HERE-1/transitions",
                new TransitionOrder(OrderStatus.cancelled, Optional.empty(), Optional.empty()));

        var results = taken(
                line("HERE-1", PastStatus.confirmed, "TENT", 1, 8_999_00),
                of(new CustomerId("cust-other"), "OLD-4", PastStatus.confirmed, "ROPE", 1, Money.inr(1), SPRING),
                of(ASHA, "OLD-5", PastStatus.confirmed, "ROPE", 1, Money.inr(1), Instant.parse("2099-01-01T00:00:00Z")),
                of(ASHA, "OLD-4", PastStatus.confirmed, "ROPE", 1, new Money(1_00, "EUR"), SPRING),
                line("OLD-4", PastStatus.confirmed, "ROPE", 1, 1_00));

        assertThat(results)
                .extracting(row ->
                        row.result() + row.field().map(field -> " " + field).orElse(""))
                .containsExactly(
                        "refused orderId", "refused customerId", "refused placedAt", "refused unitPrice", "created");
    }

    private static PastOrderLine line(String order, PastStatus status, String sku, int quantity, long price) {
        return of(ASHA, order, status, sku, quantity, Money.inr(price), SPRING);
    }

    private static PastOrderLine of(
            CustomerId customer,
            String order,
            PastStatus status,
            String sku,
            int quantity,
            Money price,
            Instant placedAt) {
        boolean rupees = price.currency().equals("INR");
        return new PastOrderLine(
                new OrderId(order),
                customer,
                placedAt,
                status,
                new Sku(sku),
                Optional.empty(),
                "A " + sku,
                Optional.empty(),
                Optional.of("green"),
                quantity,
                price,
                Optional.of(Money.inr(100_00)).filter(off -> rupees),
                Optional.of(Money.inr(49_00)).filter(fee -> rupees),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<ImportedRow> taken(PastOrderLine... rows) {
        return client.post("/orders/import", new ImportOrders(false, List.of(rows)))
                .as(ImportedRows.class)
                .rows();
    }

    private static Order order(String id) {
        return client.get("/orders/" + id).as(Order.class);
    }
}
