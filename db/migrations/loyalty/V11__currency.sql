-- What an offer takes off, and what a tier asks for, are amounts in the shop's currency, which need not be the rupee any more.
ALTER TABLE offer ADD COLUMN currency text NOT NULL DEFAULT 'INR' CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE offer ALTER COLUMN currency DROP DEFAULT;
ALTER TABLE tier ADD COLUMN currency text NOT NULL DEFAULT 'INR' CHECK (currency ~ '^[A-Z]{3}$');
