-- // work in steps
-- Large writes go in small steps, so that nobody waits for another account's: messages are indexed for the search from a
-- queue, accounts and conversations that are deleted vanish at once and are taken apart later, and an import shows up
-- only when it is whole.

-- A conversation without an owner is nobody's to see: one that is being imported, or one whose rows are being deleted.
ALTER TABLE conversations ALTER COLUMN user_id DROP NOT NULL;

-- The conversations that are being imported; what a killed server left here is deleted.
CREATE TABLE conversation_imports (
    conversation_id BIGINT NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE
);

-- An account that was deleted, until its rows are.
ALTER TABLE users ADD COLUMN deleted_at TIMESTAMPTZ;
CREATE INDEX idx_users_deleted ON users (id) WHERE deleted_at IS NOT NULL;

-- Messages that the search does not have yet. part: the part of the text that comes next. bulk: what came by the
-- thousand lets messages of a conversation that is going on pass.
CREATE TABLE search_queue (
    message_id BIGINT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    bulk       BOOLEAN NOT NULL DEFAULT FALSE,
    part       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX idx_search_queue_order ON search_queue (bulk, message_id);

-- The queue comes first: whoever is indexing an older text is waited for, and what it has indexed is then seen and
-- deleted. The update of an entry that is there already keeps it from being taken before this transaction has ended.
-- @DELIMITER |
CREATE FUNCTION search_message_written() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'streaming' THEN
        INSERT INTO search_queue (message_id)
        SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL
            ON CONFLICT (message_id) DO UPDATE SET part = 0;
    ELSE
        DELETE FROM search_queue WHERE message_id = NEW.id;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM search_texts WHERE message_id = NEW.id;
    END IF;
    RETURN NULL;
END $$
|
CREATE FUNCTION search_conversation_owned() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_queue (message_id, bulk)
    SELECT id, TRUE FROM messages WHERE conversation_id = NEW.id AND status <> 'streaming' ORDER BY id
        ON CONFLICT (message_id) DO UPDATE SET part = 0;
    RETURN NULL;
END $$
|
-- @DELIMITER ;
CREATE TRIGGER search_message_added AFTER INSERT ON messages
    FOR EACH ROW EXECUTE FUNCTION search_message_written();
CREATE TRIGGER search_message_changed AFTER UPDATE OF conversation_id, content, status, created_at ON messages
    FOR EACH ROW EXECUTE FUNCTION search_message_written();
CREATE TRIGGER search_conversation_owned AFTER UPDATE OF user_id ON conversations
    FOR EACH ROW WHEN (NEW.user_id IS NOT NULL AND OLD.user_id IS NULL) EXECUTE FUNCTION search_conversation_owned();

-- Whatever is there already.
INSERT INTO search_queue (message_id, bulk)
SELECT id, TRUE FROM messages WHERE status <> 'streaming';

-- //@UNDO
DROP TRIGGER search_conversation_owned ON conversations;
DROP TRIGGER search_message_changed ON messages;
DROP TRIGGER search_message_added ON messages;
DROP FUNCTION search_conversation_owned;
DROP FUNCTION search_message_written;
DROP TABLE search_queue;
DELETE FROM search_texts;

DROP TABLE conversation_imports;
DELETE FROM conversations WHERE user_id IS NULL;
DELETE FROM users WHERE deleted_at IS NOT NULL;
DROP INDEX idx_users_deleted;
ALTER TABLE users DROP COLUMN deleted_at;
ALTER TABLE conversations ALTER COLUMN user_id SET NOT NULL;
