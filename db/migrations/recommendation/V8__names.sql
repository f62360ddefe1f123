-- Who types a product's whole name means that product, however many are called nearly the same.
CREATE FUNCTION bare_name(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    btrim(regexp_replace(lower(said), '[^[:alnum:]]+', ' ', 'g'));

CREATE INDEX product_by_name ON product (bare_name(name));
