package io.journeyman.inventory.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryRow;
import io.journeyman.contracts.Inventory.ImportDeliveries;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.delivery.Deliveries;
import io.journeyman.testing.ContractClient.Answer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryImportTest {
    private static final LocalDate SOON = LocalDate.parse("2026-12-01");

    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        assertThat(shop.brokenRows()).isEmpty();
        shop.close();
    }

    @Test
    void setsALineAndLeavesTheOthers() {
        Sku one = shop.variant(0, 0, 0);
        Sku two = shop.variant(0, 0, 0);

        List<ImportedRow> first = sent(row("PO-1", one, 10, 4), row("PO-1", two, 5, 5));
        List<ImportedRow> same = sent(row("PO-1", one, 10, 4));
        List<ImportedRow> more = sent(row("PO-1", one, 12, 4));

        assertThat(first).extracting(ImportedRow::result).containsExactly(Result.created, Result.created);
        assertThat(same).extracting(ImportedRow::result).containsExactly(Result.unchanged);
        assertThat(more).extracting(ImportedRow::result).containsExactly(Result.changed);
        assertThat(delivery("PO-1").lines())
                .containsExactlyInAnyOrder(new DeliveryLine(one, 12, 0, 4, 0), new DeliveryLine(two, 5, 0, 5, 0));
    }

    @Test
    void whatIsNotSaidOfPromisesStaysAsItIs() {
        Sku sku = shop.variant(0, 0, 0);
        sent(row("PO-1", sku, 10, 4));

        List<ImportedRow> moved = sent(new DeliveryRow(
                new DeliveryId("PO-1"), TestShop.WAREHOUSE, SOON.plusDays(3), sku, 10, Optional.empty()));

        assertThat(moved).extracting(ImportedRow::result).containsExactly(Result.changed);
        assertThat(delivery("PO-1").dueOn()).contains(SOON.plusDays(3));
        assertThat(delivery("PO-1").lines()).containsExactly(new DeliveryLine(sku, 10, 0, 4, 0));
    }

    @Test
    void refusesARowAndTakesTheOthers() {
        Sku sku = shop.variant(0, 0, 0);
        Sku other = shop.variant(0, 0, 0);
        shop.client().post("/deliveries/PO-OFF/cancel").as(Delivery.class);
        var elsewhere = new LocationId("NOWHERE");

        List<ImportedRow> results = sent(
                row("PO-1", sku, 10, 4),
                row("PO-1", sku, 11, 4),
                row("PO-1", new Sku("NONE"), 10, 4),
                new DeliveryRow(new DeliveryId("PO-1"), elsewhere, SOON, other, 1, Optional.empty()),
                new DeliveryRow(new DeliveryId("PO-1"), TestShop.FIRST_STORE, SOON, other, 1, Optional.empty()),
                new DeliveryRow(
                        new DeliveryId("PO-1"), TestShop.WAREHOUSE, SOON.plusDays(1), other, 1, Optional.empty()),
                row("PO-OFF", sku, 10, 4));

        assertThat(results)
                .extracting(result -> result.field().orElse("taken"))
                .containsExactly("taken", "sku", "sku", "locationId", "sku", "sku", "deliveryId");
        assertThat(delivery("PO-1").lines()).containsExactly(new DeliveryLine(sku, 10, 0, 4, 0));
    }

    @Test
    void aRehearsalChangesNothing() {
        Sku sku = shop.variant(0, 0, 0);

        List<ImportedRow> results = shop.client()
                .post("/announcements/import", new ImportDeliveries(true, List.of(row("PO-1", sku, 10, 4))))
                .as(ImportedRows.class)
                .rows();

        assertThat(results).extracting(ImportedRow::result).containsExactly(Result.created);
        assertThat(shop.client().get("/deliveries/PO-1").problem().code()).isEqualTo("unknown_delivery");
    }

    @Test
    void aShorterDeliveryKeepsItsOldestPromises() {
        Sku sku = shop.variant(0, 0, 0);
        sent(row("PO-1", sku, 2, 2));
        shop.client().post("/holds", shop.ahead(shop.newHold(), SOON, new Line(sku, 1)));
        shop.client().post("/holds", shop.ahead(shop.newHold(), SOON, new Line(sku, 1)));

        sent(row("PO-1", sku, 1, 1));

        assertThat(delivery("PO-1").lines()).containsExactly(new DeliveryLine(sku, 1, 0, 1, 1));
    }

    @Test
    void twoImportsOfOneDeliveryAtOnceBothCount() throws Exception {
        Sku one = shop.variant(0, 0, 0);
        Sku two = shop.variant(0, 0, 0);
        Sku three = shop.variant(0, 0, 0);
        sent(row("PO-1", one, 10, 4));

        shop.meanwhile(
                        handle -> new DeliveryImport(new Deliveries(shop::now))
                                .take(handle, List.of(row("PO-1", two, 5, 5))),
                        () -> send(row("PO-1", three, 7, 7)),
                        handle -> {})
                .as(ImportedRows.class);

        assertThat(delivery("PO-1").lines())
                .containsExactlyInAnyOrder(
                        new DeliveryLine(one, 10, 0, 4, 0),
                        new DeliveryLine(two, 5, 0, 5, 0),
                        new DeliveryLine(three, 7, 0, 7, 0));
    }

    @Test
    void whatIsAnnouncedAtTheSameMomentStays() throws Exception {
        Sku one = shop.variant(0, 0, 0);
        Sku two = shop.variant(0, 0, 0);
        sent(row("PO-1", one, 10, 4));

        shop.meanwhile(
                        handle -> new Deliveries(shop::now)
                                .announce(
                                        handle,
                                        new DeliveryId("PO-1"),
                                        new AnnounceDelivery(
                                                TestShop.WAREHOUSE,
                                                SOON,
                                                List.of(new AnnouncedLine(one, 20, Optional.of(20))))),
                        () -> send(row("PO-1", two, 5, 5)),
                        handle -> {})
                .as(ImportedRows.class);

        assertThat(delivery("PO-1").lines())
                .containsExactlyInAnyOrder(new DeliveryLine(one, 20, 0, 20, 0), new DeliveryLine(two, 5, 0, 5, 0));
    }

    private static DeliveryRow row(String delivery, Sku sku, int units, int promisable) {
        return new DeliveryRow(new DeliveryId(delivery), TestShop.WAREHOUSE, SOON, sku, units, Optional.of(promisable));
    }

    private List<ImportedRow> sent(DeliveryRow... rows) {
        return send(rows).as(ImportedRows.class).rows();
    }

    private Answer send(DeliveryRow... rows) {
        return shop.client().post("/announcements/import", new ImportDeliveries(false, List.of(rows)));
    }

    private Delivery delivery(String id) {
        return shop.client().get("/deliveries/" + id).as(Delivery.class);
    }
}
