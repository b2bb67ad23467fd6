-- // conversation order
-- What a user has filed a conversation under, each user's own, in the order the tags were given.
CREATE TABLE conversation_tags (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    tag             TEXT NOT NULL,
    PRIMARY KEY (conversation_id, user_id, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX idx_conversation_tags_tag ON conversation_tags (user_id, tag, conversation_id);

-- In the order of the list, pinned ones first, with the model that it may be filtered by: a page is read and not sorted.
CREATE INDEX idx_conversations_list ON conversations (user_id, archived, pinned, updated_at, id, model_name)
 WHERE trashed_at IS NULL;

-- //@UNDO
DROP INDEX idx_conversations_list;
DROP TABLE conversation_tags;
