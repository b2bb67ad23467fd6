-- // message search
-- What finds a message by any part of its text.

-- They stay when this is taken back: others may use them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Texts as they are compared: folded, so that case and Unicode composition do not count. A long text is there in parts
-- that overlap by more than anybody can search for. The server writes them, since no function here folds as it does.
CREATE TABLE search_texts (
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL,
    user_id    BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (message_id, part)
);

-- Which of a user's texts have which three characters in a row.
CREATE INDEX idx_search_texts_trigrams ON search_texts USING gin (user_id, text gin_trgm_ops);

-- The characters of a text and its pairs of neighbours: those at even places, then those at odd ones. Made of functions that
-- pass over the text once each, and that the planner puts in place of this one.
CREATE FUNCTION search_grams(text TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN string_to_array(text, NULL)
    || string_to_array(regexp_replace(text, '(..)', '\1' || chr(1), 'g'), chr(1))
    || string_to_array(regexp_replace(substr(text, 2), '(..)', '\1' || chr(1), 'g'), chr(1));

-- Which of a user's texts have which character, or two in a row: what is too short for a trigram, or has none.
CREATE INDEX idx_search_texts_grams ON search_texts USING gin (user_id, search_grams(text));

-- A user's newest texts.
CREATE INDEX idx_search_texts_newest ON search_texts (user_id, created_at, message_id);

-- //@UNDO
DROP TABLE search_texts;
DROP FUNCTION search_grams;
