-- Store credit may have a date until which it can be used. An entry says which date the credit has that it moves in or out of a
-- customer's account; without one it has none. What is set aside for an order has no date: it stays the order's.

ALTER TABLE credit_grant ADD COLUMN expires_at timestamptz;

-- some time before which nothing of the account expires
ALTER TABLE credit_account ADD COLUMN lapses_at timestamptz;
CREATE INDEX credit_account_lapsing ON credit_account (lapses_at) WHERE lapses_at IS NOT NULL;

ALTER TABLE credit_entry
    ADD COLUMN expires_at timestamptz,
    DROP CONSTRAINT kind_says_the_accounts,
    ADD CONSTRAINT kind_says_the_accounts CHECK ((kind, from_account, to_account) IN (
        ('granted', 'granted', 'customer'),
        ('taken_back', 'customer', 'granted'),
        ('reserved', 'customer', 'reserved'),
        ('freed', 'reserved', 'customer'),
        ('spent', 'reserved', 'spent'),
        ('given_back', 'spent', 'customer'),
        ('expired', 'customer', 'expired'))),
    DROP CONSTRAINT a_grant_or_a_use_is_named,
    ADD CONSTRAINT a_grant_or_a_use_is_named CHECK ((kind IN ('granted', 'taken_back')) = (grant_id IS NOT NULL)
        AND (kind IN ('reserved', 'freed', 'spent', 'given_back')) = (use_id IS NOT NULL)),
    ADD CONSTRAINT only_a_customers_own_has_a_date CHECK (expires_at IS NULL OR 'customer' IN (from_account, to_account)),
    ADD CONSTRAINT what_expired_had_a_date_that_is_over CHECK (kind <> 'expired' OR (expires_at IS NOT NULL AND expires_at <= at));

-- Each thing happens once, as before, and now with one entry for each date; each date expires once.
DROP INDEX once_for_each_grant, once_for_each_use;
CREATE UNIQUE INDEX once_for_each_grant ON credit_entry (grant_id, kind, expires_at) NULLS NOT DISTINCT WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX once_for_each_use ON credit_entry (use_id, kind, refund_id, expires_at) NULLS NOT DISTINCT WHERE use_id IS NOT NULL;
CREATE UNIQUE INDEX each_date_expires_once ON credit_entry (customer_id, expires_at) WHERE kind = 'expired';

-- How much of what a customer can spend has which date.
CREATE VIEW credit_left AS
    SELECT customer_id, expires_at, sum(CASE to_account WHEN 'customer' THEN amount ELSE -amount END)::bigint AS amount
    FROM credit_entry WHERE 'customer' IN (from_account, to_account)
    GROUP BY customer_id, expires_at;

-- An account is what its entries come to, and of no date more goes out than came in. Whoever would leave it otherwise cannot commit.
CREATE OR REPLACE FUNCTION credit_follows_from_its_entries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM credit_account a,
            (SELECT coalesce(sum(CASE 'customer' WHEN to_account THEN amount WHEN from_account THEN -amount END), 0) AS spendable,
                    coalesce(sum(CASE 'reserved' WHEN to_account THEN amount WHEN from_account THEN -amount END), 0) AS reserved
             FROM credit_entry WHERE customer_id = NEW.customer_id) AS entries
        WHERE a.customer_id = NEW.customer_id
            AND (a.spendable, a.reserved) <> (entries.spendable, entries.reserved))
        OR EXISTS (SELECT FROM credit_left WHERE customer_id = NEW.customer_id AND amount < 0)
    THEN
        RAISE EXCEPTION 'a credit account would differ from its entries' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
