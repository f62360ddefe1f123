package io.journeyman.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.stripe.StripeCalls.Question;
import io.journeyman.payment.stripe.StripeCalls.Refused;
import io.journeyman.payment.stripe.StripeIntentTable.Known;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.Vpa;
import java.net.URI;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stripe's PaymentIntents, captured by hand. An intent is created first, which moves no money, and its id is written down; only
 * then it is confirmed. So whatever was lost on the way can be asked for by id, long after Stripe has forgotten an idempotency key
 * (24 hours), and what never came is closed here. What creates something or charges carries a key made of the charge's; a capture or a
 * cancellation is done once by the intent's own state, and a failure of it must not be repeated for a day because of a key. Order
 * and attempt are in the intent's metadata, where the Dashboard shows and finds them.
 */
public final class StripeGateway implements Gateway {
    private static final String NO_SUCH_AMOUNT = "amount_not_chargeable";

    private static final Logger LOG = LoggerFactory.getLogger(StripeGateway.class);

    private final StripeClient stripe;
    private final StripeSettings settings;
    private final Jdbi jdbi;
    private final InstantSource clock;

    public StripeGateway(StripeSettings settings, Jdbi jdbi, InstantSource clock) {
        this.stripe = StripeCalls.client(settings);
        this.settings = settings;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public String vault(Card card) {
        Optional<String> standIn = settings.isTestMode() ? StripeTestCards.of(card.number()) : Optional.empty();
        if (standIn.isPresent()) {
            return standIn.get();
        }
        var details = PaymentMethodCreateParams.CardDetails.builder()
                .setNumber(card.number().revealed());
        card.expiry()
                .ifPresent(expiry ->
                        details.setExpMonth((long) expiry.getMonthValue()).setExpYear((long) expiry.getYear()));
        card.cvc().ifPresent(details::setCvc);
        var method = PaymentMethodCreateParams.builder()
                .setType(PaymentMethodCreateParams.Type.CARD)
                .setCard(details.build())
                .build();
        try {
            return StripeCalls.asked(() -> stripe.v1().paymentMethods().create(method))
                    .getId();
        } catch (Refused refused) {
            throw new MethodRefused(refused.code());
        }
    }

    @Override
    public Adopted adopt(String method) {
        PaymentMethod made;
        try {
            made = StripeCalls.asked(() -> stripe.v1().paymentMethods().retrieve(method));
        } catch (Refused refused) {
            throw new MethodRefused(refused.code());
        }
        PaymentMethod.Card card = made.getCard();
        if (card == null || card.getLast4() == null) {
            throw new MethodRefused("no_card");
        }
        boolean ends = card.getExpYear() != null && card.getExpMonth() != null;
        return new Adopted(
                made.getId(),
                StripeCodes.brand(card.getBrand()),
                card.getLast4(),
                ends
                        ? Optional.of(YearMonth.of(
                                card.getExpYear().intValue(), card.getExpMonth().intValue()))
                        : Optional.empty());
    }

    /** What is not attached to a customer of Stripe's can be used once; we have none there. */
    @Override
    public boolean keepsCards() {
        return false;
    }

    /** Stripe's UPI wants the customer on a page of Stripe's own, which this shop does not have. */
    @Override
    public String vault(Vpa vpa) {
        throw new MethodRefused("upi_not_offered");
    }

    @Override
    public Answer authorise(ChargeKey key, String reference, Money amount) {
        Optional<Known> known = find(key);
        if (known.isPresent()) {
            return known.get()
                    .intentId()
                    .map(id -> confirmUnlessDone(key, retrieve(id)))
                    .orElseGet(Answer.NeverCame::new);
        }
        OptionalLong counted = StripeAmount.of(amount);
        if (counted.isEmpty()) {
            return close(key) ? new Answer.Declined(NO_SUCH_AMOUNT) : settle(key);
        }
        PaymentIntent created;
        try {
            created = StripeCalls.asked(() -> stripe.v1()
                    .paymentIntents()
                    .create(opening(key, reference, counted.getAsLong(), amount.currency()), once(key, "create")));
        } catch (Refused refused) {
            return close(key) ? new Answer.Declined(refused.code()) : settle(key);
        }
        boolean added =
                jdbi.withExtension(StripeIntentTable.class, table -> table.add(key, created.getId(), clock.instant()));
        return added || find(key).flatMap(Known::intentId).isPresent() ? confirm(key, created) : abandon(created);
    }

    @Override
    public Answer settle(ChargeKey key) {
        Optional<String> intentId = intentOrClosed(key);
        if (intentId.isEmpty()) {
            return new Answer.NeverCame();
        }
        PaymentIntent intent = retrieve(intentId.get());
        return intent.getStatus().equals("requires_confirmation") ? abandon(intent) : answer(intent);
    }

    @Override
    public Answer capture(ChargeKey key, Money amount) {
        Optional<String> intentId = find(key).flatMap(Known::intentId);
        if (intentId.isEmpty()) {
            return new Answer.NeverCame();
        }
        OptionalLong counted = StripeAmount.of(amount);
        if (counted.isEmpty()) {
            return answer(retrieve(intentId.get()));
        }
        var params = PaymentIntentCaptureParams.builder()
                .setAmountToCapture(counted.getAsLong())
                .build();
        return changed(intentId.get(), () -> stripe.v1().paymentIntents().capture(intentId.get(), params));
    }

    @Override
    public Answer cancel(ChargeKey key) {
        Optional<String> intentId = intentOrClosed(key);
        if (intentId.isEmpty()) {
            return new Answer.NeverCame();
        }
        PaymentIntent intent = retrieve(intentId.get());
        Answer undone = isOver(intent)
                ? answer(intent)
                : cancelled(intent, PaymentIntentCancelParams.CancellationReason.REQUESTED_BY_CUSTOMER);
        return undone instanceof Answer.Captured ? giveBackTheRest(key, intent) : undone;
    }

    @Override
    public RefundAnswer refund(ChargeKey charge, RefundId refund, Money amount) {
        Optional<String> intentId = find(charge).flatMap(Known::intentId);
        if (intentId.isEmpty()) {
            return new RefundAnswer.Failed("not_captured");
        }
        Optional<Refund> before = StripeCalls.asked(() -> stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setPaymentIntent(intentId.get())
                                .setLimit(100L)
                                .build()))
                .getData()
                .stream()
                .filter(made -> refund.value().equals(made.getMetadata().get("refundId")))
                .findFirst();
        if (before.isPresent()) {
            return answer(before.get());
        }
        OptionalLong counted = StripeAmount.of(amount);
        if (counted.isEmpty()) {
            return new RefundAnswer.Failed(NO_SUCH_AMOUNT);
        }
        var params = RefundCreateParams.builder()
                .setPaymentIntent(intentId.get())
                .setAmount(counted.getAsLong())
                .putMetadata("refundId", refund.value())
                .putMetadata("orderId", charge.orderId().value())
                .build();
        try {
            return answer(StripeCalls.asked(() -> stripe.v1().refunds().create(params, once("refund/" + refund))));
        } catch (Refused refused) {
            return new RefundAnswer.Failed(refused.code());
        }
    }

