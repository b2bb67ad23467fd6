-- // trash
-- What is in somebody's trash, the last one first, and what has been there for long enough, whoever's it is.
CREATE INDEX idx_conversations_trash ON conversations (user_id, trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX idx_conversations_trashed_at ON conversations (trashed_at) WHERE trashed_at IS NOT NULL;

-- //@UNDO
-- What was in the trash is where it was before.
DROP INDEX idx_conversations_trash;
DROP INDEX idx_conversations_trashed_at;
UPDATE conversations SET trashed_at = NULL WHERE trashed_at IS NOT NULL;
