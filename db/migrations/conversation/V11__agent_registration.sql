-- Agents that staff added to the running shop, or took away: every change for ever, by whom. The last one of a name is what holds; the
-- last number of all tells a worker whether what it knows is still so. The house's own agents are not here.
CREATE TABLE agent_registration (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text NOT NULL CHECK (name ~ '^[A-Za-z][A-Za-z0-9]{0,39}$'),
    -- where it is and what it promises; both empty when it was taken away
    url      text,
    contract text,
    staff    text NOT NULL,
    key      text NOT NULL,
    at       timestamptz NOT NULL,
    UNIQUE (staff, key),
    CHECK ((url IS NULL) = (contract IS NULL))
);
CREATE INDEX agent_registration_by_name ON agent_registration (name, id DESC);
