-- // answer usage
-- What each answer cost: who asked which model by which key, and how it ended. It outlives the conversation and the key, so
-- those are no foreign keys. day is the day in UTC on which it ended; an answer that was gone on with has a row for each time.
CREATE TABLE answer_usage (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_id          INTEGER,
    conversation_id INTEGER NOT NULL,
    model_name      TEXT NOT NULL,
    day             TEXT NOT NULL,
    ended_at        TIMESTAMP NOT NULL,
    prompt_tokens   INTEGER,
    answer_tokens   INTEGER,
    first_token_ms  INTEGER,
    duration_ms     INTEGER,
    ending          TEXT NOT NULL
);

-- Whatever was answered here before; imported messages have no end.
INSERT INTO answer_usage (user_id, conversation_id, model_name, day, ended_at, prompt_tokens, answer_tokens, duration_ms, ending)
SELECT c.user_id, c.id, coalesce(m.model_name, c.model_name), substr(m.ended_at, 1, 10), m.ended_at, m.prompt_tokens, m.tokens_used,
       m.duration_ms, m.status
  FROM messages m
  JOIN conversations c ON c.id = m.conversation_id
 WHERE m.role = 'assistant' AND m.status <> 'streaming' AND m.ended_at IS NOT NULL AND c.user_id IS NOT NULL;

CREATE INDEX idx_answer_usage_user ON answer_usage (user_id, ended_at);
CREATE INDEX idx_answer_usage_ended_at ON answer_usage (ended_at);

-- //@UNDO
DROP TABLE answer_usage;
