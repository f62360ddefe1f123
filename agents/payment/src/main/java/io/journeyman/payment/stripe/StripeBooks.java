package io.journeyman.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Ledger;
import io.journeyman.payment.stripe.StripeCalls.Refused;
import io.journeyman.payment.stripe.StripeIntentTable.Known;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Stripe's books: intents with their refunds. What another system has at the same account has no order in its metadata. */
public final class StripeBooks implements Ledger {
    private final StripeClient stripe;
    private final Jdbi jdbi;

    public StripeBooks(StripeSettings settings, Jdbi jdbi) {
        this.stripe = StripeCalls.client(settings);
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Booked> booked(ChargeKey key) {
        return jdbi.withExtension(StripeIntentTable.class, table -> table.find(key))
                .flatMap(Known::intentId)
                .flatMap(this::booked);
    }

    /** Empty when the account of this key has no such intent: it may be of another one, or of the test mode. */
    private Optional<Booked> booked(String id) {
        try {
            return Optional.of(
                    booked(StripeCalls.asked(() -> stripe.v1().paymentIntents().retrieve(id)), refunds(id)));
        } catch (Refused refused) {
            if (refused.isForUnknown()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    @Override
    public Page opened(Instant from, Instant to, Optional<String> after, int most) {
        var params = PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .setLt(to.getEpochSecond())
                        .build())
                .setLimit((long) most);
        after.ifPresent(params::setStartingAfter);
        var list = listed(params.build());
        List<PaymentIntent> intents = list.getData();
        return new Page(
                intents.stream().map(intent -> booked(intent, List.of())).toList(),
                Optional.of(list.getHasMore())
                        .filter(more -> more && !intents.isEmpty())
                        .map(more -> intents.getLast().getId()));
    }

    private StripeCollection<PaymentIntent> listed(PaymentIntentListParams params) {
        try {
            return StripeCalls.asked(() -> stripe.v1().paymentIntents().list(params));
        } catch (Refused refused) {
            if (params.getStartingAfter() != null && refused.isForUnknown()) {
                throw new NoSuchPlace();
            }
            throw refused;
        }
    }

    private List<BookedRefund> refunds(String intentId) {
        return StripeCalls.asked(() -> stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setPaymentIntent(intentId)
                                .setLimit(100L)
                                .build()))
                .getData()
                .stream()
                .map(StripeBooks::booked)
                .toList();
    }

    private static Booked booked(PaymentIntent intent, List<BookedRefund> refunds) {
        return new Booked(
                intent.getId(),
                key(intent.getMetadata()),
                switch (intent.getStatus()) {
                    case "requires_capture" -> Standing.authorised;
                    case "succeeded" -> Standing.captured;
                    case "canceled" -> Standing.cancelled;
                    case "requires_payment_method" ->
                        intent.getLastPaymentError() == null ? Standing.open : Standing.declined;
                    default -> Standing.open;
                },
                money(intent.getAmount(), intent.getCurrency()),
                money(Optional.ofNullable(intent.getAmountReceived()).orElse(0L), intent.getCurrency()),
                refunds);
    }

    private static BookedRefund booked(Refund refund) {
        return new BookedRefund(
                refund.getId(),
                Optional.ofNullable(refund.getMetadata())
                        .map(metadata -> metadata.get("refundId"))
                        .filter(id -> !id.isEmpty()),
                switch (refund.getStatus()) {
                    case "succeeded" -> RefundStatus.refunded;
                    case "failed", "canceled" -> RefundStatus.failed;
                    default -> RefundStatus.pending;
                },
                money(refund.getAmount(), refund.getCurrency()));
    }

    private static Optional<ChargeKey> key(Map<String, String> metadata) {
        String order = metadata.getOrDefault("orderId", "");
        String attempt = metadata.getOrDefault("attempt", "");
        return order.matches("[A-Za-z0-9._:-]{1,64}") && attempt.matches("[0-9]{1,3}")
                ? Optional.of(new ChargeKey(new OrderId(order), Integer.parseInt(attempt)))
                : Optional.empty();
    }

    private static Money money(long minor, String currency) {
        return StripeAmount.money(minor, currency);
    }
}
