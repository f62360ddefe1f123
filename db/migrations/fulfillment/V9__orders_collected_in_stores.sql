-- An order may be collected in a store: its one parcel waits there, under a code.

-- Since when and until when a place hands orders over, each day, in the shop's time. None are where it is not said.
ALTER TABLE origin
    ADD COLUMN opens  text CHECK (opens ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ADD COLUMN closes text CHECK (closes ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ADD CONSTRAINT opens_and_closes CHECK ((opens IS NULL) = (closes IS NULL) AND (opens IS NULL OR opens < closes));

-- Where it stands the parcel says: created, ready, delivered (handed over) or cancelled.
ALTER TABLE parcel DROP CONSTRAINT parcel_status_check;
ALTER TABLE parcel ADD CONSTRAINT parcel_status_check
    CHECK (status IN ('created', 'ready', 'handed_over', 'in_transit', 'out_for_delivery', 'delivered', 'delayed',
        'delivery_failed', 'cancelled'));
ALTER TABLE parcel_event DROP CONSTRAINT parcel_event_status_check;
ALTER TABLE parcel_event ADD CONSTRAINT parcel_event_status_check
    CHECK (status IN ('ready', 'handed_over', 'in_transit', 'out_for_delivery', 'delivered', 'delayed', 'delivery_failed'));

-- keep_until is what the customer was told; once it is ready it is kept three days at least.
CREATE TABLE order_collection (
    order_id    text PRIMARY KEY REFERENCES shipment (order_id),
    store_id    text NOT NULL,
    pickup_code text NOT NULL,
    keep_until  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE (store_id, pickup_code)
);
