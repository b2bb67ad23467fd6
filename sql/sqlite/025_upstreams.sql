-- // upstreams
-- Servers with models that an account has beside its Ollama, or that an admin has for all (shared). The key is encrypted.
CREATE TABLE upstreams (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    shared     INTEGER NOT NULL CHECK (shared IN (0, 1)),
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('ollama', 'openai', 'anthropic')),
    url        TEXT NOT NULL,
    api_key    TEXT,
    enabled    INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    priority   INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (user_id, name)
);
CREATE UNIQUE INDEX idx_upstreams_shared ON upstreams (name) WHERE shared = 1;

-- //@UNDO
DROP TABLE upstreams;
