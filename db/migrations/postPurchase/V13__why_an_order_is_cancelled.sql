-- Why a cancellation was made: its customer wanted it, or did not collect the order, or the store never had it ready.

ALTER TABLE order_cancellation ADD COLUMN reason text NOT NULL DEFAULT 'cancelled_by_customer'
    CHECK (reason IN ('cancelled_by_customer', 'not_collected', 'never_ready'));
