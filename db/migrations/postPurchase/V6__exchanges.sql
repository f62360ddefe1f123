-- Pieces that come back for another piece instead of money. What comes is an order of its own, of which the pieces' worth pays a part
-- or all; whether it is sent is decided once, after the parcel was looked at.

ALTER TABLE return_rule
    -- of an exchange for the customer's own reasons
    ADD COLUMN exchange_fee bigint NOT NULL DEFAULT 0 CHECK (exchange_fee >= 0);

ALTER TABLE placed_order
    -- the return whose pieces pay for it, and how much of it
    ADD COLUMN paid_by_return text,
    ADD COLUMN credit bigint NOT NULL DEFAULT 0 CHECK (credit >= 0),
    ADD CONSTRAINT credit_comes_from_a_return CHECK ((paid_by_return IS NULL) = (credit = 0));

ALTER TABLE item_return
    -- the order of what comes instead
    ADD COLUMN exchange_order text UNIQUE REFERENCES placed_order (order_id),
    ADD COLUMN exchange_credit bigint CHECK (exchange_credit > 0),
    ADD COLUMN exchange_state text CHECK (exchange_state IN ('open', 'agreed', 'off')),
    ADD CONSTRAINT an_exchange_is_whole CHECK (
        (exchange_order IS NULL) = (exchange_credit IS NULL) AND (exchange_order IS NULL) = (exchange_state IS NULL)),
    -- what pays for the other piece is not refunded as well
    ADD CONSTRAINT never_refunds_what_it_exchanges CHECK (
        exchange_state IS NULL OR exchange_state = 'off' OR refund + exchange_credit <= value),
    ADD CONSTRAINT exchanged_only_after_the_inspection CHECK (
        exchange_state IS DISTINCT FROM 'agreed' OR status IN ('inspected', 'refunded'));
