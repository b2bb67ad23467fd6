-- // insights
-- Texts that models write about a user's tasks, goals and conversations. A pending row is its own job: it waits until
-- due_at, and has a started_at while it is written.

-- goal_id, conversation_id and sources tell what a text is about, also after that is gone; so they are no foreign keys.
CREATE TABLE insights (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL CHECK (kind IN ('daily_summary', 'goal_review', 'conversation_digest')),
    status          TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'ready', 'failed')),
    model_name      TEXT NOT NULL,
    goal_id         INTEGER,
    conversation_id INTEGER,
    period_start    TIMESTAMP,
    period_end      TIMESTAMP,
    content         TEXT,
    error           TEXT,
    sources         TEXT NOT NULL DEFAULT '[]',
    tokens_used     INTEGER,
    attempts        INTEGER NOT NULL DEFAULT 0,
    due_at          TIMESTAMP NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    started_at      TIMESTAMP,
    finished_at     TIMESTAMP
);
CREATE INDEX idx_insights_user ON insights (user_id, id);
CREATE INDEX idx_insights_pending ON insights (due_at, id) WHERE status = 'pending';

-- //@UNDO
DROP TABLE insights;
