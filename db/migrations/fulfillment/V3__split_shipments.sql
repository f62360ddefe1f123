-- Pieces that lie in different places go in parcels of their own.

ALTER TABLE parcel ADD COLUMN ships_from text;

-- From where parcels leave, besides the warehouse: how far that is follows from the pincode.
CREATE TABLE origin (
    location_id text PRIMARY KEY,
    name        text NOT NULL,
    pincode     text NOT NULL CHECK (pincode ~ '^[1-9][0-9]{5}$'),
    changed_at  timestamptz NOT NULL
);
