-- What staff do stands here from before it is done. A deed of which nobody has said yet what it came to has the code asked.
COMMENT ON TABLE staff_action IS 'What staff did, and why. Its code is asked until it is known what the deed came to; nothing else of it is changed.';

-- An import that was cut off has done something, too: what it had done then stands in its summary; one whose process died has none.
ALTER TABLE staff_import ADD COLUMN begun_at timestamptz;
UPDATE staff_import SET begun_at = ended_at;
ALTER TABLE staff_import ALTER COLUMN begun_at SET NOT NULL;
ALTER TABLE staff_import ALTER COLUMN summary DROP NOT NULL;
ALTER TABLE staff_import ALTER COLUMN ended_at DROP NOT NULL;
