package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.forgetting;
import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;

import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Money;
import io.journeyman.workflows.World.Gateway;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The paths on which store credit pays, and cards are forgotten, for {@link HistoriesTest}. */
final class CreditPaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    private static final Money CREDIT = Money.inr(59_900);

    private CreditPaths() {}

    static {
        ALL.put("credit_pays_a_part", shop -> checkOut(shop, Optional.of(CARD), CREDIT));
        ALL.put("credit_pays_all", shop -> checkOut(shop, Optional.empty(), Shop.TOTAL));
        ALL.put("credit_pays_all_in_two_tasks", shop -> checkOut(shop, Optional.empty(), Shop.TOTAL));
        ALL.put("credit_gone", shop -> {
            var order = shop.order("o1", Optional.of(CARD), CREDIT);
            shop.world.spendableCredit = 0;
            shop.checkout("o1").checkout(order);
        });
        ALL.put("credit_given_back", shop -> {
            shop.world.gateway.add(Gateway.declines_expired_card);
            checkOut(shop, Optional.of(CARD), CREDIT);
        });
        ALL.put("credit_spent_later", shop -> {
            shop.world.refused.put("spendCredit", 1_000);
            var checkout = shop.checkout("o1");
            WorkflowClient.start(checkout::checkout, shop.order("o1", Optional.of(CARD), CREDIT));
            shop.temporal.sleep(Duration.ofMinutes(90));
            shop.world.refused.clear();
            WorkflowStub.fromTyped(checkout).getResult(Object.class);
        });
        ALL.put("cards_forgotten", shop -> shop.removal("f1").forget(forgetting("f1")));
        ALL.put("card_removal_stuck", shop -> {
            shop.world.refused.put("forgetCards", 1);
            shop.removal("f1").forget(forgetting("f1"));
        });
        ALL.put("return_of_what_credit_paid_in_part", shop -> sendBack(shop, CREDIT));
        ALL.put("return_of_what_credit_paid", shop -> sendBack(shop, Shop.TOTAL));
    }

    private static void checkOut(Shop shop, Optional<PaymentMethod> method, Money credit) {
        shop.checkout("o1").checkout(shop.order("o1", method, credit));
    }

    private static void sendBack(Shop shop, Money credit) {
        var back = shop.back("b1");
        shop.world.paidByCredit("o1", credit);
        WorkflowClient.start(back::sendBack, returning("b1"));
        waitUntil(() -> back.progress().waitingFor().equals("parcel"));
        back.inspect(inspection(2));
        WorkflowStub.fromTyped(back).getResult(Object.class);
    }
}
