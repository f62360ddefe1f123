CREATE TABLE note (id text PRIMARY KEY, text text NOT NULL, taken int NOT NULL DEFAULT 1);
