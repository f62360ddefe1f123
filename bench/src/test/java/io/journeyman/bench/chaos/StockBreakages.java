package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;

import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.audit.Promise;
import java.util.List;

/** Promise 2: holds, movements, and what is promised before it is there. */
final class StockBreakages {
    private final BrokenShop shop;

    StockBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    List<Breakage> all() {
        return List.of(
                new Breakage("leaks stock when a release does not reach it", this::isNotReleased),
                new Breakage("leaks stock when a repeated hold has another id", this::isHeldTwice),
                new Breakage("does not add up when a change of stock is not written down", this::movesUnseen),
                new Breakage("promises a piece twice when it is not counted", this::isPromisedUncounted),
                new Breakage("does not add up when what comes for somebody is not written down", this::arrivesUnseen));
    }

    private Proof isNotReleased() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.swallow(Part.inventory, "/holds/" + order + "/release", Lies.hold(order, "released"));

        buyer.confirms(proposal);
        buyer.cancels(proposal);

        return audited -> audited.names(Promise.stock_adds_up, "hold " + order + " belongs to no open journey");
    }

    private Proof isHeldTwice() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.network.lieTo(Part.inventory, about("/holds", order), (call, agent) -> {
            agent.send(Lies.underAnotherKey(Lies.with(call, "holdId", order + "-again")));
            return agent.send(call);
        });

        buyer.pays(proposal);

        return audited -> audited.names(Promise.stock_adds_up, "hold " + order + "-again belongs to no open journey");
    }

    private Proof movesUnseen() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.chooses();
        var order = Buyer.order(proposal);
        shop.sql("ALTER TABLE inventory.movement DISABLE TRIGGER movement_is_for_ever");
        shop.onEachRow(
                "AFTER INSERT ON inventory.movement",
                "NEW.kind = 'sold' AND NEW.hold_id = '" + order + "'",
                "DELETE FROM inventory.movement WHERE id = NEW.id");

        buyer.pays(proposal);

        return audited -> {
            audited.names(Promise.stock_adds_up, "hold " + order + " is allocated: of");
            audited.names(Promise.stock_adds_up, "its movements come to");
        };
    }

    private Proof isPromisedUncounted() throws Exception {
        var announced = shop.announced(0);
        shop.onEachRow(
                "BEFORE UPDATE ON inventory.delivery_line",
                "NEW.delivery_id = '" + announced.id() + "'",
                "NEW.promised := 0");
        for (int many = 0; many < 3; many++) {
            var buyer = shop.comesIn();
            buyer.pays(buyer.choosesOf(announced.ware()));
        }

        return audited -> audited.names(
                Promise.stock_adds_up,
                "delivery " + announced.id() + " of " + announced.ware().sku()
                        + ": 0 are promised; its ledger says 3, and holds wait for 3");
    }

    private Proof arrivesUnseen() throws Exception {
        var announced = shop.announced(1);
        shop.sql("ALTER TABLE inventory.incoming DISABLE TRIGGER incoming_is_for_ever");
        shop.onEachRow(
                "AFTER INSERT ON inventory.incoming",
                "NEW.kind = 'arrived' AND NEW.delivery_id = '" + announced.id() + "'",
                "DELETE FROM inventory.incoming WHERE id = NEW.id");
        var buyer = shop.comesIn();
        buyer.pays(buyer.choosesOf(announced.ware()));

        shop.office.receives(announced);

        return audited ->
                audited.names(Promise.stock_adds_up, ": 1 went to those who waited, its ledger says 0, and 3 came");
    }
}
