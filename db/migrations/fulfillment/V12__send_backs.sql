-- What goes back to a customer after a return or a claim: another piece for one that failed, a repaired one, or what was not taken. It
-- is a shipment with parcels of its own, beside that of the order, and there is one for each return.

ALTER TABLE shipment
    ADD COLUMN for_return text,
    ADD COLUMN because text CHECK (because IN ('replaced', 'repaired', 'refused')),
    ADD CONSTRAINT goes_back_for_a_reason CHECK ((for_return IS NULL) = (because IS NULL));
CREATE UNIQUE INDEX goes_back_once ON shipment (for_return) WHERE for_return IS NOT NULL AND status <> 'cancelled';
