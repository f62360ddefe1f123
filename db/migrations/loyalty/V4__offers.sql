-- Offers of five kinds, each for whom it is meant, and limits for each customer and in all.
ALTER TABLE offer
    ADD COLUMN saving text,
    ADD COLUMN product_ids text[] NOT NULL DEFAULT '{}',
    ADD COLUMN buy int,
    ADD COLUMN get int,
    ADD COLUMN least_tier text CHECK (least_tier IN ('bronze', 'silver', 'gold')),
    ADD COLUMN first_order boolean NOT NULL DEFAULT false,
    ADD COLUMN alone boolean NOT NULL DEFAULT false,
    ADD COLUMN uses_per_customer int CHECK (uses_per_customer BETWEEN 1 AND 1000),
    ADD COLUMN ended_at timestamptz;

UPDATE offer SET
    saving = CASE WHEN percent IS NULL THEN 'amount' ELSE 'percentage' END,
    first_order = kind = 'first_order',
    uses_per_customer = CASE WHEN once_each OR kind = 'first_order' THEN 1 END;

ALTER TABLE offer
    DROP CONSTRAINT percent_or_amount,
    DROP CONSTRAINT coupons_have_a_code,
    DROP CONSTRAINT offer_coupon_key,
    DROP COLUMN kind,
    DROP COLUMN once_each,
    ALTER COLUMN saving SET NOT NULL,
    ADD CONSTRAINT a_saving_has_what_it_needs CHECK (CASE saving
        WHEN 'percentage' THEN percent IS NOT NULL AND amount_minor IS NULL
        WHEN 'amount' THEN amount_minor IS NOT NULL AND percent IS NULL
        WHEN 'buy_x_get_y' THEN percent IS NOT NULL AND buy > 0 AND get > 0 AND cardinality(product_ids) > 0
        WHEN 'bundle' THEN amount_minor IS NOT NULL AND cardinality(product_ids) > 1
        WHEN 'free_delivery' THEN percent IS NULL AND amount_minor IS NULL
        ELSE false END),
    ADD CONSTRAINT the_first_order_is_one CHECK (NOT first_order OR (uses_per_customer IS NOT NULL AND uses_per_customer = 1));
ALTER TABLE offer RENAME COLUMN use_limit TO uses_in_all;

-- A code may be given out again once the offer that had it has ended.
CREATE UNIQUE INDEX one_offer_for_a_coupon ON offer (coupon) WHERE ended_at IS NULL;

-- Which of the customer's uses it is, where they have only so many: each place is taken once at a time.
ALTER TABLE offer_use ADD COLUMN place int CHECK (place > 0);
UPDATE offer_use SET place = 1 WHERE once_each;
DROP INDEX once_for_each_customer;
ALTER TABLE offer_use DROP COLUMN once_each;
CREATE UNIQUE INDEX each_use_has_its_place ON offer_use (offer_id, customer_id, place) WHERE NOT given_back;
CREATE INDEX offer_use_by_customer ON offer_use (customer_id) WHERE NOT given_back;
