-- The test gateway asks the customer (3-D Secure), looks at what is suspicious, and knows the card that it was given.
ALTER TABLE gateway_charge
    DROP CONSTRAINT gateway_charge_status_check,
    ADD CONSTRAINT gateway_charge_status_check CHECK (status IN (
        'pending', 'challenged', 'under_review', 'authorised', 'captured', 'declined', 'voided', 'refunded', 'closed')),
    ADD COLUMN reference text,
    -- what the customer's page at the test bank is called; nobody can guess it
    ADD COLUMN challenge text UNIQUE,
    ADD COLUMN opened_at timestamptz;
UPDATE gateway_charge SET opened_at = changed_at;
ALTER TABLE gateway_charge ALTER COLUMN opened_at SET NOT NULL;
CREATE INDEX gateway_charge_by_card ON gateway_charge (reference) WHERE status IN ('authorised', 'captured');

-- The books are compared in the order in which payments were begun.
CREATE INDEX gateway_charge_by_opening ON gateway_charge (opened_at, key);
CREATE INDEX attempt_by_opening ON attempt (opened_at, order_id, attempt);
