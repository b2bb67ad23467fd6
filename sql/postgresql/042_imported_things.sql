-- // imported things
-- Where goals, tasks and insights came from, so that they come once. source_key and content_hash are hashes; thing_id names one of
-- the goals, tasks or insights, also after that is gone, so it is no foreign key.
CREATE TABLE import_things (
    user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL CHECK (kind IN ('goal', 'task', 'insight')),
    source_key   TEXT NOT NULL,
    thing_id     BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    import_id    BIGINT NOT NULL,
    result       TEXT NOT NULL,
    PRIMARY KEY (user_id, kind, source_key)
);

-- Insights cite messages by the ids that these had where they come from.
CREATE INDEX idx_import_origin_messages_source ON import_origin_messages (source_key);

-- //@UNDO
DROP INDEX idx_import_origin_messages_source;
DROP TABLE import_things;
