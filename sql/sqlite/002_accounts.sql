-- // accounts
-- Who uses this server, by which keys, and with which settings.

CREATE TABLE users (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    api_key_hash TEXT UNIQUE,
    ollama_url   TEXT NOT NULL DEFAULT 'http://localhost:11434',
    is_admin     INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- A key is found by its keyed digest in one look-up and proved by its bcrypt hash.
CREATE TABLE api_keys (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    hint         TEXT NOT NULL,
    key_digest   TEXT NOT NULL UNIQUE,
    key_hash     TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_used_at TIMESTAMP,
    expires_at   TIMESTAMP
);
CREATE INDEX idx_api_keys_user ON api_keys (user_id);

-- users.api_key_hash is the hash of the key an account was set up with; api_keys is what decides.
-- @DELIMITER |
CREATE TRIGGER api_keys_first AFTER INSERT ON api_keys
BEGIN
    UPDATE users SET api_key_hash = NEW.key_hash WHERE id = NEW.user_id AND api_key_hash IS NULL;
END
|
CREATE TRIGGER api_keys_revoked AFTER DELETE ON api_keys
BEGIN
    UPDATE users SET api_key_hash = NULL WHERE id = OLD.user_id AND api_key_hash = OLD.key_hash;
END
|
-- @DELIMITER ;

CREATE TABLE settings (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL
);
CREATE UNIQUE INDEX idx_settings_user_key ON settings (user_id, key);

-- //@UNDO
DROP TABLE settings;
DROP TABLE api_keys;
DROP TABLE users;
