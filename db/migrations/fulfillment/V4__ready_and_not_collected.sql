-- A collection is being set aside, then ready; in the end it is picked up, not collected, or called off.

ALTER TABLE collection DROP CONSTRAINT collection_status_check;
ALTER TABLE collection ADD CONSTRAINT collection_status_check
    CHECK (status IN ('waiting', 'ready', 'picked_up', 'not_collected', 'cancelled'));

DROP INDEX pickup_code_once;
CREATE UNIQUE INDEX pickup_code_once ON collection (store_id, pickup_code) WHERE status IN ('waiting', 'ready');
