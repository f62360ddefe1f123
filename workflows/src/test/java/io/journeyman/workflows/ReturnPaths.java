package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.workflows.World.Refunding;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.returns.Return;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths of returns, for {@link HistoriesTest}. */
final class ReturnPaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private ReturnPaths() {}

    static {
        ALL.put("return_refunded", shop -> {
            var back = startAndWait(shop);
            assertThat(back.arrived()).isEqualTo("arrived");
            waitUntil(() -> back.progress().waitingFor().equals("inspection"));
            inspectAndEnd(back, 2);
        });
        ALL.put("return_not_received", shop -> shop.back("b1").sendBack(returning("b1")));
        ALL.put("return_cancelled", shop -> {
            var back = startAndWait(shop);
            assertThat(back.cancel("")).isEqualTo("cancelling");
            end(back);
        });
        ALL.put("return_refused_at_inspection", shop -> inspectAndEnd(startAndWait(shop), 0));
        ALL.put("claim_covered", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), 2);
        });
        ALL.put("claim_not_covered", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), 0);
        });
        ALL.put("claim_refunded_and_written_off", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), inspection(1, Remedy.refund));
        });
        ALL.put("claim_not_covered_sent_back", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), inspection(0));
        });
        ALL.put("claim_replaced", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), inspection(2, Remedy.replace));
        });
        ALL.put("claim_repaired", shop -> {
            shop.world.claimed = true;
            inspectAndEnd(startAndWait(shop), inspection(2, Remedy.repair));
        });
        ALL.put("claim_repaired_and_delivered", shop -> {
            shop.world.claimed = true;
            shop.world.packs(1);
            inspectAndEnd(startAndWait(shop), inspection(2, Remedy.repair));
            var delivery = shop.temporal.getWorkflowClient().newWorkflowStub(Delivery.class, "delivery-b1");
            shop.world.carrierTells(
                    1,
                    new ParcelEvent("a", ParcelEventStatus.delivered, shop.now(), Optional.empty(), Optional.empty()));
            delivery.parcelMoved();
            WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
        });
        ALL.put("claim_replaced_by_what_came_in", shop -> {
            var back = claimWithoutAnotherPiece(shop);
            shop.temporal.sleep(Duration.ofDays(8));
            shop.world.available = 1;
            end(back);
        });
        ALL.put("claim_refunded_for_want_of_another_piece", shop -> {
            var back = claimWithoutAnotherPiece(shop);
            assertThat(back.chooseRemedy(new ChooseRemedy(Remedy.refund, Remedy.replace, "staff-ravi")))
                    .isEqualTo("chosen");
            end(back);
        });
        ALL.put("claim_repaired_for_want_of_another_piece", shop -> {
            var back = claimWithoutAnotherPiece(shop);
            assertThat(back.chooseRemedy(new ChooseRemedy(Remedy.repair, Remedy.replace, "staff-ravi")))
                    .isEqualTo("chosen");
            end(back);
        });
        ALL.put("claim_stuck_at_each_step", shop -> {
            shop.world.claimed = true;
            for (var step : new String[] {
                "holdReplacement", "sendBack", "allocateHold", "startDelivery", "recordSentBack", "writeOffReturn"
            }) {
                shop.world.refused.put(step, 2);
            }
            inspectAndEnd(startAndWait(shop), inspection(2, Remedy.replace));
        });
        ALL.put("return_window_over", shop -> {
            shop.world.returnRefused = "window_over";
            shop.back("b1").sendBack(returning("b1"));
        });
        ALL.put("return_agent_away_at_record", shop -> {
            shop.world.down.put("recordReturn", 1_000);
            shop.back("b1").sendBack(returning("b1"));
        });
        ALL.put("return_refund_pending", shop -> {
            shop.world.refunding.add(Refunding.takes_its_time);
            shop.world.inquiriesUntilTold = 3;
            inspectAndEnd(startAndWait(shop), 2);
        });
        ALL.put("return_refund_failed_then_tried_again", shop -> {
            shop.world.refunding.add(Refunding.fails);
            var back = startAndWait(shop);
            back.inspect(inspection(2));
            waitUntil(() -> back.progress().code().equals("refund_failed"));
            assertThat(back.retryNow()).isEqualTo("retrying");
            end(back);
        });
        ALL.put("return_to_store_credit", shop -> {
            shop.world.asCredit = true;
            inspectAndEnd(startAndWait(shop), 2);
        });
        ALL.put("return_to_full_store_credit", shop -> {
            shop.world.asCredit = true;
            shop.world.creditIsFull = true;
            inspectAndEnd(startAndWait(shop), 2);
        });
        ALL.put("return_paid_out", shop -> {
            var back = startAndWait(shop);
            shop.world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
            back.inspect(inspection(2));
            waitUntil(() -> back.progress().waitingFor().equals("payout"));
            assertThat(back.paidOut("UPI 77")).isEqualTo("paid_out");
            end(back);
        });
        ALL.put("return_stuck_at_each_step", shop -> {
            for (var step : new String[] {"takeBackReturn", "attempts", "refund", "returnBenefits", "settleReturn"}) {
                shop.world.refused.put(step, 1);
            }
            inspectAndEnd(startAndWait(shop), 2);
        });
        ALL.put("return_given_more_time", shop -> {
            var back = startAndWait(shop);
            assertThat(back.extend(back.staffMay().extendTo().orElseThrow())).isEqualTo("extended");
            shop.temporal.sleep(Return.SEND_WITHIN.plusDays(1));
            inspectAndEnd(back, 2);
        });
        ALL.put("return_looked_at_late", shop -> {
            var back = startAndWait(shop);
            back.arrived();
            shop.temporal.sleep(Duration.ofDays(8));
            inspectAndEnd(back, 1);
        });
    }

    private static Return startAndWait(Shop shop) {
        var back = shop.back("b1");
        WorkflowClient.start(back::sendBack, returning("b1"));
        waitUntil(() -> back.progress().waitingFor().equals("parcel"));
        return back;
    }

    private static Return claimWithoutAnotherPiece(Shop shop) {
        shop.world.claimed = true;
        shop.world.available = 0;
        var back = startAndWait(shop);
        assertThat(back.inspect(inspection(2, Remedy.replace))).isEqualTo("replacement_gone");
        return back;
    }

    private static void inspectAndEnd(Return back, int taken) {
        inspectAndEnd(back, inspection(taken));
    }

    private static void inspectAndEnd(Return back, InspectReturn found) {
        assertThat(back.inspect(found)).isEqualTo("inspected");
        end(back);
    }

    private static void end(Return back) {
        WorkflowStub.fromTyped(back).getResult(JourneyStatus.class);
    }
}
