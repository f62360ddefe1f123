-- Orders and what became of them.

CREATE TABLE legal_transition (
    from_status text NOT NULL,
    to_status   text NOT NULL,
    PRIMARY KEY (from_status, to_status)
);
INSERT INTO legal_transition VALUES
    ('pending', 'confirmed'),
    ('pending', 'payment_failed'),
    ('pending', 'cancelled'),
    -- a failed payment can be replayed; a cancelled order never comes back
    ('payment_failed', 'pending'),
    ('payment_failed', 'confirmed'),
    ('payment_failed', 'cancelled'),
    ('confirmed', 'shipped'),
    ('confirmed', 'cancelled'),
    ('shipped', 'delivered');

-- Where every order stands. One that was cancelled before it was recorded has a row here and nothing else: its tombstone.
CREATE TABLE order_state (
    order_id text PRIMARY KEY,
    status   text NOT NULL
        CHECK (status IN ('pending', 'confirmed', 'payment_failed', 'cancelled', 'shipped', 'delivered')),
    recorded boolean NOT NULL,
    CONSTRAINT only_cancelled_comes_before_the_record CHECK (recorded OR status = 'cancelled')
);

CREATE TABLE placed_order (
    order_id        text PRIMARY KEY REFERENCES order_state (order_id),
    customer_id     text NOT NULL,
    conversation_id text NOT NULL,
    quote_id        text NOT NULL,
    channel         text NOT NULL,
    discount        bigint NOT NULL CHECK (discount >= 0),
    delivery_fee    bigint NOT NULL CHECK (delivery_fee >= 0),
    tax_included    bigint NOT NULL CHECK (tax_included BETWEEN 0 AND total),
    total           bigint NOT NULL CHECK (total >= 0),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    delivery_option text NOT NULL,
    promised_date   date NOT NULL,
    tracking_id     text,
    placed_at       timestamptz NOT NULL
);
CREATE INDEX placed_order_by_customer ON placed_order (customer_id, placed_at DESC, order_id);

CREATE TABLE order_line (
    order_id   text NOT NULL REFERENCES placed_order (order_id),
    position   int NOT NULL,
    sku        text NOT NULL,
    product_id text NOT NULL,
    name       text NOT NULL,
    size       text NOT NULL,
    color      text NOT NULL,
    quantity   int NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    unit_price bigint NOT NULL CHECK (unit_price >= 0),
    currency   text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (order_id, position)
);

-- Personal data by itself, so that it can be given other rights and another end of life than the order.
CREATE TABLE order_address (
    order_id text PRIMARY KEY REFERENCES placed_order (order_id),
    name     text NOT NULL,
    line1    text NOT NULL,
    city     text NOT NULL,
    pincode  text NOT NULL
);

CREATE TABLE order_transition (
    order_id  text NOT NULL REFERENCES order_state (order_id),
    position  int NOT NULL,
    to_status text NOT NULL,
    reason    text,
    at        timestamptz NOT NULL,
    PRIMARY KEY (order_id, position)
);
