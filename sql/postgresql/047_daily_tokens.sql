-- // daily tokens
-- How many tokens an account's questions and answers of a day in UTC have had, in all (key_id 0) and by key, so that a limit is
-- compared without adding up the usage. Days that are over are deleted when the next answer is counted.
CREATE TABLE daily_tokens (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    day     TEXT NOT NULL,
    key_id  BIGINT NOT NULL,
    tokens  BIGINT NOT NULL,
    PRIMARY KEY (user_id, day, key_id)
);

-- //@UNDO
DROP TABLE daily_tokens;
