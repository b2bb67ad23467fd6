-- // tasks and goals
-- What people want to reach, and what they have to do for it.

-- progress is what the user says; a goal that has tasks shows theirs instead.
CREATE TABLE goals (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title       TEXT NOT NULL,
    description TEXT,
    target_date TEXT,
    status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'achieved', 'abandoned')),
    progress    REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_goals_user_target ON goals (user_id, target_date, id, status);

-- tags is a JSON array of texts. urgency is the priority as a number, so that an index can be in its order.
CREATE TABLE tasks (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id           INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    goal_id           INTEGER REFERENCES goals (id) ON DELETE SET NULL,
    parent_id         INTEGER REFERENCES tasks (id) ON DELETE CASCADE,
    title             TEXT NOT NULL,
    description       TEXT,
    priority          TEXT NOT NULL DEFAULT 'medium' CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    status            TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'done', 'cancelled')),
    due_date          TIMESTAMP,
    completed_at      TIMESTAMP,
    tags              TEXT NOT NULL DEFAULT '[]',
    estimated_minutes INTEGER,
    created_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    urgency           INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END) STORED
);

-- In the order of the list, with all that it filters by: a list is never sorted, and counted without a look at the tasks.
CREATE INDEX idx_tasks_user_due ON tasks (user_id, due_date, urgency, id, status, priority, goal_id, parent_id, tags);

-- What is left to do, however much was done before.
CREATE INDEX idx_tasks_left_due ON tasks (user_id, due_date, urgency, id, status) WHERE status IN ('open', 'in_progress');

CREATE INDEX idx_tasks_goal_status ON tasks (goal_id, status);
CREATE INDEX idx_tasks_parent ON tasks (parent_id);

-- //@UNDO
DROP TABLE tasks;
DROP TABLE goals;
