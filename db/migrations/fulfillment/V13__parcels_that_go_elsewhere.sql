-- Parcels that are sent to another address after others of their shipment have left: those stay where they went.

ALTER TABLE parcel
    -- where it goes; empty where that is the shipment's address
    ADD COLUMN name    text,
    ADD COLUMN line1   text,
    ADD COLUMN city    text,
    ADD COLUMN pincode text,
    ADD CONSTRAINT an_address_is_whole CHECK (num_nonnulls(name, line1, city, pincode) IN (0, 4));

-- Those that had left when an address was changed.
CREATE TABLE address_change_stayed (
    change_id text NOT NULL REFERENCES address_change (change_id),
    parcel_id text NOT NULL REFERENCES parcel (parcel_id),
    PRIMARY KEY (change_id, parcel_id)
);
