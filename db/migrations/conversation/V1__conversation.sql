-- The conversation's memory: messages, turns, events, carts, quotes, proposals, aliases, journeys.
-- Temporal's history holds ids only; every text is here.

CREATE TABLE conversation (
    id            text PRIMARY KEY,
    customer_id   text,
    merged_into   text REFERENCES conversation (id),
    created_at    timestamptz NOT NULL,
    last_turn     int NOT NULL DEFAULT 0,
    last_event    bigint NOT NULL DEFAULT 0
);

-- customers, guests and channels point to their conversation
CREATE TABLE alias (
    kind            text NOT NULL CHECK (kind IN ('customer', 'guest')),
    value           text NOT NULL,
    conversation_id text NOT NULL REFERENCES conversation (id),
    PRIMARY KEY (kind, value)
);

-- the truth about "answered once"
CREATE TABLE message (
    conversation_id text NOT NULL REFERENCES conversation (id),
    turn            int NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint     text NOT NULL,
    channel         text NOT NULL,
    text            text NOT NULL,
    accepted_at     timestamptz NOT NULL,
    reply           jsonb,
    answered_at     timestamptz,
    PRIMARY KEY (conversation_id, turn),
    UNIQUE (conversation_id, idempotency_key)
);
CREATE INDEX message_waiting ON message (conversation_id) WHERE answered_at IS NULL;

-- each model step, first writer wins
CREATE TABLE model_step (
    conversation_id text NOT NULL,
    turn            int NOT NULL,
    round           int NOT NULL,
    decision        jsonb NOT NULL,
    tools           jsonb NOT NULL,
    model           text NOT NULL,
    input_tokens    int,
    output_tokens   int,
    decided_at      timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, turn, round),
    FOREIGN KEY (conversation_id, turn) REFERENCES message (conversation_id, turn)
);

-- arguments as the model wrote them: they may be malformed
CREATE TABLE tool_call (
    conversation_id text NOT NULL,
    turn            int NOT NULL,
    call_id         text NOT NULL,
    round           int NOT NULL,
    position        int NOT NULL,
    tool            text NOT NULL,
    arguments       text NOT NULL,
    result          text,
    done_at         timestamptz,
    PRIMARY KEY (conversation_id, turn, call_id),
    FOREIGN KEY (conversation_id, turn, round) REFERENCES model_step (conversation_id, turn, round)
);

-- numbered per conversation under its row's lock, so that resuming misses none
CREATE TABLE event (
    conversation_id text NOT NULL REFERENCES conversation (id),
    seq             bigint NOT NULL,
    kind            text NOT NULL,
    turn            int,
    workflow_id     text,
    journey_seq     int,
    body            jsonb NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE UNIQUE INDEX event_once_per_journey_step ON event (workflow_id, journey_seq) WHERE workflow_id IS NOT NULL;

-- what the line was and cost when it was added, so that the cart can be shown without asking; a quote asks again
CREATE TABLE cart_line (
    conversation_id text NOT NULL REFERENCES conversation (id),
    sku             text NOT NULL,
    quantity        int NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    product_id      text NOT NULL,
    name            text NOT NULL,
    size            text NOT NULL,
    color           text NOT NULL,
    unit_price      bigint NOT NULL CHECK (unit_price >= 0),
    currency        text NOT NULL,
    added_turn      int NOT NULL,
    added_at        timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, sku)
);

CREATE TABLE quote (
    id              text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversation (id),
    customer_id     text NOT NULL,
    body            jsonb NOT NULL,
    total_minor     bigint NOT NULL CHECK (total_minor >= 0),
    currency        text NOT NULL,
    created_at      timestamptz NOT NULL,
    valid_until     timestamptz NOT NULL
);

CREATE TABLE proposal (
    id              text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversation (id),
    turn            int NOT NULL,
    call_id         text NOT NULL,
    kind            text NOT NULL,
    quote_id        text NOT NULL REFERENCES quote (id),
    channel         text NOT NULL,
    status          text NOT NULL CHECK (status IN ('open', 'confirmed', 'declined', 'void', 'expired')),
    journey_id      text NOT NULL UNIQUE,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    closed_at       timestamptz,
    UNIQUE (conversation_id, turn, call_id)
);
CREATE UNIQUE INDEX one_open_proposal ON proposal (conversation_id) WHERE status = 'open';

CREATE TABLE journey (
    workflow_id     text PRIMARY KEY,
    journey_id      text NOT NULL,
    conversation_id text NOT NULL REFERENCES conversation (id),
    kind            text NOT NULL,
    status          text NOT NULL,
    code            text NOT NULL,
    waiting_for     text NOT NULL,
    until           timestamptz,
    last_seq        int NOT NULL,
    facts           jsonb NOT NULL,
    started_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX journey_by_conversation ON journey (conversation_id, started_at DESC);
