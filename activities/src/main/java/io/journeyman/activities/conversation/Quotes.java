package io.journeyman.activities.conversation;

import io.journeyman.contracts.QuoteId;
import io.temporal.failure.ApplicationFailure;
import org.jdbi.v3.core.Jdbi;

/** Stored quotes, for the activities that carry them out: lines and addresses come from here and never enter a history. */
public final class Quotes {
    private final Jdbi jdbi;

    public Quotes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws ApplicationFailure {@code quote_unknown}, not retried */
    public Quote get(QuoteId id) {
        return jdbi.withHandle(handle -> Proposals.quote(handle, id))
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure("no such quote", "quote_unknown"));
    }
}
