-- // announcements
-- What a server has to tell the others, as a stop or a revocation; kept for some minutes.
CREATE TABLE announcements (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id  INTEGER NOT NULL,
    topic      TEXT NOT NULL,
    content    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idx_announcements_created_at ON announcements (created_at);

-- //@UNDO
DROP TABLE announcements;
