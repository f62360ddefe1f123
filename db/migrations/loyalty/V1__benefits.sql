-- Points with their ledger, offers with their limits, and the benefits of each order.

CREATE TABLE account (
    customer_id text PRIMARY KEY,
    -- below zero only when points of a cancelled order are taken back that were spent meanwhile
    points      bigint NOT NULL DEFAULT 0,
    reserved    bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    orders      int NOT NULL DEFAULT 0 CHECK (orders >= 0),
    opened_at   timestamptz NOT NULL
);

-- used counts live uses: it cannot exceed use_limit, whoever asks at the same moment
CREATE TABLE offer (
    offer_id        text PRIMARY KEY,
    kind            text NOT NULL CHECK (kind IN ('amount_off', 'first_order', 'coupon')),
    title           text NOT NULL,
    terms           text NOT NULL,
    coupon          text UNIQUE CHECK (coupon = upper(coupon)),
    percent         int CHECK (percent BETWEEN 1 AND 100),
    amount_minor    bigint CHECK (amount_minor > 0),
    most_minor      bigint CHECK (most_minor > 0),
    threshold_minor bigint NOT NULL DEFAULT 0 CHECK (threshold_minor >= 0),
    once_each       boolean NOT NULL,
    use_limit       int CHECK (use_limit > 0),
    used            int NOT NULL DEFAULT 0,
    valid_from      timestamptz NOT NULL,
    valid_until     timestamptz NOT NULL CHECK (valid_until > valid_from),
    CONSTRAINT never_used_beyond_its_limit CHECK (0 <= used AND (use_limit IS NULL OR used <= use_limit)),
    CONSTRAINT percent_or_amount CHECK ((percent IS NULL) <> (amount_minor IS NULL)),
    CONSTRAINT coupons_have_a_code CHECK ((kind = 'coupon') = (coupon IS NOT NULL))
);

-- What an order reserved, spent and earned. A released one without a customer is the tombstone of one undone before it came.
CREATE TABLE benefits (
    order_id    text PRIMARY KEY,
    customer_id text REFERENCES account (customer_id),
    status      text NOT NULL CHECK (status IN ('reserved', 'committed', 'released')),
    points      bigint NOT NULL DEFAULT 0 CHECK (points >= 0),
    earned      bigint NOT NULL DEFAULT 0 CHECK (earned >= 0),
    opened_at   timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    CONSTRAINT only_a_released_one_has_no_customer CHECK (status = 'released' OR customer_id IS NOT NULL)
);

CREATE TABLE offer_use (
    order_id    text NOT NULL REFERENCES benefits (order_id),
    offer_id    text NOT NULL,
    customer_id text NOT NULL,
    once_each   boolean NOT NULL,
    given_back  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (order_id, offer_id)
);
CREATE UNIQUE INDEX once_for_each_customer ON offer_use (offer_id, customer_id) WHERE once_each AND NOT given_back;

-- The ledger: an account's points are the sum of its entries.
CREATE TABLE points_entry (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    customer_id text NOT NULL REFERENCES account (customer_id),
    kind        text NOT NULL,
    points      bigint NOT NULL,
    order_id    text REFERENCES benefits (order_id),
    CONSTRAINT kind_says_the_sign CHECK (
        CASE kind
            WHEN 'opening' THEN points > 0
            WHEN 'earned' THEN points > 0 AND order_id IS NOT NULL
            WHEN 'spent' THEN points < 0 AND order_id IS NOT NULL
            WHEN 'given_back' THEN points > 0 AND order_id IS NOT NULL
            WHEN 'taken_back' THEN points < 0 AND order_id IS NOT NULL
            ELSE false
        END)
);
CREATE INDEX points_entry_by_customer ON points_entry (customer_id, at);
-- each thing happens to an order's points once
CREATE UNIQUE INDEX once_for_each_order ON points_entry (order_id, kind) WHERE order_id IS NOT NULL;
