package io.journeyman.activities.conversation;

import io.journeyman.contracts.QuoteId;
import io.temporal.failure.ApplicationFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Stored quotes, for the activities that carry them out: lines and addresses come from here and never enter a history. */
public final class Quotes {
    /** More than there are checkouts at a time: each asks for its quote six times within a second or two. */
    private static final int MOST_KEPT = 500;

    private final Jdbi jdbi;

    /** A quote is frozen: once read, it is known. */
    private final Map<QuoteId, Quote> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<QuoteId, Quote> eldest) {
            return size() > MOST_KEPT;
        }
    });

    public Quotes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws ApplicationFailure {@code quote_unknown}, not retried */
    public Quote get(QuoteId id) {
        var known = Optional.ofNullable(kept.get(id));
        var quote = known.or(() -> jdbi.withHandle(handle -> Proposals.quote(handle, id)))
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure("no such quote", "quote_unknown"));
        kept.put(id, quote);
        return quote;
    }
}
