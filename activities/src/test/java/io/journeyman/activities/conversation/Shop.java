package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.SavedAddress;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ProductRatings;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.Variant;
import io.journeyman.contracts.Sku;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shop of one kurta, M and L in blue, 1,499 rupees; what its agents answer when nothing special is scripted. */
final class Shop {
    static final Sku BLUE_M = new Sku("P-1-M-BLUE");
    static final ProductId KURTA = new ProductId("P-1");
    static final Address HOME = new Address("Asha Rao", "12 Lake Road", "Bengaluru", "560001");

    private Shop() {}

    private static Variant blue(Sku sku, String size) {
        return new Variant(
                sku,
                size,
                "blue",
                Money.inr(149_900),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    static ScriptedAgents open() {
        ScriptedAgents agents = new ScriptedAgents();
        price(agents, 149_900);
        agents.answers(
                "recommendation.getProduct",
                200,
                new Product(
                        KURTA,
                        "Indigo Kurta",
                        "kurtas",
                        "Soft handloom cotton.",
                        Money.inr(149_900),
                        Optional.empty(),
                        List.of(),
                        List.of("kurtas"),
                        List.of(),
                        List.of(blue(BLUE_M, "M"), blue(new Sku("P-1-L-BLUE"), "L"))));
        stock(agents, 60);
        agents.answers("fulfillment.getAddress", 200, new SavedAddress(Optional.of(HOME)));
        agents.answers("fulfillment.saveAddress", 200, new SavedAddress(Optional.of(HOME)));
        agents.answers(
                "fulfillment.askDeliveryOptions",
                200,
                new DeliveryOptions(List.of(new DeliveryOption(
                        "standard",
                        "Standard delivery",
                        Money.inr(4_900),
                        LocalDate.of(2026, 11, 28),
                        Optional.empty()))));
        agents.answers(
                "loyalty.getApplicableOffers",
                200,
                new Offers(
                        "silver",
                        120,
                        List.of(),
                        List.of(new AppliedOffer("tier-silver", "Silver members save", Money.inr(14_990))),
                        Money.inr(14_990),
                        0,
                        Optional.empty()));
        agents.answers("postPurchase.rateProducts", 200, new ProductRatings(List.of()));
        return agents;
    }

    static void price(ScriptedAgents agents, long minor) {
        agents.answers(
                "recommendation.lookUpVariants",
                200,
                new PricedVariants(List.of(new PricedVariant(
                        BLUE_M, KURTA, "Indigo Kurta", "M", "blue", Money.inr(minor), Optional.of(24)))));
    }

    static void stock(ScriptedAgents agents, int units) {
        stock(agents, units, Optional.empty());
    }

    /** Sold out; so many can be ordered at once before they are there. */
    static void toCome(ScriptedAgents agents, LocalDate due, int units) {
        stock(agents, 0, Optional.of(new OrderAhead(due, units)));
    }

    /** One piece in each of so many stores; so many can be ordered at once before they are there. */
    static void scattered(ScriptedAgents agents, int stores, Optional<OrderAhead> ahead) {
        stock(agents, new VariantStock(BLUE_M, "M", "blue", 0, stores, Optional.of(1), Optional.empty(), ahead), 1);
    }

    private static void stock(ScriptedAgents agents, int units, Optional<OrderAhead> ahead) {
        stock(
                agents,
                new VariantStock(BLUE_M, "M", "blue", units, units, Optional.empty(), Optional.empty(), ahead),
                units);
    }

    private static void stock(ScriptedAgents agents, VariantStock variant, int units) {
        agents.answers(
                "inventory.checkInventory",
                request -> new ScriptedAgents.Scripted(
                        200,
                        Json.write(new Availability(
                                KURTA,
                                units == 0 ? OnlineStatus.out_of_stock : OnlineStatus.in_stock,
                                units,
                                units,
                                units > 0,
                                units == 0
                                        ? List.of()
                                        : List.of(new StoreStock(
                                                new LocationId("ST-BLR-1"),
                                                "Indiranagar",
                                                "Bengaluru",
                                                units,
                                                Optional.empty())),
                                List.of(variant),
                                List.of())),
                        Map.of(),
                        Duration.ZERO,
                        false));
    }
}
