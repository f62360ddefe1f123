package io.journeyman.fulfillment;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Json;
import io.journeyman.fulfillment.address.AddressImport;
import io.journeyman.fulfillment.address.AddressResource;
import io.journeyman.fulfillment.address.SavedAddressTable;
import io.journeyman.fulfillment.carrier.CarrierSettings;
import io.journeyman.fulfillment.collection.CollectionResource;
import io.journeyman.fulfillment.collection.Collections;
import io.journeyman.fulfillment.collection.OrderCollectionResource;
import io.journeyman.fulfillment.collection.OrderCollections;
import io.journeyman.fulfillment.collection.PickupCode;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.delivery.DeliveryResource;
import io.journeyman.fulfillment.delivery.Tariffs;
import io.journeyman.fulfillment.move.MoveResource;
import io.journeyman.fulfillment.move.Moves;
import io.journeyman.fulfillment.origin.OriginImport;
import io.journeyman.fulfillment.origin.OriginResource;
import io.journeyman.fulfillment.origin.OriginTable;
import io.journeyman.fulfillment.parcel.CarrierRounds;
import io.journeyman.fulfillment.parcel.ParcelResource;
import io.journeyman.fulfillment.parcel.Parcels;
import io.journeyman.fulfillment.shipment.SendBackResource;
import io.journeyman.fulfillment.shipment.ShipmentResource;
import io.journeyman.fulfillment.shipment.Shipments;
import io.journeyman.fulfillment.shipment.TrackingResource;
import io.journeyman.fulfillment.withdrawal.WithdrawalResource;
import io.journeyman.fulfillment.withdrawal.Withdrawals;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import java.time.Duration;
import java.util.Optional;

/** How goods reach their customers: delivery options, parcels and their carrier, collections in stores, saved addresses. */
public final class FulfillmentAgent implements Agent {
    private static final Duration BETWEEN_CARRIER_ROUNDS = Duration.ofSeconds(1);

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
            loadSampleOrigins(environment);
        }
        var desk = new DeliveryDesk(clock, Tariffs.from(environment.config()));
        environment.jersey(new DeliveryResource(desk, environment.jdbi()));
        environment.jersey(new AddressResource(environment.jdbi(), idempotency, clock));
        environment.jersey(new OriginImport(idempotency, clock));
        environment.jersey(new AddressImport(idempotency, clock));
        var carrier = CarrierSettings.of(environment.config()).carrier();
        var parcels = new Parcels(clock);
        var collections = new OrderCollections(PickupCode::draw, parcels, clock);
        var shipments = new Shipments(desk, parcels, collections, carrier, clock);
        environment.jersey(new ShipmentResource(shipments, idempotency, environment.jdbi()));
        environment.jersey(new SendBackResource(shipments, idempotency));
        environment.jersey(new TrackingResource(shipments, environment.jdbi()));
        environment.jersey(new OriginResource(environment.jdbi(), idempotency, clock));
        environment.jersey(new ParcelResource(parcels, idempotency));
        environment.jersey(new CollectionResource(new Collections(PickupCode::draw, clock), idempotency));
        environment.jersey(new OrderCollectionResource(collections, idempotency, environment.jdbi()));
        var rounds = new CarrierRounds(environment.jdbi(), carrier, parcels, clock);
        environment.jersey(new WithdrawalResource(new Withdrawals(parcels, collections, clock), rounds, idempotency));
        environment.jersey(new MoveResource(new Moves(desk, clock), rounds, idempotency, environment.jdbi()));
        environment.every(BETWEEN_CARRIER_ROUNDS, rounds::go);
    }

    private static void loadSampleOrigins(AgentEnvironment environment) {
        environment.jdbi().useTransaction(handle -> {
            var table = handle.attach(OriginTable.class);
            if (!table.any()) {
                for (var entry : environment.sample("fulfillment/origins.json")) {
                    var origin = Json.convert(entry, Origin.class);
                    table.put(origin, environment.clock().instant());
                }
            }
        });
    }

    private static void loadSampleAddresses(AgentEnvironment environment) {
        environment.jdbi().useTransaction(handle -> {
            var table = handle.attach(SavedAddressTable.class);
            if (!table.any()) {
                for (var entry : environment.sample("fulfillment/addresses.json")) {
                    table.bring(
                            new CustomerId(entry.get("customerId").asText()),
                            Json.convert(entry.get("address"), Address.class),
                            Optional.empty(),
                            environment.clock().instant());
                }
            }
        });
    }
}
