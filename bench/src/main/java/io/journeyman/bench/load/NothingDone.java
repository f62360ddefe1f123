package io.journeyman.bench.load;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.fulfillment.ParcelsStand;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.loyalty.LoyaltyActivities.BenefitsOutcome;
import io.journeyman.activities.payment.CaptureOutcome;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Every step of a checkout that meets no obstacle, with nothing done in it: what is left is the engine's part. */
final class NothingDone implements DynamicActivity {
    private final Instant later = Instant.now().plus(Duration.ofHours(1));

    private final Map<ConversationId, CompletableFuture<Long>> confirmed = new ConcurrentHashMap<>();

    /** Done when the conversation has heard that its order is confirmed, in nanoseconds of this machine's clock. */
    CompletableFuture<Long> orderConfirmed(ConversationId conversation) {
        return confirmed.computeIfAbsent(conversation, id -> new CompletableFuture<>());
    }

    @Override
    public Object execute(EncodedValues arguments) {
        var type = Activity.getExecutionContext().getInfo().getActivityType();
        return switch (type) {
            case "conversation.confirm" -> confirmation(arguments.get(1, ProposalId.class));
            case "conversation.tell" -> heard(arguments.get(0, JourneyNews.class));
            case "postPurchase.recordOrder" -> OrderStatus.pending;
            case "inventory.placeHold", "inventory.allocateHold" -> new HoldOutcome.Held(later);
            case "loyalty.reserveBenefits" -> BenefitsOutcome.reserved;
            case "payment.secure" -> new SecureOutcome.Secured(SecureOutcome.As.authorised);
            case "fulfillment.createShipment" -> new FulfillmentOutcome.Created("TRK-7K2P9QWX4T");
            case "fulfillment.sendShipment" -> new ParcelsStand(false, List.of(), Optional.empty(), Optional.empty());
            case "conversation.note" -> null; // Temporal's word for "no result"
            case "payment.capture" -> CaptureOutcome.captured;
            case "postPurchase.transitionOrder" -> OrderStatus.confirmed;
            case "loyalty.commitBenefits" -> 12;
            default -> throw new IllegalStateException("a checkout that meets no obstacle does no " + type);
        };
    }

    private Confirmation confirmation(ProposalId proposal) {
        return new Confirmation.Confirmed(
                "Checkout",
                "JM-" + proposal,
                new QuoteId("quote-" + proposal),
                new CustomerId("cust-" + proposal),
                "web",
                new Money(129_900, "INR"),
                later,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Object heard(JourneyNews news) {
        long at = System.nanoTime();
        if (news.code().equals("order_confirmed")) {
            orderConfirmed(news.conversation()).complete(at);
        } else {
            orderConfirmed(news.conversation()).completeExceptionally(new IllegalStateException(news.code()));
        }
        return null; // Temporal's word for "no result"
    }
}
