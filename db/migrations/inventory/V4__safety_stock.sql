-- Pieces of each variant that a place keeps back, whoever asks: for those who walk in, and for counts that are not quite right.

ALTER TABLE location
    -- what a variant that comes there for the first time begins with
    ADD COLUMN safety_stock int NOT NULL DEFAULT 0 CHECK (safety_stock >= 0);

ALTER TABLE stock
    ADD COLUMN safety_stock int NOT NULL DEFAULT 0 CHECK (safety_stock >= 0);
