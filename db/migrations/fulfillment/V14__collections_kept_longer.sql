-- Until when staff put off the end of a collection's time; what its customer was told first stays in keep_until.
ALTER TABLE order_collection ADD COLUMN kept_longer_until timestamptz;
