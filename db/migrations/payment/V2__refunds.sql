-- Refunds, whole and partial. What is asked back of an attempt, and has not failed, never exceeds what was captured of it.

ALTER TABLE attempt
    ADD COLUMN captured bigint NOT NULL DEFAULT 0,
    -- refunded, or on its way back
    ADD COLUMN given_back bigint NOT NULL DEFAULT 0;
UPDATE attempt SET captured = amount WHERE status IN ('captured', 'refunded');
UPDATE attempt SET given_back = amount WHERE status = 'refunded';
ALTER TABLE attempt ADD CONSTRAINT never_gives_back_more_than_it_took
    CHECK (0 <= given_back AND given_back <= captured AND captured <= amount);

CREATE TABLE refund (
    -- who asks for it gives it its name, so that it is made once however often it is asked for
    refund_id  text PRIMARY KEY,
    order_id   text NOT NULL,
    attempt    int NOT NULL,
    amount     bigint NOT NULL CHECK (amount > 0),
    currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status     text NOT NULL CHECK (status IN ('pending', 'refunded', 'failed')),
    code       text,
    opened_at  timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    FOREIGN KEY (order_id, attempt) REFERENCES attempt (order_id, attempt)
);
CREATE INDEX refund_by_attempt ON refund (order_id, attempt);

-- The test gateway's side of it.
ALTER TABLE gateway_charge
    -- of the card that was charged
    ADD COLUMN behaviour text NOT NULL DEFAULT '',
    ADD COLUMN captured bigint NOT NULL DEFAULT 0 CHECK (0 <= captured AND captured <= amount);
UPDATE gateway_charge SET captured = amount WHERE status IN ('captured', 'refunded');

CREATE TABLE gateway_refund (
    -- the shop's name of the refund; of a capture that was undone as a whole: the charge's, and /void
    key        text PRIMARY KEY,
    charge_key text NOT NULL REFERENCES gateway_charge (key),
    status     text NOT NULL CHECK (status IN ('pending', 'refunded', 'failed')),
    code       text NOT NULL,
    amount     bigint NOT NULL CHECK (amount > 0),
    currency   text NOT NULL,
    ready_at   timestamptz,
    changed_at timestamptz NOT NULL
);
CREATE INDEX gateway_refund_by_charge ON gateway_refund (charge_key);
INSERT INTO gateway_refund (key, charge_key, status, code, amount, currency, changed_at)
SELECT key || '/void', key, 'refunded', '', amount, currency, changed_at
FROM gateway_charge WHERE status = 'refunded' AND amount > 0;
