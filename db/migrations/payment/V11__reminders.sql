-- How much of what a customer can spend ends when.
CREATE VIEW what_ends AS
    SELECT customer_id, expires_at, amount FROM credit_left WHERE expires_at IS NOT NULL;

-- Of which dates customers have heard that something of theirs ends, and of how much; or are to hear, until that is told.
CREATE TABLE expiry_reminder (
    customer_id text NOT NULL REFERENCES credit_account (customer_id),
    expires_at  timestamptz NOT NULL,
    amount      bigint NOT NULL CHECK (amount > 0),
    -- the dates of which a customer hears at once
    reminder_id text NOT NULL,
    written_at  timestamptz NOT NULL,
    told_at     timestamptz,
    PRIMARY KEY (customer_id, expires_at)
);
CREATE INDEX expiry_reminder_by_id ON expiry_reminder (reminder_id);
CREATE INDEX expiry_reminder_untold ON expiry_reminder (reminder_id) WHERE told_at IS NULL;
