-- What each tier asks for within 365 days, points earned or rupees paid, whichever comes first, and what it gives.
CREATE TABLE tier (
    tier             text PRIMARY KEY,
    position         int NOT NULL UNIQUE,
    points_from      bigint NOT NULL CHECK (points_from >= 0),
    spend_from_minor bigint NOT NULL CHECK (spend_from_minor >= 0),
    percent_off      int NOT NULL CHECK (percent_off BETWEEN 0 AND 100),
    points_percent   int NOT NULL CHECK (points_percent >= 0)
);
INSERT INTO tier (tier, position, points_from, spend_from_minor, percent_off, points_percent) VALUES
    ('bronze', 0, 0, 0, 0, 100),
    ('silver', 1, 300, 3000000, 5, 125),
    ('gold', 2, 1500, 15000000, 10, 150);

-- What was paid for the order; null before it was confirmed, and for orders from before this was kept.
ALTER TABLE benefits ADD COLUMN paid_minor bigint CHECK (paid_minor >= 0);
CREATE INDEX benefits_by_customer ON benefits (customer_id, changed_at);
