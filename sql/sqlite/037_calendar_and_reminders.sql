-- // calendar and reminders
-- What reaches people outside of the page: a calendar that programs subscribe to, and events that clients are told.

-- Whoever has the token reads the account's calendar. Of the token only a keyed digest is kept.
CREATE TABLE calendar_tokens (
    user_id      INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_digest TEXT NOT NULL UNIQUE,
    created_at   TIMESTAMP NOT NULL
);

-- How many events an account has had, and up to which one some client was sent them. The count numbers the next event, and
-- whoever counts it up holds the row until the event is committed: none with a smaller number turns up later.
ALTER TABLE users ADD COLUMN event_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN events_sent INTEGER NOT NULL DEFAULT 0;

-- Kept for some days, for clients that come back.
CREATE TABLE account_events (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    data       TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, number)
);
CREATE INDEX idx_account_events_created ON account_events (created_at);

-- A reminder with minutes_before goes along with the task's due date, and has no remind_at where there is none.
CREATE TABLE reminders (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    task_id        INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    remind_at      TIMESTAMP,
    minutes_before INTEGER,
    created_at     TIMESTAMP NOT NULL,
    sent_at        TIMESTAMP
);
CREATE INDEX idx_reminders_task ON reminders (task_id);
CREATE INDEX idx_reminders_user ON reminders (user_id);
CREATE INDEX idx_reminders_waiting ON reminders (remind_at, id) WHERE sent_at IS NULL;

-- //@UNDO
DROP TABLE reminders;
DROP TABLE account_events;
ALTER TABLE users DROP COLUMN events_sent;
ALTER TABLE users DROP COLUMN event_count;
DROP TABLE calendar_tokens;
