-- What staff did to a journey, and why. Nothing here is ever changed.
CREATE TABLE staff_action (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff       text NOT NULL,
    workflow_id text NOT NULL,
    action      text NOT NULL,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
    -- what it came to: cancelling, too_late, replayed_paid…
    code        text NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX staff_action_by_journey ON staff_action (workflow_id, id);

CREATE INDEX journey_newest ON journey (updated_at DESC, workflow_id);
CREATE INDEX journey_by_id ON journey (journey_id);
