-- Orders that customers placed elsewhere, before the shop was here. They have no quote, no conversation and no payment of this shop:
-- where those are named, it says imported.
ALTER TABLE placed_order ADD COLUMN imported boolean NOT NULL DEFAULT false;
