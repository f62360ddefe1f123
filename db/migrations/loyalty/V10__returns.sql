-- What comes back of an order takes part of the points that it earned along, and gives that part of those that it spent back.

CREATE TABLE benefits_return (
    return_id   text PRIMARY KEY,
    order_id    text NOT NULL REFERENCES benefits (order_id),
    -- what the returned pieces had cost in the end, and what all pieces of the order had
    value       bigint NOT NULL CHECK (value BETWEEN 0 AND order_value),
    order_value bigint NOT NULL,
    taken_back  bigint NOT NULL CHECK (taken_back >= 0),
    given_back  bigint NOT NULL CHECK (given_back >= 0),
    at          timestamptz NOT NULL
);
CREATE INDEX benefits_return_by_order ON benefits_return (order_id);

-- Each thing happens to an order's points once, and to those of each of its returns once.
ALTER TABLE ledger_entry
    ADD COLUMN return_id text REFERENCES benefits_return (return_id),
    ADD CONSTRAINT returns_take_and_give_back CHECK (return_id IS NULL OR kind IN ('taken_back', 'given_back'));
DROP INDEX once_for_each_order;
CREATE UNIQUE INDEX once_for_each_order ON ledger_entry (order_id, kind, coalesce(return_id, '')) WHERE order_id IS NOT NULL;
