-- // work in steps
-- Large writes go in small steps, so that nobody waits for another account's: messages are indexed for the search from a
-- queue, accounts and conversations that are deleted vanish at once and are taken apart later, and an import shows up
-- only when it is whole.

-- A conversation without an owner is nobody's to see: one that is being imported, or one whose rows are being deleted.
ALTER TABLE conversations ALTER COLUMN user_id DROP NOT NULL;

-- The conversations that are being imported; what a killed server left here is deleted.
CREATE TABLE conversation_imports (
    conversation_id INTEGER NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE
);

-- An account that was deleted, until its rows are.
ALTER TABLE users ADD COLUMN deleted_at TIMESTAMP;
CREATE INDEX idx_users_deleted ON users (id) WHERE deleted_at IS NOT NULL;

-- Messages that the search index does not have yet. indexed: how many characters of the text it has. bulk: what came
-- by the thousand lets messages of a conversation that is going on pass.
CREATE TABLE search_queue (
    message_id INTEGER PRIMARY KEY,
    bulk       INTEGER NOT NULL DEFAULT 0 CHECK (bulk IN (0, 1)),
    indexed    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX idx_search_queue_order ON search_queue (bulk, message_id);

-- Texts that the index has and must lose, each at the position that it holds until then. removed: how many characters
-- it has lost already. whole: whether the index has the end of the text, too.
CREATE TABLE search_removals (
    position INTEGER PRIMARY KEY,
    content  TEXT NOT NULL,
    whole    INTEGER NOT NULL CHECK (whole IN (0, 1)),
    removed  INTEGER NOT NULL DEFAULT 0
);

-- Merging the pieces of the index is a step like any other, never a part of somebody's write.
INSERT INTO search_grams (search_grams, rank) VALUES ('automerge', 0);
INSERT INTO search_grams (search_grams, rank) VALUES ('usermerge', 8);
INSERT INTO search_grams (search_grams, rank) VALUES ('crisismerge', 256);

DROP TRIGGER search_entry_added;
DROP TRIGGER search_entry_removed;
DROP TRIGGER search_message_added;
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_message_removed;
DROP VIEW search_texts;
DROP VIEW search_positions;

-- Where a message would be put now: after all that are there or still have to go.
CREATE VIEW search_positions AS
SELECT message_id, moment,
       CASE WHEN (moment, message_id) > (SELECT moment, message_id FROM search_entries
                                          WHERE position BETWEEN day AND day + 0xFFFFFF
                                          ORDER BY position DESC LIMIT 1) IS NOT FALSE
            THEN max((SELECT coalesce(max(position) + 1, day) FROM search_entries
                       WHERE position BETWEEN day AND day + 0xFFFFFF),
                     (SELECT coalesce(max(position) + 1, day) FROM search_removals
                       WHERE position BETWEEN day AND day + 0xFFFFFF))
            ELSE max((SELECT coalesce(max(position) + 1, day + 0x1000000) FROM search_entries
                       WHERE position BETWEEN day + 0x1000000 AND day + 0x1FFFFFF),
                     (SELECT coalesce(max(position) + 1, day + 0x1000000) FROM search_removals
                       WHERE position BETWEEN day + 0x1000000 AND day + 0x1FFFFFF)) END AS position
  FROM search_moments;

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
-- Two more characters than were counted: the pieces of a text overlap by as many.
CREATE TRIGGER search_entry_removed BEFORE DELETE ON search_entries
BEGIN
    INSERT INTO search_removals (position, content, whole)
    SELECT OLD.position, CASE WHEN indexed IS NULL THEN content ELSE substr(content, 1, indexed + 2) END, indexed IS NULL
      FROM messages LEFT JOIN search_queue ON message_id = id
     WHERE id = OLD.message_id;
END
|
CREATE TRIGGER search_conversation_owned AFTER UPDATE OF user_id ON conversations
WHEN NEW.user_id IS NOT NULL AND OLD.user_id IS NULL
BEGIN
    INSERT INTO search_queue (message_id, bulk)
    SELECT id, 1 FROM messages WHERE conversation_id = NEW.id AND status <> 'streaming' ORDER BY id
        ON CONFLICT DO NOTHING;
END
|
-- @DELIMITER ;

-- //@UNDO
DROP TRIGGER search_conversation_owned;
DROP TRIGGER search_message_added;
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_message_removed;
DROP TRIGGER search_entry_removed;
DROP VIEW search_positions;

-- The index is made anew below.
DELETE FROM search_entries;
INSERT INTO search_grams (search_grams) VALUES ('delete-all');
DROP TABLE search_removals;
DROP TABLE search_queue;

DROP TABLE conversation_imports;
DELETE FROM conversations WHERE user_id IS NULL;
DELETE FROM users WHERE deleted_at IS NOT NULL;
DROP INDEX idx_users_deleted;
ALTER TABLE users DROP COLUMN deleted_at;
ALTER TABLE conversations ALTER COLUMN user_id SET NOT NULL;

INSERT INTO search_grams (search_grams, rank) VALUES ('automerge', 8);
INSERT INTO search_grams (search_grams, rank) VALUES ('usermerge', 4);
INSERT INTO search_grams (search_grams, rank) VALUES ('crisismerge', 16);

-- The text as it is indexed. The tokenizer folds case letter by letter; letters that become others or several when they
-- are folded are spelled out for it. The two line ends give the last characters a gram that begins with them.
CREATE VIEW search_texts AS
SELECT id AS message_id,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(content,
           'ß', 'ss'), 'ẞ', 'ss'), 'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬅ', 'st'), 'ﬆ', 'st'),
           'ı', 'i'), 'İ', 'i' || char(0x307)), 'և', 'եւ') || char(10, 10) AS text
  FROM messages;

