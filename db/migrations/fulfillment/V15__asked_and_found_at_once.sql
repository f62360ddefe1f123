-- Until when somebody asks the carrier about a parcel, so that nobody else does meanwhile. When it is to be asked stands as it was: whoever
-- looks at the shipment just then is told that there is news to expect now.
ALTER TABLE parcel ADD COLUMN asked_until timestamptz;

-- Whoever hands an order over, or keeps it longer, names it as its customer knows it.
CREATE INDEX shipment_for_order ON shipment (for_order) WHERE for_order IS NOT NULL;
