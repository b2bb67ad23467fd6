-- // compressed texts
-- Texts of messages of more than 2 KiB are kept compressed, as soon as nobody adds to them any more: content and thinking have a
-- BLOB then in place of the text. Its first byte is 1, for zlib; ten digits tell how many bytes the text has as UTF-8; what
-- zlib made of them follows. Whoever inserts or changes messages may write plain text, the server compresses it later.

-- The messages that have texts to be compressed.
CREATE INDEX idx_messages_uncompressed ON messages (id)
 WHERE status <> 'streaming'
   AND (typeof(content) = 'text' AND length(CAST(content AS BLOB)) BETWEEN 2049 AND 8388608
        OR typeof(thinking) = 'text' AND length(CAST(thinking AS BLOB)) BETWEEN 2049 AND 8388608);

-- The text of a message, compressed where it is so in its row, and how long it is; an answer in the making is never compressed.
DROP VIEW message_texts;
CREATE VIEW message_texts AS
SELECT id AS message_id,
       CASE status WHEN 'streaming'
            THEN content || coalesce((SELECT group_concat(text, '')
                                        FROM (SELECT text FROM message_parts WHERE message_id = messages.id ORDER BY number)), '')
            ELSE content END AS text,
       CASE typeof(content) WHEN 'blob' THEN CAST(substr(content, 2, 10) AS INTEGER) ELSE octet_length(content) END
           + CASE status WHEN 'streaming'
            THEN coalesce((SELECT SUM(octet_length(text)) FROM message_parts WHERE message_id = messages.id), 0)
            ELSE 0 END AS bytes
  FROM messages;

-- How many characters of a compressed text the search index must lose; null: all.
ALTER TABLE search_removals ADD COLUMN characters INTEGER;

DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_entry_removed;

-- A text that becomes a BLOB is compressed and stays what it was: that is nothing to the search.
-- @DELIMITER |
CREATE TRIGGER search_message_changes BEFORE UPDATE OF conversation_id, content, status, created_at ON messages
WHEN NOT (typeof(OLD.content) = 'text' AND typeof(NEW.content) = 'blob')
BEGIN
    DELETE FROM search_entries WHERE message_id = OLD.id;
    DELETE FROM search_queue WHERE message_id = OLD.id;
END
|
CREATE TRIGGER search_message_changed AFTER UPDATE OF conversation_id, content, status, created_at ON messages
WHEN NEW.status <> 'streaming' AND NOT (typeof(OLD.content) = 'text' AND typeof(NEW.content) = 'blob')
BEGIN
    INSERT INTO search_queue (message_id)
    SELECT NEW.id FROM conversations WHERE id = NEW.conversation_id AND user_id IS NOT NULL;
END
|
-- Two more characters than were counted: the pieces of a text overlap by as many.
CREATE TRIGGER search_entry_removed BEFORE DELETE ON search_entries
BEGIN
    INSERT INTO search_removals (position, content, whole, characters)
    SELECT OLD.position,
           CASE WHEN indexed IS NULL OR typeof(content) = 'blob' THEN content ELSE substr(content, 1, indexed + 2) END,
           indexed IS NULL, indexed + 2
      FROM messages LEFT JOIN search_queue ON message_id = id
     WHERE id = OLD.message_id;
END
|
-- @DELIMITER ;

-- //@UNDO
-- All texts become plain again; the server's own function makes them so.
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_entry_removed;
DROP INDEX idx_messages_uncompressed;
UPDATE messages
   SET content = plain_text(content), thinking = plain_text(thinking)
 WHERE typeof(content) = 'blob' OR typeof(thinking) = 'blob';
UPDATE search_removals
   SET content = substr(plain_text(content), 1, coalesce(characters, 0x7fffffff))
 WHERE typeof(content) = 'blob';
ALTER TABLE search_removals DROP COLUMN characters;

DROP VIEW message_texts;
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

-- @DELIMITER |
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
CREATE TRIGGER search_entry_removed BEFORE DELETE ON search_entries
BEGIN
    INSERT INTO search_removals (position, content, whole)
    SELECT OLD.position, CASE WHEN indexed IS NULL THEN content ELSE substr(content, 1, indexed + 2) END, indexed IS NULL
      FROM messages LEFT JOIN search_queue ON message_id = id
     WHERE id = OLD.message_id;
END
|
-- @DELIMITER ;
