-- Staff have failed payments tried again: what was asked, and what became of each order.

CREATE TABLE payment_replay (
    id              text PRIMARY KEY,
    asked_by        text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint     text NOT NULL,
    reason          text NOT NULL,
    -- how long the quoted price is honoured, where that is longer than the quotes say
    price_until     timestamptz,
    rate_per_second int NOT NULL CHECK (rate_per_second BETWEEN 1 AND 50),
    status          text NOT NULL CHECK (status IN ('running', 'paused', 'done', 'cancelled')),
    asked_at        timestamptz NOT NULL,
    ended_at        timestamptz,
    UNIQUE (asked_by, idempotency_key)
);

CREATE TABLE payment_replay_order (
    replay_id text NOT NULL REFERENCES payment_replay (id),
    position  int NOT NULL,
    order_id  text NOT NULL,
    result    text,
    code      text NOT NULL DEFAULT '',
    at        timestamptz,
    PRIMARY KEY (replay_id, position),
    UNIQUE (replay_id, order_id)
);
CREATE INDEX payment_replay_order_left ON payment_replay_order (replay_id, position) WHERE result IS NULL;

-- the orders whose payment failed and is not paid since, newest first
CREATE INDEX journey_with_failed_payment ON journey (updated_at DESC, journey_id)
    WHERE kind = 'Checkout' AND code IN ('payment_failed', 'payment_declined', 'payment_unresolved');
