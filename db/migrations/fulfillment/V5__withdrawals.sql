-- Pieces that were taken out of their parcels before these left, because their customer does not want them any more.

CREATE TABLE withdrawal (
    cancellation_id text PRIMARY KEY,
    order_id        text NOT NULL REFERENCES shipment (order_id),
    at              timestamptz NOT NULL
);
CREATE INDEX withdrawal_by_order ON withdrawal (order_id);

CREATE TABLE withdrawal_line (
    cancellation_id text NOT NULL REFERENCES withdrawal (cancellation_id),
    parcel_id       text NOT NULL REFERENCES parcel (parcel_id),
    sku             text NOT NULL,
    quantity        int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (cancellation_id, parcel_id, sku)
);
