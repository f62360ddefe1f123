-- For how many months after its delivery the shop answers for a line, as it was sold; empty where it does not.
ALTER TABLE order_line ADD COLUMN warranty_months int CHECK (warranty_months BETWEEN 1 AND 240);