-- Where a message would be put now.
CREATE VIEW search_positions AS
SELECT message_id, moment,
       CASE WHEN (moment, message_id) > (SELECT moment, message_id FROM search_entries
                                          WHERE position BETWEEN day AND day + 0xFFFFFF
                                          ORDER BY position DESC LIMIT 1) IS NOT FALSE
            THEN (SELECT coalesce(max(position) + 1, day) FROM search_entries
                   WHERE position BETWEEN day AND day + 0xFFFFFF)
            ELSE (SELECT coalesce(max(position) + 1, day + 0x1000000) FROM search_entries
                   WHERE position BETWEEN day + 0x1000000 AND day + 0x1FFFFFF) END AS position
  FROM search_moments;

-- @DELIMITER |
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entries
BEGIN
    INSERT INTO search_grams (rowid, text)
    SELECT NEW.position, text FROM search_texts WHERE message_id = NEW.message_id;
END
|
CREATE TRIGGER search_entry_removed BEFORE DELETE ON search_entries
BEGIN
    INSERT INTO search_grams (search_grams, rowid, text)
    SELECT 'delete', OLD.position, text FROM search_texts WHERE message_id = OLD.message_id;
END
|
CREATE TRIGGER search_message_added AFTER INSERT ON messages
BEGIN
    INSERT INTO search_entries (position, message_id, moment)
    SELECT position, message_id, moment FROM search_positions WHERE message_id = NEW.id;
END
|
CREATE TRIGGER search_message_changes BEFORE UPDATE OF conversation_id, content, status, created_at ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
END
|
CREATE TRIGGER search_message_changed AFTER UPDATE OF conversation_id, content, status, created_at ON messages
BEGIN
    INSERT INTO search_entries (position, message_id, moment)
    SELECT position, message_id, moment FROM search_positions WHERE message_id = NEW.id;
END
|
CREATE TRIGGER search_message_removed BEFORE DELETE ON messages
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
END
|
-- @DELIMITER ;

-- Whatever is there already, in its order.
INSERT INTO search_entries (position, message_id, moment)
SELECT day + row_number() OVER (PARTITION BY day ORDER BY moment, message_id) - 1 AS position, message_id, moment
  FROM search_moments
 ORDER BY position;

