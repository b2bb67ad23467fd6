-- // message tree
-- Messages form a tree: parent_id is the message that one follows. A conversation shows the path to its
-- current_message_id; depth tells how many messages that path has. What is there already is one path, in its order.

-- Where each message stands in that path.
CREATE TABLE message_places (
    message_id INTEGER PRIMARY KEY,
    parent_id  INTEGER,
    depth      INTEGER NOT NULL
);
INSERT INTO message_places (message_id, parent_id, depth)
SELECT id, lag(id) OVER path, row_number() OVER path
  FROM messages
WINDOW path AS (PARTITION BY conversation_id ORDER BY id);

-- What a killed server had saved of its answers beyond their content.
UPDATE messages
   SET content = content || (SELECT string_agg(text, '' ORDER BY number) FROM message_parts WHERE message_id = messages.id)
 WHERE status = 'streaming' AND id IN (SELECT message_id FROM message_parts);
DELETE FROM message_parts;

DROP TRIGGER search_message_added;
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_message_removed;
DROP INDEX idx_messages_conversation;
DROP INDEX idx_messages_conversation_created;
DROP INDEX idx_messages_created_at;
DROP INDEX idx_messages_role;
DROP INDEX idx_messages_one_answer;

-- The long texts come last: SQLite reads what stands before a column to find it. deleted_at: it and what hangs on it are
-- being deleted.
CREATE TABLE tree_messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent_id       INTEGER,
    depth           INTEGER NOT NULL DEFAULT 1,
    role            TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')),
    status          TEXT NOT NULL DEFAULT 'complete' CHECK (status IN ('complete', 'streaming', 'interrupted', 'error')),
    model_name      TEXT,
    tokens_used     INTEGER,
    prompt_tokens   INTEGER,
    duration_ms     INTEGER,
    done_reason     TEXT,
    reaction        TEXT,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at        TIMESTAMP,
    deleted_at      TIMESTAMP,
    error           TEXT,
    tool_name       TEXT,
    tool_calls      TEXT,
    thinking        TEXT,
    content         TEXT NOT NULL,
    FOREIGN KEY (conversation_id, parent_id) REFERENCES tree_messages (conversation_id, id)
);
CREATE UNIQUE INDEX idx_messages_conversation ON tree_messages (conversation_id, id);
CREATE INDEX idx_messages_conversation_created ON tree_messages (conversation_id, created_at);
CREATE INDEX idx_messages_created_at ON tree_messages (created_at);
CREATE INDEX idx_messages_role ON tree_messages (role);
CREATE INDEX idx_messages_parent ON tree_messages (conversation_id, parent_id);
CREATE INDEX idx_messages_deleted ON tree_messages (id) WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX idx_messages_one_answer ON tree_messages (conversation_id) WHERE status = 'streaming';
INSERT INTO sqlite_sequence (name, seq) SELECT 'tree_messages', seq FROM sqlite_sequence WHERE name = 'messages';

-- The messages move over some at a time, so that the new ones take the room of the old ones in the file.
CREATE TABLE moved_messages (up_to INTEGER PRIMARY KEY);

-- @DELIMITER |
CREATE TRIGGER messages_move AFTER INSERT ON moved_messages
BEGIN
    INSERT INTO tree_messages (id, conversation_id, parent_id, depth, role, status, tokens_used, created_at, ended_at, error,
                               content)
    SELECT id, conversation_id, place.parent_id, place.depth, role, status, tokens_used, created_at, ended_at, error, content
      FROM messages CROSS JOIN message_places AS place ON place.message_id = id
     WHERE id <= NEW.up_to
     ORDER BY id;
    DELETE FROM messages WHERE id <= NEW.up_to;
END
|
-- @DELIMITER ;

INSERT INTO moved_messages (up_to)
WITH RECURSIVE steps (up_to) AS (
    SELECT 5000
     UNION ALL
    SELECT up_to + 5000 FROM steps WHERE up_to < (SELECT max(message_id) FROM message_places))
SELECT up_to FROM steps;

DROP TABLE moved_messages;
DROP TABLE messages;

-- What refers to the messages by name goes on doing so.
PRAGMA legacy_alter_table = ON;
ALTER TABLE tree_messages RENAME TO messages;
PRAGMA legacy_alter_table = OFF;

-- As they were.
-- @DELIMITER |
CREATE TRIGGER search_message_added AFTER INSERT ON messages WHEN NEW.status <> 'streaming'
BEGIN
    INSERT INTO search_queue (message_id)
    SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL;
END
|
CREATE TRIGGER search_message_changes BEFORE UPDATE OF conversation_id, content, status, created_at ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
    DELETE FROM search_queue WHERE message_id = OLD.id;
END
|
CREATE TRIGGER search_message_changed AFTER UPDATE OF conversation_id, content, status, created_at ON messages
WHEN NEW.status <> 'streaming'
BEGIN
    INSERT INTO search_queue (message_id)
    SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL;
END
|
CREATE TRIGGER search_message_removed BEFORE DELETE ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
    DELETE FROM search_queue WHERE message_id = OLD.id;
END
|
-- @DELIMITER ;

