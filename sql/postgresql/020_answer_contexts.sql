-- // answer contexts
-- What a model was given for each answer, and what of it is known afterwards. The bytes and tokens of earlier prompts tell how
-- many bytes a token of a model has.
CREATE TABLE answer_contexts (
    message_id        BIGINT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    user_id           BIGINT NOT NULL,
    model_name        TEXT NOT NULL,
    digest            TEXT,
    system_prompt     TEXT,
    options           TEXT NOT NULL,
    message_ids       TEXT NOT NULL,
    left_out          TEXT NOT NULL,
    messages_sent     INTEGER NOT NULL,
    messages_left_out INTEGER NOT NULL,
    prompt_bytes      BIGINT NOT NULL,
    prompt_tokens     INTEGER,
    context_length    INTEGER,
    prompt_cut        BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX idx_answer_contexts_model ON answer_contexts (user_id, model_name, message_id);

-- What a model has thought so far in an answer that is being made; afterwards it is in the message.
CREATE TABLE thinking_parts (
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (message_id, number)
);

-- //@UNDO
UPDATE messages
   SET thinking = coalesce(thinking, '') || (SELECT string_agg(text, '' ORDER BY number)
                                               FROM thinking_parts WHERE message_id = messages.id)
 WHERE status = 'streaming' AND id IN (SELECT message_id FROM thinking_parts);
DROP TABLE thinking_parts;
DROP TABLE answer_contexts;
