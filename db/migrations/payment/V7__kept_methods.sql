-- A customer may have a card kept for the next time: only what was asked for is offered again. One that was removed pays nothing new.
ALTER TABLE card_token
    ADD COLUMN expires text CHECK (expires ~ '^(0[1-9]|1[0-2])/[0-9]{2}$'),
    ADD COLUMN kept_at timestamptz,
    ADD COLUMN removed_at timestamptz;
CREATE INDEX card_token_kept ON card_token (customer_id, kept_at) WHERE kept_at IS NOT NULL AND removed_at IS NULL;
