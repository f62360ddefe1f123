-- Balances that customers bring along. Each has a name, so that the same one again adds nothing.
ALTER TABLE ledger_entry
    ADD COLUMN opening_id text,
    ADD CONSTRAINT only_openings_have_a_name CHECK (opening_id IS NULL OR kind = 'opening');
CREATE UNIQUE INDEX each_opening_once ON ledger_entry (customer_id, opening_id) WHERE opening_id IS NOT NULL;

-- A tier that a customer has at least, whatever they earn and pay.
CREATE TABLE granted_tier (
    customer_id text PRIMARY KEY REFERENCES account (customer_id),
    tier        text NOT NULL REFERENCES tier (tier),
    ends_at     timestamptz NOT NULL
);
