-- Tokens and attempts, and the test gateway's own ledger. No column holds a card number.

CREATE TABLE tokenisation_session (
    session_id  text PRIMARY KEY,
    customer_id text NOT NULL,
    -- SHA-256 of the secret that the page presents
    secret_hash text NOT NULL,
    refusals    int NOT NULL DEFAULT 0,
    opened_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX tokenisation_session_to_sweep ON tokenisation_session (expires_at);

CREATE TABLE card_token (
    token       text PRIMARY KEY,
    customer_id text NOT NULL,
    brand       text NOT NULL,
    last4       text NOT NULL CHECK (last4 ~ '^[0-9]{4}$'),
    -- the card's name at the gateway
    reference   text NOT NULL,
    created_at  timestamptz NOT NULL
);

-- A voided one without a customer is the tombstone of an attempt that was undone, or asked about, before it came.
CREATE TABLE attempt (
    order_id    text NOT NULL,
    attempt     int NOT NULL CHECK (attempt BETWEEN 1 AND 100),
    customer_id text,
    method      text CHECK (method IN ('card', 'cash_on_delivery')),
    token       text REFERENCES card_token (token),
    amount      bigint NOT NULL CHECK (amount >= 0),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    outcome     text NOT NULL CHECK (outcome IN ('secured', 'declined', 'needs_customer', 'pending', 'unknown')),
    status      text NOT NULL
        CHECK (status IN ('open', 'authorised', 'captured', 'due_on_delivery', 'declined', 'voided', 'refunded')),
    code        text,
    opened_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (order_id, attempt),
    CONSTRAINT only_a_tombstone_has_no_customer CHECK (customer_id IS NOT NULL OR status = 'voided'),
    CONSTRAINT card_has_a_token CHECK (method IS DISTINCT FROM 'card' OR token IS NOT NULL)
);
-- a customer is charged at most once for an order, whoever asks at the same moment
CREATE UNIQUE INDEX one_live_or_successful_attempt ON attempt (order_id)
    WHERE status IN ('open', 'authorised', 'captured', 'due_on_delivery');

-- The test gateway: what it vaulted, what it charged, and everything it was ever asked. Only TestGateway touches these.
CREATE TABLE gateway_card (
    reference  text PRIMARY KEY,
    behaviour  text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE gateway_charge (
    key        text PRIMARY KEY,
    -- closed: cancelled before it came, so that it never will
    status     text NOT NULL CHECK (status IN ('pending', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'closed')),
    code       text,
    amount     bigint NOT NULL CHECK (amount >= 0),
    currency   text NOT NULL,
    ready_at   timestamptz,
    changed_at timestamptz NOT NULL
);

CREATE TABLE gateway_request (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    operation text NOT NULL,
    key       text NOT NULL,
    answer    text NOT NULL
);
CREATE INDEX gateway_request_by_key ON gateway_request (key, id);
