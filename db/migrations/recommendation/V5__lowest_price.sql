-- What a product costs at the least, on sale or not: what is dearer than a budget is passed over without a look at its variants.

ALTER TABLE product ADD COLUMN lowest_price bigint NOT NULL DEFAULT 0 CHECK (lowest_price >= 0);
UPDATE product p SET lowest_price = (
    SELECT coalesce(min(least(v.price, v.sale_price)), 0) FROM variant v WHERE v.product_id = p.product_id);
