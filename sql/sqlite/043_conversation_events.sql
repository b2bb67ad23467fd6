-- // conversation events
-- What those are told who follow a conversation, kept for a day, for clients that come back.

-- How many events a conversation has had; null: nobody has followed it yet, and none are noted. Whoever counts it up holds the
-- row until the event is committed: none with a smaller number turns up later.
ALTER TABLE conversations ADD COLUMN event_count INTEGER;

CREATE TABLE conversation_events (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL,
    name            TEXT NOT NULL,
    data            TEXT NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (conversation_id, number)
);
CREATE INDEX idx_conversation_events_created ON conversation_events (created_at);

-- //@UNDO
DROP TABLE conversation_events;
ALTER TABLE conversations DROP COLUMN event_count;
