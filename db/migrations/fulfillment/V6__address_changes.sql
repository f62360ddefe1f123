-- Shipments that go to another address than at first. Only that it was changed is kept, not from where.

CREATE TABLE address_change (
    change_id text PRIMARY KEY,
    order_id  text NOT NULL REFERENCES shipment (order_id),
    at        timestamptz NOT NULL
);
