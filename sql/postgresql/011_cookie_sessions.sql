-- // cookie sessions
-- A sign-in on the page is a session too, held by a cookie instead of tokens: of the cookie only a keyed digest is kept.
-- One that was opened by an API key ends with that key.

ALTER TABLE sessions ADD COLUMN cookie_digest TEXT;
ALTER TABLE sessions ADD COLUMN key_digest TEXT REFERENCES api_keys (key_digest) ON DELETE CASCADE;
CREATE UNIQUE INDEX idx_sessions_cookie_digest ON sessions (cookie_digest);
CREATE INDEX idx_sessions_key_digest ON sessions (key_digest);

-- //@UNDO
DELETE FROM sessions WHERE cookie_digest IS NOT NULL;
DROP INDEX idx_sessions_key_digest;
DROP INDEX idx_sessions_cookie_digest;
ALTER TABLE sessions DROP COLUMN key_digest;
ALTER TABLE sessions DROP COLUMN cookie_digest;
