-- Pieces of confirmed orders that are not sent after all. A piece is spoken for once, by a return or by a cancellation, and keeps its share
-- of what the order cost: so never more goes back than was paid.

CREATE TABLE order_cancellation (
    cancellation_id text PRIMARY KEY,
    status          text NOT NULL CHECK (status IN ('requested', 'accepted', 'settled', 'closed')),
    order_id        text REFERENCES placed_order (order_id),
    customer_id     text,
    quote_id        text,
    value           bigint CHECK (value >= 0),
    order_value     bigint CHECK (order_value >= 0),
    delivery_fee    bigint CHECK (delivery_fee >= 0),
    currency        text CHECK (currency ~ '^[A-Z]{3}$'),
    settled_by      text CHECK (settled_by IN ('original_method', 'by_hand', 'nothing_due', 'store_credit')),
    reference       text,
    recorded_at     timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    -- the tombstone of a cancellation that was closed before it was recorded has no order, and stays closed
    CONSTRAINT only_a_tombstone_has_no_order CHECK (order_id IS NOT NULL OR status = 'closed'),
    CONSTRAINT never_more_than_its_pieces_cost CHECK (value <= order_value),
    CONSTRAINT settled_somehow CHECK ((status = 'settled') = (settled_by IS NOT NULL))
);
CREATE INDEX order_cancellation_by_order ON order_cancellation (order_id, recorded_at);
CREATE UNIQUE INDEX delivery_fee_goes_back_once ON order_cancellation (order_id) WHERE delivery_fee > 0 AND status <> 'closed';

CREATE TABLE cancellation_line (
    cancellation_id text NOT NULL REFERENCES order_cancellation (cancellation_id),
    position        int NOT NULL,
    sku             text NOT NULL,
    quantity        int NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    -- for all its pieces
    refund          bigint NOT NULL CHECK (refund >= 0),
    PRIMARY KEY (cancellation_id, position),
    UNIQUE (cancellation_id, sku)
);

ALTER TABLE returned_piece
    ALTER COLUMN return_id DROP NOT NULL,
    ADD COLUMN cancellation_id text REFERENCES order_cancellation (cancellation_id),
    ADD CONSTRAINT spoken_for_by_one CHECK (num_nonnulls(return_id, cancellation_id) = 1);
CREATE INDEX returned_piece_by_cancellation ON returned_piece (cancellation_id);
