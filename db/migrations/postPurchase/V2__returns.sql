-- What comes back of orders. A piece of an order can be spoken for by one return only, and each has its own share of what the order
-- cost: so never more pieces come back than were bought, and never more money goes back than was paid, whoever asks at once.

CREATE TABLE return_rule (
    -- the catalogue's, in small letters; * for all that have no rule of their own
    category   text PRIMARY KEY CHECK (category <> ''),
    days       int NOT NULL CHECK (days >= 0),
    final_sale boolean NOT NULL,
    -- of a return for the customer's own reasons
    fee        bigint NOT NULL CHECK (fee >= 0),
    currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')
);
INSERT INTO return_rule VALUES ('*', 30, false, 4900, 'INR');

CREATE TABLE item_return (
    return_id    text PRIMARY KEY,
    status       text NOT NULL
        CHECK (status IN ('requested', 'inspected', 'refunded', 'refused', 'not_received', 'cancelled')),
    order_id     text REFERENCES placed_order (order_id),
    customer_id  text,
    quote_id     text,
    reason       text,
    fee          bigint CHECK (fee >= 0),
    -- value less fee, never below zero: of all pieces, and once it was inspected of those that are taken
    refund       bigint CHECK (refund >= 0),
    value        bigint CHECK (value >= 0),
    order_value  bigint CHECK (order_value >= 0),
    currency     text CHECK (currency ~ '^[A-Z]{3}$'),
    label        text UNIQUE,
    inspected_by text,
    settled_by   text CHECK (settled_by IN ('original_method', 'by_hand', 'nothing_due')),
    reference    text,
    recorded_at  timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    -- the tombstone of a return that was closed before it was recorded has no order, and stays cancelled
    CONSTRAINT only_a_tombstone_has_no_order CHECK (order_id IS NOT NULL OR status = 'cancelled'),
    CONSTRAINT never_more_than_its_pieces_cost CHECK (refund <= value AND value <= order_value),
    CONSTRAINT inspected_by_somebody CHECK (status NOT IN ('inspected', 'refunded', 'refused') OR inspected_by IS NOT NULL),
    CONSTRAINT refunded_somehow CHECK ((status = 'refunded') = (settled_by IS NOT NULL))
);
CREATE INDEX item_return_by_order ON item_return (order_id, recorded_at);

CREATE TABLE return_line (
    return_id text NOT NULL REFERENCES item_return (return_id),
    position  int NOT NULL,
    sku       text NOT NULL,
    quantity  int NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    -- for all its pieces, before the fee
    refund    bigint NOT NULL CHECK (refund >= 0),
    accepted  int NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    refused   int NOT NULL DEFAULT 0 CHECK (refused >= 0),
    refusal   text,
    PRIMARY KEY (return_id, position),
    UNIQUE (return_id, sku),
    CONSTRAINT no_piece_is_counted_twice CHECK (accepted + refused <= quantity),
    CONSTRAINT a_refusal_has_its_reason CHECK ((refused > 0) = (refusal IS NOT NULL))
);

-- The pieces that returns have spoken for. Those of a return of which nothing came are free again; those that the inspection did not
-- take are not: a piece is looked at once.
CREATE TABLE returned_piece (
    order_id  text NOT NULL,
    position  int NOT NULL,
    piece     int NOT NULL CHECK (piece >= 1),
    return_id text NOT NULL REFERENCES item_return (return_id),
    refund    bigint NOT NULL CHECK (refund >= 0),
    PRIMARY KEY (order_id, position, piece),
    FOREIGN KEY (order_id, position) REFERENCES order_line (order_id, position)
);
CREATE INDEX returned_piece_by_return ON returned_piece (return_id);
