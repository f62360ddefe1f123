-- Refunds of what is left of a payment, at most: two that want the same part at once get it one after the other, as far as it goes.

ALTER TABLE refund
    -- what was asked for at most; empty where it was asked for exactly
    ADD COLUMN at_most bigint CHECK (at_most >= amount);