    private static PaymentIntentCreateParams opening(ChargeKey key, String reference, long counted, String currency) {
        return PaymentIntentCreateParams.builder()
                .setAmount(counted)
                .setCurrency(currency.toLowerCase(Locale.ROOT))
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                .addPaymentMethodType("card")
                .setPaymentMethod(reference)
                .setDescription("Order " + key.orderId())
                .putMetadata("orderId", key.orderId().value())
                .putMetadata("attempt", Integer.toString(key.attempt()))
                .build();
    }

    private Answer confirmUnlessDone(ChargeKey key, PaymentIntent intent) {
        return intent.getStatus().equals("requires_confirmation") ? confirm(key, intent) : answer(intent);
    }

    private Answer confirm(ChargeKey key, PaymentIntent intent) {
        var params = PaymentIntentConfirmParams.builder()
                .setReturnUrl(settings.returnTo().toString())
                .build();
        return changed(
                intent.getId(),
                () -> stripe.v1().paymentIntents().confirm(intent.getId(), params, once(key, "confirm")));
    }

    /** It was created and never confirmed, so nothing was charged, and nothing will be. */
    private Answer abandon(PaymentIntent intent) {
        return cancelled(intent, PaymentIntentCancelParams.CancellationReason.ABANDONED);
    }

    private Answer cancelled(PaymentIntent intent, PaymentIntentCancelParams.CancellationReason reason) {
        var params = PaymentIntentCancelParams.builder()
                .setCancellationReason(reason)
                .build();
        return changed(intent.getId(), () -> stripe.v1().paymentIntents().cancel(intent.getId(), params));
    }

