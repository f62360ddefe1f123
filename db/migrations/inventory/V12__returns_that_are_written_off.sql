-- What customers send back and nobody can sell again is booked in and written off by one booking, so that it never is in stock: its
-- movements come to nothing.

ALTER TABLE booking DROP CONSTRAINT kind_says_what_is_known;
ALTER TABLE booking ADD CONSTRAINT kind_says_what_is_known CHECK (
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
        -- without a place it is the tombstone of a return that was cancelled before it came; with a reason it was written off
        WHEN 'customer_return' THEN (reason IS NULL OR reason = 'damaged') AND destination IS NULL AND status IS NOT NULL
            AND status IN ('arrived', 'cancelled') AND (location IS NOT NULL OR status = 'cancelled')
    END);
