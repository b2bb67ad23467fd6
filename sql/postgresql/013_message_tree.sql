-- // message tree
-- Messages form a tree: parent_id is the message that one follows. A conversation shows the path to its
-- current_message_id; depth tells how many messages that path has. What is there already is one path, in its order.

-- What a server had saved of its answers beyond their content.
UPDATE messages
   SET content = content || (SELECT string_agg(text, '' ORDER BY number) FROM message_parts WHERE message_id = messages.id)
 WHERE status = 'streaming' AND id IN (SELECT message_id FROM message_parts);
DELETE FROM message_parts;

ALTER TABLE messages DROP CONSTRAINT messages_role_check;
-- deleted_at: it and what hangs on it are being deleted.
ALTER TABLE messages
    ADD CONSTRAINT messages_role_check CHECK (role IN ('user', 'assistant', 'system', 'tool')),
    ADD COLUMN parent_id     BIGINT,
    ADD COLUMN depth         INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN model_name    TEXT,
    ADD COLUMN prompt_tokens INTEGER,
    ADD COLUMN duration_ms   BIGINT,
    ADD COLUMN done_reason   TEXT,
    ADD COLUMN reaction      TEXT,
    ADD COLUMN deleted_at    TIMESTAMPTZ,
    ADD COLUMN tool_name     TEXT,
    ADD COLUMN tool_calls    TEXT,
    ADD COLUMN thinking      TEXT;

UPDATE messages
   SET parent_id = place.parent_id, depth = place.depth
  FROM (SELECT id, lag(id) OVER path AS parent_id, row_number() OVER path AS depth
          FROM messages
        WINDOW path AS (PARTITION BY conversation_id ORDER BY id)) AS place
 WHERE place.id = messages.id AND place.parent_id IS NOT NULL;

DROP INDEX idx_messages_conversation;
CREATE UNIQUE INDEX idx_messages_conversation ON messages (conversation_id, id);
CREATE INDEX idx_messages_parent ON messages (conversation_id, parent_id, id);
CREATE INDEX idx_messages_deleted ON messages (id) WHERE deleted_at IS NOT NULL;
ALTER TABLE messages ADD CONSTRAINT messages_parent_fkey
    FOREIGN KEY (conversation_id, parent_id) REFERENCES messages (conversation_id, id);

-- The text of a message; of an answer in the making, with all that is saved of it.
CREATE VIEW message_texts AS
SELECT id AS message_id,
       CASE status WHEN 'streaming'
            THEN content || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                        FROM message_parts WHERE message_id = messages.id), '')
            ELSE content END AS text,
       octet_length(content) + CASE status WHEN 'streaming'
            THEN coalesce((SELECT SUM(octet_length(text)) FROM message_parts WHERE message_id = messages.id), 0)
            ELSE 0 END AS bytes
  FROM messages;

ALTER TABLE conversations
    ADD COLUMN current_message_id BIGINT REFERENCES messages (id) ON DELETE SET NULL,
    ADD COLUMN pinned             BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN archived           BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN trashed_at         TIMESTAMPTZ;
UPDATE conversations SET current_message_id = (SELECT max(id) FROM messages WHERE conversation_id = conversations.id);
CREATE INDEX idx_conversations_current_message ON conversations (current_message_id);

-- The messages that somebody wants to find again, each user's own.
CREATE TABLE favorites (
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, message_id)
);
CREATE INDEX idx_favorites_message ON favorites (message_id);

-- //@UNDO
-- The messages of the current path stay.
DROP TABLE favorites;
WITH RECURSIVE path (id, parent_id) AS (
    SELECT m.id, m.parent_id FROM conversations c JOIN messages m ON m.id = c.current_message_id
     UNION ALL
    SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id)
DELETE FROM messages WHERE NOT EXISTS (SELECT 1 FROM path WHERE path.id = messages.id);

DROP VIEW message_texts;
ALTER TABLE conversations
    DROP COLUMN current_message_id,
    DROP COLUMN pinned,
    DROP COLUMN archived,
    DROP COLUMN trashed_at;

UPDATE messages SET role = 'assistant' WHERE role = 'tool';
ALTER TABLE messages DROP CONSTRAINT messages_parent_fkey;
DROP INDEX idx_messages_conversation;
ALTER TABLE messages
    DROP CONSTRAINT messages_role_check,
    ADD CONSTRAINT messages_role_check CHECK (role IN ('user', 'assistant', 'system')),
    DROP COLUMN parent_id,
    DROP COLUMN depth,
    DROP COLUMN model_name,
    DROP COLUMN prompt_tokens,
    DROP COLUMN duration_ms,
    DROP COLUMN done_reason,
    DROP COLUMN reaction,
    DROP COLUMN deleted_at,
    DROP COLUMN tool_name,
    DROP COLUMN tool_calls,
    DROP COLUMN thinking;
CREATE INDEX idx_messages_conversation ON messages (conversation_id, id);
