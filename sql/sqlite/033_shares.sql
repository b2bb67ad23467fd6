-- // shares
-- Links by which anybody may read a conversation: as it was, up to last_message_id, or live. Of the token only a keyed digest
-- is kept.
CREATE TABLE shares (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_digest    TEXT NOT NULL UNIQUE,
    live            INTEGER NOT NULL CHECK (live IN (0, 1)),
    title           TEXT NOT NULL,
    model_name      TEXT NOT NULL,
    last_message_id INTEGER,
    created_at      TIMESTAMP NOT NULL,
    expires_at      TIMESTAMP
);
CREATE INDEX idx_shares_user ON shares (user_id, conversation_id);
CREATE INDEX idx_shares_conversation ON shares (conversation_id);
CREATE INDEX idx_shares_last_message ON shares (last_message_id);

-- What is deleted is gone from what was shared, too; what came before it stays.
-- @DELIMITER |
CREATE TRIGGER shares_message_removed AFTER DELETE ON messages
BEGIN
    UPDATE shares SET last_message_id = OLD.parent_id WHERE last_message_id = OLD.id;
END
|
-- @DELIMITER ;

-- //@UNDO
DROP TRIGGER shares_message_removed;
DROP TABLE shares;
