-- Customers' addresses, parcels, and collections in stores.

CREATE TABLE saved_address (
    customer_id text PRIMARY KEY,
    name        text NOT NULL,
    line1       text NOT NULL,
    city        text NOT NULL,
    pincode     text NOT NULL,
    saved_at    timestamptz NOT NULL
);

-- One parcel per order. A cancelled one without contents is the tombstone of a parcel that was undone before it came.
CREATE TABLE shipment (
    order_id      text PRIMARY KEY,
    status        text NOT NULL CHECK (status IN ('created', 'shipped', 'delivered', 'cancelled')),
    tracking_id   text UNIQUE,
    promised_date date,
    option_id     text,
    name          text,
    line1         text,
    city          text,
    pincode       text,
    created_at    timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    CONSTRAINT only_a_cancelled_parcel_is_empty CHECK (status = 'cancelled' OR (
        tracking_id IS NOT NULL AND promised_date IS NOT NULL AND option_id IS NOT NULL AND name IS NOT NULL
        AND line1 IS NOT NULL AND city IS NOT NULL AND pincode IS NOT NULL))
);

CREATE TABLE shipment_line (
    order_id text NOT NULL REFERENCES shipment (order_id),
    sku      text NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, sku)
);

-- One collection per reservation, with the same kind of tombstone.
CREATE TABLE collection (
    reservation_id text PRIMARY KEY,
    status         text NOT NULL CHECK (status IN ('waiting', 'picked_up', 'cancelled')),
    store_id       text,
    pickup_code    text,
    keep_until     timestamptz,
    created_at     timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL,
    CONSTRAINT only_a_cancelled_collection_is_empty CHECK (status = 'cancelled' OR (
        store_id IS NOT NULL AND pickup_code IS NOT NULL AND keep_until IS NOT NULL))
);
-- a code names one waiting collection in its store
CREATE UNIQUE INDEX pickup_code_once ON collection (store_id, pickup_code) WHERE status = 'waiting';

CREATE TABLE collection_line (
    reservation_id text NOT NULL REFERENCES collection (reservation_id),
    sku            text NOT NULL,
    quantity       int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (reservation_id, sku)
);
