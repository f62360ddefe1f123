-- What products mean, as vectors of a sentence model: a search by meaning compares them with the customer's words.

CREATE SEQUENCE meaning_change;

CREATE TABLE meaning (
    product_id text PRIMARY KEY REFERENCES product (product_id) ON DELETE CASCADE,
    -- the product's digest when it was last imported; a vector made from an older text is not stored
    content    text NOT NULL,
    -- 384 signed bytes; none until the product is learned
    vector     bytea CHECK (octet_length(vector) = 384),
    -- counts up with each vector that is stored: each process reads on from what it has seen
    change     bigint NOT NULL DEFAULT 0
);
CREATE INDEX meaning_to_learn ON meaning (product_id) WHERE vector IS NULL;
CREATE INDEX meaning_by_change ON meaning (change) WHERE vector IS NOT NULL;

INSERT INTO meaning (product_id, content) SELECT product_id, content FROM product;
