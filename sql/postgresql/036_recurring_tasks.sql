-- // recurring tasks
-- recurrence is a rule of RFC 5545, recurs_at the date and time of day that it gave this task, where its user lives: what
-- clocks do in between moves no later one. previous_id names the task whose completion made this one, also after that is
-- gone, so it is no foreign key; each makes one.
ALTER TABLE tasks ADD COLUMN recurrence TEXT;
ALTER TABLE tasks ADD COLUMN recurs_at TEXT;
ALTER TABLE tasks ADD COLUMN previous_id BIGINT;
CREATE UNIQUE INDEX idx_tasks_previous ON tasks (previous_id) WHERE previous_id IS NOT NULL;

-- //@UNDO
DROP INDEX idx_tasks_previous;
ALTER TABLE tasks DROP COLUMN previous_id;
ALTER TABLE tasks DROP COLUMN recurs_at;
ALTER TABLE tasks DROP COLUMN recurrence;
