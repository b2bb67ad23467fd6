-- // files
-- Images and texts that come with messages, each once for an account, told apart by their hash. They are kept here so that
-- every server on the database has them, and a backup or a move to another one is whole.

-- user_id: null while it is being written, and once it is being deleted. server_id: who is writing it. uploaded_at: when it
-- last came in or went with a message; what no message has is deleted a day later. used: whether a message has it.
CREATE TABLE files (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     INTEGER REFERENCES users (id) ON DELETE CASCADE,
    server_id   INTEGER,
    name        TEXT NOT NULL,
    media_type  TEXT NOT NULL,
    size        INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    used        INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
    uploaded_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX idx_files_user ON files (user_id, sha256);
CREATE INDEX idx_files_unused ON files (uploaded_at) WHERE NOT used;
CREATE INDEX idx_files_server ON files (server_id) WHERE server_id IS NOT NULL;

-- The bytes, in pieces: neither side ever has a whole file in memory, and no write is long.
CREATE TABLE file_pieces (
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (file_id, number)
);

-- place: from 0 on, in the order in which they were given.
CREATE TABLE message_files (
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL,
    file_id    INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, place)
) WITHOUT ROWID;
CREATE INDEX idx_message_files_file ON message_files (file_id);

-- @DELIMITER |
CREATE TRIGGER message_files_added AFTER INSERT ON message_files
BEGIN
    UPDATE files SET used = 1 WHERE id = NEW.file_id;
END
|
CREATE TRIGGER message_files_removed AFTER DELETE ON message_files
WHEN NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = OLD.file_id)
BEGIN
    UPDATE files SET used = 0 WHERE id = OLD.file_id;
END
|
-- @DELIMITER ;

-- //@UNDO
DROP TABLE message_files;
DROP TABLE file_pieces;
DROP TABLE files;
