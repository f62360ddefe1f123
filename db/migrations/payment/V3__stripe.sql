-- Which of Stripe's intents stands for which attempt. One without an intent was closed before it came, so that it never will.
CREATE TABLE stripe_intent (
    order_id  text NOT NULL,
    attempt   int NOT NULL,
    intent_id text UNIQUE,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, attempt)
);

-- Where the customer confirms the payment at their bank, while the bank asks for that.
ALTER TABLE attempt ADD COLUMN confirm_at text;
