package io.journeyman.api.staff;

import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.staff.StaffJourney;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.workflows.replay.PaymentReplay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What staff have a journey do, from the console or by the API: each with a reason, done once however often it is sent, and written
 * down before it is done, and with what it came to. Every answer is a code; {@link StaffPages#said} has its words.
 */
public final class StaffActions {
    /** Of a pickup code, as it is typed. */
    static final int LONGEST_CODE = 12;

    private final StaffJourneys journeys;
    private final Engine engine;
    private final StoreDesk store;

    public StaffActions(StaffJourneys journeys, Engine engine, StoreDesk store) {
        this.journeys = journeys;
        this.engine = engine;
        this.store = store;
    }

    /** @param key made anew for each wish, so that one that is sent twice is done once */
    record Wish(String staff, StaffJourney journey, String reason, String key) {
        Deed to(String action) {
            return new Deed(staff, workflowId(), action, reason, key);
        }

        String workflowId() {
            return journey.workflowId();
        }
    }

    /** @return cancelling, too_late, payment_unresolved, ended, unavailable */
    String cancel(Wish wish) {
        return once(wish.to("cancel"), key -> engine.tell(wish.workflowId(), "cancel", key, "cancelled_by_staff"));
    }

    /** What an agent did not answer is tried at once. @return retrying, nothing_to_retry, ended, unavailable */
    String retryNow(Wish wish) {
        return once(wish.to("retry now"), key -> {
            boolean hurried = engine.hurry(wish.journey().workflowIds());
            return hurried ? "retrying" : engine.tell(wish.workflowId(), "retryNow", key);
        });
    }

    /** @return extended, not_waiting, too_late, not_later, too_far, stock_gone, agent_unavailable, ended, unavailable */
    String extend(Wish wish, Instant until) {
        return once(
                wish.to("extend until " + until),
                key -> engine.tell(wish.workflowId(), "extend", key + "-" + until.toEpochMilli(), until));
    }

    /** A return's parcel is there. @return arrived, too_late, ended, unavailable */
    String arrived(Wish wish) {
        return once(wish.to("parcel arrived"), key -> engine.tell(wish.workflowId(), "arrived", key));
    }

    /**
     * What was found in a return's parcel; the record has each line.
     *
     * @param remedy of a claim under a warranty: what its customer gets for what is taken
     * @return inspected, replacement_gone, inspection_incomplete, inspection_differs, no_claim, return_closed, too_late,
     *     agent_unavailable, ended, unavailable
     */
    String inspect(Wish wish, List<InspectedLine> lines, Optional<Remedy> remedy) {
        String found = lines.stream()
                .map(line -> line.sku() + " " + line.accepted() + " taken, " + line.refused() + " refused"
                        + line.refusal().map(why -> " (" + why + ")").orElse(""))
                .collect(Collectors.joining("; "));
        return once(
                wish.to("inspect: " + found
                        + remedy.map(chosen -> "; " + chosen).orElse("")),
                key -> engine.tell(wish.workflowId(), "inspect", key, new InspectReturn(wish.staff(), lines, remedy)));
    }

    /** Of a claim that waits for another piece: what its customer gets instead. @return chosen, not_waiting, ended, unavailable */
    String chooseRemedy(Wish wish, Remedy remedy) {
        return once(
                wish.to("choose: " + remedy),
                key -> engine.tell(
                        wish.workflowId(),
                        "chooseRemedy",
                        key,
                        new ChooseRemedy(remedy, Remedy.replace, wish.staff())));
    }

    /** The refund of a return was paid out by hand; the reason is by what it is found again. @return paid_out, not_waiting, ended, unavailable */
    String paidOut(Wish wish) {
        return once(wish.to("paid out by hand"), key -> engine.tell(wish.workflowId(), "paidOut", key, wish.reason()));
    }

    /** A store has set an order's pieces aside. @return ready, not_collected, cancelled, unknown_collection, unavailable */
    String ready(Wish wish) {
        return once(wish.to("ready"), key -> store.ready(order(wish), key));
    }

    /**
     * A store hands an order over; the reason is the code that the customer says.
     *
     * @return handed_over, wrong_code, not_collected, cancelled, unknown_collection, unavailable
     */
    String handOver(Wish wish) {
        return once(wish.to("hand over"), key -> store.handOver(order(wish), wish.reason(), key));
    }

    /** A store has set aside what is reserved there. @return ready, not_waiting, agent_unavailable, ended, unavailable */
    String setAside(Wish wish) {
        return once(wish.to("ready"), key -> engine.tell(wish.workflowId(), "ready", key));
    }

    /** What was reserved is paid, and taken along. @return collected, not_waiting, ended, unavailable */
    String collected(Wish wish) {
        return once(wish.to("collected"), key -> engine.tell(wish.workflowId(), "collected", key));
    }

    private static OrderId order(Wish wish) {
        return new OrderId(wish.journey().journeyId());
    }

    /** @return resent, nothing_to_resend */
    String resend(Wish wish) {
        return journeys.resend(wish.to("resend confirmation"));
    }

    /**
     * Pauses, goes on with or stops a whole replay, for the reason for which it was asked.
     *
     * @param change pause, resume, cancel
     * @return paused, running, cancelled, not_running, ended, unavailable
     */
    public String change(Replay replay, String change, String staff, String key) {
        var deed =
                new Deed(staff, PaymentReplay.workflowId(replay.replayId()), change + " replay", replay.reason(), key);
        return once(deed, update -> engine.tell(deed.workflowId(), change, update));
    }

    /**
     * @param act has it done, under a name under which the engine, or an agent, does it once. Both keep what it came to: an answer that was
     *     lost is asked for again under the same name, and what an agent could not do just then under another one.
     */
    private String once(Deed deed, UnaryOperator<String> act) {
        var before = journeys.outcome(deed);
        if (before.isPresent()) {
            return before.get();
        }
        int again = journeys.begin(deed);
        try {
            String code = act.apply(deed.staff() + "-" + deed.key() + (again == 0 ? "" : " " + again));
            if (code.equals(StaffJourneys.AGENT_AWAY)) {
                journeys.tried(deed, code);
            } else {
                journeys.did(deed, code);
            }
            return code;
        } catch (ProblemException away) {
            journeys.tried(deed, "unavailable");
            return "unavailable";
        }
    }
}
