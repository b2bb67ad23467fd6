-- // whole words
-- Which words a text has, and what is around the ends of words, as numbers that the server makes: trigrams lead from "ver" to each
-- "never", and from "the the the the" to most English texts. NULL: they are not made yet, which is done in steps.
ALTER TABLE search_texts ADD COLUMN grams INTEGER[];
CREATE INDEX idx_search_texts_words ON search_texts USING gin (user_id, grams);
CREATE INDEX idx_search_texts_without ON search_texts (message_id) WHERE grams IS NULL;
INSERT INTO search_queue (message_id, bulk)
SELECT DISTINCT message_id, TRUE FROM search_texts
    ON CONFLICT (message_id) DO NOTHING;

-- In which conversations a role or a model has said something.
CREATE INDEX idx_messages_writers ON messages (conversation_id, role, model_name);

-- //@UNDO
DROP INDEX idx_messages_writers;
ALTER TABLE search_texts DROP COLUMN grams;
