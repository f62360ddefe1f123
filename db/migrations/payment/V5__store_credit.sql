-- Store credit, in double entry. An entry takes money from one account and gives it to another, so that it balances by its form and
-- all accounts together come to zero. A customer has two: customer (what can be spent) and reserved (what orders under way have set
-- aside). The shop's are granted and spent: what it gave out, and what came in with orders. Credit does not expire.

CREATE TABLE credit_account (
    customer_id text PRIMARY KEY,
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    spendable   bigint NOT NULL DEFAULT 0 CHECK (spendable >= 0),
    reserved    bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    opened_at   timestamptz NOT NULL
);

-- One without a customer is the tombstone of a grant that was taken back before it came.
CREATE TABLE credit_grant (
    grant_id    text PRIMARY KEY,
    customer_id text REFERENCES credit_account (customer_id),
    amount      bigint NOT NULL CHECK (amount >= 0),
    currency    text NOT NULL,
    reason      text NOT NULL,
    order_id    text,
    status      text NOT NULL CHECK (status IN ('granted', 'taken_back')),
    opened_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    CONSTRAINT only_one_taken_back_has_no_customer CHECK (status = 'taken_back' OR customer_id IS NOT NULL)
);

-- The credit that pays an order. A released one without a customer is the tombstone of one released before it came.
CREATE TABLE credit_use (
    -- each run of a checkout has one of its own
    use_id      text PRIMARY KEY,
    order_id    text,
    customer_id text REFERENCES credit_account (customer_id),
    amount      bigint NOT NULL CHECK (amount >= 0),
    -- of the order, this credit and the rest
    total       bigint NOT NULL,
    currency    text NOT NULL,
    status      text NOT NULL CHECK (status IN ('reserved', 'spent', 'released')),
    -- how much of the total went back, and how much of that as credit
    refunded    bigint NOT NULL DEFAULT 0,
    given_back  bigint NOT NULL DEFAULT 0,
    opened_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    CONSTRAINT only_a_released_one_has_no_customer CHECK (status = 'released' OR (customer_id IS NOT NULL AND order_id IS NOT NULL)),
    CONSTRAINT never_pays_more_than_the_order_costs CHECK (amount <= total),
    CONSTRAINT never_gives_back_more_than_was_paid CHECK (
        0 <= refunded AND refunded <= total AND 0 <= given_back AND given_back <= amount
        AND refunded - given_back <= total - amount)
);
CREATE UNIQUE INDEX one_live_use_of_an_order ON credit_use (order_id) WHERE status IN ('reserved', 'spent');

-- Which part of an order's refund went back as credit.
CREATE TABLE credit_refund (
    refund_id text PRIMARY KEY,
    use_id    text NOT NULL REFERENCES credit_use (use_id),
    amount    bigint NOT NULL CHECK (amount > 0),
    credit    bigint NOT NULL CHECK (credit BETWEEN 0 AND amount),
    at        timestamptz NOT NULL
);

CREATE TABLE credit_entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    customer_id  text NOT NULL REFERENCES credit_account (customer_id),
    kind         text NOT NULL,
    from_account text NOT NULL,
    to_account   text NOT NULL,
    amount       bigint NOT NULL CHECK (amount > 0),
    grant_id     text REFERENCES credit_grant (grant_id),
    use_id       text REFERENCES credit_use (use_id),
    refund_id    text REFERENCES credit_refund (refund_id),
    CONSTRAINT kind_says_the_accounts CHECK ((kind, from_account, to_account) IN (
        ('granted', 'granted', 'customer'),
        ('taken_back', 'customer', 'granted'),
        ('reserved', 'customer', 'reserved'),
        ('freed', 'reserved', 'customer'),
        ('spent', 'reserved', 'spent'),
        ('given_back', 'spent', 'customer'))),
    CONSTRAINT a_grant_or_a_use_is_named CHECK ((kind IN ('granted', 'taken_back')) = (grant_id IS NOT NULL)
        AND (grant_id IS NULL) = (use_id IS NOT NULL)),
    CONSTRAINT only_what_is_given_back_has_a_refund CHECK (refund_id IS NULL OR kind = 'given_back')
);
CREATE INDEX credit_entry_by_customer ON credit_entry (customer_id, id);
-- each thing happens to a grant once, to an order's credit once, and once for each of its refunds
CREATE UNIQUE INDEX once_for_each_grant ON credit_entry (grant_id, kind) WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX once_for_each_use ON credit_entry (use_id, kind, coalesce(refund_id, '')) WHERE use_id IS NOT NULL;

-- Appended only: not even the agent itself changes or removes an entry.
REVOKE UPDATE, DELETE, TRUNCATE ON credit_entry FROM CURRENT_USER;

-- An account is what its entries come to. Whoever would leave it otherwise cannot commit.
CREATE FUNCTION credit_follows_from_its_entries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM credit_account a,
            (SELECT coalesce(sum(CASE 'customer' WHEN to_account THEN amount WHEN from_account THEN -amount END), 0) AS spendable,
                    coalesce(sum(CASE 'reserved' WHEN to_account THEN amount WHEN from_account THEN -amount END), 0) AS reserved
             FROM credit_entry WHERE customer_id = NEW.customer_id) AS entries
        WHERE a.customer_id = NEW.customer_id
            AND (a.spendable, a.reserved) <> (entries.spendable, entries.reserved))
    THEN
        RAISE EXCEPTION 'a credit account would differ from its entries' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entries_make_the_credit AFTER INSERT ON credit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_follows_from_its_entries();
CREATE CONSTRAINT TRIGGER the_credit_has_its_entries AFTER INSERT OR UPDATE OF spendable, reserved ON credit_account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_follows_from_its_entries();
