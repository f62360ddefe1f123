-- A return asks for the benefits of an order by what their id begins with, which the primary key finds in a database of the C locale only.
CREATE INDEX benefits_by_order ON benefits (order_id text_pattern_ops) WHERE status = 'committed';