-- The text of a message; of an answer in the making, with all that is saved of it. Written so that SQLite's older command
-- line reads this database, too.
CREATE VIEW message_texts AS
SELECT id AS message_id,
       CASE status WHEN 'streaming'
            THEN content || coalesce((SELECT group_concat(text, '')
                                        FROM (SELECT text FROM message_parts WHERE message_id = messages.id ORDER BY number)), '')
            ELSE content END AS text,
       octet_length(content) + CASE status WHEN 'streaming'
            THEN coalesce((SELECT SUM(octet_length(text)) FROM message_parts WHERE message_id = messages.id), 0)
            ELSE 0 END AS bytes
  FROM messages;

ALTER TABLE conversations ADD COLUMN current_message_id INTEGER REFERENCES messages (id) ON DELETE SET NULL;
ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE conversations ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
ALTER TABLE conversations ADD COLUMN trashed_at TIMESTAMP;
UPDATE conversations SET current_message_id = (SELECT max(id) FROM messages WHERE conversation_id = conversations.id);
CREATE INDEX idx_conversations_current_message ON conversations (current_message_id);
DROP TABLE message_places;

-- The messages that somebody wants to find again, each user's own.
CREATE TABLE favorites (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, message_id)
) WITHOUT ROWID;
CREATE INDEX idx_favorites_message ON favorites (message_id);

-- //@UNDO
-- The messages of the current path stay.
DROP TABLE favorites;
CREATE TABLE message_places (
    message_id INTEGER PRIMARY KEY
);
INSERT INTO message_places (message_id)
WITH RECURSIVE path (id) AS (
    SELECT current_message_id FROM conversations WHERE current_message_id IS NOT NULL
     UNION ALL
    SELECT parent_id FROM path JOIN messages USING (id) WHERE parent_id IS NOT NULL)
SELECT id FROM path;
DELETE FROM messages WHERE id NOT IN (SELECT message_id FROM message_places);

DROP INDEX idx_conversations_current_message;
ALTER TABLE conversations DROP COLUMN current_message_id;
ALTER TABLE conversations DROP COLUMN pinned;
ALTER TABLE conversations DROP COLUMN archived;
ALTER TABLE conversations DROP COLUMN trashed_at;

UPDATE messages
   SET content = content || (SELECT string_agg(text, '' ORDER BY number) FROM message_parts WHERE message_id = messages.id)
 WHERE status = 'streaming' AND id IN (SELECT message_id FROM message_parts);
DELETE FROM message_parts;

DROP VIEW message_texts;
DROP TRIGGER search_message_added;
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_message_removed;
DROP INDEX idx_messages_conversation_created;
DROP INDEX idx_messages_created_at;
DROP INDEX idx_messages_role;
DROP INDEX idx_messages_one_answer;

CREATE TABLE flat_messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role            TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
    content         TEXT NOT NULL,
    tokens_used     INTEGER,
    status          TEXT NOT NULL DEFAULT 'complete' CHECK (status IN ('complete', 'streaming', 'interrupted', 'error')),
    error           TEXT,
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at        TIMESTAMP
);
INSERT INTO sqlite_sequence (name, seq) SELECT 'flat_messages', seq FROM sqlite_sequence WHERE name = 'messages';

-- A message goes before those that hang on it; at the end none is left.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE moved_messages (up_to INTEGER PRIMARY KEY);

-- @DELIMITER |
CREATE TRIGGER messages_move AFTER INSERT ON moved_messages
BEGIN
    INSERT INTO flat_messages (id, conversation_id, role, content, tokens_used, status, error, created_at, ended_at)
    SELECT id, conversation_id, CASE role WHEN 'tool' THEN 'assistant' ELSE role END, content, tokens_used, status, error,
           created_at, ended_at
      FROM messages
     WHERE id <= NEW.up_to
     ORDER BY id;
    DELETE FROM messages WHERE id <= NEW.up_to;
END
|
-- @DELIMITER ;

INSERT INTO moved_messages (up_to)
WITH RECURSIVE steps (up_to) AS (
    SELECT 5000
     UNION ALL
    SELECT up_to + 5000 FROM steps WHERE up_to < (SELECT max(message_id) FROM message_places))
SELECT up_to FROM steps;

DROP TABLE moved_messages;
DROP TABLE message_places;
DROP TABLE messages;
PRAGMA legacy_alter_table = ON;
ALTER TABLE flat_messages RENAME TO messages;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX idx_messages_conversation ON messages (conversation_id);
CREATE INDEX idx_messages_conversation_created ON messages (conversation_id, created_at);
CREATE INDEX idx_messages_created_at ON messages (created_at);
CREATE INDEX idx_messages_role ON messages (role);
CREATE UNIQUE INDEX idx_messages_one_answer ON messages (conversation_id) WHERE status = 'streaming';

-- @DELIMITER |
CREATE TRIGGER search_message_added AFTER INSERT ON messages WHEN NEW.status <> 'streaming'
BEGIN
    INSERT INTO search_queue (message_id)
    SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL;
END
|
CREATE TRIGGER search_message_changes BEFORE UPDATE OF conversation_id, content, status, created_at ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
    DELETE FROM search_queue WHERE message_id = OLD.id;
END
|
CREATE TRIGGER search_message_changed AFTER UPDATE OF conversation_id, content, status, created_at ON messages
WHEN NEW.status <> 'streaming'
BEGIN
    INSERT INTO search_queue (message_id)
    SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL;
END
|
CREATE TRIGGER search_message_removed BEFORE DELETE ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
    DELETE FROM search_queue WHERE message_id = OLD.id;
END
|
-- @DELIMITER ;
