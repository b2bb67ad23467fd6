-- // wide grams
-- Three characters in a row say little where all of them are common: "the the the the" has the same ones as most English
-- texts. Wide grams do: what is around each end of a word, and six letters in a row, each with how often it has come before.

-- Which messages have which; rowid is the position. The texts are made by the server: numbers, three characters each.
CREATE VIRTUAL TABLE search_wide_grams USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('automerge', 0);
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('usermerge', 8);
INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('crisismerge', 256);

-- Entries up to this position have none yet, and get them in steps, from the newest on; indexed: how many characters of the
-- one at this position have theirs.
CREATE TABLE search_wide_grams_due (
    position INTEGER PRIMARY KEY,
    indexed  INTEGER NOT NULL DEFAULT 0
);
INSERT INTO search_wide_grams_due (position) SELECT max(position) FROM search_entries HAVING max(position) IS NOT NULL;

-- //@UNDO
DROP TABLE search_wide_grams_due;
DROP TABLE search_wide_grams;
