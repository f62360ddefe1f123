-- Places come in any order, and the warehouses are to stand first: their order is looked at when all of them have moved.
ALTER TABLE location
    DROP CONSTRAINT location_pick_order_key,
    ADD CONSTRAINT location_pick_order_key UNIQUE (pick_order) DEFERRABLE;

-- The count that was imported last. The same one again is no news, though pieces were sold since.
ALTER TABLE stock
    ADD COLUMN counted    int CHECK (counted >= 0),
    -- when it was counted, where the file says so
    ADD COLUMN counted_at timestamptz;
