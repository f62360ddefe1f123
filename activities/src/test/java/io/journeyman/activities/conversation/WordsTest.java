package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to a journey's kind, or to how it is paid, goes before what is said of all. */
class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Checkout | payment_confirmation_needed | reason | three_d_secure | Your bank asks you to confirm
            Checkout | payment_confirmation_needed | reason | upi_collect | approve the payment for your order
            Reservation | deadline_extended | orderId | JM-1 | kept for you, at the same price
            Return | deadline_extended | orderId | JM-1 | hand the parcel in by
            Return | refund_failed | amountMinor | 100 | return
            Cancellation | refund_failed | amountMinor | 100 | It is cancelled, as you asked
            Return | return_refunded | restMinor | 100 | card or account
            Return | return_refunded | restMinor | 0 | store credit again
            Return | return_arrived | claim | X-1 | The parcel of your warranty claim X-1 has arrived
            Return | return_refunded | notTaken | X-1 | What we could not take comes back to you
            Return | return_refused | trackingId | JM1 | goes back to you (tracking number JM1), and nothing
            Return | return_refused | comesBack | false | was not in it
            Return | claim_refused | comesBack | false | was not in it
            Delivery | shipped | sentBack | replaced | The replacement for your claim X-1 is on its way
            Delivery | delivered | sentBack | repaired | What we repaired for your claim X-1 was delivered
            Delivery | delivered | sentBack | refused | What you had sent us, X-1, was delivered.
            Delivery | delivery_overdue | sentBack | replaced | The replacement for your claim X-1 should have come by now
            Delivery | delivered | orderId | JM-1 | Your order X-1 was delivered
            Checkout | payment_declined | reason | under_suspicion | was declined: the bank looked at it and did not accept it.
            Checkout | payment_declined | reason | incorrect_cvc | security code is wrong
            Checkout | payment_declined | reason | authentication_failed | it was not confirmed with the bank
            Checkout | payment_declined | reason | duplicate | a moment ago
            Checkout | payment_declined | reason | card_declined | does not say why
            """)
    void sayWhatFitsBest(String kind, String code, String fact, String value, String words) {
        var news = new JourneyNews(
                new ConversationId("conv-1"),
                kind.toLowerCase(Locale.ROOT) + "-X-1",
                1,
                kind,
                code,
                JourneyStatus.running,
                "",
                Optional.empty(),
                Map.of("creditMinor", "100", fact, value));

        assertThat(NewsWords.of(news, "X-1", Optional.empty()).path("text").asText())
                .contains(words);
    }

    @Test
    void sayWhereMoneyGoesBackAlsoWhereStoreCreditHasPaid() {
        var order = new OrderId("JM-1");
        var fee = Money.inr(0);

        assertThat(Cancelling.refundTo(new Quote.Cancelled(order, List.of(), fee, false)))
                .isEqualTo(Returning.refundTo(
                        new Quote.Returned(order, ReturnReason.damaged, List.of(), fee, false, false)))
                .contains("card or account", "store credit had paid as store credit");
        assertThat(Cancelling.refundTo(new Quote.Cancelled(order, List.of(), fee, true)))
                .startsWith("Nothing was paid yet");
    }

    @Test
    void nameThePiecesThatAReviewIsWantedOf() {
        var news = new JourneyNews(
                new ConversationId("conv-1"),
                "feedback-JM-1",
                1,
                "Feedback",
                "reviews_wanted",
                JourneyStatus.completed,
                "",
                Optional.empty(),
                Map.of("orderId", "JM-1", "skus", "P-1-M-BLUE"));

        assertThat(NewsWords.of(news, "JM-1", Optional.empty()).path("text").asText())
                .contains("your order JM-1: your pieces?", "5 stars");
    }
}
