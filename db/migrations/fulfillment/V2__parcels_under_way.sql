-- A shipment goes in parcels, and a parcel's carrier tells what happens to it.

-- Nothing leaves before its order is confirmed: then the shipment is sent, for an order and a customer as they are known elsewhere.
ALTER TABLE shipment
    ADD COLUMN sent_at     timestamptz,
    ADD COLUMN for_order   text,
    ADD COLUMN customer_id text,
    ADD CONSTRAINT sent_for_somebody CHECK ((sent_at IS NULL) = (for_order IS NULL) AND (sent_at IS NULL) = (customer_id IS NULL));
CREATE INDEX shipment_of_customer ON shipment (customer_id, created_at DESC) WHERE customer_id IS NOT NULL;

CREATE TABLE parcel (
    parcel_id     text PRIMARY KEY,
    order_id      text NOT NULL REFERENCES shipment (order_id),
    position      int NOT NULL CHECK (position > 0),
    status        text NOT NULL CHECK (status IN ('created', 'handed_over', 'in_transit', 'out_for_delivery', 'delivered',
        'delayed', 'delivery_failed', 'cancelled')),
    promised_date date NOT NULL,
    -- since the carrier said that it is delayed
    expected_date date,
    -- when the carrier is asked next; empty when it is not asked
    ask_at        timestamptz,
    created_at    timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    UNIQUE (order_id, position)
);
CREATE INDEX parcel_to_ask_about ON parcel (ask_at) WHERE ask_at IS NOT NULL;

CREATE TABLE parcel_line (
    parcel_id text NOT NULL REFERENCES parcel (parcel_id),
    sku       text NOT NULL,
    quantity  int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (parcel_id, sku)
);

-- What carriers told, each once, whenever it came in.
CREATE TABLE parcel_event (
    parcel_id     text NOT NULL REFERENCES parcel (parcel_id),
    event_id      text NOT NULL,
    status        text NOT NULL CHECK (status IN ('handed_over', 'in_transit', 'out_for_delivery', 'delivered', 'delayed',
        'delivery_failed')),
    happened_at   timestamptz NOT NULL,
    reason        text,
    expected_date date,
    received_at   timestamptz NOT NULL,
    PRIMARY KEY (parcel_id, event_id)
);

CREATE FUNCTION parcel_event_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a carrier told is for ever: it can only tell more' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER parcel_event_is_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON parcel_event
    FOR EACH STATEMENT EXECUTE FUNCTION parcel_event_is_for_ever();

-- Shipments from before were one parcel each, of which no carrier has told anything.
INSERT INTO parcel (parcel_id, order_id, position, status, promised_date, created_at, changed_at)
SELECT tracking_id || '-1', order_id, 1, CASE status WHEN 'shipped' THEN 'in_transit' ELSE status END, promised_date,
    created_at, changed_at
FROM shipment WHERE tracking_id IS NOT NULL;
INSERT INTO parcel_line (parcel_id, sku, quantity)
SELECT s.tracking_id || '-1', l.sku, l.quantity FROM shipment s JOIN shipment_line l USING (order_id) WHERE s.tracking_id IS NOT NULL;
