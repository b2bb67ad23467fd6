-- // imports
-- Files with conversations of other programs, and what became of each conversation.

-- user_id: null once it is being deleted. server_id: who takes it in, or reads it. has_pieces: whether the file may still be here.
CREATE TABLE imports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     INTEGER REFERENCES users (id) ON DELETE CASCADE,
    server_id   INTEGER,
    status      TEXT NOT NULL CHECK (status IN ('uploading', 'queued', 'running', 'done', 'failed', 'cancelled')),
    source      TEXT,
    file_name   TEXT NOT NULL DEFAULT '',
    size        INTEGER NOT NULL DEFAULT 0,
    has_pieces  INTEGER NOT NULL DEFAULT 0 CHECK (has_pieces IN (0, 1)),
    dry_run     INTEGER NOT NULL DEFAULT 0 CHECK (dry_run IN (0, 1)),
    total       INTEGER,
    imported    INTEGER NOT NULL DEFAULT 0,
    updated     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    failed      INTEGER NOT NULL DEFAULT 0,
    error       TEXT,
    created_at  TIMESTAMP NOT NULL,
    started_at  TIMESTAMP,
    finished_at TIMESTAMP
);
CREATE INDEX idx_imports_user ON imports (user_id, id);
CREATE INDEX idx_imports_open ON imports (status, id) WHERE finished_at IS NULL;
CREATE INDEX idx_imports_finished ON imports (finished_at);
CREATE INDEX idx_imports_pieces ON imports (id) WHERE has_pieces AND finished_at IS NOT NULL;

-- The file, until it is read, so that any server can go on with it.
CREATE TABLE import_pieces (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    bytes     BLOB NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- The report: a row for each conversation, in the order in which they were read.
CREATE TABLE import_items (
    import_id       INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL,
    title           TEXT NOT NULL,
    result          TEXT NOT NULL CHECK (result IN ('imported', 'updated', 'unchanged', 'failed')),
    messages        INTEGER NOT NULL,
    detail          TEXT,
    conversation_id INTEGER,
    PRIMARY KEY (import_id, number)
);

-- Where conversations came from, so that they come once. source_key and content_hash are hashes; title: as the source has it;
-- import_id and result: the import that has written it, which may be read again from its beginning.
CREATE TABLE import_origins (
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    source          TEXT NOT NULL,
    source_key      TEXT NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    content_hash    TEXT NOT NULL,
    title           TEXT NOT NULL,
    import_id       INTEGER NOT NULL,
    result          TEXT NOT NULL,
    PRIMARY KEY (user_id, source, source_key)
);
CREATE INDEX idx_import_origins_conversation ON import_origins (conversation_id);

-- message_id: null once the message was deleted here; it does not come again.
CREATE TABLE import_origin_messages (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    source_key      TEXT NOT NULL,
    message_id      INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    content_hash    TEXT NOT NULL,
    PRIMARY KEY (conversation_id, source_key)
);
CREATE INDEX idx_import_origin_messages_message ON import_origin_messages (message_id);

-- //@UNDO
DROP TABLE import_origin_messages;
DROP TABLE import_origins;
DROP TABLE import_items;
DROP TABLE import_pieces;
DROP TABLE imports;
