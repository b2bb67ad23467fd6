-- // servers
-- The servers on this database, each with a number that grows as long as it lives. An answer, an insight or an import that
-- is under way belongs to one of them; when that server is gone it is closed, or left to another.

CREATE TABLE servers (
    id    BIGINT PRIMARY KEY,
    beats BIGINT NOT NULL DEFAULT 0
);

-- Which server makes an answer, and since when; of ended ones, which did.
ALTER TABLE messages ADD COLUMN server_id BIGINT;
ALTER TABLE messages ADD COLUMN started_at TIMESTAMPTZ;
ALTER TABLE insights ADD COLUMN server_id BIGINT;
ALTER TABLE conversation_imports ADD COLUMN server_id BIGINT;

-- //@UNDO
ALTER TABLE conversation_imports DROP COLUMN server_id;
ALTER TABLE insights DROP COLUMN server_id;
ALTER TABLE messages DROP COLUMN started_at;
ALTER TABLE messages DROP COLUMN server_id;
DROP TABLE servers;
