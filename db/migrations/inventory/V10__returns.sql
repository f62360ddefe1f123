-- What customers send back: a booking like those of staff, named by the return, so that the same one again books nothing.

ALTER TABLE booking DROP CONSTRAINT booking_kind_check, DROP CONSTRAINT kind_says_what_is_known;
ALTER TABLE booking
    ADD CONSTRAINT booking_kind_check CHECK (kind IN ('receipt', 'adjustment', 'transfer', 'customer_return')),
    ADD CONSTRAINT kind_says_what_is_known CHECK (
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
            -- without a place it is the tombstone of a return that was cancelled before it came
            WHEN 'customer_return' THEN reason IS NULL AND destination IS NULL AND status IS NOT NULL
                AND status IN ('arrived', 'cancelled') AND (location IS NOT NULL OR status = 'cancelled')
        END);

-- returned counts up when an order's hold is undone or a return is booked, and down when that booking is cancelled.
ALTER TABLE movement DROP CONSTRAINT kind_says_what_changed;
ALTER TABLE movement ADD CONSTRAINT kind_says_what_changed CHECK (
    CASE kind
        WHEN 'received' THEN on_hand_change > 0 AND held_change = 0
        WHEN 'adjusted' THEN on_hand_change <> 0 AND held_change = 0
        WHEN 'transferred' THEN on_hand_change <> 0 AND held_change = 0
        WHEN 'held' THEN on_hand_change = 0 AND held_change > 0 AND hold_id IS NOT NULL
        WHEN 'given_back' THEN on_hand_change = 0 AND held_change < 0 AND hold_id IS NOT NULL
        WHEN 'expired' THEN on_hand_change = 0 AND held_change < 0 AND hold_id IS NOT NULL
        WHEN 'sold' THEN on_hand_change < 0 AND held_change = on_hand_change AND hold_id IS NOT NULL
        WHEN 'returned' THEN held_change = 0 AND (
            (hold_id IS NOT NULL AND on_hand_change > 0) OR (booking_id IS NOT NULL AND on_hand_change <> 0))
        ELSE false
    END);
