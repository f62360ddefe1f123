-- A customer has kept cards forgotten: what was kept anew after the removal was first asked for stays, however late it is repeated.
CREATE TABLE card_removal (
    removal_id  text PRIMARY KEY,
    customer_id text NOT NULL,
    asked_at    timestamptz NOT NULL
);
CREATE INDEX attempt_under_way_by_customer ON attempt (customer_id) WHERE status IN ('open', 'authorised');
