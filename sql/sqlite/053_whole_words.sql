-- // whole words
-- Wide grams have whole words among them, so that "ver" is not looked for in each "never": the entries get theirs anew, in steps.
DROP TABLE search_wide_grams;
CREATE VIRTUAL TABLE search_wide_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('automerge', 0);
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('usermerge', 8);
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('crisismerge', 256);
DELETE FROM search_wide_grams_due;
INSERT INTO search_wide_grams_due (position) SELECT max(position) FROM search_entries HAVING max(position) IS NOT NULL;

-- In which conversations a role or a model has said something.
CREATE INDEX idx_messages_writers ON messages (conversation_id, role, model_name);

-- //@UNDO
DROP INDEX idx_messages_writers;
