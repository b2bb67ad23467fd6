-- // sign in
-- An account may have an e-mail address and a password beside its keys.

ALTER TABLE users ADD COLUMN email TEXT;
-- The address as it is compared: two that differ only in case or in Unicode composition are one.
ALTER TABLE users ADD COLUMN email_folded TEXT;
ALTER TABLE users ADD COLUMN password_hash TEXT;
ALTER TABLE users ADD COLUMN display_name TEXT;
ALTER TABLE users ADD COLUMN timezone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE users ADD COLUMN updated_at TIMESTAMPTZ NOT NULL DEFAULT now();
UPDATE users SET updated_at = created_at;
CREATE UNIQUE INDEX idx_users_email ON users (email_folded);

-- One sign-in and every token that came of it. A session that ends is deleted: no row, no entry.
-- Of its refresh tokens only the one named here still works; whoever shows an older one ends the session.
CREATE TABLE sessions (
    id          TEXT NOT NULL PRIMARY KEY,
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_jti TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_sessions_user ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);

-- //@UNDO
DROP TABLE sessions;
DROP INDEX idx_users_email;
ALTER TABLE users DROP COLUMN updated_at;
ALTER TABLE users DROP COLUMN timezone;
ALTER TABLE users DROP COLUMN display_name;
ALTER TABLE users DROP COLUMN password_hash;
ALTER TABLE users DROP COLUMN email_folded;
ALTER TABLE users DROP COLUMN email;
