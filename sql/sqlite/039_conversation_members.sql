-- // conversation members
-- Who else may see a conversation, and whether they may write in it. Its owner is conversations.user_id and not among them.
-- How a member has put it in order is the member's own. An id is never used again: streams end with the membership that
-- they were opened with.
CREATE TABLE conversation_members (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role            TEXT NOT NULL CHECK (role IN ('reader', 'writer')),
    pinned          INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    archived        INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    joined_at       TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX idx_conversation_members ON conversation_members (conversation_id, user_id);
CREATE INDEX idx_conversation_members_user ON conversation_members (user_id, conversation_id);

-- Who asked, where it was not the owner of the conversation. The account may be gone.
ALTER TABLE messages ADD COLUMN author_id INTEGER;

-- //@UNDO
ALTER TABLE messages DROP COLUMN author_id;
DROP TABLE conversation_members;
