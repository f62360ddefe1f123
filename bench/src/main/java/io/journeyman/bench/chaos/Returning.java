package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.bench.chaos.ShopClient.GaveUp;
import java.util.Optional;

/** What a visitor sends in, and what comes of it: what they paid, another piece, theirs repaired, or theirs as it is. */
final class Returning {
    private final Visitor visitor;
    private final Talk talk;
    private final Inspection staff;
    private final Receiving receiving;

    Returning(Visitor visitor) {
        this.visitor = visitor;
        this.talk = visitor.talk();
        this.staff = new Inspection(visitor);
        this.receiving = new Receiving(visitor);
    }

    /** @param pieces of its proposal */
    private record Parcel(String workflowId, JsonNode pieces) {}

    /** All of it. It arrives, or not, and staff find it good, or not. */
    void sendsBack(String order) throws GaveUp, InterruptedException {
        var parcel = sendsAll(order);
        if (parcel.isPresent() && arrives(parcel.get(), 5)) {
            isLookedAt(parcel.get(), visitor.oneIn(4) ? Verdict.refuse : Verdict.refund, Step.sent_back);
        }
    }

    /** All of it, and the shop does not take it. */
    void sendsInVain(String order) throws GaveUp, InterruptedException {
        var parcel = sendsAll(order);
        if (parcel.isPresent()) {
            isLookedAt(parcel.get(), Verdict.refuse, Step.sent_back);
        }
    }

    private Optional<Parcel> sendsAll(String order) throws GaveUp, InterruptedException {
        return sendsIn("I want to return order " + order + ", everything is damaged"
                + (visitor.oneIn(3) ? ", as store credit please" : ""));
    }

    /**
     * What broke after the time for returns. It arrives mostly.
     *
     * @param verdict of staff; where there is no other piece they choose something else
     * @return whether a piece is theirs again, which may be claimed anew
     */
    boolean claims(String order, String name, Verdict verdict) throws GaveUp, InterruptedException {
        var parcel = sendsIn("I want to claim the warranty, my " + name + " of order " + order + " stopped");
        return parcel.isPresent()
                && arrives(parcel.get(), 40)
                && isLookedAt(parcel.get(), verdict, Step.claim_refunded);
    }

    private Optional<Parcel> sendsIn(String words) throws GaveUp, InterruptedException {
        var proposal = visitor.untilProposed("Return", words);
        var confirmed = proposal.isPresent() ? visitor.confirms(proposal.get()) : Optional.<String>empty();
        return confirmed.isPresent() && waitsFor("parcel", confirmed.get())
                ? Optional.of(new Parcel(confirmed.get(), proposal.get().at("/quote/lines")))
                : Optional.empty();
    }

    private boolean waitsFor(String whom, String workflowId) throws GaveUp, InterruptedException {
        return talk.awaits(workflowId, whom).path("waitingFor").asText().equals(whom);
    }

    /** @param many of so many one is cancelled, and one never comes */
    private boolean arrives(Parcel parcel, int many) throws GaveUp, InterruptedException {
        int drawn = visitor.chance().nextInt(many);
        if (drawn == 0) {
            visitor.cancels(parcel.workflowId());
            talk.awaits(parcel.workflowId(), "");
        }
        return drawn > 1;
    }

    /** @param refunded what is counted where it ends with money @return whether a piece came for what was taken */
    private boolean isLookedAt(Parcel parcel, Verdict verdict, Step refunded) throws GaveUp, InterruptedException {
        staff.finds(verdict, parcel.workflowId(), parcel.pieces());
        if (verdict == Verdict.replace && waitsFor("remedy", parcel.workflowId())) {
            visitor.steps().take(Step.claim_gone);
            staff.chooses(visitor.oneIn(2) ? Verdict.repair : Verdict.refund, parcel.workflowId());
        }
        var journey = talk.awaits(parcel.workflowId(), "payout");
        return switch (journey.path("code").asText()) {
            case "claim_replaced" -> comesHome(parcel, Step.claim_replaced);
            case "claim_repaired" -> comesHome(parcel, Step.claim_repaired);
            case "claim_refused", "return_refused" -> {
                comesHome(parcel, Step.came_home);
                yield false;
            }
            default -> {
                if (Visitor.isDone(journey)) {
                    visitor.steps().take(refunded);
                }
                yield false;
            }
        };
    }

    /** They ask for it now and then. */
    private boolean comesHome(Parcel parcel, Step step) throws GaveUp, InterruptedException {
        if (visitor.oneIn(3)) {
            talk.says("where is my " + (step == Step.claim_repaired ? "repair" : "replacement") + "?");
        }
        boolean came = receiving.comes(Visitor.journey(parcel.workflowId()));
        if (came) {
            visitor.steps().take(step);
        }
        return came;
    }
}
