-- UPI: an address instead of a card, asked to pay in its owner's bank app. No column holds an address.
ALTER TABLE card_token
    ADD COLUMN kind text NOT NULL DEFAULT 'card' CHECK (kind IN ('card', 'upi')),
    -- what is shown of the address
    ADD COLUMN masked text,
    ALTER COLUMN last4 DROP NOT NULL,
    ADD CONSTRAINT a_card_ends_and_an_address_is_masked CHECK (
        CASE kind WHEN 'card' THEN last4 IS NOT NULL AND masked IS NULL ELSE last4 IS NULL AND masked IS NOT NULL END);

ALTER TABLE attempt
    DROP CONSTRAINT attempt_method_check,
    ADD CONSTRAINT attempt_method_check CHECK (method IN ('card', 'cash_on_delivery', 'upi')),
    DROP CONSTRAINT card_has_a_token,
    ADD CONSTRAINT card_and_upi_have_a_token CHECK (method IS NULL OR (method = 'cash_on_delivery') = (token IS NULL));

-- The test gateway asks the customer in their app, which they answer in five minutes or never.
ALTER TABLE gateway_charge
    DROP CONSTRAINT gateway_charge_status_check,
    ADD CONSTRAINT gateway_charge_status_check CHECK (status IN ('pending', 'challenged', 'collecting', 'under_review',
        'authorised', 'captured', 'declined', 'voided', 'refunded', 'closed'));
