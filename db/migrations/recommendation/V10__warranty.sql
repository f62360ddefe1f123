-- For how many months the shop answers for what it sells, where the product itself does not say so.

CREATE TABLE warranty_rule (
    -- the catalogue's; * for all that have no rule of their own
    category text PRIMARY KEY CHECK (category <> ''),
    months   int NOT NULL CHECK (months BETWEEN 0 AND 240)
);

-- Of a product that says it itself, in an attribute; else of its category, else of all others; else none.
CREATE FUNCTION warranty_months(attributes jsonb, in_category text) RETURNS int LANGUAGE sql STABLE PARALLEL SAFE RETURN coalesce(
    (SELECT CAST(a->>'value' AS int) FROM jsonb_array_elements(attributes) AS a
     WHERE lower(replace(a->>'name', '_', ' ')) = 'warranty months' AND a->>'value' ~ '^([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-3][0-9]|240)$'
     LIMIT 1),
    (SELECT months FROM warranty_rule WHERE category = in_category),
    (SELECT months FROM warranty_rule WHERE category = '*'),
    0);
