package io.journeyman.bench.chaos;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.Receipt;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SafetyStock;
import io.journeyman.contracts.Inventory.SetSafetyStock;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.PostPurchase.ReturnRules;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.Recommendation.WarrantyRule;
import io.journeyman.contracts.Recommendation.WarrantyRules;
import io.journeyman.contracts.Sku;
import io.journeyman.launcher.CannotStart;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a shop's people say to its agents themselves: the rules, and which deliveries are to come, come, or do not. They are asked over the
 * same network as everybody, and told the same again until they answer.
 */
final class HeadOffice {
    private static final LocationId WAREHOUSE = new LocationId("WH-BLR");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Two of them may be sold before they are here, to whoever asks first. */
    private static final int UNITS = 3;

    private static final int PROMISABLE = 2;

    /** More than there ever are. */
    private static final int ALL = 1_000;

    /** Sold out in the sample shop, both; under warranty. */
    static final List<Ware> TO_COME = List.of(
            new Ware(new Sku("P-1124-ONE-GOLD"), "Rose-Tone Bracelet Watch", "gold"),
            new Ware(new Sku("P-1124-ONE-SILVER"), "Rose-Tone Bracelet Watch", "silver"));

    /** In stock, under warranty, and not taken back otherwise. */
    static final List<Ware> WARRANTED = List.of(
            new Ware(new Sku("P-1123-ONE-SILVER"), "Minimal Steel Watch", "silver"),
            new Ware(new Sku("P-1123-ONE-BLACK"), "Minimal Steel Watch", "black"));

    private final AgentClient inventory;
    private final AgentClient recommendation;
    private final AgentClient postPurchase;

    HeadOffice(Shop shop) {
        this.inventory = shop.client(Part.inventory);
        this.recommendation = shop.client(Part.recommendation);
        this.postPurchase = shop.client(Part.postPurchase);
    }

    /** Something to be had in a colour. */
    record Ware(Sku sku, String name, String colour) {
        String inWords() {
            return name + " in " + colour;
        }
    }

    /** A delivery that is to come. */
    record Announced(DeliveryId id, Ware ware, LocalDate dueOn) {}

    /**
     * The shop answers for watches for a year and does not take them back otherwise, so that a warranty can be claimed the day they come;
     * and it asks for reviews a second after a delivery. Of what is to come it keeps back whatever nobody was promised: so the next one
     * orders it ahead, too, and there is no other piece for one that fails.
     */
    void setRules() throws GaveUp, InterruptedException {
        require(insist(() -> recommendation.put(
                "setWarrantyRules",
                "/warranty-rules",
                "chaos-warranties",
                new WarrantyRules(List.of(new WarrantyRule("watches", 12))),
                WarrantyRules.class)));
        require(insist(() -> postPurchase.put(
                "setReturnRules",
                "/return-rules",
                "chaos-returns",
                new ReturnRules(List.of(rule("*", 30), rule("watches", 0))),
                ReturnRules.class)));
        require(insist(() -> postPurchase.put(
                "setReviewRule", "/review-rule", "chaos-reviews", new ReviewRule(true, 1), ReviewRule.class)));
        require(insist(() -> inventory.put(
                "setSafetyStock",
                "/locations/" + WAREHOUSE + "/safety-stock",
                "chaos-kept-back",
                new SetSafetyStock(ALL, TO_COME.stream().map(Ware::sku).toList()),
                SafetyStock.class)));
    }

    private static void require(boolean taken) {
        if (!taken) {
            throw new CannotStart("the shop's agents refuse its rules.");
        }
    }

    private static ReturnRule rule(String category, int days) {
        return new ReturnRule(category, days, false, Money.inr(49_00), Optional.empty());
    }

    /** @param name nobody else's */
    Optional<Announced> announces(String name, Ware ware) throws GaveUp, InterruptedException {
        var delivery = new Announced(
                new DeliveryId("PO-" + name),
                ware,
                LocalDate.now(ZoneOffset.UTC).plusDays(7));
        return isAnnounced(delivery) ? Optional.of(delivery) : Optional.empty();
    }

    /** It comes some days later. */
    boolean putsOff(Announced delivery) throws GaveUp, InterruptedException {
        return isAnnounced(
                new Announced(delivery.id(), delivery.ware(), delivery.dueOn().plusDays(4)));
    }

    private boolean isAnnounced(Announced delivery) throws GaveUp, InterruptedException {
        var lines = List.of(new AnnouncedLine(delivery.ware().sku(), UNITS, Optional.of(PROMISABLE)));
        return insist(() -> inventory.put(
                "announceDelivery",
                "/deliveries/" + delivery.id(),
                delivery.id() + "-" + delivery.dueOn(),
                new AnnounceDelivery(WAREHOUSE, delivery.dueOn(), lines),
                Delivery.class));
    }

    /** It does not come after all. */
    boolean callsOff(Announced delivery) throws GaveUp, InterruptedException {
        return insist(() -> inventory.change(
                "cancelDelivery", "/deliveries/" + delivery.id() + "/cancel", delivery.id() + "-off", Delivery.class));
    }

    /** All of it is here. */
    boolean receives(Announced delivery) throws GaveUp, InterruptedException {
        var receipt = new ReceiveStock(
                new BookingId("receipt-" + delivery.id()),
                WAREHOUSE,
                Optional.of(delivery.id()),
                List.of(new StockLine(delivery.ware().sku(), UNITS)));
        return insist(
                () -> inventory.change("receiveStock", "/receipts", delivery.id() + "-here", receipt, Receipt.class));
    }

    /** As many more as one customer may need, so that others find some, too. @param name nobody else's */
    void restocks(String name, Ware ware) throws GaveUp, InterruptedException {
        var receipt = new ReceiveStock(
                new BookingId("receipt-" + name),
                WAREHOUSE,
                Optional.empty(),
                List.of(new StockLine(ware.sku(), UNITS)));
        insist(() -> inventory.change("receiveStock", "/receipts", "more-" + name, receipt, Receipt.class));
    }

    /** @return whether it was done; refused otherwise */
    private static boolean insist(Supplier<Answer<?>> call) throws GaveUp, InterruptedException {
        for (var deadline = Instant.now().plus(PATIENCE); ; Thread.sleep(500)) {
            switch (call.get()) {
                case Answer.Done<?> done -> {
                    return true;
                }
                case Answer.Refused<?> refused -> {
                    return false;
                }
                case Answer.Unavailable<?> away -> {
                    if (Instant.now().isAfter(deadline)) {
                        throw new GaveUp(away.agent());
                    }
                }
            }
        }
    }
}
