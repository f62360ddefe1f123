-- What staff look at: what is on its way, what is to come, and what was booked last.
CREATE INDEX booking_by_time ON booking (booked_at DESC, id);
CREATE INDEX booking_in_transit ON booking (booked_at) WHERE status = 'in_transit';
CREATE INDEX delivery_expected ON delivery (due_on) WHERE status = 'expected';
