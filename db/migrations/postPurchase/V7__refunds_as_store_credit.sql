-- A return may be refunded as store credit, where its customer chose so.

ALTER TABLE item_return DROP CONSTRAINT item_return_settled_by_check;
ALTER TABLE item_return ADD CONSTRAINT settled_in_a_known_way
    CHECK (settled_by IN ('original_method', 'by_hand', 'nothing_due', 'store_credit'));
