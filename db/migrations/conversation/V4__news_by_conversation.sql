-- the model is told the latest news in each round: without this a long conversation that has none is read from end to end
CREATE INDEX event_news ON event (conversation_id, seq) WHERE kind = 'news';
