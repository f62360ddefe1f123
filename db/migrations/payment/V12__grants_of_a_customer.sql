-- What a customer was granted is read on their page and on that of staff.
CREATE INDEX credit_grant_by_customer ON credit_grant (customer_id, opened_at DESC) WHERE customer_id IS NOT NULL;
