-- // answer endings
-- When an answer ended, so that a pass to its stream can outlive it by some minutes. Null: unknown, or still streaming.

ALTER TABLE messages ADD COLUMN ended_at TIMESTAMPTZ;

-- //@UNDO
ALTER TABLE messages DROP COLUMN ended_at;
