-- // wide grams
-- PostgreSQL's index leads to the texts by all of their trigrams, and has no need of wider ones.
SELECT 1;

-- //@UNDO
SELECT 1;
