-- Where a worker dies just after it has told something, its journey comes by there again, and may have something else to say under that number.
DROP INDEX event_once_per_journey_step;
CREATE UNIQUE INDEX event_once_per_journey_step ON event (workflow_id, journey_seq, (body->>'code')) WHERE workflow_id IS NOT NULL;

-- what a guest had said is looked for under the customer whose conversation it joined
CREATE INDEX conversation_merged_into ON conversation (merged_into) WHERE merged_into IS NOT NULL;
