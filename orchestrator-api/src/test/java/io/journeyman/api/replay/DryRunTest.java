package io.journeyman.api.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void saysWhatWouldBeChargedWithoutWhatStoreCreditPays() {
        var failed = List.of(failed("JM-1", Optional.empty()), failed("JM-2", Optional.of(Money.inr(40_000))));

        var dry = DryRun.of(failed, 2, Optional.empty(), NOW);

        assertThat(dry.would()).containsEntry("try_again", 2);
        assertThat(dry.totals()).containsExactly(Money.inr(160_000));
    }

    private static FailedPayment failed(String order, Optional<Money> credit) {
        return new FailedPayment(
                new OrderId(order),
                new QuoteId("quote-" + order),
                new ConversationId("conv-1"),
                new CustomerId("cust-1"),
                "web",
                Money.inr(100_000),
                "insufficient_funds",
                NOW,
                true,
                NOW,
                Optional.empty(),
                credit);
    }
}
