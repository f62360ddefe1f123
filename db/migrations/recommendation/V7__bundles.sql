-- What the shop sells together: a name and two to six products. Each costs what it costs alone; what is taken off, an offer says.
CREATE TABLE bundle (
    bundle_id text PRIMARY KEY CHECK (bundle_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
    name      text NOT NULL,
    -- what has ended stays: a late or repeated request does not begin it again
    ended     boolean NOT NULL DEFAULT false
);

CREATE TABLE bundle_part (
    bundle_id  text NOT NULL REFERENCES bundle (bundle_id) ON DELETE CASCADE,
    position   int NOT NULL CHECK (position BETWEEN 1 AND 6),
    product_id text NOT NULL REFERENCES product (product_id) ON DELETE CASCADE,
    PRIMARY KEY (bundle_id, position),
    UNIQUE (bundle_id, product_id)
);
CREATE INDEX bundle_part_by_product ON bundle_part (product_id);
