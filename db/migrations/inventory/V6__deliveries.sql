-- What is to come, and when: the dates that are told for backorders and pre-orders.

CREATE TABLE delivery (
    id         text PRIMARY KEY,
    status     text NOT NULL CHECK (status IN ('expected', 'received', 'cancelled')),
    location   text REFERENCES location (id),
    due_on     date,
    changed_at timestamptz NOT NULL,
    -- a cancelled one without a place is the tombstone of a delivery that was cancelled before it was announced
    CONSTRAINT announced_for_a_place_and_a_day CHECK (
        (location IS NULL) = (due_on IS NULL) AND (status = 'cancelled' OR location IS NOT NULL))
);

CREATE TABLE delivery_line (
    delivery_id text NOT NULL REFERENCES delivery (id),
    sku         text NOT NULL REFERENCES variant (sku),
    announced   int NOT NULL CHECK (announced >= 0),
    -- what has come so far; more than was announced may come
    received    int NOT NULL DEFAULT 0 CHECK (received >= 0),
    PRIMARY KEY (delivery_id, sku)
);
CREATE INDEX delivery_line_to_come ON delivery_line (sku) WHERE announced > received;

ALTER TABLE booking
    -- of a receipt, the announced delivery that it was
    ADD COLUMN delivery_id text REFERENCES delivery (id),
    ADD CONSTRAINT receipts_are_of_deliveries CHECK (delivery_id IS NULL OR kind = 'receipt');
