-- When the customer gave it, as far as that is known; an import that says nothing of it never replaces one of which it is. Of addresses
-- from before, nobody knows whether they were imported: none is taken from a customer.
ALTER TABLE saved_address ADD COLUMN given_at timestamptz;
UPDATE saved_address SET given_at = saved_at;
