-- // audit entries
-- Who signed in, or failed to, and who changed what concerns keys, roles and accounts: kept for AUDIT_DAYS, also when the account
-- is gone. user_id did it, NULL for the console and for who is not known; target_id is the account that it was done to.
-- times: failed sign-ins of an account from a network within an hour are one row.
CREATE TABLE audit_entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    action     TEXT NOT NULL,
    user_id    INTEGER,
    target_id  INTEGER,
    detail     TEXT,
    address    TEXT NOT NULL,
    network    TEXT NOT NULL,
    times      INTEGER NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idx_audit_entries_created_at ON audit_entries (created_at);
CREATE INDEX idx_audit_entries_failed ON audit_entries (created_at, network) WHERE action = 'sign_in_failed';

-- //@UNDO
DROP TABLE audit_entries;
