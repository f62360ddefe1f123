-- What a search asks of every product that it looks at stands on the product's own row: its variants are read for those that are
-- shown, and where the prices of one product differ.

ALTER TABLE product
    -- what it is made in: sizes in the order people expect, colours in the shop's
    ADD COLUMN sizes         text[] NOT NULL DEFAULT '{}',
    ADD COLUMN colors        text[] NOT NULL DEFAULT '{}',
    -- which of them go together: 'M/blue'
    ADD COLUMN made          text[] NOT NULL DEFAULT '{}',
    -- what it costs at the most; where that is the lowest price too, all its variants cost the same at any time
    ADD COLUMN highest_price bigint NOT NULL DEFAULT 0 CHECK (highest_price >= 0);

UPDATE product p SET
    sizes = ARRAY(SELECT v.size FROM variant v WHERE v.product_id = p.product_id GROUP BY v.size
        ORDER BY array_position(ARRAY['XS', 'S', 'M', 'L', 'XL', 'XXL'], v.size), length(v.size), v.size),
    colors = ARRAY(SELECT v.color FROM variant v WHERE v.product_id = p.product_id GROUP BY v.color ORDER BY min(v.position)),
    made = ARRAY(SELECT v.size || '/' || v.color FROM variant v WHERE v.product_id = p.product_id ORDER BY v.position),
    highest_price = (SELECT coalesce(max(v.price), 0) FROM variant v WHERE v.product_id = p.product_id);
