-- // insights by themselves
-- When an account that has asked for it gets its next insight. Whoever moves next_at on makes the insight in the same
-- transaction, so that each time has one, however many servers there are.
CREATE TABLE insight_schedules (
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    schedule TEXT NOT NULL CHECK (schedule IN ('daily', 'weekly')),
    next_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, schedule)
);
CREATE INDEX idx_insight_schedules_next ON insight_schedules (next_at);

-- schedule is null where the user asked. claims is a JSON array: what the text says, and what of the given it relies on.
ALTER TABLE insights ADD COLUMN schedule TEXT CHECK (schedule IN ('daily', 'weekly'));
ALTER TABLE insights ADD COLUMN claims TEXT NOT NULL DEFAULT '[]';

-- //@UNDO
ALTER TABLE insights DROP COLUMN claims;
ALTER TABLE insights DROP COLUMN schedule;
DROP TABLE insight_schedules;
