-- Stock per variant and location, its ledger, and the holds on it.

CREATE TABLE location (
    id         text PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('warehouse', 'store')),
    name       text NOT NULL,
    city       text NOT NULL,
    address    text NOT NULL,
    -- the order in which a hold without a store looks for its lines: the warehouse first
    pick_order int NOT NULL UNIQUE
);

CREATE TABLE variant (
    sku        text PRIMARY KEY,
    product_id text NOT NULL,
    size       text NOT NULL,
    color      text NOT NULL,
    -- the catalogue's order: sizes as people expect them
    position   int NOT NULL
);
CREATE INDEX variant_by_product ON variant (product_id);

CREATE TABLE stock (
    sku      text NOT NULL REFERENCES variant (sku),
    location text NOT NULL REFERENCES location (id),
    on_hand  int NOT NULL DEFAULT 0,
    held     int NOT NULL DEFAULT 0,
    PRIMARY KEY (sku, location),
    CONSTRAINT never_oversold CHECK (0 <= held AND held <= on_hand)
) WITH (fillfactor = 80);

-- A hold. A released one with no lines is the tombstone of a hold that was undone before it came.
CREATE TABLE hold (
    id         text PRIMARY KEY,
    status     text NOT NULL CHECK (status IN ('held', 'allocated', 'released', 'expired')),
    store      text REFERENCES location (id),
    expires_at timestamptz NOT NULL,
    placed_at  timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX hold_to_expire ON hold (expires_at) WHERE status = 'held';

CREATE TABLE hold_line (
    hold_id  text NOT NULL REFERENCES hold (id),
    sku      text NOT NULL,
    location text NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (hold_id, sku),
    FOREIGN KEY (sku, location) REFERENCES stock (sku, location)
);

-- The ledger: every change of a stock row is one row here, written by the same statement. Per stock row,
-- on_hand = received + returned + adjusted + transferred - sold, and held is the sum of held_change.
CREATE TABLE movement (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    sku            text NOT NULL,
    location       text NOT NULL,
    kind           text NOT NULL,
    on_hand_change int NOT NULL,
    held_change    int NOT NULL,
    hold_id        text REFERENCES hold (id),
    FOREIGN KEY (sku, location) REFERENCES stock (sku, location),
    CONSTRAINT kind_says_what_changed CHECK (
        CASE kind
            WHEN 'received' THEN on_hand_change > 0 AND held_change = 0
            WHEN 'adjusted' THEN on_hand_change <> 0 AND held_change = 0
            WHEN 'transferred' THEN on_hand_change <> 0 AND held_change = 0
            WHEN 'held' THEN on_hand_change = 0 AND held_change > 0 AND hold_id IS NOT NULL
            WHEN 'given_back' THEN on_hand_change = 0 AND held_change < 0 AND hold_id IS NOT NULL
            WHEN 'expired' THEN on_hand_change = 0 AND held_change < 0 AND hold_id IS NOT NULL
            WHEN 'sold' THEN on_hand_change < 0 AND held_change = on_hand_change AND hold_id IS NOT NULL
            WHEN 'returned' THEN on_hand_change > 0 AND held_change = 0 AND hold_id IS NOT NULL
            ELSE false
        END)
);
CREATE INDEX movement_by_stock ON movement (sku, location, id);
