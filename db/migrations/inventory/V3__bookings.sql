-- What staff book: goods that came in, counts corrected with their reason, pieces sent from one place to another. Whoever books
-- names the booking; the same one again books nothing.

CREATE TABLE booking (
    id          text PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('receipt', 'adjustment', 'transfer')),
    -- of a transfer, which has a life; receipts and adjustments are booked, and that is all
    status      text,
    -- where it is booked; of a transfer, where it comes from
    location    text REFERENCES location (id),
    -- of a transfer, where it goes
    destination text REFERENCES location (id),
    reason      text,
    note        text,
    -- the process that asked for it
    booked_by   text NOT NULL,
    booked_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    CONSTRAINT kind_says_what_is_known CHECK (
        CASE kind
            WHEN 'receipt' THEN status IS NULL AND location IS NOT NULL AND destination IS NULL AND reason IS NULL
            WHEN 'adjustment' THEN status IS NULL AND location IS NOT NULL AND destination IS NULL
                AND reason IS NOT NULL AND reason IN ('counted', 'found', 'damaged', 'lost', 'stolen', 'lost_in_transit')
            WHEN 'transfer' THEN reason IS NULL AND status IS NOT NULL AND CASE
                -- the tombstone of a transfer that was cancelled before it came
                WHEN location IS NULL OR destination IS NULL THEN
                    status = 'cancelled' AND location IS NULL AND destination IS NULL
                ELSE status IN ('in_transit', 'arrived', 'cancelled') AND location <> destination
                END
        END)
);

CREATE TABLE booking_line (
    booking_id text NOT NULL REFERENCES booking (id),
    sku        text NOT NULL REFERENCES variant (sku),
    -- pieces; of an adjustment up or down
    units      int NOT NULL CHECK (units <> 0),
    PRIMARY KEY (booking_id, sku)
);

ALTER TABLE movement
    ADD COLUMN booking_id text REFERENCES booking (id),
    ADD CONSTRAINT staff_book_by_name CHECK (kind NOT IN ('adjusted', 'transferred') OR booking_id IS NOT NULL);
