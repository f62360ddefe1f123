-- The ledger in double entry. An entry takes points from one account and gives them to another, so that it balances by its form
-- and all accounts together come to zero. A customer has two: customer (what can be spent) and reserved (what orders under way
-- have set aside). The shop's are opening, earned, burned and expired: what it gave out, and what came back.

ALTER TABLE points_entry RENAME TO single_entry;
ALTER INDEX points_entry_by_customer RENAME TO single_entry_by_customer;
ALTER INDEX once_for_each_order RENAME TO single_entry_once_for_each_order;

CREATE TABLE ledger_entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    customer_id  text NOT NULL REFERENCES account (customer_id),
    kind         text NOT NULL,
    from_account text NOT NULL,
    to_account   text NOT NULL,
    points       bigint NOT NULL CHECK (points > 0),
    order_id     text REFERENCES benefits (order_id),
    -- of points that come in: until when they can be spent; of those taken back: what the ones they undo had
    expires_at   timestamptz,
    CONSTRAINT kind_says_the_accounts CHECK ((kind, from_account, to_account) IN (
        ('opening', 'opening', 'customer'),
        ('earned', 'earned', 'customer'),
        ('taken_back', 'customer', 'earned'),
        ('reserved', 'customer', 'reserved'),
        ('freed', 'reserved', 'customer'),
        ('spent', 'reserved', 'burned'),
        ('given_back', 'burned', 'customer'),
        ('expired', 'customer', 'expired'))),
    CONSTRAINT an_order_is_named_where_there_is_one CHECK ((kind IN ('opening', 'expired')) = (order_id IS NULL)),
    CONSTRAINT what_comes_in_expires CHECK ((kind IN ('opening', 'earned', 'taken_back')) = (expires_at IS NOT NULL))
);
CREATE INDEX ledger_entry_by_customer ON ledger_entry (customer_id, at);
-- each thing happens to an order's points once
CREATE UNIQUE INDEX once_for_each_order ON ledger_entry (order_id, kind) WHERE order_id IS NOT NULL;

-- No point of the account expires before this instant; null when it has none that could.
ALTER TABLE account ADD COLUMN lapses_at timestamptz;
CREATE INDEX account_by_lapse ON account (lapses_at);

-- What there is comes over. Points from before the rule of a year are good for 90 more days at least: nobody loses any unwarned.
INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, order_id, expires_at)
SELECT at, customer_id, kind, from_account, to_account, points, order_id, expires_at
FROM (
    SELECT s.id AS place, 1 AS step, s.at, s.customer_id, s.kind, a.from_account, a.to_account, abs(s.points) AS points,
           s.order_id,
           CASE WHEN s.kind IN ('opening', 'earned', 'taken_back') THEN greatest(
               (CASE s.kind WHEN 'taken_back' THEN earned.at ELSE s.at END) + interval '365 days', now() + interval '90 days')
           END AS expires_at
    FROM single_entry s
    JOIN (VALUES ('opening', 'opening', 'customer'), ('earned', 'earned', 'customer'), ('taken_back', 'customer', 'earned'),
                 ('spent', 'reserved', 'burned'), ('given_back', 'burned', 'customer')) AS a (kind, from_account, to_account)
        ON a.kind = s.kind
    LEFT JOIN single_entry earned ON earned.order_id = s.order_id AND earned.kind = 'earned'
    UNION ALL
    -- setting aside was not written down before: each order with points has done it
    SELECT 0, 0, opened_at, customer_id, 'reserved', 'customer', 'reserved', points, order_id, NULL
    FROM benefits WHERE points > 0 AND customer_id IS NOT NULL
    UNION ALL
    SELECT 0, 2, changed_at, customer_id, 'freed', 'reserved', 'customer', points, order_id, NULL
    FROM benefits b WHERE points > 0 AND customer_id IS NOT NULL AND status = 'released'
        AND NOT EXISTS (SELECT FROM single_entry s WHERE s.order_id = b.order_id AND s.kind = 'spent')
) AS taken_over
ORDER BY at, step, place;

UPDATE account SET lapses_at = (SELECT min(expires_at) FROM ledger_entry e WHERE e.customer_id = account.customer_id);

DROP TABLE single_entry;

-- Appended only: not even the agent itself changes or removes an entry.
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry FROM CURRENT_USER;

-- The ledger as the customer's side sees it: what came and went. Setting aside moves nothing in or out.
CREATE VIEW points_entry WITH (security_invoker = true) AS
SELECT id, at, customer_id, kind, CASE to_account WHEN 'customer' THEN points ELSE -points END AS points, order_id
FROM ledger_entry
WHERE kind NOT IN ('reserved', 'freed');

-- How many of a customer's points have expired and are still in the account. What goes out is the oldest first, so it is what
-- would be left if only those had ever come in whose time is over.
CREATE FUNCTION lapsed(customer text, now timestamptz) RETURNS bigint LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT greatest(coalesce(sum(CASE to_account WHEN 'customer' THEN points ELSE -points END), 0), 0)::bigint
    FROM ledger_entry
    WHERE customer_id = lapsed.customer AND 'customer' IN (from_account, to_account)
        AND (expires_at IS NULL OR expires_at <= lapsed.now)
$$;

-- An account's points and reserved are what its entries come to. Whoever would leave them otherwise cannot commit.
CREATE FUNCTION account_follows_from_its_entries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM account a,
            (SELECT coalesce(sum(points) FILTER (WHERE to_account = 'customer'), 0)
                        - coalesce(sum(points) FILTER (WHERE from_account = 'customer'), 0) AS free,
                    coalesce(sum(points) FILTER (WHERE to_account = 'reserved'), 0)
                        - coalesce(sum(points) FILTER (WHERE from_account = 'reserved'), 0) AS reserved
             FROM ledger_entry WHERE customer_id = NEW.customer_id) AS entries
        WHERE a.customer_id = NEW.customer_id
            AND (a.points, a.reserved) <> (entries.free + entries.reserved, entries.reserved))
    THEN
        RAISE EXCEPTION 'an account would differ from its entries' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entries_make_the_account AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION account_follows_from_its_entries();
CREATE CONSTRAINT TRIGGER the_account_has_its_entries AFTER INSERT OR UPDATE OF points, reserved ON account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION account_follows_from_its_entries();

-- What was taken over has to agree too.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM account a
        WHERE a.points <> coalesce((SELECT sum(points) FROM points_entry e WHERE e.customer_id = a.customer_id), 0)
            OR a.reserved <> coalesce((
                SELECT sum(CASE to_account WHEN 'reserved' THEN points ELSE -points END)
                FROM ledger_entry e WHERE e.customer_id = a.customer_id AND 'reserved' IN (from_account, to_account)), 0))
    THEN
        RAISE EXCEPTION 'an account differs from its entries: look at account, benefits and points_entry before migrating';
    END IF;
END $$;
