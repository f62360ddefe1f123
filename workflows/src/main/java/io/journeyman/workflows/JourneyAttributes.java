package io.journeyman.workflows;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.OffsetDateTime;
import java.util.List;

/** The search attributes by which staff find journeys in the web UI (design §6). Ids and codes only, never personal data. */
public final class JourneyAttributes {
    public static final SearchAttributeKey<String> CUSTOMER_ID = SearchAttributeKey.forKeyword("CustomerId");
    public static final SearchAttributeKey<String> ORDER_ID = SearchAttributeKey.forKeyword("OrderId");
    public static final SearchAttributeKey<String> JOURNEY_KIND = SearchAttributeKey.forKeyword("JourneyKind");
    public static final SearchAttributeKey<String> JOURNEY_STATUS = SearchAttributeKey.forKeyword("JourneyStatus");
    public static final SearchAttributeKey<String> WAITING_FOR = SearchAttributeKey.forKeyword("WaitingFor");
    public static final SearchAttributeKey<String> CHANNEL = SearchAttributeKey.forKeyword("Channel");
    public static final SearchAttributeKey<String> PAYMENT_FAILURE = SearchAttributeKey.forKeyword("PaymentFailure");
    public static final SearchAttributeKey<OffsetDateTime> PAYMENT_FAILED_AT =
            SearchAttributeKey.forOffsetDateTime("PaymentFailedAt");
    public static final SearchAttributeKey<Long> AMOUNT_MINOR = SearchAttributeKey.forLong("AmountMinor");

    /** All of them, for whoever registers them with a Temporal server. */
    public static final List<SearchAttributeKey<?>> ALL = List.of(
            CUSTOMER_ID,
            ORDER_ID,
            JOURNEY_KIND,
            JOURNEY_STATUS,
            WAITING_FOR,
            CHANNEL,
            PAYMENT_FAILURE,
            PAYMENT_FAILED_AT,
            AMOUNT_MINOR);

    private JourneyAttributes() {}

    /** What a journey starts with, so that no event of its own is spent on it. */
    public static SearchAttributes atStart(
            String kind, String orderId, CustomerId customer, String channel, Money amount) {
        return SearchAttributes.newBuilder(ofChild(kind, orderId, customer, channel, amount))
                .set(JOURNEY_STATUS, JourneyStatus.running.name())
                .build();
    }

    /** A child has no status of its own: whoever lists journeys by their status finds each once. */
    public static SearchAttributes ofChild(
            String kind, String orderId, CustomerId customer, String channel, Money amount) {
        return SearchAttributes.newBuilder()
                .set(JOURNEY_KIND, kind)
                .set(ORDER_ID, orderId)
                .set(CUSTOMER_ID, customer.value())
                .set(CHANNEL, channel)
                .set(AMOUNT_MINOR, amount.minor())
                .build();
    }
}
