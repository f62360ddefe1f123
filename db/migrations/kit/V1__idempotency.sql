-- Answers by idempotency key, written in the transaction of the effect they belong to.
CREATE TABLE idempotency (
    key          text PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 200),
    operation    text NOT NULL,
    target       text NOT NULL,
    fingerprint  text NOT NULL,
    status       int NOT NULL,
    answer       text NOT NULL,
    stored_at    timestamptz NOT NULL
);
CREATE INDEX idempotency_by_age ON idempotency (stored_at);
