-- Pieces that are sold before they are in the shop: each variant of them is a parcel of its own, which leaves when they are here.

ALTER TABLE parcel
    -- the day on which its pieces are due in the shop; empty once they are here
    ADD COLUMN awaited_on date,
    -- when they came; empty where they were here from the beginning
    ADD COLUMN came_at timestamptz,
    ADD CONSTRAINT only_what_is_here_leaves CHECK (
        awaited_on IS NULL OR (status IN ('created', 'cancelled') AND ask_at IS NULL AND came_at IS NULL));
