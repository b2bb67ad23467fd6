-- // disabled accounts
-- An account that is disabled keeps what it has, and nothing opens it: its sessions have ended and its keys are refused.
ALTER TABLE users ADD COLUMN disabled_at TIMESTAMPTZ;

-- The one link of an account by which its password can be set anew, once.
CREATE TABLE password_resets (
    user_id      BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_digest TEXT NOT NULL UNIQUE,
    created_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL
);

-- //@UNDO
DROP TABLE password_resets;
ALTER TABLE users DROP COLUMN disabled_at;
