-- Who of the staff imported data of the shop, and what came of it.
CREATE TABLE staff_import (
    staff    text NOT NULL,
    key      text NOT NULL,
    kind     text NOT NULL,
    -- the last line of the report: how many were created, changed, unchanged, refused
    summary  jsonb NOT NULL,
    ended_at timestamptz NOT NULL,
    PRIMARY KEY (staff, key)
);
