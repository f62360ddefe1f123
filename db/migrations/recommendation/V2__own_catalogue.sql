-- A shop's own catalogue: what feeds say of products and variants, and prices per variant.

ALTER TABLE product
    ADD COLUMN brand      text,
    -- addresses of pictures, the main one first
    ADD COLUMN images     text[] NOT NULL DEFAULT '{}',
    -- paths as the shop names them ("women > dresses > maxi dresses"), the main one first; its last part is the category
    ADD COLUMN categories text[] NOT NULL DEFAULT '{}',
    ADD COLUMN tags       text[] NOT NULL DEFAULT '{}',
    -- [{"name": "material", "value": "linen"}, …]
    ADD COLUMN attributes jsonb NOT NULL DEFAULT '[]',
    -- the words of its categories besides the category itself
    ADD COLUMN kinds      text NOT NULL DEFAULT '',
    -- digest of what was imported: the same again changes nothing
    ADD COLUMN content    text NOT NULL DEFAULT '';
COMMENT ON COLUMN product.price IS 'the lowest regular price of its variants';

ALTER TABLE variant
    ADD COLUMN price      bigint CHECK (price > 0),
    ADD COLUMN sale_price bigint CHECK (sale_price > 0),
    ADD COLUMN sale_from  timestamptz,
    ADD COLUMN sale_until timestamptz,
    ADD COLUMN gtin       text CHECK (gtin ~ '^[0-9]{8,14}$'),
    ADD COLUMN images     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN attributes jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN content    text NOT NULL DEFAULT '';
UPDATE variant v SET price = p.price FROM product p WHERE p.product_id = v.product_id;
ALTER TABLE variant
    ALTER COLUMN price SET NOT NULL,
    ADD CONSTRAINT sale_is_cheaper CHECK (sale_price < price),
    ADD CONSTRAINT sale_has_a_price CHECK (sale_price IS NOT NULL OR (sale_from IS NULL AND sale_until IS NULL)),
    ADD CONSTRAINT sale_ends_after_it_began CHECK (sale_from < sale_until);

CREATE FUNCTION on_sale(v variant, moment timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    v.sale_price IS NOT NULL AND (v.sale_from IS NULL OR v.sale_from <= moment) AND (v.sale_until IS NULL OR moment < v.sale_until);

-- What a variant costs at a moment, in minor units.
CREATE FUNCTION price_at(v variant, moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN on_sale(v, moment) THEN v.sale_price ELSE v.price END;
