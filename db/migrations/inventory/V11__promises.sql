-- What is announced may be sold before it is there, as far as the shop allows it: promises of pieces that are to come.

ALTER TABLE delivery_line
    -- how many of the announced pieces may be promised; none, unless the shop says so
    ADD COLUMN promisable int NOT NULL DEFAULT 0 CHECK (promisable >= 0),
    -- how many were promised and not given up again, those that have come included
    ADD COLUMN promised int NOT NULL DEFAULT 0,
    -- how many of the promised have come, and went to those who waited for them
    ADD COLUMN served int NOT NULL DEFAULT 0,
    ADD CONSTRAINT never_promised_twice CHECK (
        0 <= served AND served <= promised AND promised <= promisable AND served <= received
        AND promised - served <= greatest(announced - received, 0));
ALTER TABLE delivery_line
    -- how many more can be promised
    ADD COLUMN room int NOT NULL GENERATED ALWAYS AS (
        greatest(0, least(promisable - promised, announced - received - promised + served))) STORED;
CREATE INDEX delivery_line_with_room ON delivery_line (sku) WHERE room > 0;

-- Whether a hold was promised pieces that are to come.
ALTER TABLE hold ADD COLUMN ahead boolean NOT NULL DEFAULT false;

-- Pieces of one variant that a hold waits for, or waited for. Those that came are a line of the hold.
CREATE TABLE promise (
    -- whoever was promised first is served first
    id          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    hold_id     text NOT NULL REFERENCES hold (id),
    sku         text NOT NULL REFERENCES variant (sku),
    -- NULL: nothing is to come for it, because its hold has ended or because no delivery has room for it
    delivery_id text,
    quantity    int NOT NULL CHECK (quantity > 0),
    arrived     int NOT NULL DEFAULT 0,
    -- the latest day that whoever holds had agreed to
    due_by      date NOT NULL,
    promised_at timestamptz NOT NULL,
    PRIMARY KEY (hold_id, sku),
    CONSTRAINT never_more_than_promised CHECK (0 <= arrived AND arrived <= quantity),
    FOREIGN KEY (delivery_id, sku) REFERENCES delivery_line (delivery_id, sku)
);
CREATE INDEX promise_waiting ON promise (delivery_id, sku, id) WHERE arrived < quantity;
CREATE INDEX promise_unserved ON promise (sku, id) WHERE delivery_id IS NULL AND arrived < quantity;

-- The ledger of what is promised: every change of it is one row here, written by the same statement. Per line of a delivery,
-- promised - served is the sum of change.
CREATE TABLE incoming (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    delivery_id text NOT NULL,
    sku         text NOT NULL,
    hold_id     text NOT NULL REFERENCES hold (id),
    kind        text NOT NULL,
    change      int NOT NULL,
    FOREIGN KEY (delivery_id, sku) REFERENCES delivery_line (delivery_id, sku),
    CONSTRAINT kind_says_what_changed CHECK (
        CASE kind
            WHEN 'promised' THEN change > 0
            -- its delivery brings fewer; moved in again where another one has room
            WHEN 'moved_in' THEN change > 0
            WHEN 'moved_out' THEN change < 0
            WHEN 'arrived' THEN change < 0
            WHEN 'given_back' THEN change < 0
            WHEN 'expired' THEN change < 0
            ELSE false
        END)
);
CREATE INDEX incoming_by_line ON incoming (delivery_id, sku, id);

CREATE TRIGGER incoming_is_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON incoming
    FOR EACH STATEMENT EXECUTE FUNCTION movement_is_for_ever();

-- What is given back of a hold: some of its pieces, once for its id.
CREATE TABLE give_back (
    id      text PRIMARY KEY,
    hold_id text NOT NULL REFERENCES hold (id),
    at      timestamptz NOT NULL
);

CREATE TABLE give_back_line (
    give_back_id text NOT NULL REFERENCES give_back (id),
    sku          text NOT NULL,
    units        int NOT NULL CHECK (units > 0),
    PRIMARY KEY (give_back_id, sku)
);
