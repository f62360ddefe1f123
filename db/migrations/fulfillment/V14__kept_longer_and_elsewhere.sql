-- Until when staff put off the end of a collection's time; what its customer was told first stays in keep_until.
ALTER TABLE order_collection ADD COLUMN kept_longer_until timestamptz;

-- A place's postal code is as its country writes it: the agent knows how.
ALTER TABLE origin
    DROP CONSTRAINT origin_pincode_check,
    ADD CONSTRAINT origin_pincode_check CHECK (pincode ~ '^[0-9A-Z][0-9A-Z -]{1,11}$');
