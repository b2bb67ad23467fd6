-- // message search
-- What finds a message by any part of its text, newest first, at a cost that depends on what its owner has.
-- Triggers keep it, in plain SQL, so that it is true in every transaction and for rows written by any program.

-- One entry for each message, once nobody writes it any more. Its position is made of four numbers:
--   owner (23 bits) | day (15 bits, from 1970 to 2059) | whether it came late (1 bit) | a running number (24 bits)
-- The messages of a day have ascending positions from the oldest to the newest; one that is older than another which
-- is already there (an import, say) came late, and late ones have no order among themselves.
CREATE TABLE search_entries (
    position   INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL UNIQUE,
    moment     INTEGER NOT NULL
);

-- Which messages have which three characters in a row; rowid is the position.
CREATE VIRTUAL TABLE search_grams USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'trigram');

-- Every write adds a small piece to the index; to merge eight at a time costs writers half of what four do.
INSERT INTO search_grams (search_grams, rank) VALUES ('automerge', 8);

-- The text as it is indexed. The tokenizer folds case letter by letter; letters that become others or several when they
-- are folded are spelled out for it. The two line ends give the last characters a gram that begins with them.
CREATE VIEW search_texts AS
SELECT id AS message_id,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(content,
           'ß', 'ss'), 'ẞ', 'ss'), 'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬅ', 'st'), 'ﬆ', 'st'),
           'ı', 'i'), 'İ', 'i' || char(0x307)), 'և', 'եւ') || char(10, 10) AS text
  FROM messages;

-- Which grams there are.
CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab (search_grams, instance);

-- When each message was written, in milliseconds since 1970, and the first position of that day for its owner.
CREATE VIEW search_moments AS
SELECT message_id, moment, (user_id << 40) | (min(max(moment / 86400000, 0), 32767) << 25) AS day
  FROM (SELECT messages.id AS message_id, user_id,
               CAST(round(coalesce(julianday(messages.created_at), 0) * 86400000 - 210866760000000) AS INTEGER) AS moment
          FROM messages JOIN conversations ON conversations.id = conversation_id
         WHERE status <> 'streaming');

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

-- //@UNDO
DROP TRIGGER search_message_added;
DROP TRIGGER search_message_changes;
DROP TRIGGER search_message_changed;
DROP TRIGGER search_message_removed;
DROP VIEW search_positions;
DROP VIEW search_moments;
DROP TABLE search_entries;
DROP VIEW search_texts;
DROP TABLE search_vocabulary;
DROP TABLE search_grams;
