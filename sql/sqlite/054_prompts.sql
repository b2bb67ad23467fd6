-- // prompts
-- Prompts of an account's own, beside the templates. name_folded is what lists are in the order of.
CREATE TABLE prompts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    content     TEXT NOT NULL,
    category    TEXT,
    created_at  TIMESTAMP NOT NULL,
    updated_at  TIMESTAMP NOT NULL
);
CREATE INDEX idx_prompts_user_name ON prompts (user_id, name_folded, id);

-- They come once, too.
CREATE TABLE import_things_new (
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL CHECK (kind IN ('goal', 'task', 'insight', 'prompt')),
    source_key   TEXT NOT NULL,
    thing_id     INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    import_id    INTEGER NOT NULL,
    result       TEXT NOT NULL,
    PRIMARY KEY (user_id, kind, source_key)
) WITHOUT ROWID;
INSERT INTO import_things_new SELECT * FROM import_things;
DROP TABLE import_things;
ALTER TABLE import_things_new RENAME TO import_things;

-- //@UNDO
CREATE TABLE import_things_new (
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL CHECK (kind IN ('goal', 'task', 'insight')),
    source_key   TEXT NOT NULL,
    thing_id     INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    import_id    INTEGER NOT NULL,
    result       TEXT NOT NULL,
    PRIMARY KEY (user_id, kind, source_key)
) WITHOUT ROWID;
INSERT INTO import_things_new SELECT * FROM import_things WHERE kind <> 'prompt';
DROP TABLE import_things;
ALTER TABLE import_things_new RENAME TO import_things;
DROP TABLE prompts;
