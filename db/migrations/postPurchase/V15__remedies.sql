-- What the customer of a claim under a warranty gets: their money, another piece of the same variant, or their own again, repaired.
-- Another piece takes the place of the one that was bought: it is that order's, and its warranty ends when that of the first one would have.

ALTER TABLE item_return
    -- what was chosen; empty of returns that are no claims, and where nothing was taken
    ADD COLUMN remedy      text CHECK (remedy IN ('refund', 'replace', 'repair')),
    ADD COLUMN remedy_by   text,
    -- of the parcel in which something goes back to the customer
    ADD COLUMN tracking_id text,
    DROP CONSTRAINT item_return_status_check,
    DROP CONSTRAINT inspected_by_somebody;
ALTER TABLE item_return
    ADD CONSTRAINT item_return_status_check CHECK (status IN
        ('requested', 'inspected', 'refunded', 'refused', 'replaced', 'repaired', 'not_received', 'cancelled')),
    ADD CONSTRAINT inspected_by_somebody CHECK (
        status NOT IN ('inspected', 'refunded', 'refused', 'replaced', 'repaired') OR inspected_by IS NOT NULL),
    ADD CONSTRAINT only_claims_have_a_remedy CHECK (remedy IS NULL OR (reason = 'warranty' AND remedy_by IS NOT NULL)),
    ADD CONSTRAINT a_piece_or_its_money CHECK (remedy IS NULL OR remedy = 'refund' OR refund = 0),
    ADD CONSTRAINT remedied_as_was_chosen CHECK (
        CASE status
            WHEN 'replaced' THEN coalesce(remedy = 'replace', false) AND tracking_id IS NOT NULL
            WHEN 'repaired' THEN coalesce(remedy = 'repair', false) AND tracking_id IS NOT NULL
            WHEN 'refunded' THEN coalesce(remedy, 'refund') = 'refund'
            ELSE true
        END);

-- Claims from before were all refunded.
UPDATE item_return SET remedy = 'refund', remedy_by = inspected_by WHERE reason = 'warranty' AND status IN ('inspected', 'refunded');