    private Answer giveBackTheRest(ChargeKey key, PaymentIntent intent) {
        var params = RefundCreateParams.builder()
                .setPaymentIntent(intent.getId())
                .putMetadata("orderId", key.orderId().value())
                .build();
        try {
            StripeCalls.asked(() -> stripe.v1().refunds().create(params, once(key, "void")));
        } catch (Refused refused) {
            if (!refused.code().equals("charge_already_refunded")) {
                throw new GatewayUnreachable();
            }
        }
        return new Answer.Cancelled();
    }

    /** Changes an intent; when its state does not allow that (any more), what it is now is the answer. */
    private Answer changed(String intentId, Question<PaymentIntent> change) {
        try {
            return answer(StripeCalls.asked(change));
        } catch (Refused refused) {
            return answer(retrieve(intentId));
        }
    }

    private static boolean isOver(PaymentIntent intent) {
        return intent.getStatus().equals("succeeded") || intent.getStatus().equals("canceled");
    }

    /** What docs.stripe.com/payments/paymentintents/lifecycle says that a status means. */
    private static Answer answer(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "requires_capture" -> new Answer.Authorised();
            case "succeeded" -> new Answer.Captured(taken(intent));
            case "processing" -> new Answer.Pending();
            case "requires_action" -> new Answer.NeedsCustomer("three_d_secure", confirmAt(intent));
            case "requires_payment_method" ->
                intent.getLastPaymentError() == null
                        ? new Answer.NeverCame()
                        : new Answer.Declined(StripeCodes.of(intent.getLastPaymentError()));
            case "canceled" ->
                "abandoned".equals(intent.getCancellationReason()) ? new Answer.NeverCame() : new Answer.Cancelled();
            default -> throw unexpected("the intent " + intent.getId() + " is " + intent.getStatus());
        };
    }

    /** A capture may have been of a part. */
    private static Money taken(PaymentIntent intent) {
        return StripeAmount.money(
                Optional.ofNullable(intent.getAmountReceived()).orElse(intent.getAmount()), intent.getCurrency());
    }

    private static Optional<URI> confirmAt(PaymentIntent intent) {
        return Optional.ofNullable(intent.getNextAction())
                .map(PaymentIntent.NextAction::getRedirectToUrl)
                .map(redirect -> URI.create(redirect.getUrl()));
    }

    private static RefundAnswer answer(Refund refund) {
        return switch (refund.getStatus()) {
            case "succeeded" -> new RefundAnswer.Refunded();
            case "pending", "requires_action" -> new RefundAnswer.OnItsWay();
            case "failed", "canceled" ->
                new RefundAnswer.Failed(
                        Optional.ofNullable(refund.getFailureReason()).orElse(refund.getStatus()));
            default -> throw unexpected("the refund " + refund.getId() + " is " + refund.getStatus());
        };
    }

    private static GatewayUnreachable unexpected(String what) {
        LOG.error("Stripe says what is not understood here, so the payment stays unsettled: {}", what);
        return new GatewayUnreachable();
    }

    private PaymentIntent retrieve(String intentId) {
        return StripeCalls.asked(() -> stripe.v1().paymentIntents().retrieve(intentId));
    }

    private Optional<Known> find(ChargeKey key) {
        return jdbi.withExtension(StripeIntentTable.class, table -> table.find(key));
    }

    private boolean close(ChargeKey key) {
        return jdbi.withExtension(StripeIntentTable.class, table -> table.close(key, clock.instant()));
    }

    /** Empty when the charge never came, and from now on never will. */
    private Optional<String> intentOrClosed(ChargeKey key) {
        return close(key) ? Optional.empty() : find(key).flatMap(Known::intentId);
    }

    private static RequestOptions once(ChargeKey key, String step) {
        return once(key + "/" + step);
    }

    private static RequestOptions once(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }
}
