package io.journeyman.bench.chaos;

import static io.journeyman.bench.chaos.LyingNetwork.about;
import static io.journeyman.bench.chaos.LyingNetwork.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.bench.chaos.Breakage.Proof;
import io.journeyman.bench.chaos.HeadOffice.Ware;
import io.journeyman.bench.chaos.Wire.Call;
import io.journeyman.bench.chaos.audit.Promise;
import io.journeyman.contracts.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Promise 3, of what is claimed under a warranty: a piece or its money, once, and out of the books. */
final class WentHomeBreakages {
    private static final Ware WATCH = HeadOffice.WARRANTED.getFirst();

    private final BrokenShop shop;

    WentHomeBreakages(BrokenShop shop) {
        this.shop = shop;
    }

    List<Breakage> all() {
        return List.of(
                new Breakage(
                        "gives a piece and its money when the parcel of a replacement that was lost is not undone",
                        this::givesAPieceAndItsMoney),
                new Breakage(
                        "sends it home twice when a repeated parcel has another id and two may go",
                        this::goesHomeTwice),
                new Breakage("keeps what it refused when its parcel is undone", this::keepsWhatItRefused),
                new Breakage(
                        "takes no other piece from stock when its allocation does not reach it", this::takesNoPiece),
                new Breakage("sells what failed when it is not written off", this::sellsWhatFailed));
    }

    /** Of a watch that had come to its customer; it is on its way to the shop. */
    private record Claim(Buyer buyer, String id) {
        String workflowId() {
            return "return-" + id;
        }
    }

    private Claim claims() throws Exception {
        var buyer = shop.comesIn();
        var proposal = buyer.choosesOf(WATCH);
        buyer.pays(proposal);
        shop.isBrought(buyer, Buyer.order(proposal));
        return new Claim(buyer, buyer.claims(Buyer.order(proposal), WATCH.name()));
    }

    /** @return what staff are told */
    private String isLookedAt(Claim claim, Verdict verdict) throws Exception {
        boolean taken = verdict != Verdict.refuse;
        var line = new HashMap<String, Object>(
                Map.of("sku", WATCH.sku().value(), "accepted", taken ? 1 : 0, "refused", taken ? 0 : 1));
        var found = new HashMap<String, Object>(Map.of("reason", "looked at", "lines", List.of(line)));
        if (taken) {
            found.put("remedy", verdict.name());
        } else {
            line.put("refusal", "worn");
        }
        return staffSay(claim, "inspection", found);
    }

    private String staffSay(Claim claim, String what, Map<String, Object> words) throws Exception {
        var said = shop.staff(claim.buyer())
                .post("/v1/staff/journeys/" + claim.workflowId() + "/" + what, what + claim.id(), words);
        assertThat(said.ok()).as("%s", said.body()).isTrue();
        return said.body().path("code").asText();
    }

    /** Another piece was packed, and gone when it was to be taken from stock; so staff refund it. */
    private Proof givesAPieceAndItsMoney() throws Exception {
        var claim = claims();
        LyingNetwork.Lie gone = (call, stock) -> answer(409, Problem.of(409, "hold_gone", "That hold was released."));
        for (var step : List.of("/allocate", "/renew")) {
            shop.network.lieTo(Part.inventory, call -> call.path().equals("/holds/" + claim.id() + step), gone);
        }
        shop.network.swallow(
                Part.fulfillment, "/shipments/" + claim.id() + "/cancel", Lies.cancelledShipment(claim.id()));

        assertThat(isLookedAt(claim, Verdict.replace)).isEqualTo("replacement_gone");
        staffSay(claim, "remedy", Map.of("reason", "nobody knows when more come", "remedy", "refund"));
        claim.buyer().awaits(claim.workflowId());

        return audited -> {
            assertThat(audited.of(Promise.all_or_nothing))
                    .anyMatch(violation -> violation.startsWith("return " + claim.id() + " gave ")
                            && violation.contains(" back, and replaced pieces went home"));
            audited.names(
                    Promise.all_or_nothing,
                    "is packed for return " + claim.id() + ", which is refunded and knows of none");
        };
    }

    /** The id alone is not enough: the index stands behind it. */
    private Proof goesHomeTwice() throws Exception {
        var guarded = claims();
        var unguarded = claims();
        for (var claim : List.of(guarded, unguarded)) {
            shop.network.lieTo(Part.fulfillment, about("/send-backs", claim.id()), (call, parcels) -> {
                var sent = parcels.send(call);
                parcels.send(Lies.underAnotherKey(Lies.with(call, "shipmentId", claim.id() + ".again")));
                return sent;
            });
        }

        isLookedAt(guarded, Verdict.repair);
        guarded.buyer().awaits(guarded.workflowId());
        shop.sql("DROP INDEX fulfillment.goes_back_once");
        isLookedAt(unguarded, Verdict.repair);
        unguarded.buyer().awaits(unguarded.workflowId());

        return audited -> {
            audited.clears(guarded.id());
            audited.names(Promise.all_or_nothing, "of return " + unguarded.id() + " pieces went home 2 times");
        };
    }

    private Proof keepsWhatItRefused() throws Exception {
        var claim = claims();
        shop.network.lieTo(Part.fulfillment, about("/send-backs", claim.id()), (call, parcels) -> {
            var sent = parcels.send(call);
            var undoing = Lies.underAnotherKey(call);
            parcels.send(new Call("POST", "/shipments/" + claim.id() + "/cancel", undoing.headers(), ""));
            return sent;
        });

        isLookedAt(claim, Verdict.refuse);
        claim.buyer().awaits(claim.workflowId());

        return audited -> {
            audited.names(
                    Promise.all_or_nothing,
                    "return " + claim.id() + " is refused, and of " + WATCH.sku() + " 1 did not go home");
            audited.names(Promise.all_or_nothing, "return " + claim.id() + " sent ");
        };
    }

    private Proof takesNoPiece() throws Exception {
        var claim = claims();
        shop.network.swallow(Part.inventory, "/holds/" + claim.id() + "/allocate", Lies.hold(claim.id(), "allocated"));

        isLookedAt(claim, Verdict.replace);
        claim.buyer().awaits(claim.workflowId());

        return audited -> {
            audited.names(
                    Promise.all_or_nothing,
                    "return " + claim.id() + " is replaced, and its holds are: " + claim.id() + " held");
            audited.names(Promise.stock_adds_up, "hold " + claim.id() + " belongs to no open journey");
        };
    }

    private Proof sellsWhatFailed() throws Exception {
        var claim = claims();
        shop.network.lieTo(
                Part.inventory,
                about("/returns", claim.id()),
                (call, stock) -> stock.send(Lies.with(call, "damaged", false)));

        isLookedAt(claim, Verdict.replace);
        claim.buyer().awaits(claim.workflowId());

        return audited -> {
            audited.names(
                    Promise.all_or_nothing, "return " + claim.id() + " is a claim, and what failed can be sold again");
            audited.names(
                    Promise.stock_adds_up,
                    "return " + claim.id() + " took 1 of " + WATCH.sku()
                            + " from stock, and 0 that failed were written off");
        };
    }
}
