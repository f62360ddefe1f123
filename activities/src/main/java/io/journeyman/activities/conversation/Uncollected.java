package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.cancellation.UncollectedActivities;
import io.journeyman.activities.cancellation.UncollectedQuote;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.QuoteId;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Quotes the cancellation of what nobody collected, as {@link Cancelling} does for a customer who asks for it. */
final class Uncollected implements UncollectedActivities {
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Cancelling cancelling;

    Uncollected(Jdbi jdbi, InstantSource clock, Map<String, AgentClient> agents) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.cancelling = new Cancelling(agents);
    }

    @Override
    public UncollectedQuote quoteUncollected(
            CancellationId cancellation,
            OrderId order,
            ConversationId conversation,
            CustomerId customer,
            String channel,
            CancellationReason because,
            Optional<Instant> keptUntil) {
        QuoteId id = new QuoteId("qt-" + cancellation.value());
        return find(id).orElseGet(() -> {
            Instant now = clock.instant();
            try {
                // its key is of no use: nobody gives an address here
                var whom = new Quoting.For(conversation, customer, channel, id.value(), now);
                Quote quote = cancelling.all(whom, id, order, because, keptUntil);
                jdbi.useHandle(handle -> Proposals.keep(handle, quote, now));
                return find(id).orElseThrow();
            } catch (ToolRefusal refusal) {
                if (refusal.code().equals(ToolRefusal.UNAVAILABLE)) {
                    throw ApplicationFailure.newFailure("an agent does not answer", refusal.code());
                }
                return new UncollectedQuote.Nothing(refusal.code());
            }
        });
    }

    private Optional<UncollectedQuote> find(QuoteId id) {
        return jdbi.withHandle(handle -> Proposals.quote(handle, id))
                .map(quote -> new UncollectedQuote.Quoted(id, quote.total()));
    }
}
