package io.journeyman.fulfillment;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.fulfillment.address.AddressImport;
import io.journeyman.fulfillment.address.AddressResource;
import io.journeyman.fulfillment.address.SavedAddressTable;
import io.journeyman.fulfillment.collection.CollectionResource;
import io.journeyman.fulfillment.collection.Collections;
import io.journeyman.fulfillment.collection.PickupCode;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.delivery.DeliveryResource;
import io.journeyman.fulfillment.shipment.ShipmentResource;
import io.journeyman.fulfillment.shipment.Shipments;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;

/** How goods reach their customers: delivery options, parcels, collections in stores, saved addresses. */
public final class FulfillmentAgent implements Agent {
    @Override
    public String name() {
        return "fulfillment";
    }

    @Override
    public int defaultPort() {
        return 5001;
    }

    @Override
    public void register(AgentEnvironment environment) {
        var clock = environment.clock();
        var idempotency = environment.idempotency();
        if (environment.sampleShop()) {
            loadSampleAddresses(environment);
        }
        var desk = new DeliveryDesk(clock);
        environment.jersey(new DeliveryResource(desk));
        environment.jersey(new AddressResource(environment.jdbi(), idempotency, clock));
        environment.jersey(new AddressImport(environment.jdbi(), idempotency, clock));
        environment.jersey(new ShipmentResource(new Shipments(desk, clock), idempotency, environment.jdbi()));
        environment.jersey(new CollectionResource(new Collections(PickupCode::draw, clock), idempotency));
    }

    private static void loadSampleAddresses(AgentEnvironment environment) {
        environment.jdbi().useTransaction(handle -> {
            var table = handle.attach(SavedAddressTable.class);
            if (!table.any()) {
                for (var entry : environment.sample("fulfillment/addresses.json")) {
                    table.save(
                            new CustomerId(entry.get("customerId").asText()),
                            Json.convert(entry.get("address"), Address.class),
                            environment.clock().instant());
                }
            }
        });
    }
}
