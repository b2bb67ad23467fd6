-- // model pulls
-- Models that are being fetched, or were: by which server, to which host of models, and how far they are. What a server that is
-- gone was fetching is interrupted; of those that have ended the newest are kept.
CREATE TABLE model_pulls (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    host       TEXT NOT NULL,
    model_key  TEXT NOT NULL,
    name       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
    step       TEXT NOT NULL,
    completed  INTEGER NOT NULL,
    total      INTEGER NOT NULL,
    error      TEXT,
    server_id  INTEGER NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at   TIMESTAMP
);
CREATE UNIQUE INDEX idx_model_pulls_running ON model_pulls (host, model_key) WHERE status = 'running';

-- //@UNDO
DROP TABLE model_pulls;
