-- What customers think of what they keep: asked for once for each order, one review for each line, which its customer may change.

CREATE TABLE review_rule (
    -- there is one
    only_one          boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    asks              boolean NOT NULL,
    -- after the delivery of the whole order
    ask_after_seconds int NOT NULL CHECK (ask_after_seconds BETWEEN 0 AND 31536000)
);
INSERT INTO review_rule (asks, ask_after_seconds) VALUES (true, 604800);

-- Customers who said whether they want to be asked; of others nobody knows, and they are.
CREATE TABLE review_wish (
    customer_id text PRIMARY KEY,
    wanted      boolean NOT NULL,
    changed_at  timestamptz NOT NULL
);

CREATE TABLE review_request (
    order_id    text PRIMARY KEY REFERENCES placed_order (order_id),
    customer_id text NOT NULL,
    outcome     text NOT NULL CHECK (outcome IN ('asked', 'not_wanted', 'nothing_kept')),
    asked_at    timestamptz NOT NULL
);
CREATE INDEX review_request_by_customer ON review_request (customer_id, asked_at);

CREATE TABLE review_request_line (
    order_id text NOT NULL REFERENCES review_request (order_id),
    position int NOT NULL,
    sku      text NOT NULL,
    PRIMARY KEY (order_id, sku)
);

-- It says itself what it is about: the lines of an order from elsewhere may be imported anew.
CREATE TABLE review (
    review_id   text PRIMARY KEY,
    order_id    text NOT NULL REFERENCES placed_order (order_id),
    sku         text NOT NULL,
    product_id  text NOT NULL,
    name        text NOT NULL,
    size        text NOT NULL,
    color       text NOT NULL,
    customer_id text NOT NULL,
    rating      int NOT NULL CHECK (rating BETWEEN 1 AND 5),
    words       text CHECK (words <> '' AND length(words) <= 1000),
    written_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    -- by whom of the staff, and why; empty while everybody may see it
    hidden_by   text,
    hidden_for  text,
    hidden_at   timestamptz,
    UNIQUE (order_id, sku),
    CONSTRAINT hidden_by_somebody_for_a_reason CHECK (num_nonnulls(hidden_by, hidden_for, hidden_at) IN (0, 3))
);
CREATE INDEX review_by_product ON review (product_id) WHERE hidden_at IS NULL;
CREATE INDEX review_by_change ON review (changed_at);
