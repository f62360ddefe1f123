package io.journeyman.inventory;

import io.journeyman.inventory.booking.BookingResource;
import io.journeyman.inventory.booking.Bookings;
import io.journeyman.inventory.booking.CustomerReturns;
import io.journeyman.inventory.booking.Transfers;
import io.journeyman.inventory.delivery.Deliveries;
import io.journeyman.inventory.delivery.DeliveryResource;
import io.journeyman.inventory.desk.DeskResource;
import io.journeyman.inventory.hold.HoldResource;
import io.journeyman.inventory.hold.Holds;
import io.journeyman.inventory.imports.DeliveryImport;
import io.journeyman.inventory.imports.ImportResource;
import io.journeyman.inventory.imports.LocationImport;
import io.journeyman.inventory.imports.StockImport;
import io.journeyman.inventory.ledger.LedgerAudit;
import io.journeyman.inventory.ledger.LedgerResource;
import io.journeyman.inventory.safety.SafetyResource;
import io.journeyman.inventory.sample.SampleStock;
import io.journeyman.inventory.stock.StockResource;
import io.journeyman.inventory.store.StoreResource;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import java.time.Duration;

/** The inventory agent: stock per variant and location, its ledger, holds on it, what staff book, and what is to come. */
public final class InventoryAgent implements Agent {
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);
    private static final int HOLDS_PER_SWEEP = 500;
    private static final Duration BETWEEN_LEDGER_CHECKS = Duration.ofHours(1);

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public int defaultPort() {
        return 5003;
    }

    @Override
    public void register(AgentEnvironment environment) {
        var jdbi = environment.jdbi();
        var clock = environment.clock();
        var idempotency = environment.idempotency();
        if (environment.sampleShop()) {
            var sample =
                    new SampleStock(environment.sample("catalogue.json"), environment.sample("inventory/stock.json"));
            jdbi.useTransaction(handle -> sample.load(handle, clock.instant()));
        }
        var holds = new Holds(clock);
        var deliveries = new Deliveries(clock);
        var audit = new LedgerAudit(jdbi, clock);
        environment.jersey(new StockResource(jdbi, clock));
        environment.jersey(new StoreResource(jdbi));
        environment.jersey(new HoldResource(holds, idempotency, jdbi));
        var bookings = new Bookings(clock, deliveries);
        environment.jersey(
                new BookingResource(bookings, new Transfers(clock), new CustomerReturns(clock), idempotency, jdbi));
        environment.jersey(new SafetyResource(idempotency));
        environment.jersey(new DeliveryResource(deliveries, idempotency, jdbi));
        environment.jersey(new LedgerResource(audit, jdbi));
        environment.jersey(new DeskResource(jdbi));
        environment.jersey(new ImportResource(
                new LocationImport(), new StockImport(bookings), new DeliveryImport(deliveries), idempotency));
        environment.every(BETWEEN_SWEEPS, () -> holds.expireDue(jdbi, HOLDS_PER_SWEEP));
        environment.every(BETWEEN_LEDGER_CHECKS, audit::watch);
    }
}
