-- What staff do is done, and written down, once, however often its form or its request is sent.
ALTER TABLE staff_action ADD COLUMN key text;
CREATE UNIQUE INDEX staff_action_once ON staff_action (workflow_id, action, staff, key);

-- Who of the staff read what is encrypted in Temporal, through the codec: once a minute at most.
CREATE TABLE payload_reading (
    staff  text NOT NULL,
    minute timestamptz NOT NULL,
    PRIMARY KEY (staff, minute)
);
