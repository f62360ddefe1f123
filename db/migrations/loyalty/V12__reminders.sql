-- How many of a customer's points end when. What goes out is the oldest first: of the last date all that came in with it is left, at most.
CREATE VIEW what_ends WITH (security_invoker = true) AS
    WITH came AS (
        SELECT customer_id, expires_at, sum(CASE to_account WHEN 'customer' THEN points ELSE -points END) AS points
        FROM ledger_entry WHERE expires_at IS NOT NULL
        GROUP BY customer_id, expires_at),
    went AS (
        SELECT customer_id, sum(CASE from_account WHEN 'customer' THEN points ELSE -points END) AS points
        FROM ledger_entry WHERE expires_at IS NULL AND 'customer' IN (from_account, to_account)
        GROUP BY customer_id)
    SELECT customer_id, expires_at,
        least(came.points,
            sum(came.points) OVER (PARTITION BY customer_id ORDER BY expires_at) - coalesce(went.points, 0))::bigint AS amount
    FROM came LEFT JOIN went USING (customer_id);

-- Of which dates customers have heard that something of theirs ends, and of how much; or are to hear, until that is told.
CREATE TABLE expiry_reminder (
    customer_id text NOT NULL REFERENCES account (customer_id),
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
