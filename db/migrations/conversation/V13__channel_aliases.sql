-- What a channel calls somebody (a bridge's opaque id of a number, an e-mail address) points to the customer, or to the guest that their first
-- message made of them.
CREATE TABLE channel_alias (
    channel     text NOT NULL CHECK (channel ~ '^[a-z]{2,16}$'),
    value       text NOT NULL CHECK (length(value) BETWEEN 1 AND 128),
    customer_id text,
    guest_id    text,
    -- who said so: a bridge alone knows a guest, the shop's file and whoever signed in know a customer
    said_by     text NOT NULL CHECK (said_by IN ('bridge', 'import', 'sign_in')),
    said_at     timestamptz NOT NULL,
    PRIMARY KEY (channel, value),
    CONSTRAINT a_customer_or_a_guest CHECK ((customer_id IS NULL) <> (guest_id IS NULL)),
    CONSTRAINT a_bridge_knows_guests CHECK ((said_by = 'bridge') = (guest_id IS NOT NULL))
);
CREATE INDEX channel_alias_by_customer ON channel_alias (customer_id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX channel_alias_by_guest ON channel_alias (guest_id) WHERE guest_id IS NOT NULL;
