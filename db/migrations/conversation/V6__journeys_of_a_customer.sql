-- Staff look for a customer's journeys: without this, all journeys of the shop are gone through.
CREATE INDEX conversation_by_customer ON conversation (customer_id);
