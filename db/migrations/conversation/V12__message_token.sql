-- What stands for the UPI address that a message had: the address itself was masked before anything was stored.
ALTER TABLE message ADD COLUMN payment_token text;
